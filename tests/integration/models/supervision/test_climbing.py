"""The ladder: each rung once for each end, the last one only after a silence, nothing that is stale."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.clock_acts import extend_deadline
from models.cases.operations import answer, assign
from models.cases.tables import Case
from models.clocks.tables import Deadline
from models.ledger.queries import latest
from models.people.roles import Role
from models.supervision.climbing import climb
from models.supervision.ladder import read_ladders
from models.supervision.tables import RungClaim, StaffNotice
from models.supervision.terms import NoticeKind, Rung
from tests.factories import StaffFactory
from tests.support.cases import OPENED, Office, a_case, an_office, decided, in_the_county

END = dt.date(2026, 12, 11)  # fifteen working days after Friday 20 November


def at(day: str, hour: int = 9) -> dt.datetime:
    """An hour of a day in Beijing."""
    return dt.datetime.fromisoformat(f"{day}T{hour:02d}:00:00+08:00")


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


def run(session: Session, day: str, profile: str = "pingdingshan") -> int:
    taken = climb(session, ladders=read_ladders(), profile=profile, now=at(day))
    session.commit()
    return taken


def law_notices(session: Session) -> Sequence[tuple[NoticeKind, int]]:
    """The notices about the limit set by law, in their order."""
    rows = session.scalars(select(StaffNotice).order_by(StaffNotice.id))
    return [(row.kind, row.account_id) for row in rows if row.data["rule"] == "report_verify"]


def verify_limit(session: Session, case: Case) -> Deadline:
    wanted = select(Deadline).where(Deadline.subject_id == case.id, Deadline.rule_id == "report_verify")
    return session.scalars(wanted).one()


def test_the_rungs_come_on_their_working_days_and_each_tells_those_it_names(
    session: Session, office: Office
) -> None:
    in_the_county(session, office)
    handler, county = office.county_handler.id, office.county
    head = StaffFactory(role=Role.HEAD, unit=county, display_name="县负责人")
    days = {
        "2026-12-07": [],
        "2026-12-08": [(NoticeKind.BEFORE, handler)],
        "2026-12-11": [(NoticeKind.DUE, handler)],
        "2026-12-13": [],  # the weekend after the end
        "2026-12-14": [(NoticeKind.REMIND, handler), (NoticeKind.REMIND, head.id)],
        "2026-12-16": [
            (NoticeKind.SUPERVISE, handler),
            (NoticeKind.SUPERVISE, head.id),
            (NoticeKind.SUPERVISE, office.head.id),
            (NoticeKind.SUPERVISE, office.supervisor.id),
        ],
        "2026-12-21": [
            (NoticeKind.NOTIFY, head.id),
            (NoticeKind.NOTIFY, office.head.id),
            (NoticeKind.NOTIFY, office.province_head.id),
            (NoticeKind.NOTIFY, office.supervisor.id),
        ],
        "2026-12-28": [],
    }
    seen = 0
    for day, expected in days.items():
        run(session, day)
        told = law_notices(session)
        assert told[seen:] == expected, day
        seen = len(told)


def test_running_again_sends_nothing_twice(session: Session, office: Office) -> None:
    in_the_county(session, office)
    assert run(session, "2026-12-08") == 1
    before = law_notices(session)
    assert run(session, "2026-12-08") == 0
    assert law_notices(session) == before


def test_after_a_silence_only_the_last_rung_is_sent_and_the_others_are_kept_as_skipped(
    session: Session, office: Office
) -> None:
    case = in_the_county(session, office)
    run(session, "2026-12-16")
    assert {kind for kind, _account in law_notices(session)} == {NoticeKind.SUPERVISE}
    deadline = verify_limit(session, case)
    claims = session.scalars(select(RungClaim).where(RungClaim.deadline_id == deadline.id))
    assert {claim.rung: claim.is_skipped for claim in claims} == {
        Rung.BEFORE: True,
        Rung.DUE: True,
        Rung.REMIND: True,
        Rung.SUPERVISE: False,
    }


def test_due_today_is_not_said_on_a_later_day(session: Session, office: Office) -> None:
    in_the_county(session, office)
    run(session, "2026-12-12")  # Saturday: late, and the reminder comes on Monday
    assert law_notices(session) == []
    run(session, "2026-12-14")
    assert {kind for kind, _account in law_notices(session)} == {NoticeKind.REMIND}


def test_what_was_answered_or_paused_climbs_no_rung(session: Session, office: Office) -> None:
    answered, paused = in_the_county(session, office), in_the_county(session, office)
    decided(session, office, answered)
    answer(session, case=answered, body="答复", actor=office.county_handler, now=OPENED)
    verify_limit(session, paused).paused_from = END
    session.flush()
    run(session, "2026-12-21")
    assert law_notices(session) == []


def test_an_end_that_moved_makes_the_rungs_due_again(session: Session, office: Office) -> None:
    case = in_the_county(session, office)
    run(session, "2026-12-08")
    extend_deadline(
        session,
        case=case,
        deadline=verify_limit(session, case),
        reason="案情复杂",
        approver=office.head,
        now=at("2026-12-09"),
    )
    run(session, "2026-12-21")
    assert [kind for kind, _account in law_notices(session)] == [NoticeKind.BEFORE]
    moved = verify_limit(session, case)
    run(session, moved.alert_on.isoformat())
    assert [kind for kind, _account in law_notices(session)] == [NoticeKind.BEFORE, NoticeKind.DUE]


def test_without_a_handler_the_intake_of_the_unit_is_told(session: Session, office: Office) -> None:
    a_case(session)
    run(session, "2026-12-08")
    assert law_notices(session) == [(NoticeKind.BEFORE, office.intake.id)]


def test_a_handler_who_left_is_not_told_but_the_intake_is(session: Session, office: Office) -> None:
    case = in_the_county(session, office)
    assign(session, case=case, handler=office.county_handler, actor=office.head, now=OPENED)
    office.county_handler.active = False
    session.flush()
    run(session, "2026-12-08")
    assert law_notices(session) == [(NoticeKind.BEFORE, office.county_intake.id)]


def test_every_rung_is_an_event_in_the_ledger_that_names_nobody(session: Session, office: Office) -> None:
    case = in_the_county(session, office)
    run(session, "2026-12-08")
    found = [event for event in latest(session) if event.act == "deadline.before"]
    assert [event.subject_kind for event in found] == ["deadlines"]
    assert f'"id":{case.id}' in found[0].data
    assert office.county_handler.display_name not in found[0].data


def test_a_profile_of_its_own_goes_before_the_common_ladder(session: Session, office: Office) -> None:
    in_the_county(session, office)
    run(session, "2026-12-15", profile="henan")
    assert {kind for kind, _account in law_notices(session)} == {NoticeKind.SUPERVISE}


def test_the_rest_follows_in_the_next_run(session: Session, office: Office) -> None:
    for _ in range(5):
        in_the_county(session, office)
    ladders = read_ladders()
    taken = [
        climb(session, ladders=ladders, profile="pingdingshan", now=at("2026-12-08"), limit=2)
        for _ in range(4)
    ]
    assert taken == [2, 2, 1, 0]
