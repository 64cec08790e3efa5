"""What a bulletin is, how it lives, and how much it may hold."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from models.errors import ActRefused
from models.wording import said


class BulletinKind(enum.StrEnum):
    """A typical case 典型案例 comments on published decisions (S19); a notice 通知公告 stands by itself.

    A guide 咨询解答 answers what somebody asked, without the person (S13); a warning 海外预警 is about one country (S22).
    """

    TYPICAL_CASE = "typical_case"
    NOTICE = "notice"
    GUIDE = "guide"
    WARNING = "warning"


BULLETIN_KIND_LABELS = {
    BulletinKind.TYPICAL_CASE: "典型案例",
    BulletinKind.NOTICE: "通知公告",
    BulletinKind.GUIDE: "咨询解答",
    BulletinKind.WARNING: "海外预警",
}


class BulletinState(enum.StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


BULLETIN_STATE_LABELS = {
    BulletinState.DRAFT: "草稿",
    BulletinState.IN_REVIEW: "待审核",
    BulletinState.PUBLISHED: "已发布",
    BulletinState.WITHDRAWN: "已撤下",
}


class BulletinAct(enum.StrEnum):
    AMEND = "amend"
    SUBMIT = "submit"
    RETURN = "return"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


_LABELS = {
    BulletinAct.AMEND: "修改",
    BulletinAct.SUBMIT: "提交审核",
    BulletinAct.RETURN: "退回",
    BulletinAct.PUBLISH: "发布",
    BulletinAct.WITHDRAW: "撤下",
}

# From where an act leads where; nothing leaves `withdrawn`.
_MOVES = {
    BulletinAct.AMEND: (BulletinState.DRAFT, BulletinState.DRAFT),
    BulletinAct.SUBMIT: (BulletinState.DRAFT, BulletinState.IN_REVIEW),
    BulletinAct.RETURN: (BulletinState.IN_REVIEW, BulletinState.DRAFT),
    BulletinAct.PUBLISH: (BulletinState.IN_REVIEW, BulletinState.PUBLISHED),
    BulletinAct.WITHDRAW: (BulletinState.PUBLISHED, BulletinState.WITHDRAWN),
}

TITLE_CHARACTERS = 80
SUMMARY_CHARACTERS = 200
TEXT_CHARACTERS = 20_000
DECISIONS_MOST = 10


def next_state(state: BulletinState, act: BulletinAct) -> BulletinState:
    """The state after `act`; ActRefused with a sentence when the table has no such move."""
    source, target = _MOVES[act]
    if state is not source:
        raise ActRefused(
            said(
                "“%(state)s”的不能%(act)s，“%(source)s”的才可以。",
                state=BULLETIN_STATE_LABELS[state],
                act=_LABELS[act],
                source=BULLETIN_STATE_LABELS[source],
            )
        )
    return target


def acts_from(state: BulletinState) -> list[BulletinAct]:
    """The acts that the table allows in a state."""
    return [act for act, (source, _target) in _MOVES.items() if source is state]


@dataclass(frozen=True)
class BulletinText:
    """What a bulletin says in one language. Paragraphs are parted by line breaks."""

    title: str
    summary: str
    body: str
    commentary: str = ""

    def __bool__(self) -> bool:
        return any((self.title, self.summary, self.body, self.commentary))
