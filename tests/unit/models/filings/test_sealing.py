"""Sealed values open with their key, for what they belong to, and not otherwise."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag

from models.filings import sealing
from models.filings.sealing import Keyring
from models.filings.submissions import Person

KEYS = Keyring.from_hex(code_key="11" * 32, vault_key="22" * 32, signing_key="ef" * 32)
OTHER = Keyring.from_hex(code_key="11" * 32, vault_key="33" * 32, signing_key="ef" * 32)


def test_what_was_sealed_opens_again() -> None:
    key = sealing.new_key()
    assert sealing.unseal(key, sealing.seal(key, b"plain", belongs_to="a"), belongs_to="a") == b"plain"


def test_equal_values_look_different() -> None:
    key = sealing.new_key()
    assert sealing.seal(key, b"plain", belongs_to="a") != sealing.seal(key, b"plain", belongs_to="a")


@pytest.mark.parametrize("change", ["key", "owner", "byte"])
def test_a_sealed_value_opens_nowhere_else(change: str) -> None:
    key = sealing.new_key()
    sealed = sealing.seal(key, b"plain", belongs_to="a")
    if change == "byte":
        sealed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    with pytest.raises(InvalidTag):
        sealing.unseal(
            sealing.new_key() if change == "key" else key,
            sealed,
            belongs_to="b" if change == "owner" else "a",
        )


def test_each_purpose_has_a_key_of_its_own() -> None:
    assert (
        len({KEYS.derived("draft"), KEYS.derived("held-code"), OTHER.derived("draft"), KEYS.vault_key}) == 4
    )


def test_the_blind_index_finds_the_same_and_shows_nothing() -> None:
    index = KEYS.blind_index("phone", "13800000000")
    assert index == KEYS.blind_index("phone", "13800000000")
    assert index not in (KEYS.blind_index("id", "13800000000"), OTHER.blind_index("phone", "13800000000"))


def test_keys_and_people_keep_quiet_in_logs() -> None:
    person = Person(name="甲某某", phone="13800000000")
    assert "甲" not in repr(person)
    assert "138" not in repr(person)
    assert "22" * 8 not in repr(KEYS)


def test_a_person_comes_back_as_it_went_in() -> None:
    person = Person(name="甲", phone="+86 138-0000-0000", address="某路 1 号", id_number="x")
    assert Person.from_json(person.to_json()) == person


@pytest.mark.parametrize("typed", ["13800000000", "+86 138 0000 0000", "８６13800000000", "138-0000-0000"])
def test_a_phone_is_compared_by_its_digits(typed: str) -> None:
    assert Person(name="甲", phone=typed).phone_digits == "13800000000"
