"""The division of work and what follows from it for every place, as documents: printed by `flask cases routing`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product
from typing import Any

from models.kinds import RIGHT_TYPE_LABELS, TRACK_LABELS, RightType, Track
from models.people.profiles import BureauProfile
from models.routing.places import Place, districts
from models.routing.rules import Division, Matter, RoutingRule, route, unit_for
from models.routing.terms import (
    COMPETENCE_LABELS,
    CONDUCT_LABELS,
    VENUE_LABELS,
    Certainty,
    Competence,
    Conduct,
)

ANY = "不限"
FILED_ON = dt.date(2026, 4, 15)  # for the tables, whose cells name nobody by date
_SAME_FOR_ALL = (
    Competence.BUREAU,
    Competence.PROVINCE,
    Competence.AID_CENTRE,
    Competence.COPYRIGHT,
    Competence.AGRICULTURE,
    Competence.FORESTRY,
    Competence.CUSTOMS,
)


def places(profile: BureauProfile) -> list[tuple[str, Place]]:
    """Every place that a matter can have in a bureau, with its name."""
    named = [(unit.place, Place(Certainty.REGION, unit)) for unit in districts(profile)]
    return [*named, ("地方不明", Place(Certainty.GENERAL)), ("辖区以外", Place(Certainty.ELSEWHERE))]


def combinations(profile: BureauProfile, division: Division, day: dt.date) -> Iterator[dict[str, Any]]:
    """Every right, track, conduct and place with its answer, for what is filed on `day`."""
    for right, track, conduct, (name, place) in product(RightType, Track, Conduct, places(profile)):
        found = route(profile, division, Matter(right, track, day, conduct), place)
        yield {
            "profile": profile.key,
            "place": name,
            "right": right.value,
            "track": track.value,
            "conduct": conduct.value,
            "lead": found.lead.code if found.lead else None,
            "assisting": [unit.code for unit in found.assisting],
            "authority": found.authority,
            "rule": found.rule.id,
            "basis": found.basis,
            "why": found.why,
        }


def as_markdown(profiles: list[BureauProfile], division: Division) -> str:
    """The whole division as a document."""
    rules = table(("权利", "程序", "行为", "主办", "协办", "依据", "理由"), map(rule_cells, division.rules))
    venues = table(
        ("发生在", "投诉", "举报"),
        (
            (label, division.venue_bases[venue, True], division.venue_bases[venue, False])
            for venue, label in VENUE_LABELS.items()
            if (venue, True) in division.venue_bases
        ),
    )
    parts = [_PREFACE, "## 职责分工", rules, "## 各种权利在各种程序中的主办和协办", _grid(division)]
    parts += ["## 哪个地方算数", venues]
    for profile in profiles:
        parts += [f"## {profile.bureau.name}（`{profile.key}`）", _bodies(profile, division)]
        parts.append(_places(profile, division))
    return "\n\n".join(parts) + "\n"


def rule_cells(rule: RoutingRule) -> tuple[str, ...]:
    """One rule in words: rights, tracks, conducts, lead, assisting, bases, reason."""
    bases = [one.text + (f"（{one.since}起收到的）" if one.since else "") for one in rule.bases]
    return (
        "、".join(RIGHT_TYPE_LABELS[one] for one in rule.rights) or ANY,
        "、".join(TRACK_LABELS[one] for one in rule.tracks) or ANY,
        "、".join(CONDUCT_LABELS[one] for one in rule.conducts) or ANY,
        COMPETENCE_LABELS[rule.lead] + (f"：{rule.authority}" if rule.authority else ""),
        "、".join(COMPETENCE_LABELS[one] for one in rule.assisting) or "–",
        "；".join(bases),
        rule.why,
    )


def _grid(division: Division) -> str:
    rows = []
    for right in RightType:
        rules = [division.rule_for(Matter(right, track, FILED_ON)) for track in Track]
        cells = [
            COMPETENCE_LABELS[rule.lead] + "".join(f"＋{COMPETENCE_LABELS[one]}" for one in rule.assisting)
            for rule in rules
        ]
        rows.append((RIGHT_TYPE_LABELS[right], *cells))
    return table(("权利", *TRACK_LABELS.values()), rows)


def _bodies(profile: BureauProfile, division: Division) -> str:
    found = [(one, unit_for(profile, division, one, Place(Certainty.GENERAL))) for one in _SAME_FOR_ALL]
    return table(
        ("职责", "机构"), [(COMPETENCE_LABELS[one], unit.name if unit else "–") for one, unit in found]
    )


def _places(profile: BureauProfile, division: Division) -> str:

    def named(right: RightType, track: Track, place: Place) -> str:
        found = route(profile, division, Matter(right, track, FILED_ON), place)
        return (found.lead.name if found.lead else found.authority) + (
            "（派出机构）" if found.is_branch else ""
        )

    rows = [
        (
            name,
            named(RightType.TRADEMARK, Track.REPORT, place),
            named(RightType.PATENT_INFRINGEMENT, Track.ADJUDICATION, place),
        )
        for name, place in places(profile)
    ]
    return table(("地方", "属地市场监管部门", "有权处理专利纠纷的部门"), rows)


def table(heads: tuple[str, ...], rows: Any) -> str:
    """A table of Markdown."""
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


_PREFACE = """# 职责分工和分送

这份文档由 `flask --app wsgi cases routing --markdown` 打印，测试保证它与程序一致；要改规则，改 `profiles/routing.toml`。

* 自上而下，第一条符合的规则起作用。程序只作建议，并说明理由；办理人可以另选机构，须写明原因并留痕。
* “属地市场监管部门”是登记的地方的机构；地方不明的，先由本局核实后分送。
* 同级机构之间不得自行移送：没有处理权限的，退回统一接收机构重新分送（121号 第41条）。
* 辖区以外的，告知举报投诉人直接向有处理权限的部门提出（121号 第16、34条）。
* 派出机构在确定的权限范围内以所属部门的名义处理举报（121号 第30条）。
* 可以由哪些省、市部门处理专利纠纷（专利法实施细则 第95条），由各局逐项核对。"""
