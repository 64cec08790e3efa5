"""A company's name taken apart: region, trade name, trade, legal form (《企业名称登记管理规定》第六条), and a branch's own part.

Names are folded before (see `search.fold`): simplified, half width, brackets alike. What no word list knows stays in the
trade name, so that nothing is lost; the parts serve to compare, never to decide.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.codes.regions import PROVINCES

_FILE = Path(__file__).parents[2] / "profiles" / "company-names.toml"
_PROVINCE_ENDS = ("特别行政区", "维吾尔自治区", "回族自治区", "壮族自治区", "自治区", "省", "市")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,6}?(?:高新技术产业开发区|经济技术开发区|示范区|开发区|高新区|新区|自治州|自治县|地区|区|市|县|旗)"
)
_BRANCH = re.compile(
    r"(?P<head>.{4,}?(?:公司|集团|厂|中心|合作社|商行|超市|店))"
    r"(?P<own>.{0,16}?(?:分公司|分店|分厂|分部|分社|分院|分行|门市部|营业部|办事处|经营部|门店))"
)
_LEAST_LEFT = 2  # characters of a trade name


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts, each "" where the name has none. `branch` is what follows the name of the head office."""

    region: str
    trade_name: str
    trade: str
    legal_form: str
    branch: str = ""


def parts_of(folded: str) -> NameParts:
    """The parts of a folded name.

    >>> parts_of("平顶山市卓远电子商务有限公司")
    NameParts(region='平顶山', trade_name='卓远', trade='电子商务', legal_form='有限公司', branch='')
    """
    head, branch = head_and_branch(folded)
    regions: list[str] = []
    forms: list[str] = []
    for inner in _BRACKETED.findall(head):
        region, left = _region_of(inner, least_left=0)
        (regions if region and not left else forms).append(region if region and not left else inner)
    head = _BRACKETED.sub("", head).replace("(", "").replace(")", "")
    head, form = _without_end(head, _words().forms, least_left=_LEAST_LEFT)
    region, head = _region_of(head, least_left=_LEAST_LEFT)
    trade_name, trade = _without_end(head, _words().trades, least_left=_LEAST_LEFT)
    return NameParts(region or "".join(regions), trade_name, trade, form or "".join(forms), branch)


def head_and_branch(folded: str) -> tuple[str, str]:
    """The head office's name and the branch's own part; a name that is no branch's has no second."""
    found = _BRANCH.fullmatch(folded)
    return (found["head"], found["own"]) if found else (folded, "")


@dataclass(frozen=True, slots=True)
class _Words:
    places: tuple[str, ...]
    forms: tuple[str, ...]
    trades: tuple[str, ...]


@cache
def _words() -> _Words:
    """The longest first, so that the first that fits is the longest."""
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    provinces = {_bare(name) for name in PROVINCES.values()} | set(PROVINCES.values())
    return _Words(
        _longest_first(provinces | set(read["cities"].split())),
        _longest_first(set(read["forms"].split())),
        _longest_first(set(read["trades"].split())),
    )


def _longest_first(words: set[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _bare(name: str) -> str:
    return next((name.removesuffix(end) for end in _PROVINCE_ENDS if name.endswith(end)), name)


def _region_of(text: str, *, least_left: int) -> tuple[str, str]:
    """The places that `text` begins with, without 省, 市, 区 and their kin, and the rest."""
    found: list[str] = []
    while place := _place_at_start(text, is_first=not found):
        if len(text) - len(place) < least_left:
            break
        found.append(place)
        text = text[len(place) :]
    return "".join(_bare(one) for one in found), text


def _place_at_start(text: str, *, is_first: bool) -> str:
    known = next((word for word in _words().places if text.startswith(word)), "")
    if known:
        after = text[len(known) : len(known) + 1]
        return known + after if after in ("省", "市") and after else known
    written = _PLACE.match(text)
    return written[0] if written and (len(written[0]) > 2 or not is_first) else ""


def _without_end(text: str, words: tuple[str, ...], *, least_left: int) -> tuple[str, str]:
    """`text` without the longest of `words` that it ends with, and that word."""
    for word in words:
        if text.endswith(word) and len(text) - len(word) >= least_left:
            return text[: -len(word)], word
    return text, ""
