"""How a number is read from what somebody typed: full-width signs, spaces, dashes and case do not matter."""

import unicodedata

# What people put between groups of digits: ASCII and typographic dashes, middle dots are left to each code.
_SEPARATORS = dict.fromkeys(map(ord, " \t\r\n-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u200b\ufeff"))


def compact(typed: str) -> str:
    """`typed` in half width and capitals, without white space and dashes."""
    return unicodedata.normalize("NFKC", typed).translate(_SEPARATORS).upper()


def is_ascii_digits(text: str) -> bool:
    """Whether `text` is one or more of the digits 0 to 9 (`str.isdigit` also takes ², ٣ and the like)."""
    return text.isascii() and text.isdigit()
