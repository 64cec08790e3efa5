"""What happened in one invented matter: cause, goods, amounts and days, consistent with each other."""

import datetime as dt
import random
from collections.abc import Set
from dataclasses import dataclass

from cli.demo import names
from cli.demo.companies import DemoCompany
from cli.demo.days import working_day_until
from cli.demo.dice import weighted
from cli.demo.goods import GoodsLine, goods_lines, label_lines, origin_line, target_worth
from cli.demo.law import Provision, provision
from models.codes.patents import PATENT_KIND_LABELS, parse_patent_number
from models.decisions.kinds import PartyKind, PenaltyKind
from models.kinds import RightType

# Cause → (how often, family of sentences in papers.toml).
CAUSES = {
    "TM-03": (36, "sale"),
    "TM-01": (13, "use"),
    "TM-02": (8, "use"),
    "TM-04": (3, "labels"),
    "TM-06": (2, "help"),
    "TM-08": (2, "name"),
    "TM-12": (4, "unregistered"),
    "TM-13": (2, "well_known"),
    "TM-21": (1, "bad_faith"),
    "TM-31": (1, "agency"),
    "PT-01": (6, "passing_off"),
    "PT-02": (5, "passing_off"),
    "PT-03": (3, "passing_off"),
    "PT-11": (1, "abnormal"),
    "GI-01": (24, "origin"),
    "OL-01": (1, "sign"),
    "TS-01": (2, "secret"),
    "UC-01": (5, "confusion"),
}
_EDIBLE = {30, 32, 33}  # Nice classes whose goods can have a geographical indication
_FOR_ORGANISATIONS = {"TM-21", "TM-31", "PT-11", "TS-01", "TM-08", "TM-06"}
_WITHOUT_GOODS = {"help", "name", "well_known", "bad_faith", "agency", "abnormal", "secret"}
_PATENT_EVENTS = (
    "该专利因未按规定缴纳年费，专利权已于{year}年终止",
    "该专利权人为{holder}，其从未许可当事人实施或者标注",
    "该号码对应的申请在实质审查阶段已被视为撤回，从未授予专利权",
    "该专利权已于{year}年被宣告全部无效",
)

GOODS_PENALTIES = (PenaltyKind.CONFISCATE_GOODS, PenaltyKind.FINE)
GAINS_PENALTIES = (PenaltyKind.CONFISCATE_GAINS, PenaltyKind.FINE)
WARNED_PENALTIES = (PenaltyKind.WARNING, PenaltyKind.FINE)
_PENALTIES = {
    "help": (PenaltyKind.FINE,),
    "name": (PenaltyKind.FINE,),
    "unregistered": (PenaltyKind.CRITICISM, PenaltyKind.FINE),
    "well_known": (PenaltyKind.FINE,),
    "bad_faith": WARNED_PENALTIES,
    "agency": WARNED_PENALTIES,
    "abnormal": WARNED_PENALTIES,
    "passing_off": GAINS_PENALTIES,
    "secret": GAINS_PENALTIES,
}
_SHARES = {"light": 0.12, "normal": 0.4, "heavy": 0.75, "repeat": 0.9}


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a case in order; `decided` is a working day."""

    begun: dt.date
    found: dt.date
    filed: dt.date
    closed: dt.date
    noticed: dt.date
    decided: dt.date


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter. Amounts in yuan; `fine` follows the provision, `gains` are confiscated where it says so."""

    party: DemoCompany
    provision: Provision
    family: str
    days: Days
    brand: str
    holder: str
    supplier: str
    registration: str
    patent: str
    patent_event: str
    goods: tuple[GoodsLine, ...]
    turnover: int
    gains: int
    severity: str
    fine: int
    penalties: tuple[PenaltyKind, ...]

    @property
    def patent_kind(self) -> str:
        number = parse_patent_number(self.patent)
        return PATENT_KIND_LABELS[number.kind] if number else ""

    @property
    def stock(self) -> int:
        """货值 of what was found unsold, at the price marked."""
        return sum(line.worth_in_stock for line in self.goods)

    @property
    def confiscated(self) -> int | None:
        """The sum of gains and goods that are confiscated; None where nothing is."""
        taken = {PenaltyKind.CONFISCATE_GAINS: self.gains, PenaltyKind.CONFISCATE_GOODS: self.stock}
        amounts = [amount for kind, amount in taken.items() if kind in self.penalties]
        return sum(amounts) if amounts else None


def matter(
    roll: random.Random, party: DemoCompany, decided: dt.date, *, earlier: Set[RightType] = frozenset()
) -> Matter:
    """An invented matter of `party` that ends in a penalty decided on `decided`.

    `earlier` are the kinds of right for which the party was punished before: a repetition weighs heavily
    (商标法 Art 60(2)).
    """
    days = _days(roll, decided)
    rule, family = _cause(roll, party, days.found)
    brand, holder = names.mark(roll), names.rights_holder(roll)
    if family == "origin":
        brand = names.origin(roll, party.category.products)
        holder = f"{brand}协会"
    worth = target_worth(roll, is_trader=party.kind is not PartyKind.ORGANISATION)
    goods = _goods(roll, family, party, brand, worth)
    turnover, gains = _amounts(roll, goods, worth * (40 if family == "secret" else 1))
    severity = (
        "repeat" if rule.right_type in earlier else weighted(roll, {"light": 5, "normal": 4, "heavy": 1})
    )
    year = days.begun.year - roll.randint(3, 9)
    return Matter(
        party=party,
        provision=rule,
        family=family,
        days=days,
        brand=brand,
        holder=holder,
        supplier=names.rights_holder(roll),
        registration=names.trademark_number(roll),
        patent=names.patent_number(roll, year, roll.choice((1, 2, 2, 3, 3))),
        patent_event=roll.choice(_PATENT_EVENTS).format(year=year + 2, holder=holder),
        goods=goods,
        turnover=turnover,
        gains=gains,
        severity=severity,
        fine=rule.fine(roll, turnover=turnover, gains=gains, share=_SHARES[severity]),
        penalties=_PENALTIES.get(family, GOODS_PENALTIES),
    )


def _days(roll: random.Random, decided: dt.date) -> Days:
    noticed = working_day_until(decided, roll.randint(6, 10))
    closed = working_day_until(noticed, roll.randint(3, 12))
    filed = working_day_until(closed - dt.timedelta(days=roll.randint(14, 60)))
    found = working_day_until(filed, roll.randint(1, 9))
    return Days(
        begun=found - dt.timedelta(days=roll.randint(25, 380)),
        found=found,
        filed=filed,
        closed=closed,
        noticed=noticed,
        decided=decided,
    )


def _cause(roll: random.Random, party: DemoCompany, acted_on: dt.date) -> tuple[Provision, str]:
    """A cause that fits the party and existed on the day of the act."""
    fitting = {
        code: rule
        for code in CAUSES
        if _fits(code, party) and (rule := provision(code, acted_on)) is not None
    }
    code = weighted(roll, {code: CAUSES[code][0] for code in fitting})
    return fitting[code], CAUSES[code][1]


def _fits(code: str, party: DemoCompany) -> bool:
    if party.kind is PartyKind.PERSON:
        return code == "TM-03"
    if code == "GI-01":
        return party.category.nice in _EDIBLE
    return party.kind is PartyKind.ORGANISATION or code not in _FOR_ORGANISATIONS


def _goods(
    roll: random.Random, family: str, party: DemoCompany, brand: str, worth: float
) -> tuple[GoodsLine, ...]:
    if family in _WITHOUT_GOODS:
        return ()
    if family == "origin":
        return (origin_line(roll, party.category, brand, target_yuan=worth),)
    if family == "labels":
        product = roll.choice(party.category.products).name
        return label_lines(roll, product, brand, target_yuan=worth)
    return goods_lines(roll, party.category, brand, target_yuan=worth)


def _amounts(roll: random.Random, goods: tuple[GoodsLine, ...], worth: float) -> tuple[int, int]:
    """Turnover and gains: of the goods where there are some, else plausible ones."""
    if goods:
        return sum(line.turnover for line in goods), sum(line.gains for line in goods)
    turnover = max(1_200, round(worth * roll.uniform(1.5, 4)))
    return turnover, max(300, round(turnover * roll.uniform(0.08, 0.3)))
