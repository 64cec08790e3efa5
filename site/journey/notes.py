"""What an act left in the timeline: our own fixed sentences in the language of the page, a person's words as they are."""

from __future__ import annotations

from flask_babel import gettext as _

from models.cases.mediation.mediators import ASKED
from models.cases.mediation.sessions import HELD
from models.cases.mediation.terms import ANSWER_LABELS
from models.cases.merge_acts import MERGED, SEPARATE
from models.cases.outside.operations import RETURNED
from models.cases.tables import CaseAct
from models.cases.terms import Act
from models.cases.transfers import BOUNCED, OBJECTED
from models.referrals.operations import NOT_SIMPLE
from shared.i18n import label

_OURS = frozenset({MERGED, SEPARATE, HELD, ASKED, BOUNCED, OBJECTED, NOT_SIMPLE, *ANSWER_LABELS.values()})


def public_note(act: CaseAct) -> str:
    """The words that the filer may read; empty where there are none."""
    return _said(act.public_note or "")


def internal_note(act: CaseAct) -> str:
    """The words for staff; empty where there are none."""
    words = act.internal_note or ""
    if act.act is Act.HEAR_OUTSIDE and words.startswith(RETURNED):
        return _("退回：%(why)s", why=words.removeprefix(RETURNED))
    return _said(words)


def _said(words: str) -> str:
    return label(words) if words in _OURS else words
