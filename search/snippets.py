"""Where the question stands in a text, on the text as it is written: pieces marked as hit or not, no HTML."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.analysis import MASKS
from search.documents import BORDER, Zone
from search.fold import Folded, fold
from search.query import Near, Phrase, Query, shown
from search.ranking import ZONE_WEIGHTS

Range = tuple[int, int]


class Piece(NamedTuple):
    """A stretch of text, `hit` if it is what was asked for."""

    text: str
    hit: bool


@dataclass(frozen=True)
class Snippet:
    """Part of one zone around hits; `more_before` and `more_after` say that the zone goes on."""

    zone: Zone
    pieces: tuple[Piece, ...]
    more_before: bool
    more_after: bool


class Zoned:
    """The zones of a document in one text, prepared for looking many questions up in it."""

    def __init__(self, zones: Sequence[tuple[Zone, str]]) -> None:
        self.zones = tuple(part for part in zones if part[0] is not Zone.PINYIN)
        self.text = "".join(text for _, text in self.zones)
        self.bounds = tuple(_zone_ranges(self.zones))
        self.starts = tuple(start for _, start, _ in self.bounds)

    @functools.cached_property
    def folded(self) -> Folded:
        return fold(self.text)


def hit_ranges(text: str, query: Query, zone: Zone | None = None) -> tuple[Range, ...]:
    """The ranges of `text` that the question's phrases cover, ascending, those that touch joined.

    `text` is all in one zone, or its zone is not known and does not matter.
    """
    folded = fold(text)
    asked = (leaf for leaf in shown(query) if zone is None or not leaf.zones or zone in leaf.zones)
    return _joined(sorted(found for leaf in asked for found in _found(folded, leaf)))


def highlight(text: str, query: Query, zone: Zone | None = None) -> tuple[Piece, ...]:
    """The whole of `text` in pieces."""
    return tuple(_pieces(text, hit_ranges(text, query, zone), 0, len(text)))


def snippets(document: Zoned, query: Query, *, limit: int = 3, context: int = 30) -> tuple[Snippet, ...]:
    """The most telling places of a document's zones: up to `limit`, with `context` characters around each hit.

    The best place of each zone comes first, zones in the order of their weight in ranking, then the places that
    are left over, those with most hits first. A document without any hit in view (asked for everything) shows
    how its heaviest zone begins.
    """
    places: list[tuple[int, float, int, Zone, Range, list[Range]]] = []
    for zone, start, stop, ranges in _by_zone(document, query):
        groups = sorted(_grouped(ranges, context), key=lambda group: (-len(group), group[0]))
        for rank, group in enumerate(groups[:limit]):
            places.append((rank, -ZONE_WEIGHTS[zone], group[0][0], zone, (start, stop), group))
    if not places:
        return tuple(_opening(document.zones, 2 * context))
    best = sorted(places, key=lambda place: place[:3])[:limit]
    return tuple(_window(document.text, zone, around, group, context) for *_, zone, around, group in best)


def _by_zone(document: Zoned, query: Query) -> Iterator[tuple[Zone, int, int, Sequence[Range]]]:
    """For each stretch of a zone the ranges of hits in it."""
    inside: dict[int, list[Range]] = {}
    for leaf in shown(query):
        for first, last in _found(document.folded, leaf):
            place = bisect.bisect_right(document.starts, first) - 1
            while place < len(document.bounds) and document.bounds[place][1] < last:
                zone, start, stop = document.bounds[place]
                if first < stop and (not leaf.zones or zone in leaf.zones):
                    inside.setdefault(place, []).append((max(first, start), min(last, stop)))
                place += 1
    for place in sorted(inside):
        yield *document.bounds[place], _joined(sorted(inside[place]))


def _found(folded: Folded, leaf: Phrase | Near) -> Iterator[Range]:
    if isinstance(leaf, Phrase):
        ranges = list(_occurrences(folded, leaf.text))
    else:
        ranges = _close_together([list(_occurrences(folded, text)) for text in leaf.texts], leaf.distance)
    for start, stop in ranges:
        yield folded.original_range(start, stop)


def _occurrences(folded: Folded, phrase: str) -> Iterator[Range]:
    stripped = phrase.strip(MASKS + BORDER)
    if not stripped:
        return
    if not any(mask in stripped for mask in MASKS):
        at = folded.text.find(stripped)
        while at >= 0:
            yield at, at + len(stripped)
            at = folded.text.find(stripped, at + 1)
        return
    pattern = "".join("." if char in MASKS else re.escape(char) for char in stripped)
    for match in re.finditer(f"(?s)(?={pattern})", folded.text):
        yield match.start(), match.start() + len(stripped)


def _close_together(places: Sequence[Sequence[Range]], distance: int) -> list[Range]:
    """Those of the ranges that lie in a stretch with one of each, as `search.places` finds them."""
    if not all(places):
        return []
    longest = sum(found[0][1] - found[0][0] for found in places) + distance
    kept: list[Range] = []
    for first in (place for found in places for place in found):
        nearest = [next((other for other in found if other[0] >= first[0]), None) for found in places]
        stretch = [place for place in nearest if place is not None]
        if len(stretch) == len(places) and max(stop for _, stop in stretch) - first[0] <= longest:
            kept += stretch
    return kept


def _joined(ranges: Sequence[Range]) -> tuple[Range, ...]:
    joined: list[Range] = []
    for start, stop in ranges:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(stop, joined[-1][1])
        else:
            joined.append((start, stop))
    return tuple(joined)


def _zone_ranges(zones: Sequence[tuple[Zone, str]]) -> Iterator[tuple[Zone, int, int]]:
    start = 0
    for zone, text in zones:
        yield zone, start, start + len(text.rstrip(BORDER))
        start += len(text)


def _grouped(ranges: Sequence[Range], context: int) -> Iterator[list[Range]]:
    """Hits whose surroundings would touch share a snippet, up to four times the context."""
    group: list[Range] = []
    for found in ranges:
        if group and (found[0] - group[-1][1] > 2 * context or found[1] - group[0][0] > 4 * context):
            yield group
            group = []
        group.append(found)
    if group:
        yield group


def _window(text: str, zone: Zone, bounds: Range, group: Sequence[Range], context: int) -> Snippet:
    start, stop = max(bounds[0], group[0][0] - context), min(bounds[1], group[-1][1] + context)
    pieces = tuple(_pieces(text, group, start, stop))
    return Snippet(zone, pieces, more_before=start > bounds[0], more_after=stop < bounds[1])


def _opening(zones: Sequence[tuple[Zone, str]], length: int) -> Iterator[Snippet]:
    filled = [(zone, text.rstrip(BORDER)) for zone, text in zones if text.rstrip(BORDER).strip()]
    if filled:
        zone, text = max(filled, key=lambda part: (part[0] is Zone.FACTS, ZONE_WEIGHTS[part[0]]))
        yield Snippet(
            zone, (Piece(text[:length], hit=False),), more_before=False, more_after=len(text) > length
        )


def _pieces(text: str, ranges: Sequence[Range], start: int, stop: int) -> Iterator[Piece]:
    at = start
    for first, last in ranges:
        if first > at:
            yield Piece(text[at:first], hit=False)
        yield Piece(text[first:last], hit=True)
        at = last
    if at < stop:
        yield Piece(text[at:stop], hit=False)
