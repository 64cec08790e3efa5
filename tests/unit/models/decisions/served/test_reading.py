"""Served texts of various make: every one falls into its zones and tells its fields, and what is doubtful is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.decisions.served.reading import read_served
from models.decisions.served.zones import cuts
from tests.support.served import TEXTS, Served


@pytest.mark.parametrize("served", TEXTS, ids=[one.name for one in TEXTS])
def test_the_fields_of_a_text_are_found(served: Served) -> None:
    found = read_served(served.text)
    assert found.document_number == served.number
    assert found.authority_name == served.authority
    assert str(found.decided_on) == served.decided_on
    assert found.party is not None
    assert (found.party.name, found.party.uscc, found.party.kind.value) == (
        served.party,
        served.uscc,
        served.kind,
    )
    assert [kind.value for kind in found.ordered.kinds] == sorted(
        served.kinds, key=[kind.value for kind in found.ordered.kinds].index
    )
    assert found.ordered.fine_fen == (served.fine_yuan and int(served.fine_yuan * 100))
    assert found.ordered.confiscated_fen == (served.gains_yuan and int(served.gains_yuan * 100))
    assert found.cause is not None
    assert found.cause.code == served.cause
    assert {field for field, _ in found.doubts} == set(served.doubts)


@pytest.mark.parametrize("served", TEXTS, ids=[one.name for one in TEXTS])
def test_the_text_falls_into_its_zones(served: Served) -> None:
    zones = read_served(served.text).zones
    for zone, words in served.begins.items():
        assert zones[zone].startswith(words), (zone, zones[zone][:30])


@given(st.text(alphabet="当事人：经查，证据。决定处罚如下1\n如不服本《商标法》违反第条款", max_size=200))
def test_no_character_is_lost_or_told_twice(text: str) -> None:
    stretches = cuts(text)
    assert "".join(text[one.begin : one.end] for one in stretches) == text


def test_a_text_without_any_anchor_stays_whole_and_says_so() -> None:
    found = read_served("关于开展专项行动的通知，请各单位认真落实。")
    assert found.left_out == "关于开展专项行动的通知，请各单位认真落实。"
    assert {"party_name", "document_number", "penalty", "facts"} <= {field for field, _ in found.doubts}
