"""`flask evidence verify`: is every file still what was handed in?"""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from cli.output import FINDING, json_option, print_json, say
from models.filings.keeping import DAMAGE_LABELS, check_evidence, how_many, orphans
from models.types import now_utc
from shared.database import session
from shared.services import services

group = AppGroup("evidence", help="证据文件的核验。")
_WITHOUT_REFERENCE = {"proofs": "权利人的证明", "statement_files": "被举报（投诉）方的材料"}


@group.command("verify")
@json_option
@click.pass_context
def verify(context: click.Context, as_json: bool) -> None:
    """重新计算每个证据、证明和陈述材料（原件和净化副本）的 SHA-256，指出丢失或被改动的。发现问题时退出码为 1。

    没有登记的文件（上传中断留下的）只报个数，满一天后由后台自动清除，不算问题。
    """
    store, total = services().files, how_many(session)
    findings, count, size = [], 0, 0
    with click.progressbar(length=total, file=sys.stderr, label="核验") as bar:
        for checked in check_evidence(session, store):
            count, size = count + 1, size + checked.size
            if checked.damage:
                findings.append(
                    {
                        "table": checked.table,
                        "number": checked.number,
                        "file": "copy" if checked.is_copy else "original",
                        "reference": checked.reference,
                        "damage": checked.damage.value,
                    }
                )
            bar.update(1)
    left = sum(1 for _key in orphans(session, store, now_utc()))
    if as_json:
        print_json({"files": count, "bytes": size, "orphans": left, "findings": findings})
    for finding in findings:
        where = finding["reference"] or _WITHOUT_REFERENCE.get(str(finding["table"]), "尚未提交")
        which = "的净化副本" if finding["file"] == "copy" else ""
        say(f"文件 {finding['number']}{which}（{where}）：{DAMAGE_LABELS[finding['damage']]}")  # type: ignore[index]
    say(
        f"共 {count} 个文件，{f'{len(findings)} 个有问题' if findings else '全部完好'}；没有登记的文件 {left} 个。"
    )
    if findings:
        context.exit(FINDING)
