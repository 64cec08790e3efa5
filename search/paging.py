"""Order, the best k without sorting everything, and the cursor that says where a page ended.

Documents are ordered by one number, the larger the earlier, and then by id, the newer the earlier; so the order
is total and a page can go on exactly behind the last hit of the one before, to the end.
"""

from __future__ import annotations

import base64
import binascii
import enum
import hashlib
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from search.documents import Amount
from search.errors import QueryError
from search.index.columns import MISSING
from search.index.snapshot import Snapshot
from search.messages import Wrong

_LAST = -(1 << 62)  # behind every day and every amount

Order = npt.NDArray[np.int64] | npt.NDArray[np.float64]


class Sort(enum.StrEnum):
    """The orders that can be asked for. What has no date or amount comes last."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    LARGEST = "largest"
    SMALLEST = "smallest"
    PUBLISHED = "published"
    CHANGED = "changed"


_COLUMNS = {
    Sort.NEWEST: (Amount.DECIDED_ON, 1),
    Sort.OLDEST: (Amount.DECIDED_ON, -1),
    Sort.LARGEST: (Amount.FINE, 1),
    Sort.SMALLEST: (Amount.FINE, -1),
    Sort.PUBLISHED: (Amount.PUBLISHED_ON, 1),
    Sort.CHANGED: (Amount.CHANGED_ON, 1),
}


def order_of(
    snapshot: Snapshot, documents: npt.NDArray[np.int64], scores: npt.NDArray[np.float64], sort: Sort
) -> Order:
    """The number by which each document is ordered, the larger the earlier."""
    if sort is Sort.RELEVANCE:
        return scores
    column, sign = _COLUMNS[sort]
    values = snapshot.numbers[column][documents]
    return np.where(values == MISSING, _LAST, sign * values)


@dataclass(frozen=True)
class Cursor:
    """Where a page ended: the order and id of its last hit, and the question that it belongs to."""

    order: float | int
    id: int
    question: str

    def encode(self) -> str:
        order = self.order.hex() if isinstance(self.order, float) else self.order
        return (
            base64.urlsafe_b64encode(json.dumps([order, self.id, self.question]).encode())
            .decode()
            .rstrip("=")
        )


def decode_cursor(text: str, *, question: str) -> Cursor:
    """Raises QueryError for a cursor that is none or belongs to another question."""
    try:
        padded = text + "=" * (-len(text) % 4)
        order, number, asked = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        cursor = Cursor(
            float.fromhex(order) if isinstance(order, str) else _whole(order), _whole(number), asked
        )
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise QueryError(Wrong.BAD_CURSOR) from error
    if cursor.question != question:
        raise QueryError(Wrong.BAD_CURSOR)
    return cursor


def _whole(number: Any) -> int:
    if type(number) is not int or not -(1 << 63) <= number < 1 << 63:
        raise ValueError("not a whole number of 64 bits")
    return number


def question_digest(*parts: object) -> str:
    """A short name for a question, to tell its cursors from those of others."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=9).hexdigest()


def best(order: Order, ids: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
    """The indexes of the first `count` in order; ties go to the larger id."""
    chosen = np.arange(len(order))
    if count < len(order):
        threshold = np.partition(order, len(order) - count)[len(order) - count]
        above, level = np.flatnonzero(order > threshold), np.flatnonzero(order == threshold)
        wanted = count - len(above)
        if wanted < len(level):
            level = level[np.argpartition(-ids[level], wanted - 1)[:wanted]]
        chosen = np.concatenate([above, level])
    return chosen[np.lexsort((-ids[chosen], -order[chosen]))]


def behind(order: Order, ids: npt.NDArray[np.int64], cursor: Cursor) -> npt.NDArray[np.bool_]:
    """Which documents come after the cursor."""
    later: npt.NDArray[np.bool_] = (order < cursor.order) | ((order == cursor.order) & (ids < cursor.id))
    return later
