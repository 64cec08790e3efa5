"""From what somebody typed to the tree: words between blanks must all occur, "quoted" words as they stand.

A quotation mark counts only where it opens a word and another closes one; inside a word it is a character of
the text, so that a passage copied out of a text finds it, marks and all.
"""

from __future__ import annotations

import re

from search.analysis import only_masks
from search.errors import QueryError
from search.fold import fold
from search.query import All, And, Phrase, Query

MAX_CHARACTERS = 500
MAX_WORDS = 50

_TOO_LONG = f"检索内容过长，请缩短到 {MAX_CHARACTERS} 个字以内。"
_TOO_MANY = f"检索词过多，请减少到 {MAX_WORDS} 个以内。"
_ONLY_MASKS = "遮盖符号（* × X）不能单独检索，请再输入名称、文号或其他文字。"
_ONLY_BLANKS = "检索内容里没有可以检索的文字，请换一个词。"

_WORD = re.compile(r'(?<!\S)["“”]([^"“”]+)["“”](?!\S)|(\S+)')


def parse(text: str) -> Query:
    """The question that `text` asks; empty text asks for everything.

    Raises:
        QueryError: it cannot be asked; the message is a sentence for the reader.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryError(_TOO_LONG)
    written = [quoted or word for quoted, word in _WORD.findall(text)]
    if len(written) > MAX_WORDS:
        raise QueryError(_TOO_MANY)
    if not written:
        return All()
    words = [folded for folded in (fold(word) for word in written) if len(folded)]
    if not words:
        raise QueryError(_ONLY_BLANKS)
    asked = [word.text for word in words if not only_masks(word.text)]
    if not asked:
        raise QueryError(_ONLY_MASKS)
    parts = tuple(Phrase(word) for word in dict.fromkeys(asked))
    return parts[0] if len(parts) == 1 else And(parts)
