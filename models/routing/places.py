"""The place of a matter: a unit's district by its region code, else by the address, else the bureau's or another's."""

from __future__ import annotations

from dataclasses import dataclass

from models.codes.regions import contains_region
from models.filings.kinds import ELSEWHERE
from models.kinds import Track
from models.people.profiles import BureauProfile, UnitSpec
from models.people.roles import UnitKind
from models.routing.terms import Certainty

_BY_PLACE = (UnitKind.CITY, UnitKind.COUNTY)


@dataclass(frozen=True, slots=True)
class Place:
    """`unit` is the market regulation of the place; None where only the bureau, or nobody here, is known."""

    certainty: Certainty
    unit: UnitSpec | None = None

    @property
    def is_elsewhere(self) -> bool:
        return self.certainty in (Certainty.ELSEWHERE, Certainty.PLATFORM_ELSEWHERE)


def place_of(profile: BureauProfile, region_code: str, address: str | None = None) -> Place:
    """The place for what was filed under `region_code`.

    A code of one unit decides. The bureau's own code is shared by zones and branches: there the address decides, if it
    names exactly one of them. A code that the bureau does not have is elsewhere.
    """
    if region_code == ELSEWHERE:
        return Place(Certainty.ELSEWHERE)
    with_code = [unit for unit in districts(profile) if unit.region_code == region_code]
    if region_code != profile.bureau.region_code:
        return Place(Certainty.REGION, with_code[0]) if with_code else Place(Certainty.ELSEWHERE)
    named = [unit for unit in districts(profile) if unit.place and _names(address or "", unit, profile)]
    if len(named) == 1:
        return Place(Certainty.ADDRESS, named[0])
    return Place(Certainty.GENERAL)


def as_held(profile: BureauProfile, place: Place, holder: str) -> Place:
    """The same place; where it is not known, that of the unit with the code `holder`: somebody sent it there."""
    if place.certainty is not Certainty.GENERAL:
        return place
    found = next((unit for unit in districts(profile) if unit.code == holder), None)
    return Place(Certainty.HOLDER, found) if found else place


def place_online(
    profile: BureauProfile, place: Place, domicile: str, *, track: Track, has_address: bool
) -> Place:
    """Where a shop on a platform belongs, whose operator has its domicile at `domicile` (GB/T 2260).

    A complaint about a shop goes to the address that it has published or to the platform's domicile, and to the domicile
    alone where none was published (Order 121 Art 13). A report goes to where the shop really does business; the
    platform's domicile may handle one that it received first (Art 31). So a shop elsewhere is ours too where the
    platform is. The Order speaks of these alone; a
    rights-holder's clue is handled as a report.
    """
    if track not in (Track.COMPLAINT, Track.REPORT, Track.CLUE):
        return place
    by_platform = place_of_platform(profile, domicile)
    if place.is_elsewhere and not by_platform.is_elsewhere:
        return Place(Certainty.PLATFORM_TOO, by_platform.unit)
    is_unknown = place.certainty is Certainty.GENERAL and not has_address
    return by_platform if track is Track.COMPLAINT and is_unknown else place


def place_of_platform(profile: BureauProfile, domicile: str) -> Place:
    """The place of a shop whose own is not known: where the platform's operator has its domicile (GB/T 2260)."""
    here = next((unit for unit in districts(profile) if unit.region_code == domicile), None)
    if here is not None:
        return Place(Certainty.PLATFORM, here)
    if contains_region(profile.bureau.region_code, domicile):
        return Place(Certainty.GENERAL)
    return Place(Certainty.PLATFORM_ELSEWHERE)


def districts(profile: BureauProfile) -> tuple[UnitSpec, ...]:
    """The units under the bureau that answer for a place, in the order of the file."""
    return tuple(
        unit
        for unit in profile.units
        if unit.kind in _BY_PLACE and unit.code != profile.bureau.unit and unit.parent is not None
    )


def _names(address: str, unit: UnitSpec, profile: BureauProfile) -> bool:
    """Whether the address has the unit's place, with or without the city before it."""
    city = next((end for end in ("市", "") if unit.place.startswith(profile.bureau.place + end)), "")
    short = unit.place.removeprefix(profile.bureau.place + city) or unit.place
    return short in address
