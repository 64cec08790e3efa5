"""What can go wrong in search, as exceptions: three about the index, one about the question."""

from __future__ import annotations


class SearchError(Exception):
    """Anything that search refuses or cannot do."""


class IndexUnavailable(SearchError):
    """There is no usable index: never built, built by another schema version, or damaged. A rebuild mends it."""


class IndexBusy(SearchError):
    """Another writer holds the index. Try again later; nothing was changed."""


class IndexFull(SearchError):
    """One segment cannot hold more: four thousand million characters."""


class QueryError(SearchError):
    """The question cannot be asked. `str(error)` is a Chinese sentence for the person who typed it."""
