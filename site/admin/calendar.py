"""The working-day calendar: a year at a glance, a day changed with a reason, the yearly notice, closing days of units.

Every change computes the open deadlines that it touches anew and tells the people whose dates moved.
"""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from admin.calendar_forms import ClosingForm, DayForm, NoticeForm, OpeningForm
from admin.calendar_page import changes, closing_days, months
from models.clocks.book import book
from models.clocks.calendar import DayKind, holiday_name
from models.clocks.calendar_operations import close_unit, open_unit, row_label, set_day, take_notice
from models.clocks.errors import CalendarFileError
from models.clocks.holiday_files import read_notice
from models.clocks.queries import missing_years, published_years
from models.clocks.recompute import Move
from models.clocks.tables import CalendarDay, CalendarYear
from models.errors import ActRefused, Invalid
from models.people.permissions import Permission
from models.people.queries import active_units
from models.people.tables import Unit
from models.supervision.telling import tell_moved
from models.types import beijing_date, now_utc
from models.wording import Sentence, as_clauses, said
from shared.access import account, requires
from shared.database import session
from shared.i18n import label

blueprint = Blueprint("work_calendar", __name__, url_prefix="/admin/calendar")

NOTICE_BYTES = 200_000
MISTAKES_SHOWN = 20


@blueprint.get("")
@requires(Permission.CALENDAR_MANAGE)
def index() -> ResponseReturnValue:
    """A year."""
    today = beijing_date(now_utc())
    calendar = book(session).calendar
    year = request.args.get("year", today.year, type=int)
    if not calendar.first.year <= year <= calendar.last.year:
        raise NotFound
    years = published_years(session)
    return render_template(
        "admin/calendar.html",
        year=year,
        is_published=year in years,
        source=session.scalar(select(CalendarYear.source).where(CalendarYear.year == year)) or "",
        before=year - 1 if year > calendar.first.year else None,
        after=year + 1 if year < calendar.last.year else None,
        months=months(session, calendar, year),
        missing=missing_years(session, today),
        closing=closing_days(session, year),
        changes=changes(session),
    )


@blueprint.route("/<string(length=10):text>", methods=["GET", "POST"])
@requires(Permission.CALENDAR_MANAGE)
def day(text: str) -> ResponseReturnValue:
    """One day: what it is and from where, and a form that changes it."""
    on, calendar = _day(text), book(session).calendar
    if not calendar.first <= on <= calendar.last:
        raise NotFound
    form, now = DayForm(), now_utc()
    known = calendar.day(on)
    if not form.is_submitted():
        form.kind.data, form.name.data = known.kind.value, known.name
    elif form.validate():
        kind, reason = DayKind(form.kind.data), form.reason.data
        try:
            moves = set_day(
                session, on=on, kind=kind, name=form.name.data or "", reason=reason, actor=account(), now=now
            )
        except Invalid as error:
            form.take(error)
        else:
            becomes = row_label(kind, (form.name.data or "").strip())
            why = said("%(day)s 改为“%(kind)s”：%(reason)s", day=on, kind=becomes, reason=reason)
            return _moved(moves, why, on.year)
    row = session.get(CalendarDay, on)
    page = render_template(
        "admin/calendar_day.html", on=on, day=known, name=label(holiday_name(known.name)), row=row, form=form
    )
    return page, 422 if form.problems() else 200


@blueprint.route("/import", methods=["GET", "POST"])
@requires(Permission.CALENDAR_MANAGE)
def take() -> ResponseReturnValue:
    """The yearly notice, as a holiday-cn JSON file."""
    form = NoticeForm()
    if form.validate_on_submit():
        try:
            notice = read_notice(form.file.data.read(NOTICE_BYTES).decode())
        except UnicodeDecodeError:
            form.file.errors = [_("文件不是 UTF-8 编码的 JSON 文件。")]
        except CalendarFileError as error:
            found = list(error.errors.items())[:MISTAKES_SHOWN]
            places = [said("%(place)s：%(sentence)s", place=place, sentence=wrong) for place, wrong in found]
            form.file.errors = [label(as_clauses([error.sentence, *places]))]
        else:
            moves = take_notice(session, notice=notice, actor=account(), now=now_utc())
            return _moved(moves, said("%(year)s 年节假日安排", year=notice.year), notice.year)
    page = render_template("admin/calendar_import.html", form=form)
    return page, 422 if form.problems() else 200


@blueprint.route("/closing", methods=["GET", "POST"])
@requires(Permission.CALENDAR_MANAGE)
def close() -> ResponseReturnValue:
    """A closing day of one unit."""
    units = [unit for unit in active_units(session) if not unit.is_outside]
    form, now = ClosingForm(), now_utc()
    form.offer(units)
    if form.validate_on_submit():
        unit = next(unit for unit in units if str(unit.id) == form.unit.data)
        on, reason = form.on.data, form.reason.data
        try:
            moves = close_unit(session, unit=unit, on=on, reason=reason, actor=account(), now=now)
        except Invalid as error:
            form.take(error)
        else:
            why = said("%(unit)s %(day)s 停办：%(reason)s", unit=unit.name, day=on, reason=reason)
            return _moved(moves, why, on.year)
    page = render_template("admin/calendar_closing.html", form=form, unit=None, on=None)
    return page, 422 if form.problems() else 200


@blueprint.route("/closing/<int:unit_id>/<string(length=10):text>", methods=["GET", "POST"])
@requires(Permission.CALENDAR_MANAGE)
def reopen(unit_id: int, text: str) -> ResponseReturnValue:
    """Takes a closing day back."""
    unit, on = session.get(Unit, unit_id), _day(text)
    if unit is None:
        raise NotFound
    form, now = OpeningForm(), now_utc()
    if form.validate_on_submit():
        reason = form.reason.data
        try:
            moves = open_unit(session, unit=unit, on=on, reason=reason, actor=account(), now=now)
        except (Invalid, ActRefused) as error:
            form.form_errors.append(label(error.sentence))
        else:
            why = said("%(unit)s %(day)s 取消停办：%(reason)s", unit=unit.name, day=on, reason=reason)
            return _moved(moves, why, on.year)
    page = render_template("admin/calendar_closing.html", form=form, unit=unit, on=on)
    return page, 422 if form.problems() else 200


def _day(text: str) -> dt.date:
    """The day of an address; what is none is not found."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise NotFound from None


def _moved(moves: list[Move], why: Sentence, year: int) -> ResponseReturnValue:
    """Tells those whose dates moved, and the administrator how many that was."""
    tell_moved(session, moves=moves, why=why, now=now_utc())
    flash(
        ngettext(
            "已保存。%(num)s 个时限重新计算后有变化，已告知承办人。",
            "已保存。%(num)s 个时限重新计算后有变化，已告知承办人。",
            len(moves),
        ),
        "done",
    )
    return redirect(url_for("work_calendar.index", year=year), code=303)
