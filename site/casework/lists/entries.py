"""The entries of a list, the leads of repeated infringement, and the page of one entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.lists.doing import DOINGS, possible
from casework.lists.forms import ActForm
from journey.explaining import basis_in_words
from models.clocks.book import book
from models.clocks.deadlines import compute
from models.clocks.errors import NotInForce, OutsideCalendar
from models.lists.kinds import (
    ENTRY_END_LABELS,
    ENTRY_STATE_LABELS,
    HEARING_LABELS,
    LIST_KIND_LABELS,
    EntryState,
    ListKind,
)
from models.lists.leads import repeat_leads
from models.lists.queries import entries_for_staff, entry_for_staff
from models.lists.rules import laws
from models.lists.tables import Entry, SeriousEntry
from models.people.permissions import Permission, can
from models.types import beijing_date, now_utc
from shared.access import account, authorise, requires
from shared.components import FacetValue, Row
from shared.database import session
from shared.formats import day
from shared.i18n import label

SHOWN = 100
KIND = "<any(serious, infringers, commended):kind>"

blueprint = Blueprint("listing", __name__, url_prefix="/casework/lists")


@blueprint.get("")
@requires(Permission.DECISION_VIEW)
def index() -> ResponseReturnValue:
    """One list at a time; with the register of infringers the leads that nobody has taken up."""
    asked = request.args.get("kind", "")
    kind = ListKind(asked) if asked in set(ListKind) else ListKind.INFRINGERS
    today = beijing_date(now_utc())
    return render_template(
        "casework/lists/index.html",
        kind=kind,
        views=[
            FacetValue(label(LIST_KIND_LABELS[one]), 0, url_for("listing.index", kind=one.value), one is kind)
            for one in ListKind
        ],
        title=label(LIST_KIND_LABELS[kind]),
        rows=entries_for_staff(session, account(), kind, limit=SHOWN),
        states=ENTRY_STATE_LABELS,
        leads=repeat_leads(session, account(), today=today) if kind is ListKind.INFRINGERS else [],
        may_propose=can(account(), Permission.LISTING_PROPOSE),
    )


@blueprint.get(f"/{KIND}/<int:entry_id>")
@requires(Permission.DECISION_VIEW)
def show(kind: str, entry_id: int) -> ResponseReturnValue:
    """One entry."""
    return page(entry_to_read(kind, entry_id))


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
        *(_serious(entry) if isinstance(entry, SeriousEntry) else ()),
        Row(_("决定"), f"{entry.document_number} {day(entry.decided_on)}" if entry.decided_on else ""),
        Row(_("决定人"), entry.decider.display_name if entry.decider else ""),
        Row(_("公布"), day(entry.published_at) if entry.published_at else ""),
        Row(_("公布至"), day(entry.ends_on) if entry.ends_on else ""),
        Row(_("异议收到"), day(entry.objected_on) if entry.objected_on else ""),
        Row(_("移出"), label(ENTRY_END_LABELS[entry.end_kind]) if entry.end_kind else ""),
        Row(_("移出或者不予列入的理由"), entry.end_reason or ""),
        *_due(entry),
    ]
    return [row for row in rows if row.value]


def _serious(entry: SeriousEntry) -> list[Row]:
    heard = (
        f"{label(HEARING_LABELS[entry.hearing])} {day(entry.heard_on)}"
        if entry.hearing and entry.heard_on
        else ""
    )
    consent = f"{entry.consent_by} {entry.consent_number}" if entry.consent_by else ""
    return [
        Row(_("陈述申辩或者听证"), heard),
        Row(_("上一级同意"), consent),
        Row(_("申请提前移出"), day(entry.removal_asked_on) if entry.removal_asked_on else ""),
    ]


def _due(entry: Entry) -> list[Row]:
    """Until when the next act is owed, by the rules in force on the day from which it runs."""
    owed: list[tuple[str, dt.date]] = []
    if entry.state is EntryState.DECIDED and entry.decided_on and isinstance(entry, SeriousEntry):
        owed.append(("listing_publish", entry.decided_on))
    if entry.objected_on:
        owed.append(("objection_own", entry.objected_on))
    if isinstance(entry, SeriousEntry) and entry.removal_asked_on:
        owed.append(("repair_decide", entry.removal_asked_on))
    return [row for rule_id, on in owed for row in _due_row(rule_id, on)]


def _due_row(rule_id: str, on: dt.date) -> list[Row]:
    found = book(session)
    try:
        rule = found.rules.pick(rule_id, on)
        computed = compute(rule, on, found.calendar)
    except (NotInForce, OutsideCalendar, KeyError):
        return []
    return [
        Row(
            label(rule.title),
            _("不晚于%(day)s（%(basis)s）", day=day(computed.legal_end), basis=basis_in_words(rule)),
        )
    ]
