"""`flask cases table|routing|triage|due`: transitions, division of work and triage as documents; due dates compared."""

from __future__ import annotations

from typing import Any

import click
from flask.cli import AppGroup

from cli import routing, triage
from cli.output import json_option, print_json
from models.cases.due import refresh, stale
from models.cases.shape import CHAIN, OUTSIDE, RESPONDENT, UNIT
from models.cases.states import FILER, FINAL, NEW, TABLE, Transition
from models.cases.terms import ACT_LABELS, STATE_LABELS
from models.kinds import TRACK_LABELS, Track
from models.people.profile_files import available_profiles, load_profile
from models.routing.rule_files import check_for, read_division
from models.triage.rule_files import read_triage
from models.types import beijing_date, now_utc
from shared.database import commit, session

group = AppGroup("cases", help="办件。")

HEADS = ("从", "行为", "到", "谁可以", "需要", "依据", "开始的时限", "停止的时限", "告知")
NEED_LABELS = {
    "report": "移送报告",
    "handlers": "两名以上执法人员",
    "referral": "移送的现状允许（见 models/referrals/states.py）",
    "pack": "案卷包",
    "agreement": "协议内容",
    "answer": "书面答复",
    "body": "内容",
    "case": "主办件",
    "complexity": "繁或者简",
    "consent": "双方同意",
    "filing": "提交登记",
    "ground": "法定理由",
    "handler": "承办人",
    "mediator": "调解员",
    "outcome": "办理结果",
    "reasons": "理由",
    "record": "调解记录",
    "session": "时间、方式和地点",
    "simple": "简案，还没有承办人",
    "unit": "接收机构",
}
WHO_LABELS = {FILER: "举报投诉人", OUTSIDE: "外部单位", RESPONDENT: "被投诉人"}
TOLD_LABELS = {FILER: "举报投诉人", UNIT: "下一步的机构", CHAIN: "移交来的各级机构"}


@group.command("table")
@click.option("--markdown", is_flag=True, help="打印 Markdown 文档（即 docs/cases.md）。")
@json_option
def table(markdown: bool, as_json: bool) -> None:
    """打印办件的状态转移表：每类办件从哪个状态、经什么行为、到哪个状态，谁可以办，依据是什么。"""
    if markdown and as_json:
        raise click.UsageError("--json 和 --markdown 只能选一个。")
    if as_json:
        print_json([as_document(row) for row in TABLE])
    elif markdown:
        click.echo(as_markdown(), nl=False)
    else:
        for row in TABLE:
            click.echo(f"{TRACK_LABELS[row.track]}  " + "  ".join(_cells(row)[:4]))


@group.command("routing")
@click.option("--profile", "keys", multiple=True, help="只要这些局的配置；不写则为全部。")
@click.option("--markdown", is_flag=True, help="打印 Markdown 文档（即 docs/routing.md）。")
@json_option
def routing_table(keys: tuple[str, ...], markdown: bool, as_json: bool) -> None:
    """打印职责分工：每种权利、程序、行为和地方由谁主办、谁协办，依据是什么。"""
    if markdown and as_json:
        raise click.UsageError("--json 和 --markdown 只能选一个。")
    if unknown := set(keys) - set(available_profiles()):
        raise click.UsageError(f"没有这样的本局配置：{'、'.join(sorted(unknown))}。")
    division = read_division()
    profiles = [load_profile(key) for key in keys or available_profiles()]
    for profile in profiles:
        check_for(profile, division)
    if as_json:
        today = beijing_date(now_utc())
        print_json([row for profile in profiles for row in routing.combinations(profile, division, today)])
    elif markdown:
        click.echo(routing.as_markdown(profiles, division), nl=False)
    else:
        for rule in division.rules:
            click.echo("  ".join(routing.rule_cells(rule)[:4]))


@group.command("triage")
@click.option("--markdown", is_flag=True, help="打印 Markdown 文档（即 docs/triage.md）。")
@json_option
def triage_table(markdown: bool, as_json: bool) -> None:
    """打印分流：每一种回答的组合按什么程序办理，由谁办理，必须填写什么，告诉当事人什么。"""
    if markdown and as_json:
        raise click.UsageError("--json 和 --markdown 只能选一个。")
    found, division = read_triage(), read_division()
    if as_json:
        print_json(list(triage.combinations(found, division)))
    elif markdown:
        click.echo(triage.as_markdown(found, division), nl=False)
    else:
        for rule in found.rules:
            click.echo("  ".join(triage.rule_cells(found, rule)[:5]))


@group.command("due")
@click.option("--rebuild", is_flag=True, help="把不一致的改正过来。")
@json_option
def due_dates(rebuild: bool, as_json: bool) -> None:
    """核对办件列表所用的到期日是否与时限一致。有不一致而没有改正时，退出码为 1。"""
    wrong = list(stale(session))
    if rebuild and wrong:
        refresh(session, wrong)
        commit()
    if as_json:
        print_json({"stale": len(wrong), "rebuilt": rebuild})
    else:
        click.echo(
            f"到期日与时限不一致的办件：{len(wrong)} 件" + ("，已改正。" if rebuild and wrong else "。")
        )
    if wrong and not rebuild:
        raise SystemExit(1)


def as_document(row: Transition) -> dict[str, Any]:
    """One row as programs read it."""
    return {
        "track": row.track.value,
        "from": row.from_state.value if row.from_state else NEW,
        "act": row.act.value,
        "to": row.to_state.value,
        "who": list(row.who),
        "needs": list(row.needs),
        "basis": row.basis,
        "starts": list(row.starts),
        "stops": list(row.stops),
        "tells": list(row.tells),
        "final": row.final,
    }


def as_markdown() -> str:
    """The whole table as a document, one section a track."""
    parts = [_PREFACE]
    for track in Track:
        rows = ["| " + " | ".join(_cells(row)) + " |" for row in TABLE if row.track is track]
        head = ["| " + " | ".join(HEADS) + " |", "|" + " --- |" * len(HEADS)]
        parts.append("\n".join([f"## {TRACK_LABELS[track]}（`{track}`）", "", *head, *rows]))
    return "\n\n".join(parts) + "\n"


def _cells(row: Transition) -> list[str]:
    final = "（终结）" if row.to_state in FINAL else ""
    return [
        STATE_LABELS[row.from_state] if row.from_state else "（新）",
        ACT_LABELS[row.act],
        STATE_LABELS[row.to_state] + final,
        "、".join(WHO_LABELS.get(who, f"`{who}`") for who in row.who),
        "、".join(NEED_LABELS[need] for need in row.needs) or "–",
        row.basis,
        _codes(row.starts),
        _codes(row.stops),
        "、".join(TOLD_LABELS[told] for told in row.tells) or "–",
    ]


def _codes(names: tuple[str, ...]) -> str:
    return "、".join(f"`{name}`" for name in names) or "–"


_PREFACE = """# 办件的状态和行为

这份文档由 `flask --app wsgi cases table --markdown` 打印，测试保证它与程序一致；要改规则，改 `models/cases/states.py`。

* 表里没有的行为，程序一律拒绝，并说明什么时候可以办。
* “谁可以”写的是权限；权限由岗位带来，见 `models/people/permissions.py`，并且只及于有这个办件的机构。
* “开始的时限”“停止的时限”是时限规则的编号，见 `profiles/rules/`；撤回时停止的时限按取消记，其余按完成记。
* 移交后、签收前，办件仍由移交机构负责；退回或者撤销移交后回到移交机构。
* 受理前的移交是分送（121号 第41条）：签收后由接收机构决定是否受理。同级机构之间不得自行移送。
* 已经立案的，可以移送有管辖权的同级机关；对方不得再自行移送，有异议而退回的，程序直接报请共同的上级机构（程序规定 第14条）。
* 连续被退回三次的，程序自动报请共同的上级机构指定管辖；被指定的机构不得再自行移送，只能再次报请。
* “告知举报投诉人”是在查询页写明并发出通知；“告知下一步的机构”“告知移交来的各级机构”是办件出现在列表里，并向有关人员发出提醒。"""
