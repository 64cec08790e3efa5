"""What people paste is read: platform, shop, item; the same thing has the same key however it was shared."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.commerce.links import LONGEST, parse_link, shop_key
from models.commerce.platform_files import PLATFORM_FILE, read_platforms
from models.commerce.platforms import PLATFORM_LABELS, LinkKind
from models.people.profile_files import ProfileError
from tests.support.links import ITEMS, POSTS, SHOPS, SHORT, UNKNOWN

NAMED = [
    *((LinkKind.ITEM, row) for row in ITEMS),
    *((LinkKind.SHOP, row) for row in SHOPS),
    *((LinkKind.POST, row) for row in POSTS),
]


@pytest.mark.parametrize(("kind", "row"), NAMED)
def test_an_address_names_its_thing(kind: LinkKind, row: tuple[str, str, str]) -> None:
    pasted, platform, number = row
    found = parse_link(pasted)
    assert (found.platform, found.kind) == (platform, kind)
    assert (found.shop if kind is LinkKind.SHOP else found.item) == number
    again = parse_link(found.address)
    assert again.key == found.key
    assert again.address == found.address
    assert not any(name in found.address for name in ("spm", "utm_", "xsec", "share"))


@pytest.mark.parametrize(("pasted", "platform"), SHORT)
def test_a_short_link_is_known_for_one_and_not_followed(pasted: str, platform: str) -> None:
    found = parse_link(pasted)
    assert (found.platform, found.kind) == (platform, LinkKind.SHORT)
    assert not found.item
    assert not found.shop
    assert found.address in pasted or found.address.partition("?")[0] in pasted.replace("http:", "https:")


@pytest.mark.parametrize(("pasted", "address"), UNKNOWN)
def test_what_is_unknown_is_kept_whole(pasted: str, address: str) -> None:
    found = parse_link(pasted)
    assert (found.platform, found.given, found.address) == ("unknown", pasted, address)
    assert found.kind in (LinkKind.PAGE, LinkKind.TEXT)


def test_the_table_is_long_enough() -> None:
    assert len(ITEMS) + len(SHOPS) + len(POSTS) + len(SHORT) + len(UNKNOWN) >= 120
    assert len({row[0] for row in (*ITEMS, *SHOPS, *POSTS, *SHORT, *UNKNOWN)}) >= 120


def test_every_platform_is_in_the_table_with_its_short_links() -> None:
    told = [row[1] for row in (*ITEMS, *SHOPS, *POSTS, *SHORT)]
    named = {one.id for one in read_platforms().platforms}
    assert set(told) == named
    assert min(map(told.count, named)) >= 6
    assert {row[1] for row in SHORT} >= named - {"tmall"}, "Tmall shares by Taobao's"


@pytest.mark.parametrize(
    "number", ["610947572360", "520813250866", "100012043978", "412345678901", "B07XYZ1234"]
)
def test_the_same_item_has_one_key(number: str) -> None:
    assert len({parse_link(pasted).key for pasted, _platform, item in ITEMS if item == number}) == 1


def test_one_item_is_the_same_on_taobao_and_tmall() -> None:
    keys = {
        parse_link(f"https://{host}/item.htm?id=520813250866").key
        for host in ("item.taobao.com", "detail.tmall.com")
    }
    assert len(keys) == 1


def test_shops_are_compared_without_capitals() -> None:
    one, other = parse_link("https://Nike.tmall.com/"), parse_link("https://nike.tmall.com/shop/x.htm")
    assert shop_key(one) == shop_key(other) != ""


@given(st.text(max_size=3000))
def test_nothing_that_is_pasted_breaks_it(text: str) -> None:
    found = parse_link(text)
    assert len(found.address) <= LONGEST
    assert len(found.key) <= 120


def test_three_hundred_take_less_than_a_second() -> None:
    pasted = [row[0] for row in (*ITEMS, *SHOPS, *POSTS, *SHORT, *UNKNOWN)]
    begun = time.perf_counter()
    for number in range(300):
        parse_link(f"{pasted[number % len(pasted)]} ")
    assert time.perf_counter() - begun < 1


def test_hostile_text_takes_no_longer() -> None:
    begun = time.perf_counter()
    for text in ("a." * 1000, "https://" * 250, "%" * 2000, "https://a.cn/" + "?" * 1900, "1.1." * 500 + "/"):
        parse_link(text)
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "item"', 'kind = "page"'),
        ('domicile = "330110"', 'domicile = "999999"'),
        ('platform = "wechat"', 'platform = "nobody"'),
        ("\n[tracking]", "\n[trackin]"),
        ("path = '/.+'", "path = '(/.+'"),
        ('operator = "浙江天猫网络有限公司"\n', ""),
        ('id = "tmall"', 'id = "taobao"'),
    ],
)
def test_a_table_with_a_mistake_is_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "platforms.toml"
    text = PLATFORM_FILE.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProfileError):
        read_platforms(path)


def test_every_platform_has_a_name_for_the_translators() -> None:
    assert {one.id: one.name for one in read_platforms().platforms} == {
        name: label for name, label in PLATFORM_LABELS.items() if name != "unknown"
    }
