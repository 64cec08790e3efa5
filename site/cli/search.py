"""`flask search`: the index and how it stands."""

from __future__ import annotations

import dataclasses

import click
from flask.cli import AppGroup

from background import indexing
from cli.output import FINDING, json_option, print_json, say
from search.errors import IndexBusy, IndexUnavailable

group = AppGroup("search", help="检索索引。")
EVERY = 500  # records between two words on progress


def rebuild_when_missing() -> None:
    """Makes the index when there is none that can be read."""
    if not indexing.is_sound():
        say("正在建立检索索引……")
        indexing.rebuild(_progress)


@group.command("rebuild")
@json_option
def rebuild(as_json: bool) -> None:
    """从数据库重建整个索引。建好之前，检索仍用原来的索引；中途断了，再运行一次会接着做。"""
    try:
        records = indexing.rebuild(_progress)
    except IndexBusy:
        raise click.ClickException("另一个进程正在写索引，请稍后再试。") from None
    if as_json:
        print_json({"records": records})
    say(f"索引已重建，共 {records} 份。")


@group.command("status")
@json_option
@click.pass_context
def status(context: click.Context, as_json: bool) -> None:
    """索引现在的情况；没有可用的索引时退出码为 1。"""
    try:
        found = indexing.store().status()
    except IndexUnavailable as error:
        if as_json:
            print_json({"available": False, "reason": str(error)})
        say("没有可用的索引：请运行 search rebuild，后台进程也会自行重建。")
        context.exit(FINDING)
    if as_json:
        print_json({"available": True, **dataclasses.asdict(found)})
    size = found.size_bytes / 1024 / 1024
    say(f"第 {found.generation} 代，{found.documents} 份，{found.segments} 段，{size:.1f} MB。")


def _progress(done: int) -> None:
    if done % EVERY == 0:
        say(f"  {done} 份")
