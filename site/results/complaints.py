"""A question that cannot be asked, as a page shows it: the sentence, the place, a way out."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from results.addresses import address
from results.asked import Asked
from results.understood import told
from search.errors import QueryError


@dataclass(frozen=True)
class Complaint:
    """`before`, `marked` and `after` are the question, parted where the mistake is; all empty without a place."""

    sentence: str
    before: str = ""
    marked: str = ""
    after: str = ""
    suggestion: str = ""
    suggestion_url: str = ""


def complaint(error: QueryError, asked: Asked, path: str) -> Complaint:
    """What to show of the error; `path` is where the suggestion would be asked."""
    if error.at is None:
        return Complaint(told(error))
    stop = max(error.at + 1, error.stop or 0)
    better = dataclasses.replace(asked, q=error.suggestion, after=None)
    return Complaint(
        told(error),
        asked.q[: error.at],
        asked.q[error.at : stop],
        asked.q[stop:],
        error.suggestion,
        address(path, better) if error.suggestion else "",
    )
