"""督办: what is late and due soon in the units that one answers for, transfers that bounced, on-time rates, talks."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.cases.queries import case_by_reference
from models.cases.sight import Sight
from models.cases.tables import Case
from models.cases.terms import OUTCOME_LABELS, STATE_LABELS
from models.clocks.book import book
from models.errors import Invalid, NotFound
from models.people.permissions import Permission, can
from models.people.tables import Unit
from models.supervision import board
from models.supervision.limits import Figure, limits
from models.supervision.operations import OfUnit, record_talk
from models.supervision.rates import Rate, monthly_rates, months_before, summed
from models.supervision.terms import RUNG_LABELS
from models.supervision.verdicts import FATE_LABELS, MOST_CLOSINGS, Fate, verdicts
from models.supervision.verdicts import closings as verdict_closings
from models.types import beijing_date, now_utc
from shared.access import account, authorise, requires
from shared.database import session
from shared.fields import Answered, CodeField, DateField, Select, TextArea
from shared.forms import Form
from shared.i18n import in_script

blueprint = Blueprint("supervision", __name__, url_prefix="/casework/supervision")

MONTHS = 3


class TalkForm(Form):
    """A talk that was held."""

    unit = Select(_l("被约谈的机构"), [Answered(_l("请选择机构。"))])
    held_on = DateField(_l("约谈日期"), [Answered(_l("请填写约谈的日期，例如 2026-11-22。"))])
    reference = CodeField(_l("办件的登记编号"), hint=_l("约谈只涉及一个办件时填写。"))
    matter = TextArea(_l("约谈事项"), [Answered(_l("请写明约谈的事项。"))], max_chars=2000)
    agreed = TextArea(
        _l("整改要求和期限"),
        [Answered(_l("请写明整改要求和期限。"))],
        max_chars=2000,
        hint=_l("写明由谁在哪天前完成什么。"),
    )

    def offer(self, units: list[Unit]) -> None:
        """Fills the units that the supervisor answers for."""
        choices = [(str(unit.id), in_script(unit.name)) for unit in units]
        self.unit.choices = [("", _("请选择")), *choices]


@blueprint.get("")
@requires(*board.SEES_BOARD)
def index() -> ResponseReturnValue:
    """The board."""
    now = now_utc()
    today = beijing_date(now)
    officer, units = account(), board.units_seen(session, account())
    ids = [unit.id for unit in units]
    promises = {rule.id for rule in book(session).rules if rule.is_local_promise}
    cells = monthly_rates(session, months=months_before(today, MONTHS), now=now, units=ids)
    rates = summed([cell for cell in cells if cell.rule_id not in promises], "unit_id")
    return render_template(
        "casework/supervision/board.html",
        names={unit.id: in_script(unit.name) for unit in units},
        codes={unit.id: unit.code for unit in units},
        loads=board.loads(session, officer=officer, units=ids, now=now),
        late=limits(session, officer=officer, units=ids, figure=Figure.LATE, now=now, most=board.MOST_LATE),
        rung_labels=RUNG_LABELS,
        bounces=board.bounces(session, officer=officer, units=ids, now=now),
        bounced=board.bounced_cases(session, officer=officer, units=ids, now=now),
        rates=[(unit, rates.get(unit.id, Rate())) for unit in units if unit.id in rates],
        opens_cases=can(officer, Permission.CASE_VIEW),
        talks_too=can(officer, Permission.CASE_SUPERVISE),
        verdicts=verdicts(session, since=now - board.LOOK_BACK, units=ids, officer=officer),
        talks=board.talks(session, officer=officer, units=ids),
        today=today,
    )


@blueprint.get("/closings/<int:unit_id>/<any(closed, disputed, upheld, rejected, waiting):fate>")
@requires(Permission.CASE_VIEW)
def closings(unit_id: int, fate: str) -> ResponseReturnValue:
    """The cases behind one figure of the board, as far as the officer may see them."""
    unit = next((one for one in board.units_seen(session, account()) if one.id == unit_id), None)
    if unit is None:
        raise NotFound(_("没有找到这个机构。"))
    now, wanted = now_utc(), Fate(fate)
    today = beijing_date(now)
    found = verdict_closings(
        session,
        unit_id=unit.id,
        fate=wanted,
        since=now - board.LOOK_BACK,
        sight=Sight(account(), today, today),
    )
    return render_template(
        "casework/supervision/closings.html",
        unit=unit,
        fate=FATE_LABELS[wanted],
        closings=found,
        most=MOST_CLOSINGS,
        outcomes=OUTCOME_LABELS,
        states=STATE_LABELS,
    )


@blueprint.route("/talks/new", methods=["GET", "POST"])
@requires(Permission.CASE_SUPERVISE)
def talk() -> ResponseReturnValue:
    """Puts a talk on record."""
    units = board.units_seen(session, account())
    form = TalkForm()
    form.offer(units)
    if form.validate_on_submit():
        try:
            _record(form, units)
        except Invalid as error:
            form.take(error)
        else:
            flash(_("约谈已经记录。"), "done")
            return redirect(url_for("supervision.index"), code=303)
    page = render_template("casework/supervision/talk.html", form=form)
    return page, 422 if form.problems() else 200


def _record(form: TalkForm, units: list[Unit]) -> None:
    unit = next(unit for unit in units if str(unit.id) == form.unit.data)
    authorise(Permission.CASE_SUPERVISE, OfUnit(unit))
    record_talk(
        session,
        unit=unit,
        case=_case(form.reference.data),
        held_on=form.held_on.data,
        matter=form.matter.data,
        agreed=form.agreed.data,
        actor=account(),
        now=now_utc(),
    )


def _case(reference: str | None) -> Case | None:
    """The case of a reference; out of sight and absent are the same."""
    if not reference:
        return None
    try:
        case = case_by_reference(session, reference)
        authorise(Permission.CASE_VIEW, case)
    except NotFound as error:
        raise Invalid(error.sentence, {"reference": error.sentence}) from None
    return case
