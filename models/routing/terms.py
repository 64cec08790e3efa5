"""The closed vocabularies of routing, with their Chinese names: who is competent, what was done, where it counts."""

from __future__ import annotations

import enum


class Competence(enum.StrEnum):
    """Whose business a matter is. The outside ones have the names of `OutsideKind`."""

    LOCAL = "local"  # market regulation of the place
    BUREAU = "bureau"  # this bureau itself
    PATENT = "patent"  # a department that may decide patent disputes: 细则 第95条
    PROVINCE = "province"
    AID_CENTRE = "aid_centre"
    STATION = "station"  # the work station of the place, where there is one
    COPYRIGHT = "copyright"
    AGRICULTURE = "agriculture"
    FORESTRY = "forestry"
    CUSTOMS = "customs"
    NATIONAL = "national"  # an authority that no bureau reaches by transfer; the rule names it


class Conduct(enum.StrEnum):
    """What is complained of, as far as it changes who is competent."""

    INFRINGEMENT = "infringement"
    BORDER = "border"
    BAD_FAITH_REGISTRATION = "bad_faith_registration"
    ABNORMAL_APPLICATION = "abnormal_application"
    AGENCY = "agency"


class Venue(enum.StrEnum):
    """Where it happened, as far as the Order lets another place count."""

    SHOP = "shop"
    ONLINE_SELLER = "online_seller"
    PLATFORM = "platform"
    ADVERTISEMENT = "advertisement"


class Certainty(enum.StrEnum):
    """How the place was found."""

    REGION = "region"
    ADDRESS = "address"
    HOLDER = "holder"
    PLATFORM = "platform"  # the platform's domicile, where the shop's own place is not known
    PLATFORM_TOO = "platform_too"  # the shop's place is elsewhere, the platform's domicile is here
    PLATFORM_ELSEWHERE = "platform_elsewhere"
    GENERAL = "general"
    ELSEWHERE = "elsewhere"


class Step(enum.StrEnum):
    """What the unit that has the case does about it."""

    HERE = "here"
    SEND = "send"
    BACK = "back"
    TELL = "tell"
    HELD = "held"  # a superior designated it
    ASK = "ask"  # came across as a filed case: it may not go on


COMPETENCE_LABELS: dict[Competence, str] = {
    Competence.LOCAL: "属地市场监管部门",
    Competence.BUREAU: "本局",
    Competence.PATENT: "有权处理专利纠纷的部门",
    Competence.PROVINCE: "省级部门",
    Competence.AID_CENTRE: "维权援助中心",
    Competence.STATION: "当地工作站",
    Competence.COPYRIGHT: "版权（文化市场执法）部门",
    Competence.AGRICULTURE: "农业农村部门",
    Competence.FORESTRY: "林草部门",
    Competence.CUSTOMS: "海关",
    Competence.NATIONAL: "国家主管部门",
}

CONDUCT_LABELS: dict[Conduct, str] = {
    Conduct.INFRINGEMENT: "侵权、假冒或者其他违法行为",
    Conduct.BORDER: "货物进出口环节的侵权",
    Conduct.BAD_FAITH_REGISTRATION: "恶意申请商标注册",
    Conduct.ABNORMAL_APPLICATION: "非正常申请专利",
    Conduct.AGENCY: "代理机构违法",
}

VENUE_LABELS: dict[Venue, str] = {
    Venue.SHOP: "线下，或者说不清",
    Venue.ONLINE_SELLER: "电商平台上的店铺",
    Venue.PLATFORM: "平台经营者，或者自建网站",
    Venue.ADVERTISEMENT: "广告",
}

CERTAINTY_LABELS: dict[Certainty, str] = {
    Certainty.REGION: "按登记的地方确定。",
    Certainty.ADDRESS: "按被举报（投诉）方的地址确定，请核对。",
    Certainty.HOLDER: "地方没有写明，按现在办理的机构确定。",
    Certainty.PLATFORM: "店铺的地址没有写明，按平台经营者的住所地确定；请先查平台公示的地址，那里的部门也可以处理。",
    Certainty.PLATFORM_TOO: "店铺的地址不在本局辖区，平台经营者的住所地在，也可以处理。",
    Certainty.PLATFORM_ELSEWHERE: "店铺的地址没有写明，平台经营者的住所地不在本局辖区；请先查平台公示的地址，在本局辖区的仍由本局处理。",
    Certainty.GENERAL: "地方没有写明，先由本局核实地方后再分送。",
    Certainty.ELSEWHERE: "登记的地方不在本局辖区。",
}

STEP_LABELS: dict[Step, str] = {
    Step.HERE: "由本机构办理",
    Step.SEND: "移交该机构",
    Step.BACK: "同级机构之间不得自行移送，退回上级重新分送（121号 第41条）",
    Step.TELL: "这里没有可以移交的机构，告知举报投诉人直接向其提出（121号 第16、34条）",
    Step.HELD: "上级机构已经指定由现在的机构管辖，不再移送；仍有不同意见的，报请指定管辖（程序规定 第14、16条）",
    Step.ASK: "案件是其他机关依法移送来的，不得再自行移送；对管辖权有异议的，报请指定管辖（程序规定 第14条）",
}

# Who is competent where no unit of the bureau's tree is and the rule names nobody.
AUTHORITY_LABELS: dict[Step, str] = {Step.TELL: "违法行为发生地或者被投诉人所在地有处理权限的部门"}
