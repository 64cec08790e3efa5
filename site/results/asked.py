"""What an address asks for: the one reading of `q`, `sort`, `size`, `after`, `since` and the facets.

The address is the question, of pages and data alike; a page forgives what it does not know, data refuse it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.errors import DomainError
from models.types import beijing_date, beijing_midnight, now_utc
from search.documents import Amount, Facet
from search.facets import Filters
from search.paging import Sort

DEFAULT_SIZE = 20
MAX_SIZE = 100
PLAIN = ("q", "sort", "size", "after", "since")
# What a facet's parameter begins with when its values are unwanted: not_cause=…
NOT = "not_"
# The columns that results are filtered by, in the order in which a page shows them.
FACETS = (
    Facet.YEAR,
    Facet.MONTH,
    Facet.RIGHT_TYPE,
    Facet.CAUSE,
    Facet.PENALTY_KIND,
    Facet.AMOUNT_BAND,
    Facet.DISTRICT,
    Facet.AUTHORITY,
    Facet.INDUSTRY,
    Facet.COMPANY,
)

Arguments = MultiDict[str, str]
Values = Mapping[Facet, frozenset[str]]


class BadParameter(DomainError):
    """A parameter that does not exist, or a value that it cannot have; answered with 400."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question. `chosen` holds the values switched on for each facet, `unwanted` those that no hit may have."""

    q: str = ""
    sort: Sort = Sort.RELEVANCE
    size: int = DEFAULT_SIZE
    after: str | None = None
    since: dt.date | None = None
    chosen: dict[Facet, frozenset[str]] = field(default_factory=dict)
    unwanted: dict[Facet, frozenset[str]] = field(default_factory=dict)

    @property
    def filters(self) -> Filters:
        """The filters as search takes them. `since` finds what was published or changed from that day on."""
        ranges = {Amount.CHANGED_ON: (self.since.toordinal(), None)} if self.since else {}
        return Filters(words=self.chosen, without=self.unwanted, ranges=ranges)

    def arguments(self, *, after: str | None = None) -> Arguments:
        """The question as parameters of an address, defaults left out."""
        found: Arguments = MultiDict(self.before_filters())
        for facet in [one for one in FACETS if one in self.chosen or one in self.unwanted]:
            for name, value in filter_arguments(facet, self.chosen, self.unwanted):
                found.add(name, value)
        for name, value in self.after_filters():
            found.add(name, value)
        if after:
            found.add("after", after)
        return found

    def before_filters(self) -> list[tuple[str, str]]:
        """The parameters that stand before those of the facets."""
        return [("q", self.q)] if self.q else []

    def after_filters(self) -> list[tuple[str, str]]:
        """The parameters that stand after those of the facets."""
        found = [("since", self.since.isoformat())] if self.since else []
        found += [("sort", self.sort.value)] if self.sort is not Sort.RELEVANCE else []
        return found + ([("size", str(self.size))] if self.size != DEFAULT_SIZE else [])


def filter_arguments(facet: Facet, chosen: Values, unwanted: Values) -> list[tuple[str, str]]:
    """The parameters of one facet, always in the same order: one question has one address."""
    found = [(facet.value, value) for value in sorted(chosen.get(facet, ()))]
    return found + [(NOT + facet.value, value) for value in sorted(unwanted.get(facet, ()))]


def read_strictly(arguments: Arguments) -> Asked:
    """The question of a program. Raises BadParameter for anything that is not known."""
    known = (*PLAIN, *(facet.value for facet in FACETS), *(NOT + facet.value for facet in FACETS))
    for name in arguments:
        if name not in known:
            names = "、".join(known)
            raise BadParameter(
                _("没有名为“%(name)s”的参数；可以用的有：%(names)s。", name=name[:40], names=names)
            )
    for name in PLAIN:
        if len(arguments.getlist(name)) > 1:
            raise BadParameter(_("参数“%(name)s”只能给一次。", name=name))
    return Asked(
        q=arguments.get("q", "").strip(),
        sort=_sort(arguments.get("sort", Sort.RELEVANCE)),
        size=_size(arguments.get("size", str(DEFAULT_SIZE))),
        after=arguments.get("after") or None,
        since=_since(arguments.get("since", "")),
        chosen=_chosen(arguments, ""),
        unwanted=_chosen(arguments, NOT),
    )


def read_kindly(arguments: Arguments) -> Asked:
    """The question of a person: what cannot be read is as if it were not there."""
    kept: Arguments = MultiDict(
        (name, value) for name, value in arguments.items(multi=True) if _reads(name, value)
    )
    return read_strictly(kept)


def _reads(name: str, value: str) -> bool:
    try:
        read_strictly(MultiDict([(name, value)]))
    except BadParameter:
        return False
    return True


def _sort(written: str) -> Sort:
    try:
        return Sort(written)
    except ValueError:
        raise BadParameter(_("sort 只能是 %(names)s。", names="、".join(Sort))) from None


def _size(written: str) -> int:
    if written.isascii() and written.isdigit() and 1 <= int(written[:9]) <= MAX_SIZE:
        return int(written)
    raise BadParameter(_("size 应在 1 到 %(most)s 之间。", most=MAX_SIZE))


def _since(written: str) -> dt.date | None:
    if not written:
        return None
    try:
        if "T" in written:  # the answer is by the day: that of Beijing, in which the instant lies
            return beijing_date(moment_since(written, now_utc()))
        return dt.date.fromisoformat(written)
    except (ValueError, OverflowError):
        raise BadParameter(_("since 应是一个日期，例如 2026-11-22。")) from None


def moment_since(written: str, default: dt.datetime) -> dt.datetime:
    """The instant that is written: a day begins in Beijing, a time that names no zone is UTC; `default` where nothing is."""
    try:
        if not written:
            return default
        if "T" not in written and " " not in written:
            return beijing_midnight(dt.date.fromisoformat(written)).astimezone(dt.UTC)
        found = dt.datetime.fromisoformat(written)
        return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise BadParameter(_("since 应是一个日期，例如 2026-11-22。")) from None


def _chosen(arguments: Arguments, prefix: str) -> dict[Facet, frozenset[str]]:
    names = {facet: prefix + facet.value for facet in FACETS}
    return {facet: frozenset(arguments.getlist(name)) for facet, name in names.items() if name in arguments}
