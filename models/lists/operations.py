"""Verbs on the way onto a list: proposed, notified, heard, consented, decided, published or dropped.

Who proposes and who decides are two people. Every entry names its rule and its decisions, and the rule is checked when
it is proposed, decided and published: what rests on a decision that has fallen meanwhile goes no further.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import ledger
from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.decisions.causes import cause_named
from models.decisions.kinds import PartyKind
from models.decisions.queries import is_public
from models.decisions.redaction.about import About
from models.decisions.redaction.detect import propose as find_private
from models.decisions.redaction.kinds import Risk
from models.decisions.states import State
from models.decisions.tables import Decision
from models.decisions.term.ending import add_months
from models.errors import ActRefused, Conflict, Invalid
from models.ledger.operations import Acts
from models.lists.clocks import heard_until, meet_publication, meet_push, start_listing_clocks, stop_clocks
from models.lists.kinds import Hearing, ListKind
from models.lists.rules import BasisFact, ListRule, is_final_only, laws
from models.lists.states import EntryAct, next_state
from models.lists.tables import TABLES, Entry, InfringerEntry, SeriousEntry
from models.people.permissions import Permission, can
from models.people.tables import Account, Unit
from models.types import beijing_date
from models.wording import as_clauses, said


def propose(
    session: Session,
    *,
    kind: ListKind,
    uscc: str,
    name: str,
    reason: str,
    decisions: Sequence[Decision],
    unit: Unit,
    actor: Account,
    now: dt.datetime,
) -> Entry:
    """A proposal; nothing of it is public. Raises Invalid by field, Conflict when the company is on its way already."""
    code, errors = normalise_uscc(uscc), {}
    if not is_valid_uscc(code):
        errors["uscc"] = "统一社会信用代码的校验位不对，请核对 18 位代码。"
    if not name.strip():
        errors["name"] = "请填写企业名称。"
    if not reason.strip():
        errors["reason"] = "请写明列入的事由；事由会公布。"
    if _blocks(reason, name):
        errors["reason"] = "事由会公布，里面有不能公开的内容（证件号码、电话、住址、姓名等），请删去。"
    if any(decision.party_kind is PartyKind.PERSON for decision in decisions):
        errors["decisions"] = "自然人不列入名单。"
    if errors:
        raise Invalid("名单记录有误，请改正。", errors)
    rule = laws()[kind].rule_on(beijing_date(now))
    entry = TABLES[kind](
        uscc=code, name=name.strip(), reason=reason.strip(), rule=rule.name, unit=unit, maker=actor,
        created_at=now, updated_at=now,
    )  # fmt: skip
    if isinstance(entry, SeriousEntry | InfringerEntry):
        entry.decisions = list(decisions)
    if isinstance(entry, SeriousEntry):
        entry.needs_consent = laws()[kind].needs_consent(unit.kind, beijing_date(now))
    _refuse_unfounded(session, entry, now)
    try:
        with session.begin_nested():
            session.add(entry)
            session.flush()
    except IntegrityError as error:
        raise Conflict("这家企业已经在名单上，或者已经有人提出。") from error
    bases = [decision.public_id for decision in decisions]
    ledger.record(
        session, act="list.propose", subject=entry, actor=actor, now=now,
        data={"rule": rule.name, "decisions": bases},
    )  # fmt: skip
    return entry


def notify(session: Session, entry: Entry, *, on: dt.date, actor: Account, now: dt.datetime) -> Entry:
    """The company has been told the grounds, the basis and its rights; a commendation has been announced."""
    _check_day(on, beijing_date(entry.created_at) - dt.timedelta(days=365), now)
    _move(entry, EntryAct.NOTIFY, now)
    entry.notified_on = on
    return _noted(session, entry, EntryAct.NOTIFY, actor, now, on=str(on))


def hear(
    session: Session, entry: Entry, *, hearing: Hearing, on: dt.date, actor: Account, now: dt.datetime
) -> Entry:
    """What the company said, or that it let the time pass, which has to be over by then (总局令第44号 Art 13)."""
    serious = _serious(entry)
    _check_day(on, entry.notified_on or on, now)
    if hearing is Hearing.WAIVED and entry.notified_on:
        _refuse_hasty(session, entry, on, "hearing")
    _move(entry, EntryAct.HEAR, now)
    serious.hearing, serious.heard_on = hearing, on
    return _noted(session, entry, EntryAct.HEAR, actor, now, hearing=hearing.value)


def consent(
    session: Session,
    entry: Entry,
    *,
    authority: str,
    number: str,
    on: dt.date,
    actor: Account,
    now: dt.datetime,
) -> Entry:
    """The superior authority agrees, where the unit's level needs that (总局令第44号 Art 22)."""
    serious = _serious(entry)
    errors = {}
    if not authority.strip():
        errors["authority"] = "请填写同意的上一级机关。"
    if not number.strip():
        errors["number"] = "请填写同意的文号。"
    if errors:
        raise Invalid("请填写上一级机关和文号。", errors)
    _check_day(on, serious.heard_on or on, now)
    _move(entry, EntryAct.CONSENT, now)
    serious.consent_by, serious.consent_number, serious.consent_on = authority.strip(), number.strip(), on
    return _noted(session, entry, EntryAct.CONSENT, actor, now, on=str(on))


def decide(
    session: Session,
    entry: Entry,
    *,
    number: str,
    on: dt.date,
    restricted_until_on: dt.date | None = None,
    actor: Account,
    now: dt.datetime,
) -> Entry:
    """The decision to list, by another person than the one who proposed.

    `restricted_until_on` is the last day of restrictions that the penalty imposes; where they last longer than the
    list's term, so does the listing (总局令第44号 Art 21).
    """
    if entry.maker_id == actor.id:
        raise ActRefused("提出的人不能决定列入，请另一位审核员决定。")
    if not can(actor, Permission.LISTING_DECIDE, entry):
        raise ActRefused("您没有决定列入名单的权限。")
    if not number.strip():
        raise Invalid("请填写决定的文号。", {"number": "请填写决定的文号。"})
    _check_day(on, entry.notified_on or on, now)
    if not isinstance(entry, SeriousEntry) and entry.notified_on:
        _refuse_hasty(session, entry, on, "on")
    _refuse_unfounded(session, entry, now)
    entry.decider = actor
    entry.decided_on, entry.document_number = on, number.strip()
    if isinstance(entry, SeriousEntry):
        entry.restricted_until_on = restricted_until_on
    _move(entry, EntryAct.DECIDE, now)
    start_listing_clocks(session, entry, decided_on=on, now=now)
    return _noted(session, entry, EntryAct.DECIDE, actor, now, rule=entry.rule)


def publish(session: Session, entry: Entry, *, actor: Acts, now: dt.datetime) -> Entry:
    """Public from this instant; its last day is set by the list's law and by what it rests on."""
    _refuse_unfounded(session, entry, now)
    _move(entry, EntryAct.PUBLISH, now)
    entry.published_at, entry.ends_on = now, last_day(entry, published_on=beijing_date(now))
    meet_publication(session, entry, now=now)
    return _noted(session, entry, EntryAct.PUBLISH, actor, now, ends_on=str(entry.ends_on))


def drop(session: Session, entry: Entry, *, reason: str, actor: Account, now: dt.datetime) -> Entry:
    """Not listed, after all."""
    if not reason.strip():
        raise Invalid("请写明不予列入的理由。", {"words": "请写明不予列入的理由。"})
    _move(entry, EntryAct.DROP, now)
    entry.end_reason = reason.strip()
    stop_clocks(session, entry, end=None, now=now)
    return _noted(session, entry, EntryAct.DROP, actor, now)


def push(session: Session, entry: Entry, *, on: dt.date, actor: Account, now: dt.datetime) -> Entry:
    """The register of the company's province has been told of the listing (总局令第44号 Art 14)."""
    _check_day(on, entry.decided_on or on, now)
    if not meet_push(session, entry, now=now):
        raise Conflict("没有等待推送的列入信息。")
    ledger.record(session, act="list.push", subject=entry, actor=actor, now=now, data={"on": str(on)})
    return entry


def last_day(entry: Entry, *, published_on: dt.date) -> dt.date | None:
    """The last public day: the list's longest term, for the infringers the first end of what they rest on."""
    law = laws()[entry.kind]
    if entry.kind is ListKind.INFRINGERS:
        return min((one.ends_on for one in entry.bases if one.ends_on), default=None)
    ends_on = add_months(published_on, law.term_months) if law.term_months else None
    restricted = entry.restricted_until_on if isinstance(entry, SeriousEntry) else None
    return max((day for day in (ends_on, restricted) if day), default=None)


def fact_of(decision: Decision) -> BasisFact:
    """What the rules ask of a decision."""
    cause = cause_named(decision.cause_name)
    return BasisFact(
        decision.party_uscc or "",
        decision.right_type.value if decision.right_type else None,
        decision.decided_on,
        cause is not None and cause.is_serious,
        decision.final_on,
        decision.kind,
    )


def _refuse_unfounded(session: Session, entry: Entry, now: dt.datetime) -> None:
    """ActRefused with what the rule finds lacking, or what has fallen since."""
    today = beijing_date(now)
    rule = laws()[entry.kind].rule_named(entry.rule)
    final_by = today if is_final_only(entry.unit.region_code) else None
    problems = rule.problems(entry.uscc, [fact_of(one) for one in entry.bases], final_by=final_by)
    if any(one.changed_on or one.state is State.WITHDRAWN for one in entry.bases):
        problems.append(said("有依据决定书已经被变更、撤销或者撤回"))
    if entry.kind is ListKind.INFRINGERS and not all(one.is_public(today) for one in entry.bases):
        problems.append(said("有依据决定书不在公示中"))
    if rule.clean and _is_punished(session, entry.uscc, rule, today):
        problems.append(said("这家企业有公示中的处罚决定或者行政裁决"))
    if problems:
        raise ActRefused(said("不符合列入规则：%(problems)s。", problems=as_clauses(problems)))


def _is_punished(session: Session, uscc: str, rule: ListRule, today: dt.date) -> bool:
    counting = (Decision.party_uscc == uscc, Decision.kind.in_(rule.kinds), is_public(today))
    found = select(Decision.id).where(*counting).limit(1)
    with session.no_autoflush:
        return session.scalar(found) is not None


def _blocks(reason: str, name: str) -> bool:
    """Whether the public reason holds what may not be public of a person."""
    found = find_private({"facts": reason}, About(PartyKind.ORGANISATION, name))
    return any(one.risk is Risk.BLOCKING for proposals in found.values() for one in proposals)


def _serious(entry: Entry) -> SeriousEntry:
    if not isinstance(entry, SeriousEntry):
        raise ActRefused("只有严重违法失信名单有这一步。")
    return entry


def _check_day(on: dt.date, earliest: dt.date, now: dt.datetime) -> None:
    if not earliest <= on <= beijing_date(now):
        raise Invalid("日期不对。", {"on": said("日期应当不早于 %(day)s，也不晚于今天。", day=earliest)})


def _refuse_hasty(session: Session, entry: Entry, on: dt.date, field: str) -> None:
    """Nobody is held to have kept silent while there was still time to speak."""
    until = heard_until(session, entry)
    if until is not None and on <= until.legal_end:
        sentence = said("陈述、申辩的期限到 %(day)s 届满，之后才能办理这一步。", day=until.legal_end)
        raise Invalid(sentence, {field: sentence})


def _move(entry: Entry, act: EntryAct, now: dt.datetime) -> None:
    needs_consent = not isinstance(entry, SeriousEntry) or entry.needs_consent
    entry.state = next_state(entry.kind, entry.state, act, needs_consent=needs_consent)
    entry.updated_at = now


def _noted(
    session: Session, entry: Entry, act: EntryAct, actor: Acts, now: dt.datetime, **data: str
) -> Entry:
    ledger.record(session, act=f"list.{act}", subject=entry, actor=actor, now=now, data=data)
    return entry
