"""`flask audit verify`: is the ledger whole?"""

from __future__ import annotations

import re

import click
from flask.cli import AppGroup
from sqlalchemy import func, select

from cli.output import FINDING, json_option, print_json, say
from models.ledger.queries import verify as verify_chain
from models.ledger.tables import LedgerEvent
from shared.database import session

group = AppGroup("audit", help="留痕账的核验。")


@group.command("verify")
@click.option("--anchor", metavar="N:HASH", help="此前记下的第 N 条的哈希；账被截短或重写时能够发现。")
@json_option
@click.pass_context
def verify(context: click.Context, anchor: str | None, as_json: bool) -> None:
    """逐条核验留痕账的哈希链，指出被改动、缺失或调换的行。发现问题时退出码为 1。

    末尾打印最后一条的编号和哈希：记在别处，下次用 --anchor 带上，连末尾被截去也能查出。
    """
    findings = [{"id": finding.id, "problem": finding.problem} for finding in verify_chain(session)]
    if anchor:
        findings.extend(_against(anchor))
    last = session.execute(
        select(LedgerEvent.id, LedgerEvent.hash).order_by(LedgerEvent.id.desc()).limit(1)
    ).first()
    count = session.scalar(select(func.count()).select_from(LedgerEvent)) or 0
    end = f"{last.id}:{last.hash}" if last else None
    if as_json:
        print_json({"events": count, "last": end, "findings": findings})
    for finding in findings:
        say(f"第 {finding['id']} 条：{finding['problem']}")
    say(
        f"共 {count} 条，{f'发现 {len(findings)} 处问题' if findings else '完整'}。最后一条 {end or '（空）'}"
    )
    if findings:
        context.exit(FINDING)


def _against(anchor: str) -> list[dict[str, object]]:
    """What differs from the number and hash that were noted earlier."""
    noted = re.fullmatch(r"(\d+):([0-9a-f]{64})", anchor)
    if noted is None:
        raise click.BadParameter("应为“编号:哈希”，哈希是 64 位十六进制数字。", param_hint="--anchor")
    number, expected = int(noted[1]), noted[2]
    found = session.scalar(select(LedgerEvent.hash).where(LedgerEvent.id == number))
    if found == expected:
        return []
    problem = "与此前记下的哈希不同：账被重写" if found else "此前记下的这一条已不存在：账的末尾被截去"
    return [{"id": number, "problem": problem}]
