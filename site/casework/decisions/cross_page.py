"""What the page of a decision offers across provinces: the word that the push is done, or that one came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from models.decisions.clocks import CROSS_PUBLISH, CROSS_PUSH, is_owed
from models.decisions.cross import NOT_PUBLIC_YET
from models.decisions.tables import Decision
from models.people.permissions import Permission, can
from models.people.tables import Account
from shared.database import session
from shared.fields import Answered, DateField
from shared.forms import Form


class ReceivedForm(Form):
    """When another province's bureau pushed the decision here."""

    received_on = DateField(_l("收到推送的日期"), [Answered(_l("请填写收到推送的日期，例如 2026-11-22。"))])


@dataclass(frozen=True)
class CrossPage:
    """What the page prints; nothing where no province but this one has to do with it."""

    may_push: bool
    received_form: ReceivedForm | None


def cross_page(decision: Decision, officer: Account, forms: Mapping[str, Any]) -> CrossPage:
    """As `officer` sees it."""
    if not can(officer, Permission.DECISION_WITHDRAW, decision):
        return CrossPage(False, None)
    may_receive = decision.state in NOT_PUBLIC_YET and not is_owed(session, decision, CROSS_PUBLISH)
    return CrossPage(
        is_owed(session, decision, CROSS_PUSH),
        (forms.get("received_form") or ReceivedForm(formdata=None)) if may_receive else None,
    )
