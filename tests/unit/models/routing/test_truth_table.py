"""The routing truth table: every right, procedure and place of every bureau against what the law says, by hand.

The grid below is written as a lawyer reads it, not derived from the rules: L market regulation of the place, P a
department that may decide patent disputes (细则 第95条), C copyright, G agriculture, F forestry, N the state's own
authority, V the province, B this bureau, A the aid centre, S the work station of the place. The first letter leads.
"""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from models.kinds import RightType, Track
from models.people.profile_files import available_profiles, load_profile
from models.routing.places import Place, districts, place_of
from models.routing.rule_files import check_for, read_division
from models.routing.rules import Matter, Route, route
from models.routing.terms import Certainty, Conduct

GRID = """
                         complaint report clue adjudication aid consultation
trademark                L         L      L    L            AS  BA
patent_infringement      L         PL     PL   P            AS  BA
patent_passing_off       L         L      L    L            AS  BA
copyright                LC        C      C    C            AS  BA
trade_secret             L         LB     LB   L            AS  BA
geographical_indication  L         L      L    L            AS  BA
plant_variety            LGF       GF     GF   GF           AS  BA
layout_design            L         NV     NV   NV           AS  BA
special_sign             L         L      L    L            AS  BA
unfair_competition       L         L      L    L            AS  BA
other                    L         L      L    L            AS  BA
"""

# Per bureau what the letters are: B, V, A, and the outside bodies by their codes.
BODIES = {
    "henan": {"B": "bureau", "V": "bureau", "A": "aid-centre"},
    "jinzhong": {"B": "bureau", "V": "shanxi", "A": "aid-centre"},
    "pingdingshan": {"B": "bureau", "V": "henan", "A": "aid-centre"},
    "jiyuan": {"B": "bureau", "V": "henan", "A": "aid-centre"},
    "zhongshan": {"B": "bureau", "V": "guangdong", "A": "aid-centre"},
}
OUTSIDE = {"C": "copyright", "G": "agriculture", "F": "forestry"}

# Who decides patent disputes of a place: a city for itself in Henan, else the province; elsewhere the bureau itself;
# Jiyuan is no prefecture-level city, so the province decides for it.
HENAN_TO_THE_PROVINCE = {
    "jiyuan", "gongyi", "lankao", "ruzhou", "huaxian", "changyuan", "dengzhou", "yongcheng", "gushi", "luyi", "xincai",
}  # fmt: skip
STATIONS = {("pingdingshan", "yexian"): "station-yexian", ("pingdingshan", "ruzhou"): "station-ruzhou"}

DIVISION = read_division()
PROFILES = {key: load_profile(key) for key in available_profiles()}
DAY = dt.date(2026, 11, 20)


def _cells() -> dict[tuple[RightType, Track], str]:
    head, *rows = GRID.strip().splitlines()
    tracks = [Track(name) for name in head.split()]
    cells = {}
    for row in rows:
        right, *letters = row.split()
        cells.update({(RightType(right), track): cell for track, cell in zip(tracks, letters, strict=True)})
    return cells


CELLS = _cells()


def _patent_unit(key: str, code: str | None) -> str:
    if key == "henan":
        return code if code and code not in HENAN_TO_THE_PROVINCE else "bureau"
    return "henan" if key == "jiyuan" else "bureau"


def _expected(key: str, place: Place, cell: str) -> tuple[str | None, tuple[str, ...]]:
    code = place.unit.code if place.unit else None
    local = None if place.is_elsewhere else code or "bureau"
    units = {
        **BODIES[key],
        **OUTSIDE,
        "L": local,
        "P": None if place.is_elsewhere else _patent_unit(key, code),
        "N": None,
        "S": STATIONS.get((key, code or "")),
    }
    lead, *others = (units[letter] for letter in cell)
    return lead, tuple(dict.fromkeys(one for one in others if one and one != lead))


def _found(one: Route) -> tuple[str | None, tuple[str, ...]]:
    return (one.lead.code if one.lead else None), tuple(unit.code for unit in one.assisting)


def _places(key: str) -> list[Place]:
    named = [Place(Certainty.REGION, unit) for unit in districts(PROFILES[key])]
    return [*named, Place(Certainty.GENERAL), Place(Certainty.ELSEWHERE)]


def test_the_grid_speaks_of_every_right_and_procedure() -> None:
    assert set(CELLS) == set(product(RightType, Track))
    assert set(BODIES) == set(PROFILES)


@pytest.mark.parametrize("key", sorted(PROFILES))
def test_every_combination_goes_where_the_law_says(key: str) -> None:
    wrong = []
    for (right, track), place in product(CELLS, _places(key)):
        found = _found(route(PROFILES[key], DIVISION, Matter(right, track, DAY), place))
        if found != _expected(key, place, CELLS[right, track]):
            wrong.append((right, track, place, found))
    assert not wrong


@pytest.mark.parametrize("key", sorted(PROFILES))
def test_every_combination_gives_its_reason_and_a_place_to_go(key: str) -> None:
    for right, track, conduct, place in product(RightType, Track, Conduct, _places(key)):
        found = route(PROFILES[key], DIVISION, Matter(right, track, DAY, conduct), place)
        assert found.basis
        assert found.why
        assert (found.lead is None) == bool(found.authority)


@pytest.mark.parametrize("key", sorted(PROFILES))
def test_the_units_that_decide_patent_disputes_are_above_county_level(key: str) -> None:
    profile = PROFILES[key]
    check_for(profile, DIVISION)
    assert {profile.unit(code).kind.value for code in DIVISION.patent_units[key]} <= {"province", "city"}


@pytest.mark.parametrize(
    ("right", "conduct", "lead", "rule"),
    [
        (RightType.TRADEMARK, Conduct.BORDER, "customs", "border"),
        (RightType.COPYRIGHT, Conduct.BORDER, "customs", "border"),
        (RightType.PATENT_INFRINGEMENT, Conduct.BORDER, "customs", "border"),
        (RightType.TRADE_SECRET, Conduct.BORDER, "yexian", "trade_secret"),
        (RightType.TRADEMARK, Conduct.BAD_FAITH_REGISTRATION, "yexian", "bad_faith_registration"),
        (RightType.PATENT_PASSING_OFF, Conduct.ABNORMAL_APPLICATION, "yexian", "abnormal_application"),
        (RightType.PATENT_INFRINGEMENT, Conduct.ABNORMAL_APPLICATION, "yexian", "abnormal_application"),
        (RightType.PATENT_PASSING_OFF, Conduct.AGENCY, "henan", "patent_agency"),
        (RightType.TRADEMARK, Conduct.AGENCY, "yexian", "trademark_agency"),
        (RightType.COPYRIGHT, Conduct.AGENCY, "copyright", "copyright"),
    ],
)
def test_what_was_done_can_change_who_is_competent(
    right: RightType, conduct: Conduct, lead: str, rule: str
) -> None:
    profile = PROFILES["pingdingshan"]
    found = route(profile, DIVISION, Matter(right, Track.REPORT, DAY, conduct), place_of(profile, "410422"))
    assert found.lead is not None
    assert (found.lead.code, found.rule.id) == (lead, rule)


@pytest.mark.parametrize(
    ("day", "basis"),
    [
        (dt.date(2026, 12, 31), "商标法 第60至62条；121号 第29条"),
        (dt.date(2027, 1, 1), "商标法（2026年修订） 第74、75条；121号 第29条"),
    ],
)
def test_the_law_of_the_day_of_filing_is_named(day: dt.date, basis: str) -> None:
    profile = PROFILES["pingdingshan"]
    matter = Matter(RightType.TRADEMARK, Track.REPORT, day)
    assert route(profile, DIVISION, matter, place_of(profile, "410422")).basis == basis
