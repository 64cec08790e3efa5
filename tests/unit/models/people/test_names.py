"""One form for each name: what looks alike is the same account."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Invalid
from models.people.names import checked_email, checked_username, one_form


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("zhang.san", "zhang.san"),
        ("  Zhang.San ", "zhang.san"),
        ("ＺＨＡＮＧ．ＳＡＮ", "zhang.san"),
        ("ｚｈａｎｇ３", "zhang3"),
        ("张三", "张三"),
        ("Ａ＠ＥＸＡＭＰＬＥ．ｏｒｇ", "a@example.org"),
        ("\u3000zhang\u3000", "zhang"),
        ("", ""),
    ],
)
def test_capitals_and_full_width_letters_make_no_other_name(typed: str, kept: str) -> None:
    assert one_form(typed) == kept


@given(st.text())
def test_the_form_of_a_form_is_itself(text: str) -> None:
    assert one_form(one_form(text)) == one_form(text)


@pytest.mark.parametrize(
    "name",
    ["", "  ", "a b", "a@example.org", "ａ＠example.org", "a\u200bb", "a\u202eb", "a/b", "a\nb", "<b>"],
)
def test_a_name_that_could_be_mistaken_is_refused_at_its_field(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        checked_username(name)
    assert refusal.value.errors.keys() == {"username"}


@pytest.mark.parametrize(
    "address", ["a", "a@", "@example.org", "a@b@example.org", "a b@example.org", "a@\nb"]
)
def test_an_address_that_is_none_is_refused_at_its_field(address: str) -> None:
    with pytest.raises(Invalid) as refusal:
        checked_email(address)
    assert refusal.value.errors.keys() == {"email"}


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_an_address_may_be_left_out(nothing: str | None) -> None:
    assert checked_email(nothing) is None
