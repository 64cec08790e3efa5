"""Addresses of people as they are compared, blindly: the same place written in two ways is one."""

from __future__ import annotations

import re
import unicodedata

SHORTEST = 8  # letters and digits; a shorter one names a town, not a place in it
_PROVINCE = re.compile(r"^(?:中国)?(?:[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,8}自治区)")


def normalise_address(address: str) -> str:
    """Half width, small letters, no spaces and signs, no province; "" for what is too vague to be compared."""
    folded = unicodedata.normalize("NFKC", address).casefold()
    place = _PROVINCE.sub("", "".join(sign for sign in folded if sign.isalnum()))
    return place if len(place) >= SHORTEST and any(sign.isdigit() for sign in place) else ""
