import datetime as dt
from collections import Counter

import pytest

from cli.demo.filings import DemoFiling, filings
from models.aid.terms import application_in
from models.cases.grounds import grounds_for
from models.cases.states import require
from models.cases.terms import OUTCOMES, Act, State
from models.filings.checks import check
from models.kinds import Track
from models.overseas.countries import COUNTRIES
from models.people.profile_files import available_profiles, load_profile
from models.types import beijing_date

TODAY = dt.date(2026, 11, 22)


def walked(filing: DemoFiling, today: dt.date = TODAY) -> State:
    """The state in which the filing's history ends; raises where the transition table has no such row."""
    track, at = filing.submission.track, filing.filed_at
    state = require(track, None, Act.RECEIVE).to_state
    for step in filing.steps:
        assert step.at > at
        state, at = require(track, state, step.act).to_state, step.at
    assert beijing_date(at) < today
    return state


@pytest.fixture(params=available_profiles())
def made(request: pytest.FixtureRequest) -> tuple[DemoFiling, ...]:
    return filings(7, 300, today=TODAY, profile=load_profile(request.param))


def test_the_same_seed_gives_the_same_filings() -> None:
    profile = load_profile("jiyuan")
    first, second = (filings(7, 20, today=TODAY, profile=profile) for _ in range(2))
    assert first == second


def test_every_submission_can_be_taken_in(made: tuple[DemoFiling, ...]) -> None:
    for filing in made:
        check(filing.submission, None)
        assert "{" not in filing.submission.facts + filing.submission.request
    assert len({filing.submission.token for filing in made}) == len(made)


def test_histories_follow_the_table_and_reach_all_states(made: tuple[DemoFiling, ...]) -> None:
    states = Counter(walked(filing) for filing in made)
    assert states.keys() == set(State)
    assert states[State.CLOSED] > len(made) / 2


@pytest.mark.parametrize(
    "today", [dt.date(2026, 2, 23), dt.date(2026, 10, 8), dt.date(2027, 2, 14), dt.date(2028, 1, 1)]
)
def test_all_states_are_there_after_long_holidays_too(today: dt.date) -> None:
    profile = load_profile("pingdingshan")
    assert {walked(filing, today) for filing in filings(1, 60, today=today, profile=profile)} == set(State)


def test_all_tracks_and_named_and_anonymous_filers_are_there(made: tuple[DemoFiling, ...]) -> None:
    assert {filing.submission.track for filing in made} == set(Track)
    assert {filing.submission.person is None for filing in made} == {True, False}
    assert any(filing.by_account for filing in made)


def test_grounds_and_outcomes_are_those_of_track_and_day(made: tuple[DemoFiling, ...]) -> None:
    for filing in made:
        for step in filing.steps:
            if step.ground:
                day = beijing_date(filing.filed_at)
                assert step.ground in grounds_for(filing.submission.track, day, step.act)
            if step.outcome:
                assert step.outcome in OUTCOMES[filing.submission.track]
            assert step.text or step.act not in (Act.ANSWER, Act.CLOSE, Act.REFUSE, Act.TRANSFER, Act.RETURN)


def test_no_telephone_number_of_a_subscriber_is_invented(made: tuple[DemoFiling, ...]) -> None:
    people = [filing.submission.person for filing in made if filing.submission.person]
    assert all(person.phone.startswith("100") for person in people)
    assert all(not person.email or person.email.endswith("@example.com") for person in people)


def test_an_application_for_aid_says_what_is_wanted_and_where_a_dispute_abroad_is(
    made: tuple[DemoFiling, ...],
) -> None:
    filed = [one.submission for one in made if one.submission.track is Track.AID]
    told = [application_in(one.data) for one in filed]
    assert all(one is not None and one.helps for one in told)
    abroad = [one for one in told if one is not None and one.abroad]
    assert 0 < len(abroad) < len(told)
    assert all(one.abroad and one.abroad.country in COUNTRIES for one in abroad)
