"""What the bureau has to do by when, as sentences: legal limits from the clock rules, local promises from the profile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from journey.explaining import length_in_words
from models.clocks.rules import Rule, RuleBook
from models.clocks.terms import Unit
from models.people.profiles import Promises

# The rules that concern everybody, in the order in which a filer meets them. %(time)s is the time limit.
SENTENCES: dict[str, LazyString] = {
    "complaint_accept": _l("收到投诉，%(time)s内决定是否受理并告知投诉人"),
    "report_verify": _l("收到举报线索，%(time)s内核查并决定是否立案"),
    "mediation_limit": _l("受理投诉后，%(time)s内完成调解"),
    "penalty_publish": _l("作出行政处罚决定，%(time)s内向社会公示"),
    "decision_withdraw": _l("已公示的决定被撤销、变更的，%(time)s内撤回并说明理由"),
}

FRONT_PAGE = ("complaint_accept", "report_verify", "penalty_publish")


@dataclass(frozen=True)
class Promise:
    """One line. `basis` is the article; a local promise has none, and `is_local` says so."""

    sentence: str
    basis: str = ""
    law: str = ""
    is_local: bool = False


def promises(
    rules: RuleBook, local: Promises, on: dt.date, *, of: Collection[str] = tuple(SENTENCES)
) -> list[Promise]:
    """The lines that hold for what is filed on that day: the legal limits `of` these rules, then the local ones."""
    in_force = {rule.id: rule for rule in rules.in_force(on)}
    legal = [_legal(in_force[rule_id]) for rule_id in SENTENCES if rule_id in of and rule_id in in_force]
    return [*legal, *_local(local)]


def _legal(rule: Rule) -> Promise:
    return Promise(
        str(SENTENCES[rule.id]) % {"time": length_in_words(rule.n, rule.unit)}, rule.basis, rule.law
    )


def _local(local: Promises) -> Iterator[Promise]:
    sentences = (
        (local.accept_days, _("收到投诉举报，%(time)s内告知是否受理")),
        (local.transfer_days, _("不属于本局处理的，%(time)s内移交或者告知去向")),
        (local.feedback_days, _("办结后，%(time)s内反馈结果")),
    )
    for days, sentence in sentences:
        if days:
            yield Promise(sentence % {"time": length_in_words(days, Unit.WORKING_DAYS)}, is_local=True)
