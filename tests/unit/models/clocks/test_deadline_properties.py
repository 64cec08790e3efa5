import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from models.clocks.deadlines import compute
from models.clocks.rules import Extension, Rule
from models.clocks.spans import Span
from models.clocks.terms import Reason, Unit
from tests.support.clocks import calendar, plain_rule

DAY = dt.timedelta(days=1)
starts = st.dates(dt.date(2004, 1, 1), dt.date(2028, 12, 31))
day_units = st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS])
lengths = st.integers(1, 120)


def pausable(n: int, unit: Unit) -> Rule:
    return plain_rule(n, unit, excluded=tuple(Reason), extension=Extension(n=n, unit=unit))


@st.composite
def spans_after(draw: st.DrawFn, start: dt.date) -> list[Span]:
    """Some days left out, not before the start, that may overlap."""
    offsets = draw(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 40)), max_size=4))
    return [
        Span(start + offset * DAY, start + (offset + length) * DAY, Reason.APPRAISAL)
        for offset, length in offsets
    ]


@given(starts, lengths, st.sampled_from([*Unit]), st.integers(0, 40))
def test_a_later_start_never_ends_earlier(start: dt.date, n: int, unit: Unit, later: int) -> None:
    rule = plain_rule(n % 12 + 1 if unit is Unit.MONTHS else n, unit)
    one, other = compute(rule, start, calendar()), compute(rule, start + later * DAY, calendar())
    assert one.raw_end <= other.raw_end
    assert one.legal_end <= other.legal_end
    assert one.alert_on <= other.alert_on


@given(starts, lengths, day_units)
def test_the_ends_stand_in_order_and_the_alert_is_a_working_day(start: dt.date, n: int, unit: Unit) -> None:
    found = compute(plain_rule(n, unit), start, calendar())
    assert found.alert_on <= found.raw_end <= found.legal_end
    assert calendar().is_workday(found.alert_on)
    assert found.legal_end == found.raw_end or calendar().is_workday(found.legal_end)


@given(starts, st.data(), lengths, day_units)
def test_as_many_days_are_counted_as_the_rule_is_long(
    start: dt.date, data: st.DataObject, n: int, unit: Unit
) -> None:
    found = compute(pausable(n, unit), start, calendar(), data.draw(spans_after(start)))
    counted = [item.on for item in found.days if item.counted]
    assert len(counted) == n
    assert counted[-1] == found.raw_end
    assert found.days[0].on == start
    assert found.days[-1].on == found.legal_end


@given(starts, st.integers(2, 120), st.integers(1, 30), st.data())
def test_pausing_some_working_days_moves_the_end_by_as_many(
    start: dt.date, n: int, paused: int, data: st.DataObject
) -> None:
    rule = pausable(n, Unit.WORKING_DAYS)
    from_on = calendar().add_workdays(start, data.draw(st.integers(1, n)))
    to_on = calendar().add_workdays(from_on, paused)
    plain = compute(rule, start, calendar())
    moved = compute(rule, start, calendar(), [Span(from_on, to_on, Reason.APPRAISAL)])
    assert moved.raw_end == calendar().add_workdays(plain.raw_end, paused)


@given(starts, st.integers(1, 120), st.integers(1, 30), st.data())
def test_pausing_some_calendar_days_moves_the_raw_end_by_as_many(
    start: dt.date, n: int, paused: int, data: st.DataObject
) -> None:
    rule = pausable(n, Unit.CALENDAR_DAYS)
    from_on = start + data.draw(st.integers(1, n)) * DAY
    moved = compute(rule, start, calendar(), [Span(from_on, from_on + paused * DAY, Reason.HEARING)])
    assert moved.raw_end == start + (n + paused) * DAY


@given(starts, st.integers(1, 12), st.integers(1, 40), st.integers(1, 27))
def test_pausing_moves_months_by_as_many_days(start: dt.date, n: int, paused: int, after: int) -> None:
    rule = pausable(n, Unit.MONTHS)
    from_on = start + after * DAY
    plain = compute(rule, start, calendar())
    moved = compute(rule, start, calendar(), [Span(from_on, from_on + paused * DAY, Reason.HEARING)])
    assert moved.raw_end == plain.raw_end + paused * DAY


@given(starts, st.data(), lengths, st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS]))
def test_the_order_of_suspensions_does_not_matter(
    start: dt.date, data: st.DataObject, n: int, unit: Unit
) -> None:
    spans = data.draw(spans_after(start))
    shuffled = data.draw(st.permutations(spans))
    rule = pausable(n, unit)
    one, other = (compute(rule, start, calendar(), order) for order in (spans, shuffled))
    assert (one.raw_end, one.legal_end) == (other.raw_end, other.legal_end)


@given(starts, st.data(), st.integers(1, 60), st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS]))
def test_an_extension_never_shortens(start: dt.date, data: st.DataObject, n: int, unit: Unit) -> None:
    spans = data.draw(spans_after(start))
    rule = pausable(n, unit)
    plain, longer = (compute(rule, start, calendar(), spans, extended) for extended in (0, 1))
    assert longer.legal_end > plain.raw_end
    assert longer.legal_end >= plain.legal_end


@given(starts, lengths, day_units)
def test_an_answer_is_provisional_exactly_when_it_reaches_an_unpublished_year(
    start: dt.date, n: int, unit: Unit
) -> None:
    found = compute(plain_rule(n, unit), start, calendar())
    assert found.provisional == (found.legal_end.year > 2026)
