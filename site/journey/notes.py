"""What an act left in the timeline: our own fixed sentences in the language of the page, a person's words as they are."""

from __future__ import annotations

from models.cases.mediation.mediators import ASKED
from models.cases.mediation.sessions import HELD
from models.cases.mediation.terms import ANSWER_LABELS
from models.cases.merge_acts import MERGED, SEPARATE
from models.cases.tables import CaseAct
from shared.i18n import label

_OURS = frozenset({MERGED, SEPARATE, HELD, ASKED, *ANSWER_LABELS.values()})


def public_note(act: CaseAct) -> str:
    """The words that the filer may read; empty where there are none."""
    words = act.public_note or ""
    return label(words) if words in _OURS else words
