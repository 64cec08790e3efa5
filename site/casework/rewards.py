"""Rewards at the desk: propose from a report that led to a penalty, decide, pay; and the list of those that wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from casework.loading import case_to_read
from journey.deadlines import clocks_of, shown_clocks
from journey.keys import keyring
from journey.rewards import reward_shares
from models.cases.queue import sight_of
from models.cases.tables import Case
from models.clocks.queries import deadlines_of
from models.clocks.tables import Deadline
from models.errors import Invalid
from models.people.permissions import Permission, can
from models.rewards import operations
from models.rewards.queries import OVER, TELL, WAITING, last_reward_of, reward_for_staff, rewards_in_reach
from models.rewards.reporters import reports_of_one_offence
from models.rewards.schemes import scheme_on
from models.rewards.tables import Reward
from models.rewards.terms import PAY_WAY_LABELS, REWARD_STATE_LABELS, RewardState
from models.types import beijing_date, now_utc
from shared.access import account, authorise, requires
from shared.database import session
from shared.fields import Answered, AtMost, DateField, MoneyField, Radios, TextArea, TextField, Tick
from shared.forms import Form
from shared.i18n import label

blueprint = Blueprint("rewards", __name__, url_prefix="/casework")
_SHOWN = 200
_A_PAGE = 50


class ProposeForm(Form):
    """What the report was worth, in which decision, and that the reporter may have a reward."""

    level = Radios(
        _l("奖励等级"),
        [Answered(_l("请选择奖励等级。"))],
        choices=lambda: [
            (str(one.level), label(one.title)) for one in scheme_on(beijing_date(now_utc())).levels
        ],
    )
    decision_number = TextField(_l("处罚决定书文号"), [Answered(_l("请填写处罚决定书文号。")), AtMost(100)])
    fined = MoneyField(_l("罚没款合计（元）"), [Answered(_l("请填写罚没款的数额，没有的填 0。"))])
    concluded_on = DateField(
        _l("查处结案的日期"),
        [Answered(_l("请填写查处结案的日期，例如 2026-11-22。"))],
        hint=_l("告知举报人的期限从这一天起算。"),
    )
    reasons = TextArea(
        _l("举报与查实的违法事实怎样相符"),
        [Answered(_l("请写明举报与查实的违法事实怎样相符。"))],
        hint=_l("不要写举报人是谁。"),
        max_chars=2000,
        rows=4,
    )
    is_eligible = Tick(
        _l("已经核实：举报人是自然人，不是被侵权人或者其代理人，没有利害关系，也不是有查处职责的人"),
        [Answered(_l("请先核实；不符合的不能奖励。"))],
    )


class DecideForm(Form):
    """Granted, or refused with reasons."""

    decision = Radios(
        _l("决定"),
        [Answered(_l("请选择决定。"))],
        choices=[("grant", _l("同意奖励")), ("refuse", _l("不予奖励"))],
    )
    reasons = TextArea(
        _l("不予奖励的理由"), hint=_l("不予奖励的填写，举报人会看到。"), max_chars=1000, rows=3
    )


class PayForm(Form):
    """The number of the payment."""

    voucher = TextField(_l("支付凭证编号"), [Answered(_l("请填写支付凭证的编号。")), AtMost(100)])


@blueprint.get("/rewards")
@requires(Permission.REWARD_DECIDE, Permission.REWARD_PAY)
def index() -> ResponseReturnValue:
    """Those that wait for a decision, a claim or a payment."""
    found = rewards_in_reach(session, account(), WAITING, limit=_SHOWN)
    clocks = deadlines_of(session, [one.case for one in found])
    telling = {number: _tell_by(ones) for number, ones in clocks.items()}
    return render_template(
        "casework/rewards/index.html", rewards=found, telling=telling, states=REWARD_STATE_LABELS
    )


@blueprint.get("/rewards/register")
@requires(Permission.REWARD_DECIDE, Permission.REWARD_PAY)
def register() -> ResponseReturnValue:
    """台账: what was paid, refused or given up, the newest first, a page at a time."""
    before = request.args.get("before", type=int)
    found = rewards_in_reach(session, account(), OVER, limit=_A_PAGE + 1, before=before)
    shown = found[:_A_PAGE]
    return render_template(
        "casework/rewards/register.html",
        rewards=shown,
        states=REWARD_STATE_LABELS,
        next_url=url_for("rewards.register", before=shown[-1].id) if len(found) > _A_PAGE else None,
        first_url=url_for("rewards.register") if before else None,
    )


@blueprint.get("/cases/<reference>/reward")
@requires(Permission.CASE_VIEW)
def show(reference: str) -> ResponseReturnValue:
    """The reward of a case, with what can be done to it now."""
    case = case_to_read(reference)
    return _page(case, last_reward_of(session, case))


@blueprint.route("/cases/<reference>/reward/new", methods=["GET", "POST"])
@requires(Permission.REWARD_PROPOSE)
def propose(reference: str) -> ResponseReturnValue:
    """Proposes one."""
    case, form = case_to_read(reference), ProposeForm()
    authorise(Permission.REWARD_PROPOSE, case)
    if form.validate_on_submit():
        try:
            operations.propose(
                session,
                case=case,
                level=int(form.level.data),
                decision_number=form.decision_number.data,
                fined=form.fined.data,
                concluded_on=form.concluded_on.data,
                is_eligible=form.is_eligible.data,
                reasons=form.reasons.data,
                actor=account(),
                now=now_utc(),
            )
        except Invalid as error:
            form.take(error)
        else:
            return _done(case, _("已提出建议，由另一位负责人决定。"))
    page = render_template(
        "casework/rewards/form.html",
        case=case,
        form=form,
        title=_("提出奖励建议"),
        scheme=scheme_on(beijing_date(now_utc())),
    )
    return page, 422 if form.problems() else 200


@blueprint.post("/cases/<reference>/reward/decide")
@requires(Permission.REWARD_DECIDE)
def decide(reference: str) -> ResponseReturnValue:
    """Grants or refuses it."""
    case, reward = _load(reference, Permission.REWARD_DECIDE)
    form = DecideForm()
    if not form.validate():
        return _page(case, reward, decide_form=form)
    try:
        if form.decision.data == "grant":
            operations.grant(session, reward=reward, actor=account(), now=now_utc())
        else:
            words = form.reasons.data or ""
            operations.refuse(session, reward=reward, reasons=words, actor=account(), now=now_utc())
    except Invalid as error:
        form.take(error)
        return _page(case, reward, decide_form=form)
    return _done(case, _("已作出决定。"))


@blueprint.post("/cases/<reference>/reward/payee")
@requires(Permission.REWARD_PAY, fresh=True)
def payee(reference: str) -> ResponseReturnValue:
    """Opens the account to be paid to; that is an act on record."""
    case, reward = _load(reference, Permission.REWARD_PAY)
    words = operations.payee_of(session, reward=reward, keys=keyring(), actor=account(), now=now_utc())
    return _page(case, reward, payee=words)


@blueprint.post("/cases/<reference>/reward/pay")
@requires(Permission.REWARD_PAY)
def pay(reference: str) -> ResponseReturnValue:
    """Notes the payment."""
    case, reward = _load(reference, Permission.REWARD_PAY)
    form = PayForm()
    if not form.validate():
        return _page(case, reward, pay_form=form)
    try:
        operations.pay(
            session, reward=reward, voucher=form.voucher.data or "", actor=account(), now=now_utc()
        )
    except Invalid as error:
        form.take(error)
        return _page(case, reward, pay_form=form)
    return _done(case, _("已登记支付。"))


def _tell_by(clocks: Sequence[Deadline]) -> dt.date | None:
    """By when the reporter has to be told, while that is owed."""
    return next((one.legal_end for one in clocks if one.rule_id == TELL and one.is_open), None)


def _load(reference: str, permission: Permission) -> tuple[Case, Reward]:
    case = case_to_read(reference)
    authorise(permission, case)
    return case, reward_for_staff(session, case)


def _done(case: Case, news: str) -> ResponseReturnValue:
    flash(news, "success")
    return redirect(url_for("rewards.show", reference=case.shown_reference), 303)


def _page(case: Case, reward: Reward | None, **forms: Any) -> ResponseReturnValue:
    """`forms`: those that were sent with mistakes, and an account that was opened."""
    officer = account()
    state = reward.state if reward else None
    is_over = reward is None or state is RewardState.REFUSED
    may_decide = state is RewardState.PROPOSED and can(officer, Permission.REWARD_DECIDE, case)
    may_pay = state is RewardState.CLAIMED and can(officer, Permission.REWARD_PAY, case)
    sent = [one for one in forms.values() if isinstance(one, Form)]
    telling = [one for one in clocks_of(session, case) if one.rule_id == TELL]
    reports = reports_of_one_offence(session, case, sight_of(session, officer, beijing_date(now_utc())))
    page = render_template(
        "casework/rewards/show.html",
        case=case,
        reward=reward,
        state=REWARD_STATE_LABELS[reward.state] if reward else "",
        way=PAY_WAY_LABELS[reward.pay_way] if reward and reward.pay_way else "",
        shares=reward_shares(reward) if reward else "",
        telling=[one for one in shown_clocks(session, telling, now_utc()) if not one.is_met],
        reports=reports if len(reports) > 1 else [],
        why_not=operations.may_have(session, case),
        may_propose=is_over and can(officer, Permission.REWARD_PROPOSE, case),
        decide_form=forms.get("decide_form") or (DecideForm(formdata=None) if may_decide else None),
        pay_form=forms.get("pay_form") or (PayForm(formdata=None) if may_pay else None),
        payee=forms.get("payee", ""),
    )
    return page, 422 if any(one.problems() for one in sent) else 200
