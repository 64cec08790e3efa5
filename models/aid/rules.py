"""What can be asked for, when the green channel opens, and who is eligible: `profiles/aid.toml`, by bureau.

The rules propose; a head decides. The first rule that fits an application speaks; the last one fits them all.
"""

from __future__ import annotations

import enum
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from models.kinds import RightType

AID_FILE = Path(__file__).parents[2] / "profiles" / "aid.toml"


class AidRuleError(Exception):
    """The file cannot be used; the text says why. Whoever runs the site reads it."""


class Eligibility(enum.StrEnum):
    """What a rule says of an application."""

    ELIGIBLE = "eligible"
    REVIEW = "review"
    REFER = "refer"


ELIGIBILITY_LABELS: dict[Eligibility, str] = {
    Eligibility.ELIGIBLE: "符合援助条件",
    Eligibility.REVIEW: "由负责人斟酌",
    Eligibility.REFER: "建议转介其他部门",
}


@dataclass(frozen=True, slots=True)
class AidRule:
    """One rule. `helps`: one of them is asked for; `only`: nothing but these; what is empty fits everything."""

    id: str
    result: Eligibility
    why: str
    basis: str
    applicants: frozenset[str] = frozenset()
    rights: frozenset[str] = frozenset()
    helps: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    bureaus: frozenset[str] = frozenset()

    def fits(self, applicant: str, helps: Collection[str], right: RightType) -> bool:
        """Whether it speaks of such an application."""
        asked = set(helps)
        return (
            (not self.applicants or applicant in self.applicants)
            and (not self.rights or right in self.rights)
            and (not self.helps or bool(asked & self.helps))
            and (not self.only or (bool(asked) and asked <= self.only))
        )


@dataclass(frozen=True, slots=True)
class Green:
    """A ground for the green channel, and where it stands."""

    text: str
    basis: str


@dataclass(frozen=True, slots=True)
class AidRules:
    """What one bureau asks and grants."""

    applicants: Mapping[str, str]
    helps: Mapping[str, str]
    green: Mapping[str, Green]
    rules: tuple[AidRule, ...]

    def rule_for(self, applicant: str, helps: Collection[str], right: RightType) -> AidRule:
        """The rule that speaks."""
        return next(rule for rule in self.rules if rule.fits(applicant, helps, right))


@cache
def aid_rules(bureau: str, path: Path = AID_FILE) -> AidRules:
    """The rules of a bureau, by the key of its profile; AidRuleError where the file cannot be used."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        green = [row for row in table["green"] if _is_here(row, bureau)]
        rules = tuple(_rule(row) for row in table["rules"] if _is_here(row, bureau))
        found = AidRules(
            applicants={row["value"]: row["text"] for row in table["applicants"]},
            helps={row["value"]: row["text"] for row in table["helps"]},
            green={row["value"]: Green(row["text"], row["basis"]) for row in green},
            rules=rules,
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise AidRuleError(f"{path.name}：{error}") from error
    _check(found, path.name)
    return found


def _is_here(row: Mapping[str, Any], bureau: str) -> bool:
    return not row.get("bureaus") or bureau in row["bureaus"]


def _rule(row: Mapping[str, Any]) -> AidRule:
    def listed(name: str) -> frozenset[str]:
        return frozenset(row.get(name, ()))

    return AidRule(
        id=row["id"],
        result=Eligibility(row["result"]),
        why=row["why"],
        basis=row["basis"],
        applicants=listed("applicants"),
        rights=listed("rights"),
        helps=listed("helps"),
        only=listed("only"),
        bureaus=listed("bureaus"),
    )


def _check(found: AidRules, name: str) -> None:
    last = found.rules[-1] if found.rules else None
    if last is None or last.applicants or last.rights or last.helps or last.only:
        raise AidRuleError(f"{name}：最后一条规则须适用于所有申请。")
    for rule in found.rules:
        unknown = (rule.applicants - found.applicants.keys()) | (
            (rule.helps | rule.only) - found.helps.keys()
        )
        unknown |= rule.rights - set(RightType)
        if unknown:
            raise AidRuleError(f"{name}：规则 {rule.id} 写了没有定义的 {'、'.join(sorted(unknown))}。")
