"""\"If it starts on this day, when is it due?\": the question as text or JSON, and the one shape of its answer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models.clocks.book import Book
from models.clocks.deadlines import Computed, compute
from models.clocks.spans import Span
from models.clocks.terms import REASONS, Reason
from models.errors import Invalid
from models.types import beijing_date
from models.wording import said

FIELDS = {"rule", "start", "suspend", "extend"}
LONGEST_QUOTED = 60
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Question:
    """A rule, the start event's Beijing day or instant, what is left out, and how many extensions were granted."""

    rule_id: str
    start: dt.date | dt.datetime
    suspensions: tuple[Span, ...] = ()
    extended: int = 0

    @classmethod
    def of(cls, document: Any) -> Question:
        """From `{"rule", "start", "suspend": [[from, to, reason]], "extend"}`; Invalid says what is wrong."""
        if not isinstance(document, Mapping):
            raise Invalid("每一行应是一个 JSON 对象。")
        if unknown := sorted(set(document) - FIELDS):
            raise Invalid(said("不认识的字段：%(names)s。", names=unknown))
        rule_id, extended = document.get("rule"), document.get("extend") or 0
        if not isinstance(rule_id, str):
            raise Invalid("缺少字段 rule（时限规则的编号）。")
        if not isinstance(extended, int) or extended < 0:
            raise Invalid("字段 extend 应为 true、false 或者延长的次数。")
        return cls(
            rule_id, parse_start(document.get("start")), _spans(document.get("suspend")), int(extended)
        )

    def answer(self, book: Book) -> Computed:
        """The ends under the version that binds on the day of the start event."""
        on = beijing_date(self.start) if isinstance(self.start, dt.datetime) else self.start
        rule = book.rules.pick(self.rule_id, on)
        return compute(rule, self.start, book.calendar, self.suspensions, self.extended)


def as_document(computed: Computed, words: Callable[[str], str] = str) -> dict[str, Any]:
    """The answer as programs read it; all days are Beijing days. `words` says a sentence in the reader's language."""
    return {
        "rule": computed.rule.id,
        "version": computed.rule.version,
        "basis": computed.rule.basis,
        "start": computed.started_on.isoformat(),
        "raw_end": computed.raw_end.isoformat(),
        "legal_end": computed.legal_end.isoformat(),
        "alert_on": computed.alert_on.isoformat(),
        "provisional": computed.provisional,
        "days": [
            {"date": day.on.isoformat(), "counted": day.counted, "why": words(day.why)}
            for day in computed.days
        ],
    }


def parse_start(text: Any) -> dt.date | dt.datetime:
    """A Beijing day `2026-09-18`, or an instant with its zone `2026-09-18T23:30:00+08:00`."""
    try:
        if DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
        if not DAY.match(text):
            raise ValueError(text)
        instant = dt.datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise Invalid(
            said("起算日期“%(text)s”应写成 2026-09-18，或者带时区的时刻。", text=_short(text))
        ) from None
    if instant.tzinfo is None:
        raise Invalid(
            said("起算时刻“%(text)s”没有时区，应写成 2026-09-18T09:00:00+08:00。", text=_short(text))
        )
    if not dt.MINYEAR < instant.year < dt.MAXYEAR:  # its day in Beijing might not exist
        raise Invalid(said("起算时刻“%(text)s”不是一个可以计算的年份。", text=_short(text)))
    return instant


def parse_span(text: str) -> Span:
    """`FROM:TO:REASON`; TO is the first day that counts again."""
    parts = text.split(":", 2)
    if len(parts) != 3:
        example = "2026-09-20:2026-09-25:appraisal"
        raise Invalid(
            said("中止“%(text)s”应写成 起:止:事由，例如 %(example)s。", text=_short(text), example=example)
        )
    return _span(parts)


def _spans(listed: Any) -> tuple[Span, ...]:
    if listed is None:
        return ()
    if not isinstance(listed, list) or not all(isinstance(item, list) and len(item) == 3 for item in listed):
        raise Invalid("字段 suspend 应是 [[起, 止, 事由], …]。")
    return tuple(_span(item) for item in listed)


def _span(parts: Iterable[Any]) -> Span:
    from_on, to_on, name = parts
    since = _day(from_on)
    if to_on in (None, ""):
        raise Invalid(
            said("自 %(day)s 起的中止还没有恢复，届满日无法计算；请写明恢复计算的日期。", day=since)
        )
    until = _day(to_on)
    reason = Reason.parse(name) if isinstance(name, str) else None
    if reason is None:
        known = [said("%(id)s（%(name)s）", id=one.value, name=name_of) for one, name_of in REASONS.items()]
        raise Invalid(said("不认识的中止事由“%(name)s”；可用：%(known)s。", name=_short(name), known=known))
    return Span(since, until, reason)


def _day(text: Any) -> dt.date:
    try:
        if DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
    except (TypeError, ValueError):
        pass
    raise Invalid(said("中止的日期“%(text)s”应写成 2026-09-18。", text=_short(text)))


def _short(text: Any) -> str:
    """What was given, short enough for a sentence."""
    return str(text)[:LONGEST_QUOTED]
