"""Invented companies and sole traders of the bureau's own places."""

import random
from dataclasses import dataclass

from cli.demo import names
from cli.demo.dice import dice
from cli.demo.words import Category, categories
from models.decisions.kinds import PartyKind
from models.people.profiles import BureauProfile, UnitSpec

ORGANISATION_FORMS = ("有限公司", "有限责任公司", "股份有限公司")
_MAKER_WORDS = ("加工厂", "制品厂")


@dataclass(frozen=True, slots=True)
class DemoCompany:
    """A company, sole trader or person that a decision or a filing names. `unit_code` is the unit of its place."""

    name: str
    kind: PartyKind
    uscc: str | None
    legal_representative: str
    address: str
    place: str
    unit_code: str
    category: Category


def companies(seed: int, n: int, profile: BureauProfile) -> tuple[DemoCompany, ...]:
    """`n` companies with names and codes of their own, four in seven of them sole traders."""
    made: list[DemoCompany] = []
    taken: set[str | None] = set()
    number = 0
    while len(made) < n:
        company = _company(dice(seed, "company", number), profile)
        number += 1
        if taken.isdisjoint({company.name, company.uscc}):
            taken |= {company.name, company.uscc}
            made.append(company)
    return tuple(made)


def persons(seed: int, n: int, profile: BureauProfile) -> tuple[DemoCompany, ...]:
    """`n` natural persons who traded without a licence; they have no code."""
    return tuple(_person(dice(seed, "person", number), profile) for number in range(n))


def local_units(profile: BureauProfile) -> tuple[UnitSpec, ...]:
    """The bureau's own units below it, in whose places the companies are."""
    return tuple(unit for unit in profile.children(profile.bureau.unit) if unit.place)


def _company(roll: random.Random, profile: BureauProfile) -> DemoCompany:
    unit, category = roll.choice(local_units(profile)), roll.choice(categories())
    place = unit.place
    is_trader = roll.random() < 4 / 7
    if is_trader:
        name = place + names.trade_name(roll) + roll.choice(category.shops)
    elif roll.random() < 0.15:
        name = place + names.trade_name(roll) + category.label[:2] + roll.choice(_MAKER_WORDS)
    else:
        name = place + names.trade_name(roll) + roll.choice(category.trades) + roll.choice(ORGANISATION_FORMS)
    return DemoCompany(
        name=name,
        kind=PartyKind.SOLE_TRADER if is_trader else PartyKind.ORGANISATION,
        uscc=names.uscc(roll, names.SOLE_TRADER if is_trader else names.COMPANY, unit.region_code),
        legal_representative=names.person(roll),
        address=names.address(roll, place),
        place=place,
        unit_code=unit.code,
        category=category,
    )


def _person(roll: random.Random, profile: BureauProfile) -> DemoCompany:
    unit = roll.choice(local_units(profile))
    place = unit.place
    name = names.person(roll)
    return DemoCompany(
        name=name,
        kind=PartyKind.PERSON,
        uscc=None,
        legal_representative=name,
        address=names.address(roll, place),
        place=place,
        unit_code=unit.code,
        category=roll.choice(categories()),
    )
