"""The transition table: whole, without dead ends, and without a clock that nobody stops."""

from __future__ import annotations

import pytest

from models.cases.shape import CHAIN, OUTSIDE, RESPONDENT, UNIT
from models.cases.states import FILER, FINAL, TABLE, require, states_of, transition, why_not
from models.cases.terms import (
    ACT_LABELS,
    DONE_LABELS,
    ENDED,
    OUTCOMES,
    STATE_LABELS,
    STATE_SENTENCE_LABELS,
    Act,
    State,
)
from models.clocks.rule_files import read_rules
from models.errors import ActRefused
from models.kinds import Track
from models.people.permissions import Permission

RULE_IDS = {rule.id for rule in read_rules()}
TRACKS = pytest.mark.parametrize("track", list(Track))


def test_of_the_three_states_that_end_a_case_only_a_closing_can_be_disputed() -> None:
    assert {State.REFUSED, State.WITHDRAWN} == FINAL
    assert {State.CLOSED} | FINAL == ENDED


@TRACKS
def test_every_state_is_reached_and_every_one_that_is_not_final_is_left(track: Track) -> None:
    rows = [row for row in TABLE if row.track is track]
    left = {row.from_state for row in rows if row.to_state is not row.from_state}
    assert left - {None} == states_of(track) - FINAL


@TRACKS
def test_every_case_can_end(track: Track) -> None:
    rows = [row for row in TABLE if row.track is track and row.from_state]
    ends = set(ENDED)
    while more := {row.from_state for row in rows if row.to_state in ends} - ends:
        ends |= more
    assert ends >= states_of(track)


@TRACKS
def test_no_case_ends_with_a_clock_running(track: Track) -> None:
    """Walks every way through the table with the set of clocks that run on it."""
    rows = [row for row in TABLE if row.track is track]
    seen: set[tuple[State, frozenset[str]]] = set()
    waiting = [(row.to_state, frozenset(row.starts)) for row in rows if row.from_state is None]
    while waiting:
        state, running = waiting.pop()
        if (state, running) in seen:
            continue
        seen.add((state, running))
        assert not (state in ENDED and running), f"{track} reaches {state} with {set(running)} running"
        waiting += [
            (row.to_state, (running | set(row.starts)) - set(row.stops))
            for row in rows
            if row.from_state is state
        ]


def test_every_row_can_be_read_by_a_lawyer() -> None:
    for row in TABLE:
        assert row.basis
        assert row.who
        assert {*row.starts, *row.stops} <= RULE_IDS
        assert all(who in (FILER, OUTSIDE, RESPONDENT) or who in set(Permission) for who in row.who)
        assert set(row.tells) <= {FILER, UNIT, CHAIN}


def test_a_move_stands_in_the_table_once() -> None:
    moves = [(row.track, row.from_state, row.act) for row in TABLE]
    assert len(moves) == len(set(moves))


@pytest.mark.parametrize("words", [STATE_LABELS, STATE_SENTENCE_LABELS])
def test_every_state_has_words(words: dict[State, str]) -> None:
    assert set(words) == set(State)


@pytest.mark.parametrize("words", [ACT_LABELS, DONE_LABELS])
def test_every_act_has_words(words: dict[Act, str]) -> None:
    assert set(words) == set(Act)


def test_every_track_has_outcomes() -> None:
    assert set(OUTCOMES) == set(Track)


def test_whatever_the_table_lacks_is_refused_with_a_sentence() -> None:
    pairs = [(track, state, act) for track in Track for state in State for act in Act]
    missing = [pair for pair in pairs if transition(*pair) is None]
    for pair in missing:
        with pytest.raises(ActRefused, match=r"办件|核查"):
            require(*pair)


def test_the_tracks_together_use_every_state_and_each_decides_in_its_own_way() -> None:
    assert frozenset().union(*(states_of(track) for track in Track)) == set(State)
    mediation, filing = {Act.MEDIATE, Act.SETTLE, Act.END_MEDIATION}, {Act.FILE, Act.NOT_FILE}
    own: dict[Track, set[Act]] = {
        track: (mediation | filing) & {row.act for row in TABLE if row.track is track} for track in Track
    }
    assert own == {
        Track.COMPLAINT: mediation,
        Track.REPORT: filing,
        Track.CLUE: filing,
        Track.ADJUDICATION: set(),
        Track.AID: set(),
        Track.CONSULTATION: set(),
    }


def test_a_report_cannot_be_withdrawn_once_verification_began() -> None:
    assert transition(Track.COMPLAINT, State.HANDLING, Act.WITHDRAW)
    assert transition(Track.REPORT, State.RECEIVED, Act.WITHDRAW)
    assert "可以补充" in why_not(Track.REPORT, State.HANDLING, Act.WITHDRAW)
