"""The table of triage and what follows from every combination of answers, as documents: `flask cases triage`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cli.routing import ANY, FILED_ON, table
from models.kinds import RIGHT_TYPE_LABELS, TRACK_LABELS, Track
from models.routing.rules import Division, Matter
from models.routing.terms import COMPETENCE_LABELS, CONDUCT_LABELS, Conduct
from models.triage.rules import Kind, Triage, TriageRule
from models.triage.terms import NEED_LABELS, QUESTION_LABELS, Question

RULE_HEADS = ("行", "规则", "来意", "涉及", "程序", "必须填写", "依据", "告诉当事人")
HEADS = ("来意", "涉及", "行", "程序", "一般由谁办理", "必须填写", "规则")


def combinations(triage: Triage, division: Division) -> Iterator[dict[str, Any]]:
    """Every combination of answers with its procedures, who is competent, and what is needed and told."""
    for way, kind in triage.ways():
        rule = _rule(triage, way, kind)
        yield {
            "way": way,
            "kind": kind.value if kind else None,
            "rule": rule.id,
            "row": rule.row,
            "tracks": [track.value for track in rule.tracks],
            "competent": [_matter_rule(division, kind, track).lead.value for track in rule.tracks],
            "authority": rule.authority,
            "needs": [need.value for need in rule.needs],
            "basis": rule.basis,
            "tells": rule.tells,
        }


def as_markdown(triage: Triage, division: Division) -> str:
    """The whole of triage as a document."""
    parts = [_PREFACE, "## 问题", *_questions(triage), "## 规则"]
    parts.append(table(RULE_HEADS, (rule_cells(triage, rule) for rule in triage.rules)))
    platform = triage.platform
    parts.append(
        f"第 {platform.row} 行：权利人已经通知过电商平台的，另外告诉：{platform.tells}（{platform.basis}）"
    )
    parts += ["## 不归本局的，怎么找到有权的部门", _reach(triage), "## 全部组合"]
    rows = [_cells(triage, division, way, kind) for way, kind in triage.ways()]
    parts.append(table(HEADS, rows))
    return "\n\n".join(parts) + "\n"


def rule_cells(triage: Triage, rule: TriageRule) -> tuple[str, ...]:
    """One rule in words."""
    return (
        rule.row,
        f"`{rule.id}`",
        "；".join(_way(triage, way) for way in rule.ways),
        "、".join(triage.kind(kind).text for kind in rule.kinds) or ANY,
        _tracks(rule),
        _needs(rule),
        rule.basis,
        rule.tells,
    )


def _questions(triage: Triage) -> Iterator[str]:
    for question in Question:
        rows = [(option.text, option.hint, f"`{option.value}`") for option in triage.options_of(question)]
        yield f"### {QUESTION_LABELS[question]}（`{question}`）"
        yield table(("回答", "说明", "数据"), rows)
    rows = [
        (
            kind.text,
            kind.hint,
            RIGHT_TYPE_LABELS[kind.right],
            CONDUCT_LABELS[kind.conduct] if kind.conduct is not Conduct.INFRINGEMENT else "–",
            f"`{kind.value}`",
        )
        for kind in triage.kinds
    ]
    yield "### 这件事涉及哪一类？（`kind`）"
    yield table(("回答", "说明", "权利", "行为", "数据"), rows)


def _reach(triage: Triage) -> str:
    return table(("部门", "怎么找"), ((COMPETENCE_LABELS[one], how) for one, how in triage.reach.items()))


def _cells(triage: Triage, division: Division, way: str, kind: Kind | None) -> tuple[str, ...]:
    rule = _rule(triage, way, kind)
    leads = [_matter_rule(division, kind, track) for track in rule.tracks]
    who = [COMPETENCE_LABELS[one.lead] + (f"：{one.authority}" if one.authority else "") for one in leads]
    return (
        _way(triage, way),
        kind.text if kind else "–",
        rule.row,
        _tracks(rule),
        "；".join(dict.fromkeys(who)) or rule.authority,
        _needs(rule),
        f"`{rule.id}`",
    )


def _rule(triage: Triage, way: str, kind: Kind | None) -> TriageRule:
    found = triage.rule_for(way, kind.value if kind else "")
    if found is None:
        raise AssertionError("the reader of the file has seen to it that every combination has a rule")
    return found


def _matter_rule(division: Division, kind: Kind | None, track: Track) -> Any:
    if kind is None:
        raise AssertionError("who is asked for no kind has no procedure here")
    return division.rule_for(Matter(kind.right, track, FILED_ON, kind.conduct))


def _way(triage: Triage, way: str) -> str:
    situation, _dot, choice = way.partition(".")
    first = next(one.text for one in triage.options_of(Question.SITUATION) if one.value == situation)
    if not choice:
        return first
    return (
        f"{first} → {next(one.text for one in triage.options_of(Question(situation)) if one.value == choice)}"
    )


def _tracks(rule: TriageRule) -> str:
    return "＋".join(TRACK_LABELS[track] for track in rule.tracks) or "不归本局"


def _needs(rule: TriageRule) -> str:
    return "、".join(NEED_LABELS[need] for need in rule.needs) or "–"


_PREFACE = """# 分流：从问题到程序

这份文档由 `flask --app wsgi cases triage --markdown` 打印，测试保证它与程序一致；要改规则，改 `profiles/triage.toml`。

* 自上而下，第一条符合的规则起作用；每一种组合都有规则，每一条规则都有组合。
* 行号是业务对照表的行号：A 消费者投诉，B 举报，C 权利人线索，D 专利侵权纠纷，E 假冒专利，F 著作权；
  G 维权援助，H 咨询，I 信息公开、复议、检举，J 信访，K 已经通知过电商平台。
* 由谁办理还看地方，见 [职责分工和分送](routing.md)；不归本局的，先告诉当事人该找谁、怎么找，当事人仍可以把线索留下。
* “必须填写”的没有填，不能提交；其他问题都可以不填。投诉不能匿名（121号 第10条），举报和咨询可以（121号 第28条）。"""
