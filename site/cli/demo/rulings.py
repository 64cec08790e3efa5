"""Invented decisions that punish nobody: adjudications of patent disputes, and orders to put a wrong patent marking right."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Mapping
from typing import Any

from cli.demo import names
from cli.demo.companies import DemoCompany, companies
from cli.demo.days import chinese_date, office_time, working_day_from, working_day_until
from cli.demo.decisions import DemoDecision, steps_of
from cli.demo.dice import dice
from cli.demo.words import read_data, words
from models.codes.patents import PATENT_KIND_LABELS, parse_patent_number
from models.decisions.causes import cause_named
from models.decisions.content import DecisionContent
from models.decisions.kinds import DecisionKind, PartyKind
from models.people.profiles import BureauProfile

DAYS_BACK = 2 * 365
_CAUSES = {DecisionKind.ADJUDICATION: "PT-31", DecisionKind.OTHER: "PT-06"}
_TEXTS = {DecisionKind.ADJUDICATION: "ruling", DecisionKind.OTHER: "order"}
_NUMBERS = {DecisionKind.ADJUDICATION: "知裁", DecisionKind.OTHER: "责改"}
_ROLES = {PartyKind.ORGANISATION: "法定代表人", PartyKind.SOLE_TRADER: "经营者"}


def rulings(seed: int, n: int, *, today: dt.date, profile: BureauProfile) -> tuple[DemoDecision, ...]:
    """`n` decisions of the last two years, oldest first: two adjudications for each order."""
    yesterday = today - dt.timedelta(days=1)
    firms = companies(seed + 1, n, profile) if n else ()
    days = sorted(_decided_on(dice(seed, "ruled", number), yesterday) for number in range(n))
    numbers: Counter[tuple[DecisionKind, int]] = Counter()
    made = []
    for index, (decided, firm) in enumerate(zip(days, firms, strict=True)):
        roll = dice(seed, "ruling", index)
        kind = DecisionKind.OTHER if index % 3 == 2 else DecisionKind.ADJUDICATION
        numbers[kind, decided.year] += 1
        series = f"{profile.authority.paper_prefix}{_NUMBERS[kind]}"
        number = f"{series}〔{decided.year}〕{numbers[kind, decided.year]}号"
        content = _content(roll, kind, firm, number, decided, profile)
        entered_on = min(working_day_from(decided, roll.randint(0, 2)), yesterday)
        entered_at = office_time(roll, entered_on)
        steps = steps_of(roll, entered_at, entered_on, yesterday)
        made.append(DemoDecision(content, profile.bureau.unit, entered_at, steps))
    return tuple(made)


def _decided_on(roll: random.Random, yesterday: dt.date) -> dt.date:
    return working_day_until(yesterday - dt.timedelta(days=int(DAYS_BACK * roll.random())))


def _content(
    roll: random.Random,
    kind: DecisionKind,
    firm: DemoCompany,
    number: str,
    decided: dt.date,
    profile: BureauProfile,
) -> DecisionContent:
    texts: Mapping[str, Any] = read_data("rulings.toml")[_TEXTS[kind]]
    values = _values(roll, firm, decided)
    part = {name: texts[name].format_map(values) for name in ("evidence", "basis", "order", "remedy")}
    performance = texts["performance"].format_map(values)
    party_text = "\n".join(line.format_map(values) for line in texts["party"])
    facts = roll.choice(texts["facts"]).format_map(values)
    authority, cause = profile.authority, cause_named(_CAUSES[kind])
    if cause is None:
        raise RuntimeError("a cause of the demo is not in the table of causes")
    whole = (
        authority.name, texts["head"], number, party_text, facts, part["evidence"], part["basis"], part["order"],
        performance, part["remedy"], authority.name, chinese_date(decided), "（印章）",
    )  # fmt: skip
    return DecisionContent(
        kind=kind,
        document_number=number,
        party_name=firm.name,
        party_kind=firm.kind,
        uscc=firm.uscc,
        legal_representative=firm.legal_representative,
        decided_on=decided,
        authority_name=authority.name,
        authority_uscc=authority.uscc,
        source_name=authority.name,
        source_uscc=authority.uscc,
        cause_code=cause.code,
        cause_name=cause.name,
        right_type=cause.right_type,
        penalty_kinds=(),
        party_text=party_text,
        facts=facts,
        evidence_text=part["evidence"],
        basis=part["basis"],
        penalty=part["order"],
        performance=performance,
        remedy=part["remedy"],
        full_text="\n".join(whole),
    )


def _values(roll: random.Random, firm: DemoCompany, decided: dt.date) -> dict[str, str]:
    filed = working_day_until(decided - dt.timedelta(days=roll.randint(70, 88)))
    patent = names.patent_number(roll, decided.year - roll.randint(3, 9), roll.choice((1, 2, 2, 3)))
    parsed = parse_patent_number(patent)
    return {
        "accepted": chinese_date(working_day_from(filed, 4)),
        "address": firm.address,
        "begun": f"{filed.year}年{filed.month}月",
        "filed": chinese_date(filed),
        "head": firm.legal_representative,
        "heard": chinese_date(working_day_from(filed, 28)),
        "holder": names.rights_holder(roll),
        "party": firm.name,
        "patent": patent,
        "patent_kind": PATENT_KIND_LABELS[parsed.kind] if parsed else "",
        "platform": roll.choice(words("platforms")),
        "product": roll.choice(firm.category.products).name,
        "role": _ROLES.get(firm.kind, ""),
        "supplier": names.rights_holder(roll),
        "until": chinese_date(working_day_from(decided, 15)),
        "uscc": firm.uscc or "",
    }
