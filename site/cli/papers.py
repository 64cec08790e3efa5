"""`flask papers verify`: is every issued paper still what was issued?"""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from cli.output import FINDING, json_option, print_json, say
from models.filings.keeping import DAMAGE_LABELS
from models.letters.queries import damaged_replies
from models.papers.keeping import check_papers, how_many
from shared.database import session
from shared.services import services

group = AppGroup("papers", help="公文的核验。")


@group.command("verify")
@json_option
@click.pass_context
def verify(context: click.Context, as_json: bool) -> None:
    """重新计算每份已签发公文（Word 和 PDF）的 SHA-256，指出丢失或被改动的。发现问题时退出码为 1。

    写到举报投诉人的公文加密保存，按密文核对，不用打开。
    """
    store, total = services().files, how_many(session)
    findings, count, size = [], 0, 0
    with click.progressbar(length=total, file=sys.stderr, label="核验") as bar:
        for checked in check_papers(session, store):
            count, size = count + 1, size + checked.size
            if checked.damage:
                findings.append(
                    {
                        "paper": checked.paper_id,
                        "number": checked.document_number,
                        "file": "pdf" if checked.is_pdf else "docx",
                        "damage": checked.damage.value,
                    }
                )
                say(f"{checked.document_number}（{findings[-1]['file']}）：{DAMAGE_LABELS[checked.damage]}")
            bar.update(1)
    for letter, form, length, damage in damaged_replies(session, store):
        count, size = count + 1, size + length
        if damage:
            findings.append(
                {
                    "letter": letter.id,
                    "number": letter.document_number,
                    "file": form,
                    "damage": damage.value,
                }
            )
            say(f"{letter.document_number}（{form}）：{DAMAGE_LABELS[damage]}")
    if as_json:
        print_json({"files": count, "bytes": size, "findings": findings})
    say(f"共 {count} 个文件，{f'{len(findings)} 个有问题' if findings else '全部完好'}。")
    if findings:
        context.exit(FINDING)
