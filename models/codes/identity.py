"""The citizen identity number 公民身份号码 (GB 11643-1999): checksum and date decide, the region only warns.

Tables of regions by birth year refuse real people: those of Jiyuan (419001) born before that code existed, of
counties that became districts, holders of residence permits (Hong Kong 81, Macao 82, Taiwan 83) and of
permanent residence cards (9…).
"""

import datetime as dt
import enum
from dataclasses import dataclass

from models.codes.regions import PROVINCES
from models.codes.text import compact, is_ascii_digits

LENGTH = 18
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_EARLIEST_BIRTH = dt.date(1870, 1, 1)  # nobody older files a report
_RESIDENCE_PERMITS = ("81", "82", "83")
_PERMANENT_RESIDENCE = "9"


class IdentityFault(enum.StrEnum):
    """Why a number cannot be an identity number."""

    FORM = "form"
    BIRTH_DATE = "birth_date"
    CHECK_CHARACTER = "check_character"


IDENTITY_FAULT_LABELS: dict[IdentityFault, str] = {
    IdentityFault.FORM: "身份证号码应为 18 位数字，最后一位可以是 X；请核对。",
    IdentityFault.BIRTH_DATE: "号码里的出生日期不对，请核对第 7 至 14 位。",
    IdentityFault.CHECK_CHARACTER: "号码的最后一位校验不符，可能抄错，请核对。",
}


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """The verdict on one number: its fault, if any, and whether its region looks unusual (a hint only)."""

    fault: IdentityFault | None
    has_unusual_region: bool = False

    @property
    def is_valid(self) -> bool:
        return self.fault is None


def identity_check_character(first17: str) -> str:
    """The eighteenth character (0-9 or X) for seventeen digits; ValueError for anything else."""
    if len(first17) != LENGTH - 1 or not is_ascii_digits(first17):
        raise ValueError("an identity number has seventeen digits before its check character")
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def check_identity_number(typed: str, *, today: dt.date) -> IdentityCheck:
    """Judges `typed`; a birth date after `today` (a Beijing day) is a fault."""
    number = compact(typed)
    if len(number) != LENGTH or not is_ascii_digits(number[:-1]) or number[-1] not in _CHECKS:
        return IdentityCheck(IdentityFault.FORM)
    born = _birth_date(number)
    if born is None or not _EARLIEST_BIRTH <= born <= today:
        return IdentityCheck(IdentityFault.BIRTH_DATE)
    if identity_check_character(number[:-1]) != number[-1]:
        return IdentityCheck(IdentityFault.CHECK_CHARACTER)
    return IdentityCheck(None, has_unusual_region=not _has_usual_region(number))


def is_valid_identity_number(typed: str, *, today: dt.date) -> bool:
    """Whether form, birth date and check character of `typed` are right."""
    return check_identity_number(typed, today=today).is_valid


def _birth_date(number: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(number[6:14], "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _has_usual_region(number: str) -> bool:
    return number[:2] in PROVINCES or number[:2] in _RESIDENCE_PERMITS or number[0] == _PERMANENT_RESIDENCE
