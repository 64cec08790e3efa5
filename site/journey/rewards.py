"""The reporter's page of a reward, opened by reference and query code: the decision, the claim, the end."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from journey.keys import keyring
from journey.secrets import refuse_own_code
from models.cases.queries import case_of_filing
from models.errors import Invalid, NotFound
from models.filings.tables import Filing
from models.rewards.operations import LONGEST_PAYEE, claim, decline
from models.rewards.queries import last_reward_of
from models.rewards.reporters import shares
from models.rewards.tables import Reward
from models.rewards.terms import PAY_WAY_LABELS, REWARD_STATE_LABELS, PayWay, RewardState
from models.types import beijing_date, now_utc
from shared.database import session
from shared.fields import Answered, Radios, TextArea
from shared.formats import yuan_text
from shared.forms import Form
from shared.i18n import label

_DECLINE = "decline"


class ClaimForm(Form):
    """How it is to be paid, or that it is not wanted."""

    way = Radios(
        _l("您想怎样领取？"),
        [Answered(_l("请选择怎样领取。"))],
        choices=lambda: [
            *((one.value, label(words)) for one, words in PAY_WAY_LABELS.items()),
            (_DECLINE, _("我不要奖励")),
        ],
    )
    payee = TextArea(
        _l("户名、开户银行和账号"),
        hint=_l("选择转账的填写。户名会让经办人知道您是谁；不想让人知道的，请到窗口领取。"),
        who_sees=_l("支付奖励的经办人；加密保存，支付后立即删除"),
        max_chars=LONGEST_PAYEE,
        rows=2,
    )


def claim_page(filing: Filing) -> ResponseReturnValue:
    """Looks, claims, or gives it up."""
    reward = last_reward_of(session, case_of_filing(session, filing.id))
    if reward is None or reward.state is RewardState.PROPOSED:
        raise NotFound(_("还没有关于举报奖励的决定。"))
    form = ClaimForm()
    if form.validate_on_submit() and not refuse_own_code(form, "payee", filing) and _do(form, reward):
        return redirect(url_for("tracking.reward", reference=filing.reference), 303)
    is_open = reward.state is RewardState.GRANTED and _in_time(reward)
    page = render_template(
        "public/track/reward.html",
        filing=filing,
        reward=reward,
        state=REWARD_STATE_LABELS[reward.state],
        way=PAY_WAY_LABELS[reward.pay_way] if reward.pay_way else "",
        shares=reward_shares(reward) if reward.state is not RewardState.REFUSED else "",
        form=form if is_open else None,
    )
    return page, 422 if is_open and form.problems() else 200


def reward_shares(reward: Reward) -> str:
    """What each of those who reported together gets, in a sentence; "" where one reported alone."""
    if reward.people == 1:
        return ""
    each, rest = shares(reward.amount, reward.people)
    figures = {"people": reward.people, "each": yuan_text(each), "rest": yuan_text(rest)}
    if rest:
        return _(
            "%(people)s人联名举报，平分这份奖金，每人%(each)s；不足平分的%(rest)s归第一代表人。", **figures
        )
    return _("%(people)s人联名举报，平分这份奖金，每人%(each)s。", **figures)


def _do(form: ClaimForm, reward: Reward) -> bool:
    if form.way.data == _DECLINE:
        decline(session, reward=reward, now=now_utc())
        flash(_("已记录您放弃奖励。"), "success")
        return True
    try:
        way = PayWay(form.way.data)
        claim(session, reward=reward, way=way, payee=form.payee.data or "", keys=keyring(), now=now_utc())
    except Invalid as error:
        form.take(error)
        return False
    flash(_("申领已经收到。"), "success")
    return True


def _in_time(reward: Reward) -> bool:
    return reward.claim_until is not None and beijing_date(now_utc()) <= reward.claim_until
