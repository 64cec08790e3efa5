"""What may be done with an entry, as one table: words, fields, permission, and the verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from casework.lists.forms import ActForm
from models.lists import leaving, operations, removal
from models.lists.clocks import PUSH, owed
from models.lists.kinds import EntryEnd, EntryState, Hearing, ListKind
from models.lists.states import acts_from
from models.lists.tables import Entry, SeriousEntry
from models.people.permissions import Permission, can
from models.people.tables import Account
from models.types import now_utc
from shared.access import account
from shared.database import session

Verb = Callable[[Entry, ActForm], object]


@dataclass(frozen=True)
class Doing:
    """One act."""

    title: LazyString
    fields: tuple[str, ...]
    permission: Permission
    verb: Verb
    is_grave: bool = False


_MAKER, _DECIDER = Permission.LISTING_PROPOSE, Permission.LISTING_DECIDE

DOINGS: dict[str, Doing] = {
    "notify": Doing(_l("记录告知（红榜：拟列入公示）"), ("on",), _MAKER,
        lambda entry, form: operations.notify(session, entry, on=form.on.data, actor=account(), now=now_utc())),
    "hear": Doing(_l("记录陈述申辩或者听证"), ("hearing", "on"), _MAKER,
        lambda entry, form: operations.hear(
            session, entry, hearing=Hearing(form.hearing.data), on=form.on.data, actor=account(), now=now_utc())),
    "push": Doing(_l("已向登记地推送列入信息"), ("on",), _MAKER,
        lambda entry, form: operations.push(session, entry, on=form.on.data, actor=account(), now=now_utc())),
    "consent": Doing(_l("记录上一级同意"), ("authority", "number", "on"), _MAKER,
        lambda entry, form: operations.consent(
            session, entry, authority=form.authority.data, number=form.number.data, on=form.on.data,
            actor=account(), now=now_utc())),
    "decide": Doing(_l("决定列入"), ("number", "on", "restricted_until"), _DECIDER,
        lambda entry, form: operations.decide(
            session, entry, number=form.number.data, on=form.on.data, restricted_until_on=form.restricted_until.data,
            actor=account(), now=now_utc())),
    "publish": Doing(_l("公布"), (), _DECIDER,
        lambda entry, _form: operations.publish(session, entry, actor=account(), now=now_utc())),
    "object": Doing(_l("登记异议"), ("on", "needs_inquiry"), _MAKER,
        lambda entry, form: leaving.object_to(
            session, entry, on=form.on.data, needs_inquiry=bool(form.needs_inquiry.data), actor=account(),
            now=now_utc())),
    "settle": Doing(_l("异议已处理"), ("words",), _DECIDER,
        lambda entry, form: leaving.settle_objection(
            session, entry, reason=form.words.data, actor=account(), now=now_utc())),
    "ask-removal": Doing(_l("登记提前移出申请"), ("on",), _MAKER,
        lambda entry, form: removal.ask_early_removal(
            session, entry, on=form.on.data, actor=account(), now=now_utc())),
    "accept-removal": Doing(_l("受理提前移出申请"), ("on", "material"), _MAKER,
        lambda entry, form: removal.accept_early_removal(
            session, entry, on=form.on.data, actor=account(), now=now_utc())),
    "grant-removal": Doing(_l("同意提前移出"), ("words",), _DECIDER,
        lambda entry, form: removal.grant_early_removal(
            session, entry, reason=form.words.data, actor=account(), now=now_utc())),
    "refuse-removal": Doing(_l("不同意提前移出"), ("words",), _DECIDER,
        lambda entry, form: removal.refuse_early_removal(
            session, entry, reason=form.words.data, actor=account(), now=now_utc())),
    "revoke": Doing(_l("撤销列入"), ("words",), _DECIDER,
        lambda entry, form: leaving.revoke(
            session, entry, reason=form.words.data, actor=account(), now=now_utc()), is_grave=True),
    "restore": Doing(_l("恢复列入（移出时材料虚假）"), ("words",), _DECIDER,
        lambda entry, form: leaving.restore(
            session, entry, reason=form.words.data, actor=account(), now=now_utc()), is_grave=True),
    "drop": Doing(_l("不予列入"), ("words",), _DECIDER,
        lambda entry, form: operations.drop(
            session, entry, reason=form.words.data, actor=account(), now=now_utc()), is_grave=True),
}  # fmt: skip


def _removal(entry: SeriousEntry) -> list[str]:
    request = entry.open_request
    if request is None:
        return ["ask-removal"]
    return [*([] if request.accepted_on else ["accept-removal"]), "grant-removal", "refuse-removal"]


def possible(entry: Entry, officer: Account) -> list[str]:
    """The names of the acts that the entry's state and the officer's role allow."""
    needs_consent = not isinstance(entry, SeriousEntry) or entry.needs_consent
    names = [act.value for act in acts_from(entry.kind, entry.state, needs_consent=needs_consent)]
    if entry.state is EntryState.PUBLISHED:
        names.insert(0, "settle" if entry.objected_on else "object")
        if isinstance(entry, SeriousEntry):
            names[1:1] = _removal(entry)
    if PUSH in owed(session, entry):
        names.insert(0, "push")
    if entry.kind is ListKind.SERIOUS and entry.end_kind is EntryEnd.EARLY:
        names.append("restore")
    return [name for name in names if can(officer, DOINGS[name].permission, entry)]
