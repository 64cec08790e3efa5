"""Legal grounds for not taking a filing up, for ending a mediation, for not filing a case: the article, and what next.

A complaint is refused on Order 121 Art 16 only. For a report the Order knows no refusal but ways not to handle it:
no clue (Art 28), no power (Art 34), a repeat (Art 35(2)), and matters outside the Order (Art 44). What was filed
before 2026-04-15 falls under Order 20, so a ground also names its former article, where it had one.
"""

from __future__ import annotations

import datetime as dt
import enum

from models.cases.terms import Act
from models.kinds import Track

ORDER_121_FROM = dt.date(2026, 4, 15)


class Ground(enum.StrEnum):
    """The closed list of grounds, by track."""

    NOT_OURS = "not_ours"
    HANDLED_ELSEWHERE = "handled_elsewhere"
    NOT_CONSUMPTION = "not_consumption"
    TOO_LATE = "too_late"
    MATERIAL_MISSING = "material_missing"
    IDENTITY = "identity"
    OTHER_LAW = "other_law"
    REPORT_NO_CLUE = "report_no_clue"
    REPORT_NO_POWER = "report_no_power"
    REPORT_REPEATED = "report_repeated"
    REPORT_OTHER_CHANNEL = "report_other_channel"
    ADJUDICATION_NOT_COMPETENT = "adjudication_not_competent"
    ADJUDICATION_SUED = "adjudication_sued"
    ADJUDICATION_INCOMPLETE = "adjudication_incomplete"
    AID_OUT_OF_SCOPE = "aid_out_of_scope"
    CONSULTATION_OUT_OF_SCOPE = "consultation_out_of_scope"
    MEDIATION_RECONCILED = "mediation_reconciled"
    MEDIATION_DECLINED = "mediation_declined"
    MEDIATION_NO_AGREEMENT = "mediation_no_agreement"
    MEDIATION_COSTS = "mediation_costs"
    MEDIATION_TOO_LONG = "mediation_too_long"
    MEDIATION_NOT_ADMISSIBLE = "mediation_not_admissible"
    MEDIATION_PARTY_GONE = "mediation_party_gone"
    MEDIATION_OTHER = "mediation_other"
    NOT_FILED_NO_CASE = "not_filed_no_case"
    NOT_FILED_MINOR = "not_filed_minor"
    NOT_FILED_FIRST = "not_filed_first"
    NOT_FILED_NO_FAULT = "not_filed_no_fault"
    NOT_FILED_OTHER = "not_filed_other"


_COMPLAINT = frozenset({Track.COMPLAINT})
_REPORTS = frozenset({Track.REPORT, Track.CLUE})
_ADJUDICATION = frozenset({Track.ADJUDICATION})

TRACKS: dict[Ground, frozenset[Track]] = {
    **dict.fromkeys(
        [
            Ground.NOT_OURS,
            Ground.HANDLED_ELSEWHERE,
            Ground.NOT_CONSUMPTION,
            Ground.TOO_LATE,
            Ground.MATERIAL_MISSING,
            Ground.IDENTITY,
            Ground.OTHER_LAW,
        ],
        _COMPLAINT,
    ),
    Ground.REPORT_NO_CLUE: _REPORTS,
    Ground.REPORT_NO_POWER: _REPORTS,
    Ground.REPORT_REPEATED: _REPORTS,
    Ground.REPORT_OTHER_CHANNEL: _REPORTS,
    Ground.ADJUDICATION_NOT_COMPETENT: _ADJUDICATION,
    Ground.ADJUDICATION_SUED: _ADJUDICATION,
    Ground.ADJUDICATION_INCOMPLETE: _ADJUDICATION,
    Ground.AID_OUT_OF_SCOPE: frozenset({Track.AID}),
    Ground.CONSULTATION_OUT_OF_SCOPE: frozenset({Track.CONSULTATION}),
}

ACT_OF: dict[Ground, Act] = {
    **{one: Act.END_MEDIATION for one in Ground if one.value.startswith("mediation_")},
    **{one: Act.NOT_FILE for one in Ground if one.value.startswith("not_filed_")},
}  # every other one is a ground of refusing
TRACKS.update(
    {one: _COMPLAINT if act is Act.END_MEDIATION else _REPORTS for one, act in ACT_OF.items()},
)

BASIS_LABELS: dict[Ground, str] = {
    Ground.NOT_OURS: "121号 第16条第1项",
    Ground.HANDLED_ELSEWHERE: "121号 第16条第2项",
    Ground.NOT_CONSUMPTION: "121号 第16条第3项",
    Ground.TOO_LATE: "121号 第16条第4项",
    Ground.MATERIAL_MISSING: "121号 第16条第5项",
    Ground.IDENTITY: "121号 第16条第6项",
    Ground.OTHER_LAW: "121号 第16条第7项",
    Ground.REPORT_NO_CLUE: "121号 第28条",
    Ground.REPORT_NO_POWER: "121号 第34条",
    Ground.REPORT_REPEATED: "121号 第35条第2款",
    Ground.REPORT_OTHER_CHANNEL: "121号 第44条",
    Ground.ADJUDICATION_NOT_COMPETENT: "专利法实施细则 第95、97条",
    Ground.ADJUDICATION_SUED: "专利行政执法办法 第10条（现行接续条文待核）",
    Ground.ADJUDICATION_INCOMPLETE: "专利行政执法办法 第10条（现行接续条文待核）",
    Ground.AID_OUT_OF_SCOPE: "知识产权维权援助工作指引（条号待核）",
    Ground.CONSULTATION_OUT_OF_SCOPE: "121号 第44条",
    Ground.MEDIATION_RECONCILED: "121号 第23条第1款第1项",
    Ground.MEDIATION_DECLINED: "121号 第23条第1款第2项",
    Ground.MEDIATION_NO_AGREEMENT: "121号 第23条第1款第3项",
    Ground.MEDIATION_COSTS: "121号 第23条第1款第4项",
    Ground.MEDIATION_TOO_LONG: "121号 第23条第1款第5项",
    Ground.MEDIATION_NOT_ADMISSIBLE: "121号 第23条第1款第6项",
    Ground.MEDIATION_PARTY_GONE: "121号 第23条第1款第7项",
    Ground.MEDIATION_OTHER: "121号 第23条第1款第8项",
    Ground.NOT_FILED_NO_CASE: "程序规定 第19条",
    Ground.NOT_FILED_MINOR: "程序规定 第20条第1项",
    Ground.NOT_FILED_FIRST: "程序规定 第20条第2项",
    Ground.NOT_FILED_NO_FAULT: "程序规定 第20条第3项",
    Ground.NOT_FILED_OTHER: "程序规定 第20条第4项",
}

# What stood in Order 20 for the grounds of Order 121; "" where it knew no such ground. The others did not change.
FORMER_BASIS_LABELS: dict[Ground, str] = {
    Ground.NOT_OURS: "20号 第15条第1项",
    Ground.HANDLED_ELSEWHERE: "20号 第15条第2项",
    Ground.NOT_CONSUMPTION: "20号 第15条第3项",
    Ground.TOO_LATE: "20号 第15条第4项",
    Ground.MATERIAL_MISSING: "20号 第15条第5项",
    Ground.IDENTITY: "",
    Ground.OTHER_LAW: "20号 第15条第6项",
    Ground.REPORT_NO_CLUE: "20号 第24条",
    Ground.REPORT_NO_POWER: "20号 第29条",
    Ground.REPORT_REPEATED: "",
    Ground.REPORT_OTHER_CHANNEL: "20号 第39条",
    Ground.CONSULTATION_OUT_OF_SCOPE: "20号 第39条",
    # Art 21(1) of Order 20 had eight items too, in part of other words; which was which is to be checked.
    **dict.fromkeys((one for one, act in ACT_OF.items() if act is Act.END_MEDIATION), "20号 第21条第1款"),
}

GROUND_LABELS: dict[Ground, str] = {
    Ground.NOT_OURS: "投诉事项不属于本部门职责，或者本部门没有处理权限",
    Ground.HANDLED_ELSEWHERE: "法院、仲裁机构、行政机关或者消费者协会已经受理或者处理过同一争议",
    Ground.NOT_CONSUMPTION: "不是为生活消费需要购买、使用商品或者接受服务，或者不能证明存在消费者权益争议",
    Ground.TOO_LATE: "自知道或者应当知道权益受到侵害之日起超过三年",
    Ground.MATERIAL_MISSING: "缺少姓名、电话、地址、被投诉人、投诉请求、事实依据或者代理材料，或者材料虚假",
    Ground.IDENTITY: "冒用他人名义，或者拒绝核验身份",
    Ground.OTHER_LAW: "法律、法规、规章规定的其他不予受理情形",
    Ground.REPORT_NO_CLUE: "没有提供涉嫌违法行为的具体线索",
    Ground.REPORT_NO_POWER: "本部门没有处理权限",
    Ground.REPORT_REPEATED: "同一举报人就同一事实、同一对象的重复举报",
    Ground.REPORT_OTHER_CHANNEL: "属于咨询、政府信息公开、行政复议或者纪检监察事项，不适用举报程序",
    Ground.ADJUDICATION_NOT_COMPETENT: "不属于本部门管辖的专利侵权纠纷",
    Ground.ADJUDICATION_SUED: "当事人已就同一专利侵权纠纷向人民法院起诉",
    Ground.ADJUDICATION_INCOMPLETE: "请求人没有资格，或者没有明确的被请求人、请求事项和事实理由",
    Ground.AID_OUT_OF_SCOPE: "不属于知识产权维权援助范围",
    Ground.CONSULTATION_OUT_OF_SCOPE: "咨询事项不属于知识产权保护",
    Ground.MEDIATION_RECONCILED: "投诉人撤回投诉，或者双方自行和解",
    Ground.MEDIATION_DECLINED: "一方无正当理由不参加调解，或者明确拒绝调解",
    Ground.MEDIATION_NO_AGREEMENT: "经组织调解，一方明确表示无法达成调解协议",
    Ground.MEDIATION_COSTS: "双方对鉴定、检测费用的承担无法协商一致",
    Ground.MEDIATION_TOO_LONG: "自投诉受理之日起六十日内没有达成调解协议",
    Ground.MEDIATION_NOT_ADMISSIBLE: "受理后发现有不予受理的情形，或者涉嫌骗取赔偿、敲诈勒索",
    Ground.MEDIATION_PARTY_GONE: "一方死亡或者主体资格灭失",
    Ground.MEDIATION_OTHER: "法律、法规、规章规定的应当终止调解的其他情形",
    Ground.NOT_FILED_NO_CASE: "经核查不符合立案条件",
    Ground.NOT_FILED_MINOR: "违法行为轻微并及时改正，没有造成危害后果",
    Ground.NOT_FILED_FIRST: "初次违法且危害后果轻微并及时改正",
    Ground.NOT_FILED_NO_FAULT: "当事人有证据足以证明没有主观过错",
    Ground.NOT_FILED_OTHER: "依法可以不予立案的其他情形",
}

NEXT_STEP_LABELS: dict[Ground, str] = {
    Ground.NOT_OURS: "请向有处理权限的部门投诉；可以拨打12345查询主管部门。",
    Ground.HANDLED_ELSEWHERE: "请向已经受理的机构查询结果；对结果不服的，按该机构告知的途径救济。",
    Ground.NOT_CONSUMPTION: "掌握违法线索的，可以另行举报；作为权利人维权的，请选择“权利人线索”重新提交。",
    Ground.TOO_LATE: "法律对期限另有规定的，请写明后重新提交；违法线索仍可举报。",
    Ground.MATERIAL_MISSING: "补齐材料后可以重新提交，受理期限自重新收到之日起计算。",
    Ground.IDENTITY: "以本人真实身份可以重新提交；不愿公开身份的，违法线索可以匿名举报。",
    Ground.OTHER_LAW: "请按说明中所列条款规定的途径处理。",
    Ground.REPORT_NO_CLUE: "写明谁、在哪里、做了什么，附上照片、链接或者购买凭证后，可以重新举报。",
    Ground.REPORT_NO_POWER: "请直接向有处理权限的部门举报，具体部门见说明。",
    Ground.REPORT_REPEATED: "请用原登记编号查询进展；有新的事实的，请写明新事实后提交。",
    Ground.REPORT_OTHER_CHANNEL: "请按说明中告知的渠道提出。",
    Ground.ADJUDICATION_NOT_COMPETENT: "请向被请求人所在地或者侵权行为地有管辖权的管理专利工作的部门请求处理。",
    Ground.ADJUDICATION_SUED: "请等待人民法院裁判；撤诉后可以重新请求。",
    Ground.ADJUDICATION_INCOMPLETE: "补齐后可以重新请求；也可以向人民法院起诉（专利法 第65条）。",
    Ground.AID_OUT_OF_SCOPE: "可以申请法律援助，或者选择“咨询”了解其他途径。",
    Ground.CONSULTATION_OUT_OF_SCOPE: "可以拨打12345咨询其他事项。",
    **dict.fromkeys(
        (one for one, act in ACT_OF.items() if act is Act.END_MEDIATION),
        "可以向人民法院起诉、按约定申请仲裁（121号 第25条）；掌握违法线索的，可以另行举报。",
    ),
    **dict.fromkeys(
        (one for one, act in ACT_OF.items() if act is Act.NOT_FILE),
        "有新的事实或者证据的，可以再次举报；权利受到侵害的，可以向人民法院起诉。",
    ),
}

# Art 15(2) has every refused complainant told of the other ways.
REMEDY_LABELS: dict[Track, str] = {
    Track.COMPLAINT: (
        "您仍可以与经营者协商和解、请求消费者协会调解、按约定申请仲裁，或者向人民法院起诉（消费者权益保护法 第39条）。"
    ),
}


def basis_of(ground: Ground, filed_on: dt.date) -> str:
    """The article for what was filed on that Beijing day; "" when the ground did not exist then."""
    if filed_on >= ORDER_121_FROM:
        return BASIS_LABELS[ground]
    return FORMER_BASIS_LABELS.get(ground, BASIS_LABELS[ground])


def grounds_for(track: Track, filed_on: dt.date, act: Act = Act.REFUSE) -> dict[Ground, str]:
    """The grounds for `act` on what was filed in `track` on that Beijing day, each with its article."""
    of_act = [ground for ground in Ground if ACT_OF.get(ground, Act.REFUSE) is act]
    mine = {ground: basis_of(ground, filed_on) for ground in of_act if track in TRACKS[ground]}
    return {ground: article for ground, article in mine.items() if article}
