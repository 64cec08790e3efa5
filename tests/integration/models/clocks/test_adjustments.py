import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.clocks.adjustments import extend, resume, suspend
from models.clocks.book import book
from models.clocks.errors import ExtensionRefused, SuspensionRefused
from models.clocks.operations import meet_deadline, start_deadline
from models.clocks.tables import Deadline, DeadlineChange, DeadlineExtension, Suspension
from models.clocks.terms import Reason
from models.errors import Invalid
from models.ledger.tables import LedgerEvent
from models.people.actors import COMMAND
from tests.support.clocks import NOW, at, case, day


@pytest.fixture
def deadline(loaded: Session) -> Deadline:
    """Fifteen working days from 2 November: to 23 November."""
    made = start_deadline(
        loaded, rule_id="report_verify", subject=case(1), started_at=at("2026-11-02"), now=NOW
    )
    loaded.flush()
    return made


def pause(session: Session, deadline: Deadline, on: str, reason: Reason = Reason.APPRAISAL) -> Suspension:
    return suspend(
        session,
        deadline=deadline,
        reason=reason,
        from_on=day(on),
        evidence="鉴定委托书",
        actor=COMMAND,
        now=NOW,
    )


def go_on(session: Session, deadline: Deadline, on: str, now: dt.datetime = NOW) -> Deadline:
    return resume(session, deadline=deadline, on=day(on), actor=COMMAND, now=now)


def grant(session: Session, deadline: Deadline, now: dt.datetime = NOW) -> DeadlineExtension:
    return extend(session, deadline=deadline, reason="案情复杂", approver=COMMAND, now=now)


def test_a_pause_of_five_working_days_moves_the_end_by_five(loaded: Session, deadline: Deadline) -> None:
    pause(loaded, deadline, "2026-11-09")
    assert deadline.is_paused
    go_on(loaded, deadline, "2026-11-16")
    assert not deadline.is_paused
    assert deadline.legal_end == book(loaded).calendar.add_workdays(day("2026-11-23"), 5)


def test_two_pauses_add_up(loaded: Session, deadline: Deadline) -> None:
    for from_on, to_on in (("2026-11-04", "2026-11-05"), ("2026-11-09", "2026-11-11")):
        pause(loaded, deadline, from_on)
        go_on(loaded, deadline, to_on)
    loaded.flush()
    assert deadline.legal_end == day("2026-11-26")
    changes = loaded.scalars(select(DeadlineChange).order_by(DeadlineChange.id)).all()
    assert [(change.old_legal_end, change.new_legal_end) for change in changes] == [
        (day("2026-11-23"), day("2026-11-24")),
        (day("2026-11-24"), day("2026-11-26")),
    ]
    assert "鉴定" in changes[0].why


def test_a_reason_that_the_rule_does_not_allow_is_refused_with_the_article(
    loaded: Session, deadline: Deadline
) -> None:
    with pytest.raises(SuspensionRefused, match="程序规定 第18条"):
        pause(loaded, deadline, "2026-11-09", Reason.HEARING)
    assert not deadline.is_paused


@pytest.mark.parametrize("on", ["2026-11-02", "2026-10-30", "2026-11-24"])
def test_a_pause_outside_the_running_time_is_refused(loaded: Session, deadline: Deadline, on: str) -> None:
    with pytest.raises((SuspensionRefused, Invalid)):
        pause(loaded, deadline, on)


def test_a_pause_needs_evidence(loaded: Session, deadline: Deadline) -> None:
    with pytest.raises(Invalid) as caught:
        suspend(
            loaded,
            deadline=deadline,
            reason=Reason.APPRAISAL,
            from_on=day("2026-11-09"),
            evidence=" ",
            actor=COMMAND,
            now=NOW,
        )
    assert "evidence" in caught.value.errors


def test_a_paused_deadline_is_not_paused_again_nor_a_running_one_resumed(
    loaded: Session, deadline: Deadline
) -> None:
    with pytest.raises(SuspensionRefused, match="没有中止"):
        go_on(loaded, deadline, "2026-11-16")
    pause(loaded, deadline, "2026-11-09")
    with pytest.raises(SuspensionRefused, match="已经中止"):
        pause(loaded, deadline, "2026-11-10")


@pytest.mark.parametrize("on", ["2026-11-09", "2026-11-08", "2026-11-23"])
def test_a_pause_ends_after_it_began_and_not_in_the_future(
    loaded: Session, deadline: Deadline, on: str
) -> None:
    pause(loaded, deadline, "2026-11-09")
    with pytest.raises(Invalid):
        go_on(loaded, deadline, on)


def test_the_database_too_keeps_one_open_pause(loaded: Session, deadline: Deadline) -> None:
    pause(loaded, deadline, "2026-11-09")
    loaded.add(
        Suspension(
            deadline_id=deadline.id,
            reason=Reason.TESTING,
            from_on=day("2026-11-10"),
            evidence="检测委托书",
            noted_at=NOW,
        )
    )
    with pytest.raises(IntegrityError):
        loaded.flush()


def test_an_extension_is_granted_once_and_journaled(loaded: Session, deadline: Deadline) -> None:
    extension = grant(loaded, deadline)
    assert (extension.number, extension.approver) == (1, "system:command")
    assert deadline.legal_end == book(loaded).calendar.add_workdays(day("2026-11-02"), 30)
    with pytest.raises(ExtensionRefused, match="最多延长 1 次"):
        grant(loaded, deadline)


def test_an_extension_and_a_pause_add_up(loaded: Session, deadline: Deadline) -> None:
    pause(loaded, deadline, "2026-11-09")
    grant(loaded, deadline)
    go_on(loaded, deadline, "2026-11-16")
    assert deadline.legal_end == book(loaded).calendar.add_workdays(day("2026-11-02"), 35)


def test_nothing_is_extended_after_its_end(loaded: Session, deadline: Deadline) -> None:
    with pytest.raises(ExtensionRefused, match="届满"):
        grant(loaded, deadline, now=deadline.due_at)


def test_nothing_is_extended_or_paused_after_it_was_met(loaded: Session, deadline: Deadline) -> None:
    meet_deadline(loaded, rule_id="report_verify", subject=case(1), now=NOW)
    with pytest.raises(ExtensionRefused, match="结束"):
        grant(loaded, deadline)
    with pytest.raises(SuspensionRefused, match="结束"):
        pause(loaded, deadline, "2026-11-09")


def test_a_rule_without_extension_is_not_extended(loaded: Session) -> None:
    short = start_deadline(
        loaded, rule_id="complaint_accept", subject=case(2), started_at=at("2026-11-20"), now=NOW
    )
    loaded.flush()
    with pytest.raises(ExtensionRefused, match="121号 第15条"):
        grant(loaded, short)


def test_every_adjustment_stands_in_the_ledger(loaded: Session, deadline: Deadline) -> None:
    pause(loaded, deadline, "2026-11-09")
    go_on(loaded, deadline, "2026-11-16")
    grant(loaded, deadline)
    loaded.commit()
    acts = loaded.scalars(select(LedgerEvent.act).where(LedgerEvent.subject_kind == "deadlines")).all()
    assert acts == ["deadline.suspend", "deadline.resume", "deadline.extend"]
