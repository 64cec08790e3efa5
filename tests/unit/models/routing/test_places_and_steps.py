"""Finding the place of a matter, and what the unit that has the case does about the route."""

from __future__ import annotations

import datetime as dt
from itertools import product
from pathlib import Path

import pytest

from models.filings.kinds import ELSEWHERE
from models.kinds import RightType, Track
from models.people.profile_files import ProfileError, available_profiles, load_profile
from models.people.profiles import UnitSpec
from models.routing.places import Place, districts, place_of, place_online
from models.routing.rule_files import read_division
from models.routing.rules import Matter, next_step, route
from models.routing.terms import Certainty, Conduct, Step, Venue

PINGDINGSHAN = load_profile("pingdingshan")
ZHONGSHAN = load_profile("zhongshan")
DIVISION = read_division()
DAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("code", "address", "certainty", "unit"),
    [
        ("410422", None, Certainty.REGION, "yexian"),
        ("410422", "郑州市金水区", Certainty.REGION, "yexian"),
        ("410400", None, Certainty.GENERAL, None),
        ("410400", "平顶山市新华区建设路1号", Certainty.ADDRESS, "xinhua"),
        ("410400", "新华区建设路，仓库在卫东区", Certainty.GENERAL, None),
        ("410400", "平顶山高新区创业路", Certainty.ADDRESS, "high-tech-zone"),
        (ELSEWHERE, "叶县", Certainty.ELSEWHERE, None),
        ("330106", None, Certainty.ELSEWHERE, None),
    ],
)
def test_the_place_is_found_by_code_then_by_address(
    code: str, address: str | None, certainty: Certainty, unit: str | None
) -> None:
    place = place_of(PINGDINGSHAN, code, address)
    assert (place.certainty, place.unit.code if place.unit else None) == (certainty, unit)


def test_branches_that_share_the_city_code_are_found_by_address() -> None:
    place = place_of(ZHONGSHAN, "442000", "广东省中山市小榄镇新市路8号")
    found = route(ZHONGSHAN, DIVISION, Matter(RightType.TRADEMARK, Track.REPORT, DAY), place)
    assert found.lead is not None
    assert (found.lead.code, found.is_branch) == ("xiaolan", True)


@pytest.mark.parametrize(
    ("holder", "right", "region", "step", "unit"),
    [
        ("bureau", RightType.TRADEMARK, "410422", Step.SEND, "yexian"),
        ("yexian", RightType.TRADEMARK, "410422", Step.HERE, None),
        ("ruzhou", RightType.TRADEMARK, "410422", Step.BACK, "bureau"),
        ("yexian", RightType.PATENT_INFRINGEMENT, "410422", Step.SEND, "bureau"),
        ("yexian", RightType.COPYRIGHT, "410422", Step.SEND, "copyright"),
        ("bureau", RightType.LAYOUT_DESIGN, "410422", Step.TELL, None),
        ("bureau", RightType.TRADEMARK, ELSEWHERE, Step.TELL, None),
        ("a-unit-of-the-administrator", RightType.TRADEMARK, "410422", Step.SEND, "yexian"),
    ],
)
def test_the_next_step_never_goes_sideways(
    holder: str, right: RightType, region: str, step: Step, unit: str | None
) -> None:
    place = place_of(PINGDINGSHAN, region)
    found = route(PINGDINGSHAN, DIVISION, Matter(right, Track.REPORT, DAY), place)
    done, to_unit = next_step(PINGDINGSHAN, found, holder)
    assert (done, to_unit.code if to_unit else None) == (step, unit)


@pytest.mark.parametrize("key", available_profiles())
def test_from_every_level_the_next_step_is_up_down_outside_or_back(key: str) -> None:
    """Every unit as the holder × every right and track × every place: what moves stays on one line of the tree, or leaves it."""
    profile = load_profile(key)

    def line(unit: UnitSpec) -> list[str]:
        return [unit.code, *(line(profile.unit(unit.parent)) if unit.parent else [])]

    holders = [unit for unit in profile.units if not unit.is_outside]
    places = [Place(Certainty.REGION, unit) for unit in districts(profile)]
    for right, track, place in product(RightType, Track, [*places, Place(Certainty.GENERAL)]):
        found = route(profile, DIVISION, Matter(right, track, DAY), place)
        for holder in holders:
            step, to_unit = next_step(profile, found, holder.code)
            assert (step is Step.HERE) == (found.lead is not None and found.lead.code == holder.code)
            if step is Step.SEND:
                assert to_unit is not None
                one_line = to_unit.code in line(holder) or holder.code in line(to_unit)
                assert to_unit.is_outside or one_line, (right, track, holder.code, to_unit.code)
            if step is Step.BACK:
                assert to_unit is not None
                assert to_unit.code in line(holder)[1:]


def test_which_place_counts_differs_for_complaints_and_reports_online() -> None:
    def words(track: Track, venue: Venue) -> str:
        matter = Matter(RightType.TRADEMARK, track, DAY, venue=venue)
        return route(PINGDINGSHAN, DIVISION, matter, place_of(PINGDINGSHAN, "410422")).place_rule

    assert "第13条" in words(Track.COMPLAINT, Venue.ONLINE_SELLER)
    assert "第31条" in words(Track.REPORT, Venue.ONLINE_SELLER)
    assert "第32条" in words(Track.REPORT, Venue.ADVERTISEMENT)
    assert words(Track.REPORT, Venue.SHOP) == ""


@pytest.mark.parametrize(
    ("track", "code", "address", "domicile", "certainty", "unit"),
    [
        # Art 13: no address published, so the platform's domicile; with one, that of the shop
        (Track.COMPLAINT, "410400", None, "410422", Certainty.PLATFORM, "yexian"),
        (Track.COMPLAINT, "410400", None, "330110", Certainty.PLATFORM_ELSEWHERE, None),
        (Track.COMPLAINT, "410400", "建设路1号", "330110", Certainty.GENERAL, None),
        (Track.COMPLAINT, "410422", None, "330110", Certainty.REGION, "yexian"),
        # the shop's own place elsewhere: the platform's may handle it too (Art 13), or what it received first (Art 31)
        (Track.COMPLAINT, ELSEWHERE, "杭州市", "410422", Certainty.PLATFORM_TOO, "yexian"),
        (Track.REPORT, ELSEWHERE, "杭州市", "410422", Certainty.PLATFORM_TOO, "yexian"),
        (Track.CLUE, ELSEWHERE, "杭州市", "410422", Certainty.PLATFORM_TOO, "yexian"),
        (Track.REPORT, ELSEWHERE, None, "330110", Certainty.ELSEWHERE, None),
        # Art 31: where the shop really is has to be found out, whatever the platform's domicile
        (Track.REPORT, "410400", None, "330110", Certainty.GENERAL, None),
        (Track.REPORT, "410400", None, "410422", Certainty.GENERAL, None),
        # the Order says nothing of patent adjudication
        (Track.ADJUDICATION, ELSEWHERE, None, "410422", Certainty.ELSEWHERE, None),
    ],
)
def test_a_shop_on_a_platform_belongs_where_the_order_says(
    track: Track, code: str, address: str | None, domicile: str, certainty: Certainty, unit: str | None
) -> None:
    place = place_of(PINGDINGSHAN, code, address)
    found = place_online(PINGDINGSHAN, place, domicile, track=track, has_address=bool(address))
    assert (found.certainty, found.unit.code if found.unit else None) == (certainty, unit)


RULE = '[[rules]]\nid = "x"\nlead = "local"\nbasis = "法"\nwhy = "因为"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "最后一条规则须适用于所有事项"),
        (RULE + 'rights = ["trademark"]', "最后一条规则须适用于所有事项"),
        (RULE + RULE, "规则编号出现两次"),
        (RULE + 'tracks = ["hearsay"]', "不能是“hearsay”"),
        (RULE + "colour = 1", "不认识的设置：colour"),
        (RULE.replace("local", "national"), "须写明 authority"),
        (RULE + '[[later]]\nrule = "y"\nsince = 2027-01-01\nbasis = "法"', "没有这样的规则：y"),
        (RULE + '[[later]]\nrule = "x"\nsince = "2027"\nbasis = "法"', "since（日期）"),
        (RULE + '[[venues]]\nvenue = "shop"', "须写明 venue、complaint、report"),
        ("[[rules]", "不是有效的 TOML"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "routing.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match=words):
        read_division(path)


def test_conduct_has_no_say_in_a_consumer_complaint() -> None:
    place = place_of(PINGDINGSHAN, "410422")
    for conduct in Conduct:
        matter = Matter(RightType.TRADEMARK, Track.COMPLAINT, DAY, conduct)
        found = route(PINGDINGSHAN, DIVISION, matter, place)
        assert found.rule.id == "complaint"
