import pytest

from models.decisions.states import MOVES, Act, State, acts_from, next_state
from models.errors import ActRefused


@pytest.mark.parametrize(
    ("state", "act", "target"),
    [
        (State.DRAFT, Act.SUBMIT, State.IN_REVIEW),
        (State.IN_REVIEW, Act.AMEND, State.IN_REVIEW),
        (State.IN_REVIEW, Act.APPROVE, State.APPROVED),
        (State.APPROVED, Act.RETURN, State.DRAFT),
        (State.PUBLISHED, Act.WITHDRAW, State.WITHDRAWN),
        (State.PUBLISHED, Act.END, State.ENDED),
    ],
)
def test_moves_of_the_table(state: State, act: Act, target: State) -> None:
    assert next_state(state, act) is target


def test_every_other_move_is_refused_with_a_sentence() -> None:
    for state in State:
        for act in set(Act) - set(acts_from(state)):
            with pytest.raises(ActRefused, match="不能"):
                next_state(state, act)


def test_nothing_leads_out_of_the_end() -> None:
    assert acts_from(State.WITHDRAWN) == acts_from(State.ENDED) == []


def test_every_act_has_its_row() -> None:
    assert set(MOVES) == set(Act)
