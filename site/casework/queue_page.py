"""What the page of the queue prints: lines, saved views, chips and the choices of the filter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from flask import request, url_for
from flask_babel import gettext as _

from journey.deadlines import LIGHT_NAMES, left_in_words
from models.cases.queue import NOBODY, Row, Sort, Wanted
from models.cases.sight import VIEW_LABELS, View
from models.cases.sorting.terms import COMPLEXITY_LABELS, Complexity
from models.cases.terms import DONE_LABELS, STATE_LABELS, State
from models.clocks.terms import LIGHTS, Light
from models.filings.submissions import FAST, UNPROVEN
from models.kinds import RIGHT_TYPE_LABELS, TRACK_LABELS
from models.people.permissions import Permission, can
from models.people.tables import Account, Unit
from models.signals.terms import SIGNAL_LABELS, Signal
from shared.components import Chip, FacetValue
from shared.i18n import in_script, label

NONE = "none"  # in the address: cases that have no handler
LIGHTS_TO_CHOOSE = (Light.LATE, Light.DUE_SOON, Light.IN_TIME)


@dataclass(frozen=True)
class Line:
    """One row of the table, in words."""

    url: str
    reference: str
    light: str
    left: str
    due_on: dt.date | None
    due_by: str
    track: str
    right: str
    respondent: str
    state: str
    unit: str
    handler: str
    last_act: str
    last_act_at: dt.datetime
    is_unseen: bool = False
    is_simple: bool = False
    signals: str = ""
    is_fast: bool = False

    @property
    def is_late(self) -> bool:
        return self.light == "late"


def lines_of(rows: Iterable[Row], officer: Account, signals: Mapping[int, Sequence[Signal]]) -> list[Line]:
    """The rows as `officer` reads them: an officer's own cases say so. What many rows say is put into words once."""
    said, left, named = cache(label), cache(left_in_words), cache(in_script)
    by_promise, by_law, untimed, me = _("服务承诺"), _("法定"), _("不计时"), _("我")
    between = _("、")

    def line(row: Row) -> Line:
        case, standing = row.case, row.standing
        handler = case.handler.display_name if case.handler else ""
        return Line(
            url=url_for("case.show", reference=case.shown_reference),
            reference=case.shown_reference,
            light=LIGHT_NAMES[standing.light] if standing else "waiting",
            left=left(standing) if standing else untimed,
            due_on=row.deadline.legal_end if row.deadline else None,
            due_by=by_promise if row.is_promise else by_law,
            track=said(TRACK_LABELS[case.track]),
            right=said(RIGHT_TYPE_LABELS[case.right_type]),
            respondent=case.filing.respondent_name,
            state=said(STATE_LABELS[case.state]),
            unit=named(case.unit.name),
            handler=me if case.handler_id == officer.id else handler,
            last_act=said(DONE_LABELS[case.last_act]),
            last_act_at=case.last_act_at,
            is_unseen=case.seen_at is None,
            signals=between.join(said(SIGNAL_LABELS[one]) for one in signals.get(case.id, ())),
            is_simple=case.complexity is Complexity.SIMPLE,
            is_fast=case.filing.is_fast,
        )

    return [line(row) for row in rows]


def bulk_acts(officer: Account) -> list[tuple[str, str, str]]:
    """What the officer may do to many cases at once: words, address, and the key of the queue for it."""
    found = [
        (Permission.CASE_ASSIGN, _("指派给…"), "assign"),
        (Permission.CASE_TRANSFER, _("移交给…"), "transfer"),
    ]
    return [
        (words, url_for(f"bulk.{key}"), key) for permission, words, key in found if can(officer, permission)
    ]


def views(wanted: Wanted, counts: Mapping[View, int], officer: Account) -> list[FacetValue]:
    """The left column. A view is a place of its own: going there drops the filters. Only a head has things to approve."""
    left_out = {
        *(() if can(officer, Permission.CASE_EXTEND) else (View.TO_APPROVE,)),
        *(() if can(officer, Permission.CASE_ANSWER) else (View.TO_TAKE,)),
    }
    return [
        FacetValue(
            label=label(VIEW_LABELS[view]),
            count=counts.get(view, -1),
            url=url_for("queue.index", view=view.value),
            is_chosen=view is wanted.view,
        )
        for view in View
        if view not in left_out
    ]


def chips(wanted: Wanted, units: Iterable[Unit], people: Mapping[int, str]) -> list[Chip]:
    """The filters that are on, each with the address without it."""
    names = {unit.code: in_script(unit.name) for unit in units}
    handler = _handlers(people).get(_handler(wanted), _("账号 %(number)s", number=wanted.handler))
    found = {
        "q": _("含“%(text)s”", text=wanted.text) if wanted.text else "",
        "light": label(LIGHTS[wanted.light]) if wanted.light else "",
        "state": label(STATE_LABELS[wanted.state]) if wanted.state else "",
        "track": label(TRACK_LABELS[wanted.track]) if wanted.track else "",
        "right_type": label(RIGHT_TYPE_LABELS[wanted.right_type]) if wanted.right_type else "",
        "complexity": label(COMPLEXITY_LABELS[wanted.complexity]) if wanted.complexity else "",
        "unit": names.get(wanted.unit, wanted.unit),
        "handler": _("承办人：%(name)s", name=handler) if wanted.handler is not None else "",
        "lane": _("直通车") if wanted.is_fast else "",
        "proof": _("需要人工看一眼") if wanted.is_unproven else "",
        "sort": _("最新提交在前") if wanted.sort is Sort.OPENED else "",
    }
    return [Chip(text, _without(name), removes=True) for name, text in found.items() if text]


@dataclass(frozen=True)
class Choice:
    """A list to choose from: the name in the address, its title, (value, text, is chosen)."""

    name: str
    title: str
    options: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True)
class Filters:
    """The filter form: the text, and the lists."""

    text: str
    lists: Sequence[Choice]

    @classmethod
    def of(cls, wanted: Wanted, units: Sequence[Unit], people: Mapping[int, str]) -> Filters:
        """The form as the address fills it."""
        lights = {one.value: label(LIGHTS[one]) for one in LIGHTS_TO_CHOOSE}
        states = {one.value: label(STATE_LABELS[one]) for one in State}
        tracks = {one.value: label(text) for one, text in TRACK_LABELS.items()}
        rights = {one.value: label(text) for one, text in RIGHT_TYPE_LABELS.items()}
        paths = {one.value: label(text) for one, text in COMPLEXITY_LABELS.items()}
        proof = UNPROVEN if wanted.is_unproven else None
        orders = {Sort.OPENED.value: _("最新提交在前")}
        lists = [
            _choice("light", _("时限"), lights, wanted.light),
            _choice("state", _("状态"), states, wanted.state),
            _choice("track", _("类别"), tracks, wanted.track),
            _choice("right_type", _("权利"), rights, wanted.right_type),
            _choice("complexity", _("繁简"), paths, wanted.complexity),
            _choice("unit", _("机构"), {one.code: in_script(one.name) for one in units}, wanted.unit),
            _choice("handler", _("承办人"), _handlers(people), _handler(wanted)),
            _choice("lane", _("直通车"), {FAST: _("只看直通车")}, FAST if wanted.is_fast else None),
            _choice("proof", _("自动校验"), {UNPROVEN: _("没有做，需要人工看一眼")}, proof),
            _choice("sort", _("排序"), orders, wanted.sort, empty=_("先到期在前")),
        ]
        return cls(wanted.text, [one for one in lists if len(one.options) > 1])


def _handlers(people: Mapping[int, str]) -> dict[str, str]:
    """What to choose from as handler, by what stands in the address."""
    return {NONE: _("未指派"), **{str(number): name for number, name in people.items()}}


def _handler(wanted: Wanted) -> str:
    return NONE if wanted.handler == NOBODY else str(wanted.handler or "")


def _choice(name: str, title: str, options: Mapping[str, str], chosen: str | None, empty: str = "") -> Choice:
    every = ("", empty or _("不限"), chosen not in options)
    return Choice(name, title, [every, *((value, text, value == chosen) for value, text in options.items())])


def _without(name: str) -> str:
    kept = {key: value for key, value in request.args.items() if key not in (name, "after")}
    return url_for("queue.index", **kept)
