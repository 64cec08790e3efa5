"""The figures on the labelled texts, which the command prints."""

import pytest

from models.decisions.redaction.kinds import MarkKind
from models.decisions.redaction.scoring import (
    HELD_OUT_FILE,
    Labelled,
    Span,
    is_blocking_everywhere,
    read_labelled,
    score,
)

BLOCKING = [kind for kind in MarkKind if is_blocking_everywhere(kind)]


@pytest.fixture(scope="module")
def labelled() -> list[Labelled]:
    return read_labelled()


def test_the_set_is_large_enough_to_say_something(labelled: list[Labelled]) -> None:
    assert len(labelled) >= 60
    assert sum(len(one.spans) for one in labelled) >= 300
    without_number_or_name = (MarkKind.FILER, MarkKind.OTHER)  # known from filings, or marked by hand
    marked = {span.kind for one in labelled for span in one.spans}
    assert marked == set(MarkKind) - set(without_number_or_name)


@pytest.mark.parametrize("kind", BLOCKING)
def test_whatever_blocks_is_found(labelled: list[Labelled], kind: MarkKind) -> None:
    result = score(labelled)
    assert result.kinds[kind].recall == 1.0, [one for one in result.missed if one.startswith(kind)]


def test_few_proposals_are_wrong(labelled: list[Labelled]) -> None:
    result = score(labelled)
    assert result.of(list(result.kinds)).precision >= 0.9, result.wrong
    for kind, tally in result.kinds.items():
        assert tally.precision >= 0.9, (kind, result.wrong)


def test_a_miss_and_a_false_find_are_both_told(labelled: list[Labelled]) -> None:
    one = labelled[0]
    unfound = Span(0, 3, MarkKind.PERSON_NAME)
    result = score([Labelled(one.about, one.text, (unfound,))])
    assert result.kinds[MarkKind.PERSON_NAME].recall == 0.0
    assert result.kinds[MarkKind.MOBILE_PHONE].precision == 0.0
    assert result.missed == [f"person_name: {one.text[:3]}"]


def test_on_texts_of_strangers_every_number_is_found_and_most_names() -> None:
    result = score(read_labelled(HELD_OUT_FILE))
    numbers = ("identity_number", "mobile_phone", "landline", "bank_account", "plate", "passport", "email")
    for kind in numbers:
        assert result.kinds[MarkKind(kind)].recall == 1.0, kind
    assert result.kinds[MarkKind.PERSON_NAME].recall >= 0.8
    total = result.of(list(result.kinds))
    assert total.recall >= 0.9
    assert total.precision >= 0.9
