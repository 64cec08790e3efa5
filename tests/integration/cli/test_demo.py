"""The demo is played through the real verbs, so whatever they refuse would show here."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cli.demo.cast import engage
from cli.demo.load import play
from config import Config
from models.bulletins.kinds import BulletinKind
from models.bulletins.tables import Bulletin
from models.cases.outside.tables import OutsideLink
from models.cases.tables import Case
from models.cases.terms import State as CaseState
from models.cooperation.tables import Mechanism
from models.decisions.states import State
from models.decisions.tables import Decision
from models.decisions.term.queries import terms_to_reconsider
from models.experts.tables import Expert
from models.filings.tables import Filing
from models.holders.lane.queries import is_in_lane
from models.holders.tables import HeldFiling, Organisation, Right
from models.holders.terms import Standing
from models.ledger.queries import verify
from models.ledger.tables import LedgerEvent
from models.letters.tables import IncomingLetter
from models.lists.tables import SeriousEntry
from models.outbox import waiting
from models.overseas.tables import Observer
from models.people.actors import COMMAND
from models.people.operations import install_profile
from models.people.permissions import Permission, can
from models.people.profile_files import load_profile
from models.people.profiles import BureauProfile
from models.people.roles import Role
from models.people.tables import Account
from models.rewards.tables import Reward
from models.rewards.terms import RewardState
from tests.support.papers import an_issuing_office

NOW = dt.datetime(2026, 11, 22, 2, tzinfo=dt.UTC)


@pytest.fixture(params=["pingdingshan", "zhongshan"])
def profile(request: pytest.FixtureRequest, session: Session) -> BureauProfile:
    found = load_profile(request.param)
    install_profile(session, found, actor=COMMAND, now=NOW)
    return found


@pytest.fixture
def loaded(session: Session, profile: BureauProfile, tmp_path: Path) -> BureauProfile:
    play(
        session,
        office=an_issuing_office(tmp_path, profile),
        password_hash="hash of nothing",
        seed=3,
        filing_count=40,
        decision_count=120,
        now=NOW,
        progress=lambda _words: None,
    )
    session.commit()
    return profile


@pytest.mark.usefixtures("loaded")
def test_every_filing_has_its_case_and_every_state_is_there(session: Session) -> None:
    states = set(session.scalars(select(Case.state)))
    assert {CaseState.RECEIVED, CaseState.FORWARDED, CaseState.TRANSFERRED, CaseState.HANDLING} <= states
    assert {CaseState.ACCEPTED, CaseState.ANSWERED, CaseState.CLOSED} <= states
    assert {CaseState.REFERRING, CaseState.REFERRED, CaseState.POLICE_FILED} <= states
    assert session.scalar(select(func.count()).select_from(Case)) == 40


@pytest.mark.usefixtures("loaded")
def test_letters_go_out_and_come_in(session: Session) -> None:
    replies = [len(link.replies) for link in session.scalars(select(OutsideLink).order_by(OutsideLink.id))]
    assert replies == [0, 1], "one waits, one was answered"
    came = session.scalars(select(IncomingLetter).order_by(IncomingLetter.id)).all()
    assert [bool(one.reply) for one in came] == [False, True], "one is new, one waits for the head"
    assert [len(one.members) for one in session.scalars(select(Mechanism))] == [1]


@pytest.mark.usefixtures("loaded")
def test_rewards_and_guides_are_there_to_see(session: Session) -> None:
    rewards = session.scalars(select(Reward.state).order_by(Reward.id)).all()
    ways = (RewardState.PROPOSED, RewardState.GRANTED, RewardState.CLAIMED, RewardState.PAID)
    assert rewards, "there are reports that led to a penalty"
    assert list(ways[: len(rewards)]) == rewards
    guides = session.scalars(select(Bulletin).where(Bulletin.kind == BulletinKind.GUIDE))
    assert [one.source is not None for one in guides][:1] == [True], "made from a consultation"


@pytest.mark.usefixtures("loaded")
def test_decisions_are_public_after_two_people_saw_them(session: Session) -> None:
    published = list(session.scalars(select(Decision).where(Decision.state == State.PUBLISHED)))
    ended = list(session.scalars(select(Decision).where(Decision.state == State.ENDED)))
    assert len(published) > 40
    assert all(decision.maker_id != decision.reviewer_id for decision in [*published, *ended])
    assert terms_to_reconsider(session, today=NOW.date(), limit=1) == [], (
        "else the worker would empty the lists"
    )


@pytest.mark.usefixtures("loaded")
def test_the_ledger_is_whole_and_tells_the_acts_in_the_order_of_time(session: Session) -> None:
    assert list(verify(session)) == []
    times = list(
        session.scalars(select(LedgerEvent.at).where(LedgerEvent.act.like("case.%")).order_by(LedgerEvent.id))
    )
    assert times == sorted(times)


@pytest.mark.usefixtures("loaded")
def test_the_rights_holder_has_rights_in_every_standing_and_the_lane(session: Session) -> None:
    standings = set(session.scalars(select(Right.standing)))
    assert standings == {Standing.VERIFIED, Standing.PENDING, Standing.REFUSED}
    organisation = session.scalars(select(Organisation)).one()
    assert is_in_lane(session, organisation.id, NOW.date())
    theirs = select(func.count()).select_from(Filing).where(Filing.account_id.is_not(None))
    assert session.scalar(select(func.count()).select_from(HeldFiling)) == session.scalar(theirs)


@pytest.mark.usefixtures("loaded")
def test_the_pool_has_experts_at_home_and_abroad(session: Session) -> None:
    experts = session.scalars(select(Expert)).all()
    assert all(one.serves_on(NOW.date()) for one in experts)
    assert {bool(one.countries) for one in experts} == {True, False}
    assert {code for one in session.scalars(select(Observer)) for code in one.countries} == {"US", "EU"}


@pytest.mark.usefixtures("loaded")
def test_no_work_is_left_for_the_worker(session: Session) -> None:
    assert waiting(session) == 0


def test_accounts_can_do_what_their_role_says(session: Session, profile: BureauProfile) -> None:
    cast = engage(session, profile=profile, password_hash="hash of nothing", now=NOW)
    assert can(cast.with_role(Role.INTAKE), Permission.CASE_ACCEPT)
    assert not can(cast.with_role(Role.PUBLISHER), Permission.DECISION_REVIEW)
    assert all(session.scalars(select(Account.is_demo)))


def test_production_refuses_the_demo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Config, "is_production", property(lambda _config: True))
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 1
    assert "生产环境" in result.output


@pytest.mark.parametrize("profile", ["henan"], indirect=True)
def test_a_province_lists_without_a_superiors_consent(session: Session, loaded: BureauProfile) -> None:
    needed = set(session.scalars(select(SeriousEntry.needs_consent)))
    assert needed == {False}
