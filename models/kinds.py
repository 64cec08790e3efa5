"""Closed lists that several features share: kinds of right, tracks, channels."""

from __future__ import annotations

import enum


class RightType(enum.StrEnum):
    """The kind of right a matter is about (law: 商标法, 专利法, 著作权法, 反不正当竞争法, …)."""

    TRADEMARK = "trademark"
    PATENT_INFRINGEMENT = "patent_infringement"
    PATENT_PASSING_OFF = "patent_passing_off"
    COPYRIGHT = "copyright"
    TRADE_SECRET = "trade_secret"  # noqa: S105 - the name of a right
    GEOGRAPHICAL_INDICATION = "geographical_indication"
    PLANT_VARIETY = "plant_variety"
    LAYOUT_DESIGN = "layout_design"
    SPECIAL_SIGN = "special_sign"
    UNFAIR_COMPETITION = "unfair_competition"
    OTHER = "other"


RIGHT_TYPE_LABELS: dict[RightType, str] = {
    RightType.TRADEMARK: "商标",
    RightType.PATENT_INFRINGEMENT: "专利侵权",
    RightType.PATENT_PASSING_OFF: "假冒专利",
    RightType.COPYRIGHT: "著作权",
    RightType.TRADE_SECRET: "商业秘密",
    RightType.GEOGRAPHICAL_INDICATION: "地理标志",
    RightType.PLANT_VARIETY: "植物新品种",
    RightType.LAYOUT_DESIGN: "集成电路布图设计",
    RightType.SPECIAL_SIGN: "特殊标志",
    RightType.UNFAIR_COMPETITION: "不正当竞争",
    RightType.OTHER: "其他",
}


class Track(enum.StrEnum):
    """The procedure that a filing goes through; the law gives each its own clocks (Order 121; 程序规定)."""

    COMPLAINT = "complaint"  # a consumer's dispute: Order 121 Art 3, 15, 23
    REPORT = "report"  # anyone's report: Order 121 Art 28–36, 程序规定 Art 18
    CLUE = (
        "clue"  # a rights-holder's "complaint" of infringement: handled as a report, never mediated unasked
    )
    ADJUDICATION = "adjudication"  # 专利侵权纠纷行政裁决: 专利法 Art 65
    AID = "aid"
    CONSULTATION = "consultation"


# What is filed as the holder of a right.
OWNERS_TRACKS = (Track.CLUE, Track.ADJUDICATION)

TRACK_LABELS: dict[Track, str] = {
    Track.COMPLAINT: "消费者投诉",
    Track.REPORT: "举报",
    Track.CLUE: "权利人线索",
    Track.ADJUDICATION: "专利侵权行政裁决",
    Track.AID: "维权援助",
    Track.CONSULTATION: "咨询",
}


class Channel(enum.StrEnum):
    """How a filing reached the bureau."""

    WEB = "web"
    API = "api"
    PHONE = "phone"
    COUNTER = "counter"
    LETTER = "letter"
    EXHIBITION = "exhibition"
    LINE_12345 = "12345"
    LINE_12315 = "12315"


CHANNEL_LABELS: dict[Channel, str] = {
    Channel.WEB: "网站",
    Channel.API: "接口",
    Channel.PHONE: "电话",
    Channel.COUNTER: "窗口",
    Channel.LETTER: "来信",
    Channel.EXHIBITION: "展会",
    Channel.LINE_12345: "12345",
    Channel.LINE_12315: "12315",
}
