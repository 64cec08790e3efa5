"""`flask worker`: the background process."""

from __future__ import annotations

import signal

import click
from flask.cli import with_appcontext

from background.handlers import HANDLERS
from background.periodic import JOBS
from background.worker import Worker
from cli.output import say
from shared.database import database


@click.command("worker")
@click.option("--once", is_flag=True, help="只取一批到期的工作，办完即退出。")
@click.option("--until-idle", is_flag=True, help="办到没有到期的工作为止，然后退出。")
@with_appcontext
def worker(once: bool, until_idle: bool) -> None:
    """办理提交后的工作：建立索引、发送邮件、按期公示。收到 SIGTERM 或 Ctrl-C 时办完手头这一件再停。"""
    if once and until_idle:
        raise click.UsageError("--once 与 --until-idle 只能用一个。")
    running = Worker(database(), HANDLERS, JOBS)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: running.stop())
    done = running.run_once() if once else running.run(until_idle=until_idle)
    say(f"已办理 {done} 项。")
