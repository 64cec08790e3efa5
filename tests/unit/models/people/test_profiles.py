from pathlib import Path

import pytest

from models.codes.regions import contains_region
from models.people.profile_files import PROFILE_FOLDER, ProfileError, available_profiles, load_profile
from models.people.profiles import DEFAULT_PROFILE, KNOWN_BY_STAFF, OutsideKind
from models.people.roles import UnitKind

BUREAUS = ("henan", "jinzhong", "jiyuan", "pingdingshan", "zhongshan")


def test_the_five_bureaus_and_no_other_data_file_are_profiles() -> None:
    assert available_profiles() == BUREAUS
    assert DEFAULT_PROFILE in BUREAUS


@pytest.mark.parametrize(
    ("key", "region", "level"),
    [
        ("henan", "410000", UnitKind.PROVINCE),
        ("jinzhong", "140700", UnitKind.CITY),
        ("pingdingshan", "410400", UnitKind.CITY),
        ("jiyuan", "419001", UnitKind.CITY),
        ("zhongshan", "442000", UnitKind.CITY),
    ],
)
def test_each_bureau_has_its_region_and_level(key: str, region: str, level: UnitKind) -> None:
    profile = load_profile(key)
    assert (profile.bureau.region_code, profile.bureau.level) == (region, level)
    assert profile.unit(profile.bureau.unit).region_code == region


@pytest.mark.parametrize("key", BUREAUS)
def test_every_bureau_can_transfer_down_and_out(key: str) -> None:
    profile = load_profile(key)
    below = [unit for unit in profile.children(profile.bureau.unit) if not unit.is_outside]
    assert len(below) >= 10
    assert any(unit.kind is UnitKind.AID_CENTRE for unit in profile.units)
    for field in set(OutsideKind) - KNOWN_BY_STAFF:
        assert len(profile.outside(field)) == 1


@pytest.mark.parametrize("key", BUREAUS)
def test_units_that_are_its_own_lie_in_its_region(key: str) -> None:
    profile = load_profile(key)
    for unit in profile.children(profile.bureau.unit):
        assert unit.is_outside or contains_region(profile.bureau.region_code, unit.region_code), unit


@pytest.mark.parametrize("key", BUREAUS)
def test_no_telephone_number_is_invented(key: str) -> None:
    hotline = load_profile(key).hotline
    assert (hotline.number, hotline.aid_number, hotline.government_number) == ("12315", "", "12345")


@pytest.mark.parametrize("key", BUREAUS)
def test_the_authoritys_code_is_known_to_be_a_placeholder(key: str) -> None:
    authority = load_profile(key).authority
    assert authority.uscc_is_placeholder
    assert authority.document_number(2025, 12).endswith("处罚〔2025〕12号")


def test_an_unknown_bureau_is_refused_with_those_there_are() -> None:
    with pytest.raises(ProfileError) as refusal:
        load_profile("atlantis")
    assert "pingdingshan" in refusal.value.sentence


def spoil(folder: Path, old: str, new: str) -> None:
    text = (PROFILE_FOLDER / "pingdingshan.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "spoilt.toml").write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('short_name = "平顶山市市场监管局"\n', "", "short_name"),
        ("transfer_days = 1", 'transfer_days = "1"', "整数"),
        ("second_factor = []", 'second_factor = ["cook"]', "cook"),
        ("second_factor = []", 'second_factor = "head"', "方括号"),
        ("transfer_days = 1", "transfer_days = 0", "至少为 1"),
        ("transfer_days = 1", "transfer_day = 1", "transfer_day"),
        ('level = "city"', 'level = "town"', "town"),
        ('parent = "henan"', 'parent = "hunan"', "hunan"),
        ('code = "xinhua"', 'code = "bureau"', "两次"),
        ('region_code = "410402"', 'region_code = "41040"', "410"),
        ('outside_kind = "police"\n', "", "outside_kind"),
        ("DEM000006L", "DEM000006M", "校验位"),
        ('unit = "bureau"', 'unit = "office"', "office"),
        ("[hours]", "[opening]", "opening"),
        ("[plan]\n", "[plan\n", "TOML"),
    ],
)
def test_a_mistake_is_refused_and_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    spoil(tmp_path, old, new)
    with pytest.raises(ProfileError) as refusal:
        load_profile("spoilt", tmp_path)
    assert said in refusal.value.sentence
