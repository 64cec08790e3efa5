"""The table of a referral: whole, without dead ends, on known rules, and without a clock that nobody stops."""

from __future__ import annotations

import pytest

from models.cases.states import TABLE as CASE_TABLE
from models.cases.terms import Act
from models.clocks.rule_files import read_rules
from models.errors import ActRefused
from models.kinds import Track
from models.referrals.queries import CLOCKS
from models.referrals.states import BY_STEP, OVER, TABLE, possible, require
from models.referrals.terms import STANDING_LABELS, STEP_HINT_LABELS, STEP_LABELS, Standing, Step

RULES = {rule.id: rule for rule in read_rules()}
ENDS = OVER | {Standing.CONCLUDED}


def test_every_step_has_one_row_and_words() -> None:
    assert set(BY_STEP) == set(Step) == set(STEP_LABELS)
    assert len(TABLE) == len(Step)
    assert set(STANDING_LABELS) == set(Standing)
    assert {row.step for row in TABLE if row.asks_document and row.froms} - set(STEP_HINT_LABELS) == {
        *(Step.APPROVE, Step.DECLINE, Step.HAND_OVER),
    }


def test_every_standing_is_reached_and_left_but_for_the_ends() -> None:
    assert {row.to for row in TABLE} == set(Standing)
    left = {one for row in TABLE for one in row.froms}
    assert set(Standing) - left == OVER


def test_clocks_are_rules_with_their_article_and_known_to_the_page() -> None:
    named = {rule for row in TABLE for rule in (*row.starts, *row.meets, *row.drops)}
    assert named <= set(RULES)
    assert named == set(CLOCKS)
    assert all(RULES[one].basis for one in named)


def test_no_referral_ends_with_a_clock_running() -> None:
    """Walks every way through the table with the set of clocks that run on it."""
    seen: set[tuple[Standing, frozenset[str]]] = set()
    waiting = [(row.to, frozenset(row.starts)) for row in TABLE if not row.froms]
    while waiting:
        standing, running = waiting.pop()
        if (standing, running) in seen:
            continue
        seen.add((standing, running))
        assert not (standing in ENDS and running), f"{standing} with {set(running)} running"
        waiting += [
            (row.to, (running - set(row.meets) - set(row.drops)) | set(row.starts))
            for row in possible(standing)
        ]
    assert {standing for standing, _ in seen} == set(Standing)


def test_every_act_of_a_step_stands_in_the_table_of_cases() -> None:
    reports = {row.act for row in CASE_TABLE if row.track is Track.REPORT}
    assert {row.act for row in TABLE} <= reports
    assert not {row.act for row in TABLE} & {row.act for row in CASE_TABLE if row.track is Track.COMPLAINT}
    assert BY_STEP[Step.HAND_OVER].act is Act.REFER


@pytest.mark.parametrize("standing", list(Standing))
def test_whatever_the_table_lacks_is_refused_with_a_sentence(standing: Standing) -> None:
    allowed = {row.step for row in possible(standing)}
    for step in set(Step) - allowed:
        with pytest.raises(ActRefused, match="移送现在是"):
            require(standing, step)
