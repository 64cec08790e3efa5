"""Postings made and merged by arrays are those that one would write down by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import key_text, pairs
from search.fold import Codes, fold
from search.index import inversion
from search.index.inversion import Run, invert, merged

lines = st.lists(st.text(st.sampled_from("罚款专利a1*"), max_size=12), max_size=8)


def placed(texts: list[str], first: int = 0) -> list[tuple[int, Codes]]:
    return [(first + 100 * number, fold(text).codes) for number, text in enumerate(texts)]


def by_hand(texts: list[tuple[int, Codes]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for start, codes in texts:
        for one, two, at in zip(*(array.tolist() for array in pairs(codes)), strict=True):
            found.setdefault(chr(one) + chr(two), []).append(start + at)
    return found


def as_dict(*runs: Run) -> dict[str, list[int]]:
    return {
        key_text(int(number)): run.positions[run.starts[i] : run.starts[i + 1]].tolist()
        for run in runs
        for i, number in enumerate(run.keys)
    }


@given(lines)
def test_inverting_finds_every_term_at_every_place(texts: list[str]) -> None:
    run = invert(placed(texts))
    assert as_dict(run) == by_hand(placed(texts))
    assert run.keys.tolist() == sorted(run.keys.tolist())


def test_more_different_characters_than_16_bits_are_inverted_as_well() -> None:
    codes = np.arange(0x20000, 0x31000, dtype=np.uint32)
    run = invert([(0, codes), (100_000, codes[:3])])
    assert as_dict(run) == by_hand([(0, codes), (100_000, codes[:3])])


@settings(max_examples=30)
@given(lines, lines, st.integers(1, 8))
def test_merging_is_inverting_together_however_small_the_steps(
    one: list[str], other: list[str], at_once: int
) -> None:
    first, second = placed(one), placed(other, 5000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inversion, "_AT_ONCE", at_once)
        runs = list(merged([invert(first), invert(second)]))
    assert as_dict(*runs) == by_hand(first + second)
    numbers = [int(number) for run in runs for number in run.keys]
    assert numbers == sorted(set(numbers))
