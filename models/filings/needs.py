"""What helps a matter along, by kind of right: proof of the right, of the infringement, of who files, of authority.

A checklist, never a bar: a report needs no proof of anybody's right, and whatever is missing can follow later.
"""

from __future__ import annotations

import enum
from collections.abc import Collection
from dataclasses import dataclass

from models.filings.parties import Capacity
from models.kinds import RightType, Track


class NeedGroup(enum.StrEnum):
    """The four heads of the checklist."""

    OWNERSHIP = "ownership"
    INFRINGEMENT = "infringement"
    SUBJECT = "subject"
    AUTHORITY = "authority"


NEED_GROUP_LABELS: dict[NeedGroup, str] = {
    NeedGroup.OWNERSHIP: "权属",
    NeedGroup.INFRINGEMENT: "侵权证据",
    NeedGroup.SUBJECT: "主体",
    NeedGroup.AUTHORITY: "授权",
}

# Names go into what is filed: they may be added to, and are not to be changed.
NEED_LABELS: dict[str, str] = {
    "trademark_certificate": "商标注册证，以及续展、转让或许可的证明",
    "patent_certificate": "专利证书",
    "patent_in_force": "专利登记簿副本或当年的年费缴纳凭证",
    "patent_evaluation": "实用新型、外观设计的专利权评价报告",
    "copyright_proof": "作品登记证书、底稿、原件或者首次发表的证明",
    "secret_content": "商业秘密的内容和载体的说明",
    "secret_measures": "采取过保密措施的证明，例如保密协议、制度",
    "indication_registration": "地理标志的注册或者保护公告、专用标志使用核准",
    "variety_certificate": "品种权证书",
    "layout_certificate": "布图设计登记证书",
    "sign_certificate": "特殊标志登记证书或公告",
    "reputation": "名称、包装、装潢有一定影响的证明，例如销售、广告、获奖",
    "right_proof": "能说明您有这项权利的证明",
    "goods_photo": "商品和包装的照片，拍清商标、厂名、批号",
    "shop_photo": "店铺招牌、摊位或网页的照片或截图",
    "purchase": "购买凭证：小票、发票、订单或付款记录",
    "patent_marking": "标有专利字样和专利号的产品、包装或广告的照片",
    "product_detail": "能看出结构、方法或外观的实物照片、说明书",
    "comparison": "与正品、原作或授权品种的对照",
    "secret_leak": "对方接触过并使用了这些秘密的线索",
    "seed_sample": "种苗包装、标签或者样品的照片",
    "sign_use": "使用标志的商品、广告或场所的照片",
    "any_proof": "能说明事情的照片、截图、录音、录像或文件",
    "subject_proof": "权利人的主体证明：营业执照或者身份证件",
    "power_of_attorney": "委托书，写明委托事项、权限和期限（由代理人提交时）",
    "agent_identity": "代理人的身份证明",
    "joint_consent": "各人同意共同提交、推选代表人的书面材料",
}

OWNERSHIP: dict[RightType, tuple[str, ...]] = {
    RightType.TRADEMARK: ("trademark_certificate",),
    RightType.PATENT_INFRINGEMENT: ("patent_certificate", "patent_in_force", "patent_evaluation"),
    RightType.PATENT_PASSING_OFF: (),
    RightType.COPYRIGHT: ("copyright_proof",),
    RightType.TRADE_SECRET: ("secret_content", "secret_measures"),
    RightType.GEOGRAPHICAL_INDICATION: ("indication_registration",),
    RightType.PLANT_VARIETY: ("variety_certificate",),
    RightType.LAYOUT_DESIGN: ("layout_certificate",),
    RightType.SPECIAL_SIGN: ("sign_certificate",),
    RightType.UNFAIR_COMPETITION: ("reputation",),
    RightType.OTHER: ("right_proof",),
}

# What somebody in the fast lane need not hand in anew: the bureau has seen who acts for them, and under what authority.
MANDATES = ("power_of_attorney", "agent_identity")

INFRINGEMENT: dict[RightType, tuple[str, ...]] = {
    RightType.TRADEMARK: ("goods_photo", "shop_photo", "purchase"),
    RightType.PATENT_INFRINGEMENT: ("product_detail", "purchase"),
    RightType.PATENT_PASSING_OFF: ("patent_marking", "purchase"),
    RightType.COPYRIGHT: ("comparison", "shop_photo", "purchase"),
    RightType.TRADE_SECRET: ("secret_leak",),
    RightType.GEOGRAPHICAL_INDICATION: ("goods_photo", "shop_photo", "purchase"),
    RightType.PLANT_VARIETY: ("seed_sample", "purchase"),
    RightType.LAYOUT_DESIGN: ("product_detail", "purchase"),
    RightType.SPECIAL_SIGN: ("sign_use",),
    RightType.UNFAIR_COMPETITION: ("goods_photo", "comparison", "purchase"),
    RightType.OTHER: ("any_proof",),
}

# Whose own right it is has to show it: a rights-holder's clue (Order 121 Art 3, 11), a request for adjudication.
_BY_THE_OWNER = (Track.CLUE, Track.ADJUDICATION)


@dataclass(frozen=True)
class Needed:
    """One head of the checklist and what falls under it, by name."""

    group: NeedGroup
    needs: tuple[str, ...]


def needed(track: Track, right_type: RightType, capacity: Capacity = Capacity.SELF) -> list[Needed]:
    """The checklist of a filing; heads with nothing under them are left out. A question needs no proof."""
    if track is Track.CONSULTATION:
        return []
    is_owners = track in _BY_THE_OWNER
    heads = [
        Needed(NeedGroup.OWNERSHIP, OWNERSHIP[right_type] if is_owners else ()),
        Needed(NeedGroup.INFRINGEMENT, INFRINGEMENT[right_type]),
        Needed(NeedGroup.SUBJECT, ("subject_proof",) if is_owners else ()),
        Needed(NeedGroup.AUTHORITY, _authority(capacity, is_owners=is_owners)),
    ]
    return [head for head in heads if head.needs]


def missing(
    track: Track, right_type: RightType, has: Collection[str], capacity: Capacity = Capacity.SELF
) -> list[Needed]:
    """What is left of the checklist when `has` is there; names that are not on it count for nothing."""
    left = [
        Needed(head.group, tuple(need for need in head.needs if need not in has))
        for head in needed(track, right_type, capacity)
    ]
    return [head for head in left if head.needs]


def _authority(capacity: Capacity, *, is_owners: bool) -> tuple[str, ...]:
    """Order 121 Art 11 for an agent, Art 12 for those who file together."""
    if capacity is Capacity.AGENT:
        return ("power_of_attorney", "agent_identity")
    if capacity is Capacity.JOINT:
        return ("joint_consent",)
    return ("power_of_attorney",) if is_owners else ()
