"""Closing days, changed days, promises of the profile and local versions."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.tables import Case
from models.clocks.book import book
from models.clocks.calendar import DayKind
from models.clocks.calendar_operations import close_unit, open_unit, set_day
from models.clocks.calendar_tables import CalendarChange
from models.clocks.loading import load_calendar, load_rules
from models.clocks.local_rules import LocalVersion, add_local_version
from models.clocks.queries import deadlines_of
from models.clocks.tables import Deadline
from models.clocks.terms import StartEvent, Unit
from models.errors import Invalid
from models.ledger.queries import latest
from models.people.actors import COMMAND
from models.people.profile_files import available_profiles, load_profile
from models.supervision.tables import StaffNotice
from models.supervision.telling import tell_moved
from models.wording import said
from tests.support.cases import OPENED, Office, an_office, in_the_county
from tests.support.clocks import NOW, day


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


def clocks(session: Session, case: Case) -> dict[str, Deadline]:
    session.expire_all()
    return {one.rule_id: one for one in deadlines_of(session, [case])[case.id]}


def close(session: Session, office: Office, on: str) -> list[int]:
    moves = close_unit(session, unit=office.county, on=day(on), reason="办公楼停电", actor=COMMAND, now=NOW)
    return [move.deadline_id for move in moves]


def test_a_closing_day_moves_the_alert_of_a_legal_limit_and_never_its_end(
    session: Session, office: Office
) -> None:
    deadline = clocks(session, in_the_county(session, office))["report_verify"]
    assert (deadline.legal_end, deadline.alert_on) == (day("2026-12-11"), day("2026-12-11"))
    assert close(session, office, "2026-12-11") == [deadline.id]
    session.refresh(deadline)
    assert (deadline.legal_end, deadline.alert_on) == (day("2026-12-11"), day("2026-12-10"))
    open_unit(session, unit=office.county, on=day("2026-12-11"), reason="已恢复", actor=COMMAND, now=NOW)
    session.refresh(deadline)
    assert deadline.alert_on == day("2026-12-11")


def test_a_promise_counts_the_units_own_working_days(session: Session, office: Office) -> None:
    close(session, office, "2026-11-25")
    found = book(session)
    rule, own = found.rules.pick("local_feedback", day("2026-11-20")), found.office(office.county.id)
    assert own.day(day("2026-11-25")).why == "本机构停办：办公楼停电"
    assert own.add_workdays(day("2026-11-20"), rule.n) == day("2026-11-30")
    assert found.office(office.sibling.id) is found.calendar


def test_only_a_working_day_can_be_a_closing_day_and_once(session: Session, office: Office) -> None:
    close(session, office, "2026-11-25")
    for on in ("2026-11-25", "2026-11-28"):
        with pytest.raises(Invalid):
            close(session, office, on)


def test_a_changed_day_is_journaled_and_the_handlers_are_told(session: Session, office: Office) -> None:
    case = in_the_county(session, office)
    moves = set_day(
        session,
        on=day("2026-12-01"),
        kind=DayKind.HOLIDAY,
        name="特别放假",
        reason="国办明电",
        actor=COMMAND,
        now=NOW,
    )
    assert tell_moved(session, moves=moves, why=said("国办明电"), now=NOW) == 1
    assert clocks(session, case)["report_verify"].legal_end == day("2026-12-14")
    notice = session.scalars(select(StaffNotice)).one()
    assert notice.account_id == office.county_handler.id
    assert {move["rule"] for move in notice.data["moves"]} == {"report_verify"}
    change = session.scalars(select(CalendarChange)).one()
    assert (change.was, change.becomes, change.reason) == ("workday", "holiday", "国办明电")
    session.commit()
    assert latest(session)[0].act == "calendar.day"
    with pytest.raises(Invalid, match="没有变化"):
        set_day(
            session,
            on=day("2026-12-01"),
            kind=DayKind.HOLIDAY,
            name="特别放假",
            reason="再来",
            actor=COMMAND,
            now=NOW,
        )


@pytest.mark.parametrize("key", available_profiles())
def test_each_profiles_promises_become_its_local_rules(unloaded: Session, key: str) -> None:
    promises = load_profile(key).promises
    load_calendar(unloaded, now=NOW)
    load_rules(unloaded, promises=promises, now=NOW)
    rules = book(unloaded).rules
    found = {
        rule_id: rules.version(rule_id, 1) for rule_id in ("local_transfer", "local_accept", "local_feedback")
    }
    assert {rule.n for rule in found.values()} == {
        promises.transfer_days,
        promises.accept_days,
        promises.feedback_days,
    }
    assert all(rule.is_local_promise and rule.basis == "本局服务承诺" for rule in found.values())
    assert load_rules(unloaded, promises=promises, now=NOW) == []


def test_a_promise_that_changes_binds_from_the_next_day_on(session: Session, office: Office) -> None:
    promises = load_profile("pingdingshan").promises
    load_rules(session, promises=promises, now=NOW)
    load_rules(session, promises=replace(promises, feedback_days=3), now=NOW)
    rules = book(session).rules
    today = NOW.date()
    assert rules.pick("local_feedback", today).n == promises.feedback_days
    assert rules.pick("local_feedback", today + dt.timedelta(days=1)).n == 3
    load_rules(session, promises=replace(promises, feedback_days=4), now=NOW)
    assert book(session).rules.pick("local_feedback", today + dt.timedelta(days=1)).n == 4


def local(**changes: object) -> LocalVersion:
    wanted = LocalVersion(
        rule_id="report_verify",
        title="举报线索核查",
        n=10,
        unit=Unit.WORKING_DAYS,
        start_event=StartEvent.RECEIVED,
        in_force_from=NOW.date() + dt.timedelta(days=1),
        in_force_to=NOW.date() + dt.timedelta(days=30),
        basis="某某条例 第12条",
        law="某某市知识产权保护条例",
    )
    return replace(wanted, **changes)  # type: ignore[arg-type]


def test_a_local_version_binds_while_it_is_in_force_and_loading_leaves_it_alone(
    session: Session, office: Office
) -> None:
    row = add_local_version(session, wanted=local(), actor=COMMAND, now=NOW)
    rules = book(session).rules
    assert rules.pick("report_verify", NOW.date()).version == 1
    assert rules.pick("report_verify", day("2026-12-01")).version == row.version == 1001
    assert rules.pick("report_verify", day("2027-01-15")).version == 1
    assert load_rules(session) == []
    session.commit()
    assert latest(session)[0].act == "rule.add"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"basis": ""}, "basis"),
        ({"n": 0}, "n"),
        ({"rule_id": "Bad Id"}, "rule_id"),
        ({"in_force_from": day("2026-01-01")}, "in_force_from"),
        ({"start_event": StartEvent.CASE_CLOSED}, "start_event"),
        ({"is_promise": True}, "is_promise"),
    ],
)
def test_a_local_version_without_a_sound_source_is_refused(
    session: Session, office: Office, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        add_local_version(session, wanted=local(**changes), actor=COMMAND, now=NOW)
    assert field in caught.value.errors


def test_two_local_versions_are_never_in_force_at_once(session: Session, office: Office) -> None:
    add_local_version(session, wanted=local(), actor=COMMAND, now=NOW)
    with pytest.raises(Invalid):
        add_local_version(session, wanted=local(in_force_to=None), actor=COMMAND, now=OPENED)
