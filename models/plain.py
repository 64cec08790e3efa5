"""Text as everybody reads it: without the signs that nobody sees."""

from __future__ import annotations

import re

# Line ends of all systems, and what word processors paste for one.
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Controls, and signs of no width, among them those that turn the direction of writing: with them a name can be read
# as another one, or look empty. Joiners (U+200C, U+200D) stay: writing and pictures are made of them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def plain(text: str) -> str:
    """`text` with one kind of line end, without unseen signs, and without white space at its ends."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", text)).strip()
