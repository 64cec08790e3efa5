"""What can go wrong in search, as exceptions: three about the index, one about the question."""

from __future__ import annotations

import unicodedata

from search.messages import SENTENCES, Wrong


class SearchError(Exception):
    """Anything that search refuses or cannot do."""


class IndexUnavailable(SearchError):
    """There is no usable index: never built, built by another schema version, or damaged. A rebuild mends it."""


class IndexBusy(SearchError):
    """Another writer holds the index. Try again later; nothing was changed."""


class IndexFull(SearchError):
    """One segment cannot hold more: four thousand million characters."""


class QueryError(SearchError):
    """The question cannot be asked. `str(error)` is a Chinese sentence for the person who typed it.

    Args:
        wrong: the kind of mistake; `words` fill its sentence.
        at, stop: the range of the question that it is about, where there is one.
        suggestion: the whole question as it could be asked instead, or empty.
    """

    def __init__(
        self,
        wrong: Wrong,
        *,
        at: int | None = None,
        stop: int | None = None,
        suggestion: str = "",
        **words: object,
    ) -> None:
        super().__init__(SENTENCES[wrong] % words)
        self.wrong, self.words = wrong, words
        self.at, self.stop, self.suggestion = at, stop, suggestion

    @property
    def sentence(self) -> str:
        """The sentence before its words are filled in, to be translated."""
        return SENTENCES[self.wrong]

    def caret(self, question: str) -> str:
        """A line of blanks and carets that points at the place when it stands under `question`; maybe empty."""
        if self.at is None:
            return ""
        end = max(self.at + 1, self.stop or 0)
        return " " * _columns(question[: self.at]) + "^" * max(1, _columns(question[self.at : end]))


def _columns(text: str) -> int:
    """How wide the text is in a fixed-width face: Han characters take two columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
