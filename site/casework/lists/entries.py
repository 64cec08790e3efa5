"""The entries of a list with their lights, and the page of one entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.lists.doing import DOINGS, possible
from casework.lists.forms import ActForm
from journey.deadlines import RunningClock, first_running, shown_deadlines
from journey.explaining import basis_in_words
from models.clocks.queries import deadlines_of
from models.lists.clocks import heard_until
from models.lists.kinds import (
    ENTRY_END_LABELS,
    ENTRY_STATE_LABELS,
    HEARING_LABELS,
    LIST_KIND_LABELS,
    EntryState,
    ListKind,
)
from models.lists.queries import entries_for_staff, entry_for_staff
from models.lists.rules import laws
from models.lists.tables import Entry, RemovalRequest, SeriousEntry
from models.people.permissions import Permission, can
from models.types import beijing_date, now_utc
from shared.access import account, authorise, requires
from shared.components import FacetValue, Row
from shared.database import session
from shared.formats import day, day_text
from shared.i18n import label

SHOWN = 100
KIND = "<any(serious, infringers, commended):kind>"

blueprint = Blueprint("listing", __name__, url_prefix="/casework/lists")


@blueprint.get("")
@requires(Permission.DECISION_VIEW)
def index() -> ResponseReturnValue:
    """One list at a time."""
    asked = request.args.get("kind", "")
    kind = ListKind(asked) if asked in set(ListKind) else ListKind.INFRINGERS
    return render_template(
        "casework/lists/index.html",
        kind=kind,
        views=[
            FacetValue(label(LIST_KIND_LABELS[one]), 0, url_for("listing.index", kind=one.value), one is kind)
            for one in ListKind
        ],
        title=label(LIST_KIND_LABELS[kind]),
        rows=_lines(entries_for_staff(session, account(), kind, limit=SHOWN), now_utc()),
        states=ENTRY_STATE_LABELS,
        may_lead=can(account(), Permission.LISTING_PROPOSE) or can(account(), Permission.LISTING_DECIDE),
        may_propose=can(account(), Permission.LISTING_PROPOSE),
    )


@blueprint.get(f"/{KIND}/<int:entry_id>")
@requires(Permission.DECISION_VIEW)
def show(kind: str, entry_id: int) -> ResponseReturnValue:
    """One entry."""
    return page(entry_to_read(kind, entry_id))


@dataclass(frozen=True)
class Line:
    """An entry in the table with the clock that ends first, if one runs."""

    entry: Entry
    clock: RunningClock | None


def _lines(entries: Sequence[Entry], now: dt.datetime) -> list[Line]:
    """The entries with their clocks, in one query for all of them."""
    clocks = deadlines_of(session, entries)
    return [Line(entry, first_running(session, clocks[entry.id], now)) for entry in entries]


def entry_to_read(kind: str, entry_id: int) -> Entry:
    """The entry, if the visitor may see it."""
    entry = entry_for_staff(session, ListKind(kind), entry_id)
    authorise(Permission.DECISION_VIEW, entry)
    return entry


def page(entry: Entry, wrong: Mapping[str, ActForm] | None = None) -> str:
    """The page, with the form that was sent in and found wrong, if any."""
    wrong = wrong or {}
    forms = {
        name: wrong.get(name) or ActForm(formdata=None, prefix=f"{name}-").keep(DOINGS[name].fields)
        for name in possible(entry, account())
    }
    return render_template(
        "casework/lists/show.html",
        entry=entry,
        facts=_facts(entry),
        forms=forms,
        doings=DOINGS,
        form=next(iter(wrong.values()), None),
        state=label(ENTRY_STATE_LABELS[entry.state]),
        today=beijing_date(now_utc()),
        deadlines=shown_deadlines(session, entry, now_utc()),
    )


def _facts(entry: Entry) -> list[Row]:
    law = laws()[entry.kind]
    rows = [
        Row(_("名单"), label(LIST_KIND_LABELS[entry.kind])),
        Row(_("统一社会信用代码"), entry.uscc),
        Row(_("列入事由"), entry.reason),
        Row(_("列入规则"), f"{entry.rule} {label(law.rule_named(entry.rule).text)}"),
        Row(_("设列依据"), label(law.basis)),
        Row(_("提出人"), entry.maker.display_name),
        Row(_("告知"), day(entry.notified_on) if entry.notified_on else ""),
        Row(_("陈述、申辩的期限"), _heard_until(entry)),
        *(_serious(entry) if isinstance(entry, SeriousEntry) else ()),
        Row(_("决定"), f"{entry.document_number} {day_text(entry.decided_on)}" if entry.decided_on else ""),
        Row(_("决定人"), entry.decider.display_name if entry.decider else ""),
        Row(_("公布"), day(entry.published_at) if entry.published_at else ""),
        Row(_("公布至"), day(entry.ends_on) if entry.ends_on else ""),
        Row(_("异议收到"), day(entry.objected_on) if entry.objected_on else ""),
        Row(_("移出"), label(ENTRY_END_LABELS[entry.end_kind]) if entry.end_kind else ""),
        Row(_("移出或者不予列入的理由"), entry.end_reason or ""),
    ]
    return [row for row in rows if row.value]


def _serious(entry: SeriousEntry) -> list[Row]:
    heard = (
        f"{label(HEARING_LABELS[entry.hearing])} {day_text(entry.heard_on)}"
        if entry.hearing and entry.heard_on
        else ""
    )
    consent = f"{entry.consent_by} {entry.consent_number}" if entry.consent_by else ""
    return [
        Row(_("陈述申辩或者听证"), heard),
        Row(_("上一级同意"), consent),
        Row(_("限制措施届满日"), day(entry.restricted_until_on) if entry.restricted_until_on else ""),
        *(row for request in entry.requests for row in _request(request)),
    ]


def _request(request: RemovalRequest) -> list[Row]:
    """One request for early removal, and what became of it."""
    accepted = _("，%(day)s受理", day=day_text(request.accepted_on)) if request.accepted_on else ""
    rows = [Row(_("申请提前移出"), day(request.asked_on) + accepted)]
    if request.decided_at is not None:
        outcome = _("同意") if request.is_granted else _("不同意")
        rows.append(Row(_("提前移出的答复"), f"{outcome} {day_text(request.decided_at)} {request.answer}"))
    return rows


def _heard_until(entry: Entry) -> str:
    """Until when the company, or before a commendation anybody, may speak."""
    if entry.state not in (EntryState.NOTIFIED, EntryState.HEARD):
        return ""
    until = heard_until(session, entry)
    if until is None:
        return ""
    return _("不晚于%(day)s（%(basis)s）", day=day_text(until.legal_end), basis=basis_in_words(until.rule))
