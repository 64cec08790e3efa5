"""Bureau profiles: what makes one installation the site of one bureau, read from `profiles/<key>.toml`.

A new bureau is a new file, not a code change. This file says what a profile holds; `profile_files` reads one.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from models.people.roles import Role, UnitKind

DEFAULT_PROFILE = "pingdingshan"
# Invented codes have this where real organisation codes have digits or MA, MB, …; see `uscc_is_placeholder`.
INVENTED_ORGANISATION = "DEM0"


class OutsideKind(enum.StrEnum):
    """Which field an outside body 外部单位 has; the routing of product row S23 rests on it."""

    POLICE = "police"
    PROCURATORATE = "procuratorate"
    CUSTOMS = "customs"
    COPYRIGHT = "copyright"
    AGRICULTURE = "agriculture"
    FORESTRY = "forestry"
    COURT = "court"
    MARKET = "market"
    DISPATCH = "dispatch"


OUTSIDE_KIND_LABELS: dict[OutsideKind, str] = {
    OutsideKind.POLICE: "公安机关",
    OutsideKind.PROCURATORATE: "检察机关",
    OutsideKind.CUSTOMS: "海关",
    OutsideKind.COPYRIGHT: "版权（文化市场执法）部门",
    OutsideKind.AGRICULTURE: "农业农村部门",
    OutsideKind.FORESTRY: "林草部门",
    OutsideKind.COURT: "人民法院",
    OutsideKind.MARKET: "其他地区的市场监管、知识产权部门",
    OutsideKind.DISPATCH: "电子商务协作调度中心",
}
# Nothing is routed there by rule; a profile need not name them, staff add the ones that they work with.
KNOWN_BY_STAFF = frozenset({OutsideKind.COURT, OutsideKind.MARKET, OutsideKind.DISPATCH})


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """One unit of the tree. A functional zone without a code of its own carries its city's `region_code`.

    `place` is the place that it answers for, as people say it (叶县); empty for bureaus of everywhere and outsiders.
    `contact` says how people reach it: a telephone number, an address; not shown while it is empty. `paper_prefix` is
    its own 机关代字; without one its papers are numbered in the series of the unit above it.
    """

    code: str
    name: str
    kind: UnitKind
    region_code: str
    parent: str | None = None
    outside_kind: OutsideKind | None = None
    place: str = ""
    contact: str = ""
    paper_prefix: str = ""

    @property
    def is_outside(self) -> bool:
        """Whether a transfer to this unit leaves market regulation."""
        return self.kind is UnitKind.OUTSIDE


@dataclass(frozen=True, slots=True)
class Bureau:
    """Who runs the site. `unit` is the code of its own unit, which takes in what is filed.

    `security_contact` is the address (`mailto:`, `https:` or `tel:`) for whoever finds a weakness of the site; it is
    published in /.well-known/security.txt, which isn't there while it is empty.
    """

    name: str
    short_name: str
    site_name: str
    place: str
    level: UnitKind
    region_code: str
    region_name: str
    unit: str
    security_contact: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """The organ in whose name penalties are decided. `document_prefix` stands before 〔year〕number号.

    `paper_prefix` is its 机关代字, before the word of each kind of paper: 平市监 in 平市监受字〔2026〕1号.
    """

    name: str
    uscc: str
    document_prefix: str
    paper_prefix: str = ""

    @property
    def uscc_is_placeholder(self) -> bool:
        """Whether the code only has the right form and the bureau has yet to set its own."""
        return self.uscc[8:].startswith(INVENTED_ORGANISATION)

    def document_number(self, year: int, number: int) -> str:
        """A document number 文号 in this authority's series."""
        return f"{self.document_prefix}〔{year}〕{number}号"


@dataclass(frozen=True, slots=True)
class Hotline:
    """Telephone numbers that may be printed. An empty one is not shown.

    12330 stands in `aid_number` only where the bureau confirms that it answers: since 2021 it has been merged
    into 12345 in many places, while 12315 was kept.
    """

    number: str
    aid_number: str = ""
    government_number: str = ""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When the counter is open, as shown; `address` is empty until the bureau sets it."""

    days: str
    morning: str
    afternoon: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Promises:
    """Local promises 本局服务承诺 in working days. Not law: the legal limits stand beside and hold."""

    transfer_days: int
    accept_days: int
    feedback_days: int
    note: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The local plan that this site carries out; `summary_due` is month-day of the yearly summary."""

    title: str
    campaign: str
    summary_due: str
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class ListTitles:
    """What the bureau calls its three lists, which are never mixed."""

    serious: str
    infringers: str
    commended: str


@dataclass(frozen=True, slots=True)
class IdentityPolicy:
    """How a filer's identity is opened: by `people` (one, or two: ask and approve), and what was approved for how long."""

    people: int = 1
    minutes: int = 30

    @property
    def wants_two(self) -> bool:
        """Whether somebody else has to agree first."""
        return self.people > 1


@dataclass(frozen=True, slots=True)
class SignInPolicy:
    """Who signs in with a one-time password besides the password: everybody who holds one of these roles anywhere.

    For a system of level three, GB/T 22239-2019 §8.1.4.1 d) wants two kinds of proof, one of them by cryptography.
    """

    second_factor: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class BureauProfile:
    """One profile file. Units come parents first."""

    key: str
    bureau: Bureau
    authority: Authority
    hotline: Hotline
    hours: OpeningHours
    promises: Promises
    plan: Plan
    lists: ListTitles
    units: tuple[UnitSpec, ...]
    identity: IdentityPolicy = IdentityPolicy()
    sign_in: SignInPolicy = SignInPolicy()

    def unit(self, code: str) -> UnitSpec:
        """The unit with that code; KeyError when there is none."""
        return {unit.code: unit for unit in self.units}[code]

    def children(self, code: str) -> tuple[UnitSpec, ...]:
        """The units right under `code`, in the order of the file."""
        return tuple(unit for unit in self.units if unit.parent == code)

    def outside(self, kind: OutsideKind) -> tuple[UnitSpec, ...]:
        """The outside bodies of one field: the police, the customs…"""
        return tuple(unit for unit in self.units if unit.outside_kind is kind)
