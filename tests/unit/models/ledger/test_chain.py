"""The canonical form of an event that is written out by hand is the one that JSON gives."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ledger.chain import canonical, content_of
from models.ledger.tables import LedgerEvent

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
INSTANTS = st.datetimes(timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=8))]))


@given(number=st.integers(1), at=INSTANTS, actor=TEXTS, act=TEXTS, kind=TEXTS, subject=TEXTS, data=TEXTS)
def test_it_is_what_json_gives(
    number: int, at: dt.datetime, actor: str, act: str, kind: str, subject: str, data: str
) -> None:
    event = LedgerEvent(
        id=number, at=at, actor=actor, act=act, subject_kind=kind, subject_id=subject, data=data
    )
    try:
        written = at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    except OverflowError:  # the first and the last day of the calendar
        return
    expected = {"id": number, "at": written, "actor": actor, "act": act, "subject": [kind, subject]}
    assert content_of(event) == canonical({**expected, "data": data})


@pytest.mark.parametrize("number", [None, True, 1.0, "1"])
def test_a_number_that_is_none_has_no_form(number: object) -> None:
    event = LedgerEvent(id=number, at=dt.datetime.now(dt.UTC), actor="", act="", data="")
    with pytest.raises(TypeError):
        content_of(event)
