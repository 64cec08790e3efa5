"""Reads profile files strictly: what is unknown, missing or impossible is refused with place and remedy."""

from __future__ import annotations

import dataclasses
import enum
import re
import tomllib
from collections.abc import Mapping, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from models.codes.regions import is_region_code
from models.codes.uscc import is_valid_uscc
from models.errors import DomainError
from models.people.profiles import (
    Authority,
    Bureau,
    BureauProfile,
    Hotline,
    IdentityPolicy,
    ListTitles,
    OpeningHours,
    Plan,
    Promises,
    SignInPolicy,
    UnitSpec,
)

PROFILE_FOLDER = Path(__file__).parents[2] / "profiles"
_SECTIONS = frozenset(
    {"bureau", "authority", "hotline", "hours", "promises", "plan", "lists", "identity", "sign_in", "units"}
)
_BUREAU = re.compile(r"^[ \t]*\[[ \t]*bureau[ \t]*\]", re.MULTILINE)
_CONTACT = re.compile(r"(mailto:|https://|tel:)[!-~]+")

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Spec = TypeVar("_Spec", bound="DataclassInstance")


class ProfileError(DomainError):
    """A profile cannot be used as it stands; the sentence says which file and what to mend."""


def available_profiles(folder: Path = PROFILE_FOLDER) -> tuple[str, ...]:
    """The keys of all profiles in `folder`, sorted. Other data files there have no table `[bureau]`."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml") if _BUREAU.search(_text(path))))


def load_profile(key: str, folder: Path = PROFILE_FOLDER) -> BureauProfile:
    """The profile `key`; ProfileError when it is missing or wrong."""
    known = available_profiles(folder)
    if key not in known:
        raise ProfileError(f"没有名为“{key}”的本局配置；现有：{'、'.join(known)}。")
    table = _read(folder / f"{key}.toml")
    _refuse_other_names(table, _SECTIONS, key)

    def section(kind: type[_Spec], name: str) -> _Spec:
        return _build(kind, table.get(name, {}), f"{key} [{name}]")

    profile = BureauProfile(
        key=key,
        bureau=section(Bureau, "bureau"),
        authority=section(Authority, "authority"),
        hotline=section(Hotline, "hotline"),
        hours=section(OpeningHours, "hours"),
        promises=section(Promises, "promises"),
        plan=section(Plan, "plan"),
        lists=section(ListTitles, "lists"),
        identity=section(IdentityPolicy, "identity"),
        sign_in=section(SignInPolicy, "sign_in"),
        units=tuple(
            _build(UnitSpec, unit, f"{key} [[units]] {number}")
            for number, unit in enumerate(table.get("units", []), 1)
        ),
    )
    _check_units(profile)
    _check_rest(profile)
    return profile


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{path.name} 不是有效的 TOML 文件：{error}。") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ProfileError(f"{path.name} 不是有效的 TOML 文件：{error}。") from error


def _build(kind: type[_Spec], table: Mapping[str, Any], place: str) -> _Spec:
    """An instance of the dataclass `kind` from a table whose names and types must be those of its fields."""
    hints = get_type_hints(kind)
    _refuse_other_names(table, set(hints), place)
    values = {name: _value(hints[name], value, f"{place} {name}") for name, value in table.items()}
    needed = [field.name for field in dataclasses.fields(kind) if field.default is dataclasses.MISSING]
    missing = [name for name in needed if name not in values]
    if missing:
        raise ProfileError(f"{place} 缺少设置：{'、'.join(missing)}。")
    return kind(**values)


def _value(hint: Any, value: Any, place: str) -> Any:
    """`value` as the field wants it: text, a whole number, a member of a closed list, or several of them."""
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise ProfileError(f"{place} 应为用方括号括起来的几项。")
        return tuple(_value(get_args(hint)[0], one, place) for one in value)
    options = [option for option in get_args(hint) if option is not type(None)] or [hint]
    wanted = options[0]
    if isinstance(wanted, type) and issubclass(wanted, enum.StrEnum):
        if value not in list(wanted):
            raise ProfileError(f"{place} 不能是“{value}”；可用：{'、'.join(wanted)}。")
        return wanted(value)
    if type(value) is not wanted:
        raise ProfileError(f"{place} 应为{'整数' if wanted is int else '文字'}。")
    return value


def _refuse_other_names(table: Mapping[str, Any], known: Set[str], place: str) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise ProfileError(f"{place} 有不认识的设置：{'、'.join(unknown)}。")


def _check_units(profile: BureauProfile) -> None:
    """Codes are used once, parents come first, regions have six digits, outside bodies say which they are."""
    seen: set[str] = set()
    for unit in profile.units:
        where = f"{profile.key}：机构“{unit.code}”"
        if unit.code in seen:
            raise ProfileError(f"{where}出现两次。")
        if unit.parent is not None and unit.parent not in seen:
            raise ProfileError(f"{where}的上级“{unit.parent}”应列在它之前。")
        if not is_region_code(unit.region_code):
            raise ProfileError(f"{where}的区划代码“{unit.region_code}”不是六位代码。")
        if unit.is_outside != (unit.outside_kind is not None):
            raise ProfileError(f"{where}：外部单位须写明 outside_kind，其他机构不写。")
        seen.add(unit.code)
    if profile.bureau.unit not in seen:
        raise ProfileError(f"{profile.key}：[bureau] unit 指向不存在的机构“{profile.bureau.unit}”。")


def _check_rest(profile: BureauProfile) -> None:
    """The authority's code has the right check character; a promise is at least one day."""
    if not is_valid_uscc(profile.authority.uscc):
        raise ProfileError(f"{profile.key}：[authority] uscc 的校验位不对。")
    if not is_region_code(profile.bureau.region_code):
        raise ProfileError(f"{profile.key}：[bureau] region_code 不是六位代码。")
    if profile.bureau.security_contact and not _CONTACT.fullmatch(profile.bureau.security_contact):
        raise ProfileError(
            f"{profile.key}：[bureau] security_contact 应以 mailto:、https:// 或 tel: 开头，没有空格。"
        )
    if profile.identity.people not in (1, 2):
        raise ProfileError(f"{profile.key}：[identity] people 为 1 或者 2。")
    if not 1 <= profile.identity.minutes <= 24 * 60:
        raise ProfileError(f"{profile.key}：[identity] minutes 在 1 和 1440 之间。")
    promises = profile.promises
    if min(promises.transfer_days, promises.accept_days, promises.feedback_days) < 1:
        raise ProfileError(f"{profile.key}：[promises] 的天数至少为 1。")
