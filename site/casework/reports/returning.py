"""The return of one unit and period: figures that open to their cases, reporting, corrections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import StopValidation

from casework.reports.loading import ADDRESS, Asked, asked, heads, may_report
from models.errors import Invalid, NotFound
from models.people.permissions import Permission
from models.reports.counting import Figure, behind, figures_of
from models.reports.definitions import Measure, Report
from models.reports.operations import NOT_A_NUMBER, correct_figure, is_number, report_period
from models.reports.queries import due
from models.types import beijing_date, now_utc
from shared.access import account, requires
from shared.database import session
from shared.fields import Answered, Select, TextArea, TextField
from shared.forms import Form
from shared.i18n import label

NUMERIC = {"inputmode": "decimal"}

blueprint = Blueprint("report_returns", __name__, url_prefix="/casework/reports")


def _numeric(_form: Form, field: Field) -> None:
    if not is_number(field.data or ""):
        raise StopValidation(label(NOT_A_NUMBER))


class CorrectionForm(Form):
    """One figure that is otherwise than reported."""

    cell = Select(_l("哪一格"), [Answered(_l("请选择要更正的一格。"))], choices=[])
    value = TextField(
        _l("更正为"), [Answered(_l("请填写更正后的数字。")), _numeric], width="short", attributes=NUMERIC
    )
    reason = TextArea(_l("更正的理由"), [Answered(_l("请写明更正的理由。"))], rows=3, max_chars=500)


@blueprint.get(ADDRESS)
@requires(Permission.STATISTICS_VIEW)
def show(code: str, period: str, unit_id: int) -> ResponseReturnValue:
    """The return, as reported or as it would be reported now."""
    return _page(asked(code, period, unit_id))


@blueprint.get(f"{ADDRESS}/<cell>")
@requires(Permission.STATISTICS_VIEW)
def figure(code: str, period: str, unit_id: int, cell: str) -> ResponseReturnValue:
    """What stands behind one figure, as far as the person may see it."""
    found = asked(code, period, unit_id)
    if cell not in found.report.cells:
        raise NotFound(_("报表里没有这一格。"))
    made = found.standing.made
    one = _live(found)[cell]
    evidence = made.evidence.get(cell, []) if made else one.evidence
    return render_template(
        "casework/reports/figure.html",
        asked=found,
        title=_titles(found.report)[cell],
        value=made.figures[cell] if made else one.value,
        behind=behind(session, evidence, account()),
    )


@blueprint.post(f"{ADDRESS}/report")
@requires(Permission.STATISTICS_REPORT)
def report(code: str, period: str, unit_id: int) -> ResponseReturnValue:
    """Reports the period, which freezes it."""
    found = asked(code, period, unit_id)
    form = _form(found.report)
    hands = _hands(found.report)
    if form.validate():
        typed = {cell: form[name].data or "" for name, cell in hands.items()}
        try:
            report_period(
                session, found.report, found.period, unit=found.standing.unit, by_hand=typed,
                checked_by=form.checked_by.data or "", actor=account(), now=now_utc(),
            )  # fmt: skip
        except Invalid as error:
            names = {cell: name for name, cell in hands.items()}
            form.take(
                Invalid(error.sentence, {names.get(key, key): why for key, why in error.errors.items()})
            )
        else:
            flash(_("已报出。以后的变化请作更正。"), "done")
            return redirect(url_for(".show", **found.address), code=303)
    return _page(found, form=form), 422


@blueprint.post(f"{ADDRESS}/correct")
@requires(Permission.STATISTICS_REPORT)
def correct(code: str, period: str, unit_id: int) -> ResponseReturnValue:
    """Corrects one figure of what was reported."""
    found = asked(code, period, unit_id)
    made = found.standing.made
    if made is None:
        raise NotFound(_("这一期还没有报出。"))
    form = _correction(found)
    if form.validate():
        try:
            correct_figure(
                session, made, cell=form.cell.data, value=form.value.data or "", reason=form.reason.data or "",
                actor=account(), now=now_utc(),
            )  # fmt: skip
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已更正。"), "done")
            return redirect(url_for(".show", **found.address), code=303)
    return _page(found, correction=form), 422


def _page(found: Asked, *, form: Any = None, correction: CorrectionForm | None = None) -> str:
    made, live = found.standing.made, _live(found)
    mine = may_report(account(), found.standing.unit)
    may_send = mine and made is None and found.period.last < beijing_date(now_utc())
    return render_template(
        "casework/reports/show.html",
        asked=found,
        figures=made.figures if made else {cell: one.value for cell, one in live.items()},
        present=made.present if made else {},
        opens={cell for cell, one in live.items() if one.evidence} | set(made.evidence if made else ()),
        changed=_changed(found, live),
        titles=_titles(found.report),
        heads=heads(found.report),
        until=due(session, found.report, found.period),
        form=form or (_form(found.report, filled=False) if may_send else None),
        hands=list(_hands(found.report)),
        correction=correction or (_correction(found, filled=False) if mine and made else None),
        problems=form or correction,
    )


def _live(found: Asked) -> Mapping[str, Figure]:
    return figures_of(session, found.report, found.period, found.standing.unit.id)


def _changed(found: Asked, live: Mapping[str, Figure]) -> list[tuple[str, str, str]]:
    """Cells that count otherwise today than they stand: cell, as it stands, today."""
    made = found.standing.made
    if made is None:
        return []
    counted = {cell: one.value for cell, one in live.items() if one.value}
    return [
        (cell, made.present[cell], value) for cell, value in counted.items() if made.present[cell] != value
    ]


def _titles(report: Report) -> dict[str, str]:
    return {
        f"{row.code}.{column.code}": f"{label(row.title)} · {label(column.title)}"
        for row in report.rows
        for column in report.columns
    }


def _hands(report: Report) -> dict[str, str]:
    """Names of form fields and the cells that they fill."""
    hands = [cell for cell, count in report.cells.items() if count.measure is Measure.HAND]
    return {f"hand_{number}": cell for number, cell in enumerate(hands)}


def _form(report: Report, *, filled: bool = True) -> Any:
    """The figures that no case gives; zero unless something else is typed."""
    titles, hands = _titles(report), _hands(report)
    fields: dict[str, Any] = {
        name: TextField(titles[cell], [Answered(_l("请填写数字，没有的填 0。")), _numeric], width="short", default="0", attributes=NUMERIC)
        for name, cell in hands.items()
    }  # fmt: skip
    fields["checked_by"] = TextField(_l("审核人"), [Answered(_l("请填写审核人。"))], max_chars=40)
    made = type("ReturnForm", (Form,), fields)
    return made() if filled else made(formdata=None)


def _correction(found: Asked, *, filled: bool = True) -> CorrectionForm:
    form = CorrectionForm() if filled else CorrectionForm(formdata=None)
    form.cell.choices = [("", ""), *_titles(found.report).items()]
    return form
