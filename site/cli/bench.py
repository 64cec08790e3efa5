"""`flask bench`: the benchmarks, each in a process of its own with data of its own."""

from __future__ import annotations

import subprocess
import sys

import click

from cli.output import FINDING, json_option
from config import ROOT

NAMES = sorted(path.stem for path in (ROOT / "benchmarks").glob("[a-z]*.py"))
SCALES = ["reduced", "full"]


@click.command("bench")
@click.argument("name", required=False, type=click.Choice(NAMES))
@click.option("--scale", type=click.Choice(SCALES), default="reduced", show_default=True, help="数据规模。")
@json_option
@click.pass_context
def bench(context: click.Context, name: str | None, scale: str, as_json: bool) -> None:
    """运行性能测量 NAME，不给则全部运行；不使用本站的数据。承诺的指标达不到时退出码为 1。"""
    if as_json and name is None:
        raise click.UsageError("--json 要指明 NAME：一次只输出一份。")
    chosen = [*([name] if name else []), "--scale", scale, *(["--json"] if as_json else [])]
    done = subprocess.run([sys.executable, "-m", "benchmarks", *chosen], cwd=ROOT, check=False)  # noqa: S603 ours
    if done.returncode:
        context.exit(FINDING)
