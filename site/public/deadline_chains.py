"""Which limits follow each other on a track. One that starts from a later act is counted from the last day of the one
before it, and says so: it is the latest day that the law allows, not a forecast.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from journey.explaining import basis_in_words, counted_days, notes_of
from models.clocks.book import Book
from models.clocks.deadlines import Computed, compute
from models.clocks.errors import NotInForce
from models.kinds import Track
from shared import components
from shared.formats import day_text
from shared.i18n import label

PROMISES = ("local_transfer", "local_accept")

# Rule ids by track, in their order; each starts where the one before it ends.
CHAINS: Mapping[Track, Sequence[str]] = {
    Track.COMPLAINT: ("complaint_accept", "mediation_limit", "mediation_end_notice"),
    Track.REPORT: ("report_verify", "case_decision", "penalty_publish"),
    Track.CLUE: ("report_verify", "case_decision", "penalty_publish"),
    Track.ADJUDICATION: ("patent_accept", "patent_adjudicate", "adjudication_publish"),
    Track.AID: (),
    Track.CONSULTATION: (),
}


@dataclass(frozen=True)
class Limit(components.Deadline):
    """A limit of the page. `assumed` says from which day it is counted, where that is not the day asked about."""

    rule_id: str = ""
    is_promise: bool = False
    assumed: str = ""
    notes: Sequence[str] = ()


def chain(found: Book, track: Track, start: dt.date) -> list[Limit]:
    """The limits of the track for what is filed on `start`; those without a version in force then are left out."""
    limits: list[Limit] = []
    since, before = start, ""
    for rule_id in CHAINS[track]:
        try:
            computed = _computed(found, rule_id, since)
        except NotInForce:
            break
        limits.append(_limit(found, computed, _assumed(before, since) if before else ""))
        since, before = computed.legal_end, label(computed.rule.title)
    return [*limits, *(_limit(found, _computed(found, rule_id, start), "") for rule_id in PROMISES)]


def single(found: Book, rule_id: str, start: dt.date) -> Limit:
    """One limit; UnknownRule, NotInForce."""
    return _limit(found, _computed(found, rule_id, start), "")


def _computed(found: Book, rule_id: str, since: dt.date) -> Computed:
    return compute(found.rules.pick(rule_id, since), since, found.calendar)


def _assumed(before: str, since: dt.date) -> str:
    return _("假定“%(before)s”在最后一天（%(day)s）完成，自该日起算。", before=before, day=day_text(since))


def _limit(found: Book, computed: Computed, assumed: str) -> Limit:
    rule = computed.rule
    return Limit(
        title=label(rule.title),
        due_on=computed.legal_end,
        basis=basis_in_words(rule),
        days=counted_days(computed),
        is_provisional=computed.provisional,
        rule_id=rule.id,
        is_promise=rule.is_local_promise,
        assumed=assumed,
        notes=notes_of(computed, found),
    )
