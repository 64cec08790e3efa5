"""Reads `profiles/platforms.toml` strictly: an unknown word or a pattern that is none is refused with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from models.codes.regions import is_region_code
from models.commerce.platforms import UNKNOWN, Form, LinkKind, Platform, Platforms, ShareText, Wrapper
from models.people.profile_files import PROFILE_FOLDER, ProfileError

PLATFORM_FILE = PROFILE_FOLDER / "platforms.toml"
DIGITS = re.compile(r"\d{5,20}")
WORD = re.compile(r"[A-Za-z0-9_-]{4,80}")
_SECTIONS = {"tracking", "wrappers", "texts", "platforms"}
_PLATFORM = ({"id", "name", "operator", "domicile", "forms"}, {"family"})
_FORM = ({"kind", "hosts", "path"}, {"item", "shop", "digits", "address"})
_NAMED = (LinkKind.ITEM, LinkKind.SHOP, LinkKind.POST)


@lru_cache(maxsize=4)
def read_platforms(path: Path = PLATFORM_FILE) -> Platforms:
    """The table of platforms; ProfileError where it cannot be used."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path.name} 不是有效的 TOML 文件：{error}。") from error
    if unknown := set(table) - _SECTIONS:
        raise ProfileError(f"{path.name}：不认识的设置：{'、'.join(sorted(unknown))}。")
    tracking = table.get("tracking", {})
    found = Platforms(
        platforms=tuple(
            _platform(row, place) for row, place in _rows(table.get("platforms", []), "platforms", _PLATFORM)
        ),
        wrappers=tuple(_wrappers(table)),
        texts=tuple(_texts(table)),
        tracking_names=frozenset(name.lower() for name in tracking.get("names", [])),
        tracking_prefixes=tuple(tracking.get("prefixes", [])),
    )
    names = [one.id for one in found.platforms]
    if not names or len(names) != len(set(names)) or UNKNOWN in names:
        raise ProfileError(f"{path.name} [[platforms]]：为空，或者有名称出现两次。")
    if unknown := {one.platform for one in found.texts} - set(names):
        raise ProfileError(f"{path.name} [[texts]]：没有这样的平台：{'、'.join(unknown)}。")
    return found


def _rows(
    rows: list[Any], section: str, names: tuple[set[str], set[str]]
) -> Iterator[tuple[Mapping[str, Any], str]]:
    needed, more = names
    for number, row in enumerate(rows, 1):
        place = f"platforms.toml [[{section}]] {number}"
        if not needed <= set(row) <= needed | more:
            wrong = "、".join(sorted((needed - set(row)) | (set(row) - needed - more)))
            raise ProfileError(f"{place}：缺少或者不认识的设置：{wrong}。")
        yield row, place


def _platform(row: Mapping[str, Any], place: str) -> Platform:
    if not is_region_code(row["domicile"]):
        raise ProfileError(f"{place}：domicile 应是六位行政区划代码。")
    forms = tuple(_form(one, where) for one, where in _rows(row["forms"], f"{row['id']}.forms", _FORM))
    family = row.get("family", row["id"])
    return Platform(row["id"], row["name"], family, row["operator"], row["domicile"], forms)


def _form(row: Mapping[str, Any], place: str) -> Form:
    kind = next((one for one in LinkKind if one == row["kind"]), None)
    if kind is None or kind in (LinkKind.PAGE, LinkKind.TEXT):
        raise ProfileError(f"{place}：kind 不能是“{row['kind']}”。")
    if (kind in _NAMED) != ("address" in row):
        raise ProfileError(f"{place}：商品、店铺和视频须写明 address，短链接不写。")
    return Form(
        kind=kind,
        hosts=_pattern(row["hosts"], place),
        path=_pattern(row["path"], place),
        item=tuple(row.get("item", ())),
        shop=tuple(row.get("shop", ())),
        value=DIGITS if row.get("digits") else WORD,
        address=row.get("address", ""),
    )


def _wrappers(table: Mapping[str, Any]) -> Iterator[Wrapper]:
    for row, place in _rows(table.get("wrappers", []), "wrappers", ({"hosts", "names"}, {"path"})):
        hosts, path = _pattern(row["hosts"], place), _pattern(row.get("path", ""), place)
        yield Wrapper(hosts, path, tuple(row["names"]))


def _texts(table: Mapping[str, Any]) -> Iterator[ShareText]:
    for row, place in _rows(table.get("texts", []), "texts", ({"platform", "pattern"}, set())):
        yield ShareText(row["platform"], _pattern(row["pattern"], place))


def _pattern(text: str, place: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise ProfileError(f"{place}：“{text}”不是正则表达式：{error}。") from error
