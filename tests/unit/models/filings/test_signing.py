"""A receipt's signature holds for exactly what was signed, by exactly the key that it names."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.filings import signing
from models.filings.references import ALPHABET
from models.filings.signing import Verdict

KEY, OTHER = bytes.fromhex("11" * 32), bytes.fromhex("22" * 32)
PUBLIC = signing.public_key_of(KEY)
PUBLISHED = {signing.key_id_of(PUBLIC): PUBLIC}
CONTENT = {
    "type": signing.RECEIPT_TYPE,
    "key_id": signing.key_id_of(PUBLIC),
    "bureau": "演示市知识产权局",
    "received_at": "2026-03-02T09:00:00+08:00",
    "matters": [{"reference": "K7QM-2XHD", "track": "report", "content_sha256": "ab" * 32}],
    "files": [],
}


def _file(content: dict[str, Any] = CONTENT, key: bytes = KEY) -> dict[str, Any]:
    return signing.receipt_file(content, signing.sign(key, signing.canonical(content)), verify_at="")


def test_a_signed_receipt_is_genuine_after_a_journey_through_json() -> None:
    travelled = json.loads(json.dumps(_file(), indent=4))
    assert signing.check_file(travelled, PUBLISHED) == (Verdict.GENUINE, CONTENT)


@pytest.mark.parametrize("name", [name for name in CONTENT if name not in ("type", "key_id")])
def test_any_change_shows(name: str) -> None:
    altered = copy.deepcopy(_file())
    altered["receipt"][name] = "别的"
    assert signing.check_file(altered, PUBLISHED)[0] is Verdict.ALTERED


def test_something_added_shows() -> None:
    altered = copy.deepcopy(_file())
    altered["receipt"]["accepted"] = True
    assert signing.check_file(altered, PUBLISHED)[0] is Verdict.ALTERED


def test_another_key_cannot_sign_under_our_name() -> None:
    assert signing.check_file(_file(key=OTHER), PUBLISHED)[0] is Verdict.ALTERED


def test_a_key_that_was_never_published_is_said_to_be_unknown() -> None:
    foreign = {**CONTENT, "key_id": signing.key_id_of(signing.public_key_of(OTHER))}
    assert signing.check_file(_file(foreign, OTHER), PUBLISHED)[0] is Verdict.UNKNOWN_KEY


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "text",
        {},
        {"receipt": CONTENT},
        {"receipt": CONTENT, "signature": "不是"},
        {"receipt": {**CONTENT, "type": "huhang-receipt/2"}, "signature": "AAAA"},
        {"receipt": [], "signature": "AAAA"},
        {"receipt": CONTENT, "signature": 7},
    ],
)
def test_what_is_no_receipt_is_said_to_be_none(document: object) -> None:
    assert signing.check_file(document, PUBLISHED)[0] is Verdict.NO_RECEIPT


@pytest.mark.parametrize("signature", ["", "AAAA", "A" * 88])
def test_a_signature_of_any_length_is_judged_and_not_stumbled_over(signature: str) -> None:
    assert signing.check_file({"receipt": CONTENT, "signature": signature}, PUBLISHED)[0] in (
        Verdict.ALTERED,
        Verdict.NO_RECEIPT,
    )


@given(st.binary(min_size=64, max_size=64), st.binary(min_size=64, max_size=64))
def test_tokens_can_be_read_aloud_and_tell_signatures_apart(one: bytes, other: bytes) -> None:
    token = signing.token_of(one)
    assert len(token) == signing.TOKEN_LENGTH
    assert set(token) <= set(ALPHABET)
    assert (token == signing.token_of(other)) == (one == other)
