"""Where the question stands in a text, on the text as it is written: pieces marked as hit or not, no HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.analysis import MASKS
from search.documents import BORDER, SearchDocument, Zone
from search.fold import Folded, fold
from search.query import Query, phrases
from search.ranking import ZONE_WEIGHTS

Range = tuple[int, int]


@dataclass(frozen=True)
class Piece:
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


def hit_ranges(text: str, query: Query) -> tuple[Range, ...]:
    """The ranges of `text` that the question's phrases cover, ascending, those that touch joined."""
    folded = fold(text)
    return _joined(sorted(found for phrase in phrases(query) for found in _occurrences(folded, phrase)))


def highlight(text: str, query: Query) -> tuple[Piece, ...]:
    """The whole of `text` in pieces."""
    return tuple(_pieces(text, hit_ranges(text, query), 0, len(text)))


def snippets(
    document: SearchDocument, query: Query, *, limit: int = 3, context: int = 30
) -> tuple[Snippet, ...]:
    """The most telling places of a document: up to `limit`, with `context` characters around each hit.

    Zones come in the order of their weight in ranking, within a zone the place with most hits first. A document
    without any hit in view (asked for everything) shows how its heaviest zone begins.
    """
    text = document.text
    ranges = hit_ranges(text, query)
    found: list[tuple[float, int, int, Snippet]] = []
    for zone, start, stop in _zone_ranges(document.zones):
        inside = [(max(a, start), min(b, stop)) for a, b in ranges if a < stop and b > start]
        for group in _grouped(inside, context):
            snippet = _window(text, zone, (start, stop), group, context)
            found.append((-ZONE_WEIGHTS[zone], -len(group), group[0][0], snippet))
    if not found:
        return tuple(_opening(document, 2 * context))
    return tuple(snippet for *_, snippet in sorted(found, key=lambda item: item[:3])[:limit])


def _occurrences(folded: Folded, phrase: str) -> Iterator[Range]:
    stripped = phrase.strip(MASKS + BORDER)
    if not stripped:
        return
    pattern = "".join("." if char in MASKS else re.escape(char) for char in stripped)
    for match in re.finditer(f"(?s)(?={pattern})", folded.text):
        yield folded.original_range(match.start(), match.start() + len(stripped))


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


def _opening(document: SearchDocument, length: int) -> Iterator[Snippet]:
    filled = [(zone, text.rstrip(BORDER)) for zone, text in document.zones if text.rstrip(BORDER).strip()]
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
