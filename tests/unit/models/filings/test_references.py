"""References and query codes: no slip of pen or tongue goes unseen, and they are read however they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.filings.references import (
    ALPHABET,
    CODE_LENGTH,
    REFERENCE_LENGTH,
    check_character,
    code_hmac,
    grouped,
    is_reference,
    is_same_digest,
    new_code,
    new_reference,
    normalise,
)

bodies = st.text(ALPHABET, min_size=REFERENCE_LENGTH - 1, max_size=REFERENCE_LENGTH - 1)
positions = st.integers(0, REFERENCE_LENGTH - 1)
KEY = b"k" * 32


def test_the_alphabet_has_nothing_that_is_taken_for_something_else() -> None:
    assert not set("0O1I") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET) == 32


def test_a_new_reference_is_well_formed() -> None:
    assert all(is_reference(new_reference()) for _ in range(200))


@given(bodies)
def test_the_check_character_completes_a_reference(body: str) -> None:
    assert is_reference(body + check_character(body))


@given(bodies, positions, st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_seen(body: str, at: int, other: str) -> None:
    reference = body + check_character(body)
    changed = reference[:at] + other + reference[at + 1 :]
    assert is_reference(changed) == (changed == reference)


@given(bodies, positions, positions)
def test_two_swapped_characters_are_always_seen(body: str, one: int, two: int) -> None:
    reference = body + check_character(body)
    characters = list(reference)
    characters[one], characters[two] = characters[two], characters[one]
    swapped = "".join(characters)
    assert is_reference(swapped) == (swapped == reference)


@pytest.mark.parametrize("text", ["", "K7QM", "K7QM2XHDD", "K7QM2XH0", "k7qm2xhd", "七位数字母啊啊啊"])
def test_what_is_no_reference(text: str) -> None:
    assert not is_reference(text)


def test_a_check_character_needs_seven_of_the_alphabet() -> None:
    with pytest.raises(ValueError, match="seven"):
        check_character("K7QM2X0")


def test_a_code_has_eighty_bits() -> None:
    assert len(ALPHABET) ** CODE_LENGTH >= 2**80
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) for code in codes)


@given(
    st.text(ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH),
    st.sampled_from(["-", " ", "\u3000", "－", "·", "—", ""]),
)
def test_a_code_is_read_however_it_is_typed(code: str, separator: str) -> None:
    typed = separator.join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))
    full_width = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in typed.lower())
    assert normalise(typed.lower()) == normalise(full_width) == normalise(f"  {typed}\n") == code


def test_groups_of_four() -> None:
    assert grouped("K7QM2XHD") == "K7QM-2XHD"


def test_a_code_opens_one_reference_only() -> None:
    mine = code_hmac(KEY, "K7QM2XHD", "A" * 16)
    assert is_same_digest(mine, code_hmac(KEY, "K7QM2XHD", "A" * 16))
    assert not is_same_digest(mine, code_hmac(KEY, "ABCDEFGH", "A" * 16))
    assert not is_same_digest(mine, code_hmac(b"x" * 32, "K7QM2XHD", "A" * 16))
