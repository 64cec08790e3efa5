"""The clocks of an entry, who must consent, who must be heard first, and what keeps a company from leaving early."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.clocks.subjects import SubjectRef, ref
from models.clocks.tables import Deadline, SubjectKind
from models.decisions.kinds import Fulfilment, PenaltyKind
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.errors import ActRefused, Conflict, Invalid
from models.lists import leaving, operations, removal
from models.lists.kinds import EntryState, Hearing, ListKind
from models.lists.tables import Entry, SeriousEntry
from models.people.actors import WORKER
from models.people.roles import UnitKind
from models.people.tables import Account, Unit
from models.supervision.limits import Figure, limits
from models.supervision.recipients import hands_of
from models.types import beijing_date, beijing_midnight
from tests.factories import NOW
from tests.support.decisions import invented_uscc
from tests.support.published import published

TODAY, NOTIFIED = beijing_date(NOW), dt.date(2026, 2, 10)
HEARD_UNTIL = dt.date(2026, 2, 24)  # five working days later, over the Spring Festival of 2026
LATER = dt.datetime(2027, 3, 3, 1, tzinfo=dt.UTC)


@pytest.fixture
def entry(session: Session, two: list[Decision], unit: Unit, proposer: Account) -> SeriousEntry:
    """Proposed and notified."""
    made = operations.propose(
        session, kind=ListKind.SERIOUS, uscc=invented_uscc(1), name="护航示例商贸有限公司", reason="故意侵权",
        decisions=two[:1], unit=unit, actor=proposer, now=NOW,
    )  # fmt: skip
    operations.notify(session, made, on=NOTIFIED, actor=proposer, now=NOW)
    assert isinstance(made, SeriousEntry)
    return made


def listed(
    session: Session, entry: SeriousEntry, proposer: Account, decider: Account, **more: object
) -> None:
    """The rest of the way."""
    operations.hear(session, entry, hearing=Hearing.STATEMENT, on=TODAY, actor=proposer, now=NOW)
    if entry.needs_consent:
        operations.consent(session, entry, authority="省局", number="1", on=TODAY, actor=proposer, now=NOW)
    operations.decide(session, entry, number="列1号", on=TODAY, actor=decider, now=NOW, **more)  # type: ignore[arg-type]
    operations.publish(session, entry, actor=decider, now=NOW)
    session.flush()


def clocks(session: Session, entry: Entry) -> dict[str, str]:
    """How the clocks of the entry stand, by rule."""
    target = ref(entry)
    found = session.scalars(
        select(Deadline).where(Deadline.subject_kind == target.kind, Deadline.subject_id == target.id)
    )
    return {
        one.rule_id: "cancelled" if one.cancelled_at else "open" if one.is_open
        else "late" if one.met_at and one.met_at >= one.due_at else "met"
        for one in found
    }  # fmt: skip


def test_silence_counts_only_when_the_time_to_speak_is_over(
    session: Session, entry: SeriousEntry, proposer: Account
) -> None:
    for day in (NOTIFIED, HEARD_UNTIL):
        with pytest.raises(Invalid, match="2026-02-24"):
            operations.hear(session, entry, hearing=Hearing.WAIVED, on=day, actor=proposer, now=NOW)
    operations.hear(session, entry, hearing=Hearing.WAIVED, on=TODAY, actor=proposer, now=NOW)
    assert entry.state is EntryState.HEARD


def test_the_register_too_waits_for_what_the_company_says(
    session: Session, two: list[Decision], unit: Unit, proposer: Account, decider: Account
) -> None:
    made = operations.propose(
        session, kind=ListKind.INFRINGERS, uscc=invented_uscc(1), name="护航示例商贸有限公司", reason="多次侵权",
        decisions=two, unit=unit, actor=proposer, now=NOW,
    )  # fmt: skip
    operations.notify(session, made, on=TODAY, actor=proposer, now=NOW)
    with pytest.raises(Invalid, match="陈述、申辩的期限"):
        operations.decide(session, made, number="列1号", on=TODAY, actor=decider, now=NOW)


def test_publication_and_the_push_to_another_province_are_owed(
    session: Session, entry: SeriousEntry, proposer: Account, decider: Account, unit: Unit
) -> None:
    unit.region_code = "140700"  # the company is of Henan
    operations.hear(session, entry, hearing=Hearing.HEARING, on=TODAY, actor=proposer, now=NOW)
    operations.consent(session, entry, authority="省局", number="1", on=TODAY, actor=proposer, now=NOW)
    operations.decide(session, entry, number="列1号", on=TODAY, actor=decider, now=NOW)
    session.flush()
    assert clocks(session, entry) == {"listing_publish": "open", "listing_push": "open"}
    operations.publish(session, entry, actor=decider, now=NOW)
    operations.push(session, entry, on=TODAY, actor=proposer, now=NOW)
    session.flush()
    assert clocks(session, entry) == {"listing_publish": "met", "listing_push": "met"}
    with pytest.raises(Conflict):
        operations.push(session, entry, on=TODAY, actor=proposer, now=NOW)


def test_a_listing_that_is_not_made_owes_nothing(
    session: Session, entry: SeriousEntry, proposer: Account, decider: Account
) -> None:
    operations.hear(session, entry, hearing=Hearing.HEARING, on=TODAY, actor=proposer, now=NOW)
    operations.consent(session, entry, authority="省局", number="1", on=TODAY, actor=proposer, now=NOW)
    operations.decide(session, entry, number="列1号", on=TODAY, actor=decider, now=NOW)
    operations.drop(session, entry, reason="没有主观故意", actor=decider, now=NOW)
    session.flush()
    assert clocks(session, entry) == {"listing_publish": "cancelled"}


def test_a_late_publication_stands_on_the_board_with_whose_it_is(
    session: Session, entry: SeriousEntry, proposer: Account, decider: Account, unit: Unit
) -> None:
    operations.hear(session, entry, hearing=Hearing.HEARING, on=TODAY, actor=proposer, now=NOW)
    operations.consent(session, entry, authority="省局", number="1", on=TODAY, actor=proposer, now=NOW)
    operations.decide(session, entry, number="列1号", on=TODAY, actor=decider, now=NOW)
    session.flush()
    target = SubjectRef(SubjectKind.SERIOUS_ENTRY, entry.id)
    hands = hands_of(session, [target])[target]
    assert (hands.account_id, hands.unit_id) == (proposer.id, unit.id)
    (late,) = limits(
        session,
        officer=decider,
        units=[unit.id],
        figure=Figure.LATE,
        now=beijing_midnight(dt.date(2026, 4, 20)),
    )
    assert (late.reference, late.handler, late.rule.id) == (
        entry.name, proposer.display_name, "listing_publish",
    )  # fmt: skip


def test_a_province_needs_nobodys_consent(
    session: Session, two: list[Decision], unit: Unit, proposer: Account, decider: Account
) -> None:
    unit.kind = UnitKind.PROVINCE
    made = operations.propose(
        session, kind=ListKind.SERIOUS, uscc=invented_uscc(1), name="护航示例商贸有限公司", reason="故意侵权",
        decisions=two[:1], unit=unit, actor=proposer, now=NOW,
    )  # fmt: skip
    operations.notify(session, made, on=NOTIFIED, actor=proposer, now=NOW)
    assert isinstance(made, SeriousEntry)
    with pytest.raises(ActRefused):
        operations.consent(session, made, authority="省局", number="1", on=TODAY, actor=proposer, now=NOW)
    listed(session, made, proposer, decider)
    assert (made.state, made.consent_by) == (EntryState.PUBLISHED, None)


def test_restrictions_that_last_longer_keep_it_listed_and_closed_to_requests(
    session: Session, entry: SeriousEntry, proposer: Account, decider: Account
) -> None:
    listed(session, entry, proposer, decider, restricted_until_on=dt.date(2031, 5, 1))
    assert entry.ends_on == dt.date(2031, 5, 1)
    with pytest.raises(Invalid) as refused:
        removal.ask_early_removal(session, entry, on=dt.date(2027, 3, 2), actor=proposer, now=LATER)
    assert "2031-05-02" in str(refused.value.errors["on"])


def test_a_heavier_penalty_since_then_bars_early_removal(
    session: Session,
    entry: SeriousEntry,
    two: list[Decision],
    unit: Unit,
    proposer: Account,
    decider: Account,
) -> None:
    listed(session, entry, proposer, decider)
    two[0].fulfilment, two[0].fulfilled_on = Fulfilment.FULFILLED, TODAY
    again = published(
        session, unit, decider, now=LATER, document_number="测市监处罚〔2027〕9号", decided_on=dt.date(2027, 1, 5),
        penalty_kinds=(PenaltyKind.STOP_BUSINESS,), fine_fen=None, confiscated_fen=None,
    )  # fmt: skip
    removal.ask_early_removal(session, entry, on=dt.date(2027, 3, 2), actor=proposer, now=LATER)
    removal.accept_early_removal(session, entry, on=dt.date(2027, 3, 3), actor=proposer, now=LATER)
    assert clocks(session, entry)["repair_decide"] == "open"
    with pytest.raises(ActRefused, match="较重行政处罚"):
        removal.grant_early_removal(session, entry, reason="已整改", actor=decider, now=LATER)
    withdraw(session, again, reason="复议决定撤销了原处罚决定", actor=decider, now=LATER)
    removal.grant_early_removal(session, entry, reason="已整改", actor=decider, now=LATER)
    session.flush()
    assert clocks(session, entry) == {
        "listing_publish": "met", "repair_decide": "met", "listing_stop": "met",
    }  # fmt: skip
    assert [(one.is_granted, one.answer) for one in entry.requests] == [(True, "已整改")]


def test_how_late_a_basis_was_seen_to_have_fallen_is_kept(
    session: Session, entry: SeriousEntry, two: list[Decision], proposer: Account, decider: Account
) -> None:
    listed(session, entry, proposer, decider)
    month_later = NOW + dt.timedelta(days=30)
    two[0].changed_on = dt.date(2026, 3, 10)
    leaving.end_due(session, entry, actor=WORKER, now=month_later)
    session.flush()
    assert clocks(session, entry) == {
        "listing_publish": "met", "listing_stop": "late", "basis_annulled": "late",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("region", "needs_inquiry", "rules"),
    [
        ("410400", False, {"objection_own": "open"}),
        ("410400", True, {"objection_checked": "open"}),
        ("140700", False, {}),
    ],
)
def test_an_objection_has_a_clock_where_the_province_says_so(
    session: Session, entry: SeriousEntry, proposer: Account, decider: Account, unit: Unit, region: str,
    needs_inquiry: bool, rules: dict[str, str],
) -> None:  # fmt: skip
    listed(session, entry, proposer, decider)
    unit.region_code = region
    leaving.object_to(session, entry, on=TODAY, needs_inquiry=needs_inquiry, actor=proposer, now=NOW)
    session.flush()
    assert clocks(session, entry) == {"listing_publish": "met", **rules}
    leaving.settle_objection(session, entry, reason="核实无误", actor=decider, now=NOW)
    session.flush()
    assert "open" not in clocks(session, entry).values()
