"""What is left where nobody agrees: adjudication, arbitration, court, by kind of right, from `profiles/remedies.toml`."""

from __future__ import annotations

import datetime as dt
import enum
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from models.kinds import RightType

REMEDIES_FILE = Path(__file__).parents[3] / "profiles" / "remedies.toml"
_EVERY = "*"
_KNOWN = {"kind", "rights", "title", "where", "link", "page", "limit", "basis", "confirm", "from", "to"}


class RemedyError(Exception):
    """The file cannot be used; the text says where and why."""


class RemedyKind(enum.StrEnum):
    """In the order in which a page shows them: the one made for the right first."""

    ADJUDICATION = "adjudication"
    COURT = "court"
    ARBITRATION = "arbitration"
    ASSOCIATION = "association"


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go in a region, as the bureau wrote it down."""

    region: str
    kind: RemedyKind
    name: str
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way: where, within what time, by which article. `page` is one of this site, `link` one elsewhere."""

    kind: RemedyKind
    rights: frozenset[str]
    title: str
    where: str
    limit: str
    basis: str
    link: str = ""
    page: str = ""
    confirm: bool = False
    starts_on: dt.date = dt.date.min
    ends_on: dt.date = dt.date.max
    places: tuple[Place, ...] = ()

    def holds(self, right: RightType, on: dt.date) -> bool:
        """Whether it is open to this right on the Beijing day `on`."""
        return (_EVERY in self.rights or right in self.rights) and self.starts_on <= on <= self.ends_on


def remedies_for(right: RightType, on: dt.date, region: str = "") -> list[Remedy]:
    """The ways open on that day, the one made for the right first, each with the places of the region."""
    remedies, places = read_remedies()
    order = list(RemedyKind)
    found = sorted((one for one in remedies if one.holds(right, on)), key=lambda one: order.index(one.kind))
    return [
        replace(one, places=tuple(at for at in places if (at.kind, at.region) == (one.kind, region)))
        for one in found
    ]


@cache
def read_remedies(path: Path = REMEDIES_FILE) -> tuple[tuple[Remedy, ...], tuple[Place, ...]]:
    """All ways and places of the file; RemedyError where it is wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        places = [Place(**{**one, "kind": RemedyKind(one["kind"])}) for one in table.get("places", [])]
        return tuple(_remedy(one) for one in table["remedies"]), tuple(places)
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise RemedyError(f"{path.name}：{error}") from error


def _remedy(table: dict[str, Any]) -> Remedy:
    if unknown := sorted(set(table) - _KNOWN):
        raise ValueError(f"有不认识的设置：{'、'.join(unknown)}")
    rights = frozenset(table["rights"])
    if unknown_rights := sorted(rights - {_EVERY} - set(RightType)):
        raise ValueError(f"没有这种权利：{'、'.join(unknown_rights)}")
    given = {key: value for key, value in table.items() if key not in ("from", "to", "kind", "rights")}
    return Remedy(
        kind=RemedyKind(table["kind"]),
        rights=rights,
        starts_on=table.get("from", dt.date.min),
        ends_on=table.get("to", dt.date.max),
        **given,
    )
