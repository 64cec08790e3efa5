"""The journey's questions in plain words: what people say, beside what the law calls it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from models.kinds import RightType, Track
from models.people.profiles import OutsideKind


class Situation(enum.StrEnum):
    """What somebody comes with; it chooses the track (Order 121 Art 3, 9; a rights-holder's "complaint" is a clue)."""

    REPORT = "report"
    OWNER = "owner"
    REFUND = "refund"


SITUATIONS: dict[Situation, tuple[LazyString, LazyString]] = {
    Situation.REPORT: (
        _l("我发现有人侵权或造假，想举报"),
        _l("任何人都可以举报，可以匿名。"),
    ),
    Situation.OWNER: (
        _l("我的商标、专利等权利被侵犯"),
        _l("权利人或代理人提交线索，需要留下姓名和联系方式。"),
    ),
    Situation.REFUND: (
        _l("我买到了假货，想退款或赔偿"),
        _l("先告诉您去哪里投诉最快，再由您决定投诉还是举报。"),
    ),
}

TRACKS: dict[str, Track] = {
    Situation.REPORT: Track.REPORT,
    Situation.OWNER: Track.CLUE,
    "complaint": Track.COMPLAINT,  # the refund page's other answer
}

# The order in which people meet them, not the order of the law.
RIGHTS: dict[RightType, tuple[LazyString, LazyString]] = {
    RightType.TRADEMARK: (_l("冒用牌子、仿冒商标"), _l("假名牌、近似标志、擅自使用注册商标")),
    RightType.PATENT_PASSING_OFF: (_l("假冒专利"), _l("没有专利却标“专利产品”，或盗用别人的专利号")),
    RightType.PATENT_INFRINGEMENT: (_l("仿造专利产品"), _l("未经许可制造、销售他人的专利产品或使用专利方法")),
    RightType.COPYRIGHT: (_l("盗版、抄袭"), _l("书籍、软件、图片、影视、音乐等")),
    RightType.GEOGRAPHICAL_INDICATION: (_l("冒充地方特产"), _l("擅自使用地理标志或其专用标志")),
    RightType.TRADE_SECRET: (_l("泄露或窃取商业秘密"), _l("客户名单、配方、图纸、技术资料等")),
    RightType.UNFAIR_COMPETITION: (_l("仿冒包装、店名"), _l("让人误以为是另一家的商品或店铺")),
    RightType.SPECIAL_SIGN: (_l("滥用特殊标志"), _l("奥林匹克标志、世博会标志等")),
    RightType.PLANT_VARIETY: (_l("植物新品种"), _l("未经许可繁殖、销售授权品种的种苗")),
    RightType.LAYOUT_DESIGN: (_l("集成电路布图设计"), _l("未经许可复制、销售他人的布图设计")),
    RightType.OTHER: (_l("其他，或者说不清楚"), _l("由工作人员替您判断")),
}


@dataclass(frozen=True)
class Advice:
    """What to say once the kind is known: who is competent, and what other way there is."""

    title: LazyString
    text: LazyString
    outside: OutsideKind | None = None


ADVICE: dict[RightType, Advice] = {
    RightType.COPYRIGHT: Advice(
        _l("著作权由版权（文化市场执法）部门处理"),
        _l("您可以直接向下列部门反映；也可以继续在这里提交，我们登记后移交并告诉您去向。"),
        OutsideKind.COPYRIGHT,
    ),
    RightType.PLANT_VARIETY: Advice(
        _l("植物新品种由农业农村、林草部门处理"),
        _l("您可以直接向下列部门反映；也可以继续在这里提交，我们登记后移交并告诉您去向。"),
        OutsideKind.AGRICULTURE,
    ),
    RightType.PATENT_INFRINGEMENT: Advice(
        _l("专利权人可以请求行政裁决"),
        _l(
            "这里登记的是线索。要由行政机关裁决是否侵权，需要专利权人或利害关系人另行提交请求书（专利法 第65条）；"
            "也可以直接向人民法院起诉。"
        ),
    ),
}

EVIDENCE_HINTS: dict[RightType, LazyString] = {
    RightType.TRADEMARK: _l("商品和包装的照片（拍清商标、厂名、批号）、店铺招牌、购买小票或订单截图。"),
    RightType.PATENT_PASSING_OFF: _l("标有专利字样和专利号的产品、包装或广告的照片。"),
    RightType.PATENT_INFRINGEMENT: _l("产品照片、购买凭证、专利证书，能看出结构或方法的资料。"),
    RightType.COPYRIGHT: _l("原作品和涉嫌盗版作品的对照、网页截图、购买凭证。"),
}
DEFAULT_EVIDENCE_HINT = _l("能说明事情的照片、截图、录音、录像或文件，例如商品照片、聊天记录、购买小票。")


def track_of(situation: str, *, has_account: bool) -> Track:
    """The track that the answers lead to."""
    return Track.CLUE if has_account else TRACKS.get(situation, Track.REPORT)
