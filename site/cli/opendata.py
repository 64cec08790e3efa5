"""`flask export` and `flask snapshot`: what the worker does for /data, by hand."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from background import opendata
from cli.output import json_option, print_json, say
from journey.keys import keyring
from models.data.commitments import commit_public, erase_ended
from models.data.heads import head_file, sign_head
from models.people.actors import COMMAND
from models.types import beijing_date, now_utc
from results.bulk import WHOLE, days_of
from results.exports import chunks
from shared.database import commit, session
from shared.services import services

AT_ONCE = 500


@click.command("export")
@click.argument("name")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="文件；不写就打印。")
@json_option
@with_appcontext
def export(name: str, output: Path | None, as_json: bool) -> None:
    """生成一个开放数据文件。

    NAME 是 decisions.csv、decisions.jsonl、decisions.xlsx、entities.ftm.json，
    decisions-2026-03.csv（某月公示的），delta-2026-03-02.jsonl（某天的变化）。
    """
    if days_of(name) is None:
        names = "、".join(WHOLE)
        raise click.UsageError(
            f"没有名为 {name} 的数据文件。可以是 {names}、decisions-年-月.csv 或 .jsonl、delta-年-月-日.jsonl。"
        )
    if as_json and output is None:
        raise click.UsageError("--json 要和 --output 一起用：标准输出只能有一个文档。")
    made = opendata.made(name, beijing_date(now_utc())).export
    if output is None:
        for chunk in chunks(made):
            click.echo(chunk, nl=False)
    else:
        with output.open("wb") as target:
            target.writelines(chunks(made))
    if as_json:
        print_json({"name": name, "rows": made.rows, "bytes": made.size, "sha256": made.sha256})
    say(f"{name}：{made.rows} 行，SHA-256 {made.sha256}")


@click.command("snapshot")
@json_option
@with_appcontext
def snapshot(as_json: bool) -> None:
    """把公示中的决定书加进承诺树，销毁已停止公示的盐，签名；没有变化时给出上一次的签名。"""
    now = now_utc()
    erased = erase_ended(session, actor=COMMAND, now=now)
    looked_at = 0
    while found := commit_public(session, now=now, limit=AT_ONCE):
        looked_at += found
        commit()
        say(f"  {looked_at} 份")
    bureau = services().bureau.bureau.name
    head = sign_head(session, bureau=bureau, keys=keyring(), actor=COMMAND, now=now)
    document = {**head_file(head), "committed": looked_at, "erased": erased}
    commit()
    if as_json:
        print_json(document)
    say(f"树里共 {document['head']['tree_size']} 份，根 {document['head']['root']}。")
