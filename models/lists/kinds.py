"""Closed kinds: the three lists, the states of an entry, its ends, hearings, and outcomes of objections."""

import enum


class ListKind(enum.StrEnum):
    """Which list. They are never mixed: each is a table of its own."""

    SERIOUS = "serious"
    INFRINGERS = "infringers"
    COMMENDED = "commended"


LIST_KIND_LABELS = {
    ListKind.SERIOUS: "严重违法失信名单",
    ListKind.INFRINGERS: "重复侵权、故意侵权企业名录",
    ListKind.COMMENDED: "守信红榜",
}


class EntryState(enum.StrEnum):
    """Where an entry stands."""

    PROPOSED = "proposed"
    NOTIFIED = "notified"
    HEARD = "heard"
    CONSENTED = "consented"
    DECIDED = "decided"
    PUBLISHED = "published"
    DROPPED = "dropped"
    ENDED = "ended"


ENTRY_STATE_LABELS = {
    EntryState.PROPOSED: "已提出",
    EntryState.NOTIFIED: "已告知",
    EntryState.HEARD: "已听取意见",
    EntryState.CONSENTED: "上一级已同意",
    EntryState.DECIDED: "已决定列入",
    EntryState.PUBLISHED: "公布中",
    EntryState.DROPPED: "不予列入",
    EntryState.ENDED: "已移出",
}


class Hearing(enum.StrEnum):
    """How the company was heard before the decision."""

    STATEMENT = "statement"
    HEARING = "hearing"
    WAIVED = "waived"


HEARING_LABELS = {
    Hearing.STATEMENT: "陈述、申辩",
    Hearing.HEARING: "听证",
    Hearing.WAIVED: "期限内没有提出",
}


class EntryEnd(enum.StrEnum):
    """Why an entry left its list."""

    EXPIRED = "expired"
    EARLY = "early"
    REVOKED = "revoked"


ENTRY_END_LABELS = {
    EntryEnd.EXPIRED: "期满移出",
    EntryEnd.EARLY: "提前移出",
    EntryEnd.REVOKED: "依据不再成立，撤销列入",
}
