"""Chinese patent and application numbers 专利号 and their check character.

Since 1 October 2003 the body has twelve digits (year 4, kind 1, serial 7), before that eight (year 2, kind 1,
serial 5). A granted patent carries ZL before it, an application CN or nothing. People leave out the point
before the check character, write it full width, or type a small x: all are read.
"""

import enum
import re
from dataclasses import dataclass

from models.codes.text import compact

_FORM = re.compile(r"(?P<prefix>ZL|CN)?(?P<body>\d{12}|\d{8})\.?(?P<check>[\dX])", re.ASCII)
_POINTS = str.maketrans({"。": ".", "·": ".", "・": "."})  # what Chinese keyboards give instead of a point
_NEW_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_OLD_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9)


class PatentKind(enum.StrEnum):
    """What the kind digit says."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"


PATENT_KIND_LABELS = {
    PatentKind.INVENTION: "发明",
    PatentKind.UTILITY_MODEL: "实用新型",
    PatentKind.DESIGN: "外观设计",
}

# 8 and 9 are an invention and a utility model that came in by the Patent Cooperation Treaty.
_KIND_DIGITS = {
    "1": PatentKind.INVENTION,
    "2": PatentKind.UTILITY_MODEL,
    "3": PatentKind.DESIGN,
    "8": PatentKind.INVENTION,
    "9": PatentKind.UTILITY_MODEL,
}


@dataclass(frozen=True, slots=True)
class PatentNumber:
    """A number whose check character fits. `is_granted` is what its prefix claims, nothing more."""

    body: str
    check: str
    kind: PatentKind
    year: int
    is_granted: bool

    def __str__(self) -> str:
        return f"{'ZL' if self.is_granted else ''}{self.body}.{self.check}"


def patent_check_character(body: str) -> str:
    """The check character (0-9 or X) for twelve or eight digits; ValueError for anything else."""
    weights = {12: _NEW_WEIGHTS, 8: _OLD_WEIGHTS}.get(len(body))
    if weights is None or not (body.isascii() and body.isdigit()):
        raise ValueError("a patent number has twelve or eight digits before its check character")
    return "0123456789X"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def parse_patent_number(typed: str) -> PatentNumber | None:
    """What `typed` says, or None when its form, its kind digit or its check character is wrong."""
    found = _FORM.fullmatch(compact(typed).translate(_POINTS))
    if found is None:
        return None
    body, check = found["body"], found["check"]
    is_new = len(body) == 12
    kind = _KIND_DIGITS.get(body[4 if is_new else 2])
    if kind is None or patent_check_character(body) != check:
        return None
    year = int(body[:4]) if is_new else 1900 + int(body[:2]) if body[0] in "89" else 2000 + int(body[:2])
    return PatentNumber(body=body, check=check, kind=kind, year=year, is_granted=found["prefix"] == "ZL")


def is_valid_patent_number(typed: str) -> bool:
    """Whether `typed` is a well-formed patent or application number with the right check character."""
    return parse_patent_number(typed) is not None


def normalise_patent_number(typed: str) -> str:
    """The one spelling under which a number is stored and compared (`ZL201710601862.3`).

    A number that does not parse comes back compacted, so that what the person wrote is not lost.
    """
    number = parse_patent_number(typed)
    return str(number) if number else compact(typed).translate(_POINTS)
