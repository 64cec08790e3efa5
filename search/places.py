"""Which places of phrases count: those in some zones, and those that lie close to each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.index.inversion import NO_ZONE, Positions
from search.index.snapshot import Segment
from search.postings import ArrayCache
from search.query import Zones

_BORDERS = -1  # no character has this number


def in_zones(segment: Segment, hits: Positions, length: int, zones: Zones) -> Positions:
    """Those of `hits` whose first and last character lie in one of `zones`."""
    wanted = np.zeros(256, np.bool_)
    wanted[list(zones)] = True
    standing = segment.pairs.zones
    kept: Positions = hits[wanted[standing[hits]] & wanted[standing[hits + np.uint32(length - 1)]]]
    return kept


def near_positions(
    segment: Segment, places: Sequence[Positions], lengths: Sequence[int], distance: int, cache: ArrayCache
) -> Positions:
    """Where a stretch begins that holds all phrases and at most `distance` characters besides, ascending.

    Each place of each phrase is tried as the leftmost one; the nearest place of every other phrase to its right
    then gives the shortest stretch that begins there.
    """
    if any(not len(found) for found in places):
        return np.empty(0, np.uint32)
    begins = [
        _stretches(segment, places, lengths, first, sum(lengths) + distance, cache)
        for first in range(len(places))
    ]
    return np.unique(np.concatenate(begins))


def _stretches(
    segment: Segment,
    places: Sequence[Positions],
    lengths: Sequence[int],
    first: int,
    longest: int,
    cache: ArrayCache,
) -> Positions:
    starts = places[first]
    ends = starts.astype(np.int64) + lengths[first]
    reached = np.ones(len(starts), np.bool_)
    for other, (found, length) in enumerate(zip(places, lengths, strict=True)):
        if other == first:
            continue
        at = np.searchsorted(found, starts)
        reached &= at < len(found)
        nearest = found[np.minimum(at, len(found) - 1)].astype(np.int64)
        ends = np.maximum(ends, nearest + length)
    reached &= ends - starts <= longest
    starts, last = starts[reached], (ends[reached] - 1).astype(np.uint32)
    same = segment.pairs.documents(starts) == segment.pairs.documents(last)
    starts, last = starts[same], last[same]
    (borders,) = cache.get(
        (segment.name, _BORDERS), lambda: (np.flatnonzero(segment.pairs.zones == NO_ZONE).astype(np.uint32),)
    )
    kept: Positions = starts[np.searchsorted(borders, starts) == np.searchsorted(borders, last)]
    return kept
