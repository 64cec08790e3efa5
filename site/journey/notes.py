"""What an act left in the timeline: our own fixed sentences in the language of the page, a person's words as they are."""

from __future__ import annotations

from models.cases.mediation.mediators import ASKED
from models.cases.mediation.sessions import HELD
from models.cases.mediation.terms import ANSWER_LABELS
from models.cases.merge_acts import MERGED, SEPARATE
from models.cases.tables import CaseAct
from models.cases.transfers import BOUNCED
from models.referrals.operations import NOT_SIMPLE
from shared.i18n import label

_OURS = frozenset({MERGED, SEPARATE, HELD, ASKED, BOUNCED, NOT_SIMPLE, *ANSWER_LABELS.values()})


def public_note(act: CaseAct) -> str:
    """The words that the filer may read; empty where there are none."""
    return _said(act.public_note or "")


def internal_note(act: CaseAct) -> str:
    """The words for staff; empty where there are none."""
    return _said(act.internal_note or "")


def _said(words: str) -> str:
    return label(words) if words in _OURS else words
