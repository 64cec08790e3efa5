"""Invented penalty decisions with their life: who enters, submits, approves and publishes them, and when."""

import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from cli.demo.companies import DemoCompany, companies, persons
from cli.demo.days import office_time, working_day_from, working_day_until
from cli.demo.dice import dice
from cli.demo.matters import Matter, matter
from cli.demo.papers import write_paper
from models.decisions.content import DecisionContent
from models.decisions.kinds import PartyKind
from models.decisions.states import Act
from models.kinds import RightType
from models.people.profiles import BureauProfile

DAYS_BACK = 3 * 365 + 45  # a little over the longest term, so that some records have ended
PARTIES_PER_DECISION = 0.7  # some are decided against twice or more: the lists and repeat detection need them
SHARE_OF_PERSONS = 0.04
SHARE_RETURNED = 0.03
SHARE_WITHDRAWN = 0.006
RETURN_REASON = "事实部分的进货数量与清单不一致，请核对后重新提交。"
WITHDRAWAL_REASONS = (
    "行政复议决定撤销原行政处罚决定。",
    "人民法院生效判决确认原行政处罚决定程序违法并予以撤销。",
    "原行政处罚决定经自行纠正程序变更，变更后的决定另行公示。",
)


@dataclass(frozen=True, slots=True)
class DecisionStep:
    """One act on a decision after it was entered; `reason` where the act needs one."""

    act: Act
    at: dt.datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DemoDecision:
    """A decision to be entered at `entered_at` in the unit `unit_code`, then taken through `steps` in order.

    Steps lie in the past: the newest decisions have few or none, so that drafts, decisions in review and
    approved ones are there as well.
    """

    content: DecisionContent
    unit_code: str
    entered_at: dt.datetime
    steps: tuple[DecisionStep, ...]


def decisions(seed: int, n: int, *, today: dt.date, profile: BureauProfile) -> tuple[DemoDecision, ...]:
    """`n` decisions of the last three years, oldest first, numbered in one series a year."""
    yesterday = today - dt.timedelta(days=1)
    dates = sorted(_decided_on(dice(seed, "decided", number), yesterday) for number in range(n))
    firms = companies(seed, max(1, round(n * PARTIES_PER_DECISION)), profile)
    people = persons(seed, max(1, n // 10), profile)
    numbers: Counter[int] = Counter()
    earlier: defaultdict[str, set[RightType]] = defaultdict(set)
    made = []
    for index, decided in enumerate(dates):
        roll = dice(seed, "decision", index)
        numbers[decided.year] += roll.randint(1, 3)  # the series also holds decisions of other fields
        number = profile.authority.document_number(decided.year, numbers[decided.year])
        party = _party(roll, firms, people)
        case = matter(roll, party, decided, earlier=earlier[party.name] if party.uscc else frozenset())
        earlier[party.name].add(case.provision.right_type)
        made.append(_decision(roll, case, number, yesterday, profile))
    return tuple(made)


def _decided_on(roll: random.Random, yesterday: dt.date) -> dt.date:
    back = int(DAYS_BACK * roll.random() ** 1.25)
    return working_day_until(yesterday - dt.timedelta(days=back))


def _party(roll: random.Random, firms: Sequence[DemoCompany], people: Sequence[DemoCompany]) -> DemoCompany:
    return roll.choice(people if roll.random() < SHARE_OF_PERSONS else firms)


def _decision(
    roll: random.Random, case: Matter, number: str, yesterday: dt.date, profile: BureauProfile
) -> DemoDecision:
    entered_on = min(working_day_from(case.days.decided, roll.randint(0, 2)), yesterday)
    entered_at = office_time(roll, entered_on)
    return DemoDecision(
        content=_content(roll, case, number, profile),
        unit_code=profile.bureau.unit,
        entered_at=entered_at,
        steps=steps_of(roll, entered_at, entered_on, yesterday),
    )


def _content(roll: random.Random, case: Matter, number: str, profile: BureauProfile) -> DecisionContent:
    paper = write_paper(roll, case, number, profile)
    party, authority = case.party, profile.authority
    return DecisionContent(
        document_number=number,
        party_name=party.name,
        party_kind=party.kind,
        uscc=party.uscc,
        legal_representative=party.legal_representative if party.uscc else None,
        decided_on=case.days.decided,
        authority_name=authority.name,
        authority_uscc=authority.uscc,
        source_name=authority.name,
        source_uscc=authority.uscc,
        cause_code=case.provision.cause.code,
        cause_name=case.provision.cause.name,
        right_type=case.provision.right_type,
        penalty_kinds=case.penalties,
        fine_fen=case.fine * 100,
        confiscated_fen=None if case.confiscated is None else case.confiscated * 100,
        valid_until_on=dt.date(2099, 12, 31),
        industry=_industry(party),
        party_text=paper.party,
        facts=paper.facts,
        evidence_text=paper.evidence,
        basis=paper.basis,
        penalty=paper.penalty,
        remedy=paper.remedy,
        full_text=paper.full,
    )


def _industry(party: DemoCompany) -> str | None:
    """Of makers and of shops; of the others no source tells."""
    if "厂" in party.name:
        return "C"
    return "F52" if party.kind is PartyKind.SOLE_TRADER else None


def steps_of(
    roll: random.Random, entered_at: dt.datetime, entered_on: dt.date, yesterday: dt.date
) -> tuple[DecisionStep, ...]:
    """The acts after entry, as far as they lie in the past. Times never run backwards."""
    planned: list[tuple[Act, int, str]] = [(Act.SUBMIT, roll.randint(0, 1), "")]
    if roll.random() < SHARE_RETURNED:
        planned += [(Act.RETURN, 1, RETURN_REASON), (Act.SUBMIT, 1, "")]
    planned += [(Act.APPROVE, roll.randint(0, 2), ""), (Act.PUBLISH, 0, "")]
    if roll.random() < SHARE_WITHDRAWN:
        planned.append((Act.WITHDRAW, roll.randint(30, 120), roll.choice(WITHDRAWAL_REASONS)))
    steps, day, at = [], entered_on, entered_at
    for act, later, reason in planned:
        day = working_day_from(day, later)
        if day > yesterday:
            break
        at = max(at + dt.timedelta(minutes=roll.randint(3, 40)), office_time(roll, day) if later else at)
        steps.append(DecisionStep(act, at, reason))
    return tuple(steps)
