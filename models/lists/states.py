"""The way of an entry onto its list and off it: one table of moves per list.

The serious list has the steps of 总局令第44号 Art 13, 22: notice, statement or hearing, the superior's consent, decision.
The other two have no effect on rights; two people suffice, and the commended are announced first.
"""

from __future__ import annotations

import enum

from models.errors import ActRefused
from models.lists.kinds import ENTRY_STATE_LABELS, EntryState, ListKind
from models.wording import said


class EntryAct(enum.StrEnum):
    NOTIFY = "notify"
    HEAR = "hear"
    CONSENT = "consent"
    DECIDE = "decide"
    PUBLISH = "publish"
    DROP = "drop"
    REVOKE = "revoke"


ENTRY_ACT_LABELS = {
    EntryAct.NOTIFY: "告知",
    EntryAct.HEAR: "记录陈述申辩或者听证",
    EntryAct.CONSENT: "记录上一级同意",
    EntryAct.DECIDE: "决定列入",
    EntryAct.PUBLISH: "公布",
    EntryAct.DROP: "不予列入",
    EntryAct.REVOKE: "撤销列入",
}

_SERIOUS = {
    EntryAct.NOTIFY: (EntryState.PROPOSED, EntryState.NOTIFIED),
    EntryAct.HEAR: (EntryState.NOTIFIED, EntryState.HEARD),
    EntryAct.CONSENT: (EntryState.HEARD, EntryState.CONSENTED),
    EntryAct.DECIDE: (EntryState.CONSENTED, EntryState.DECIDED),  # from HEARD where no consent is needed
    EntryAct.PUBLISH: (EntryState.DECIDED, EntryState.PUBLISHED),
    EntryAct.REVOKE: (EntryState.PUBLISHED, EntryState.ENDED),
}
_INFRINGERS = {
    EntryAct.NOTIFY: (EntryState.PROPOSED, EntryState.NOTIFIED),
    EntryAct.DECIDE: (EntryState.NOTIFIED, EntryState.DECIDED),
    EntryAct.PUBLISH: (EntryState.DECIDED, EntryState.PUBLISHED),
    EntryAct.REVOKE: (EntryState.PUBLISHED, EntryState.ENDED),
}
MOVES = {
    ListKind.SERIOUS: _SERIOUS,
    ListKind.INFRINGERS: _INFRINGERS,
    ListKind.COMMENDED: _INFRINGERS,  # 告知 is here the announcement 拟列入公示
}
_BEFORE_PUBLICATION = (
    EntryState.PROPOSED,
    EntryState.NOTIFIED,
    EntryState.HEARD,
    EntryState.CONSENTED,
    EntryState.DECIDED,
)


def next_state(kind: ListKind, state: EntryState, act: EntryAct, *, needs_consent: bool = True) -> EntryState:
    """The state after `act`; ActRefused with a sentence when the list has no such move from there."""
    if act is EntryAct.DROP and state in _BEFORE_PUBLICATION:
        return EntryState.DROPPED
    source, target = _moves(kind, needs_consent=needs_consent).get(act, (None, None))
    if source is not state or target is None:
        figures = {"state": ENTRY_STATE_LABELS[state], "act": ENTRY_ACT_LABELS[act]}
        raise ActRefused(said("“%(state)s”的记录现在不能%(act)s。", **figures))
    return target


def acts_from(kind: ListKind, state: EntryState, *, needs_consent: bool = True) -> list[EntryAct]:
    """What the list allows next, in order."""
    moves = _moves(kind, needs_consent=needs_consent)
    acts = [act for act, (source, _) in moves.items() if source is state]
    return [*acts, EntryAct.DROP] if state in _BEFORE_PUBLICATION else acts


def _moves(kind: ListKind, *, needs_consent: bool) -> dict[EntryAct, tuple[EntryState, EntryState]]:
    if kind is not ListKind.SERIOUS or needs_consent:
        return MOVES[kind]
    without: dict[EntryAct, tuple[EntryState, EntryState]] = {
        act: move for act, move in _SERIOUS.items() if act is not EntryAct.CONSENT
    }
    return {**without, EntryAct.DECIDE: (EntryState.HEARD, EntryState.DECIDED)}
