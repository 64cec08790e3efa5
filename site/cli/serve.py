"""`flask serve`: prepares the database, the demo and the index, then runs web server and worker until told to stop."""

from __future__ import annotations

import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence

import click
from flask.cli import with_appcontext

from cli.children import Children
from cli.database import bring_up_to_date
from cli.demo.accounts import DemoAccount, shown_accounts
from cli.demo.load import load_when_empty
from cli.output import say
from cli.search import rebuild_when_missing
from config import ROOT, Config
from shared.database import database, session
from shared.services import services

ANSWER_SECONDS = 5
# How long a request under way may take when the server is told to stop. Connections that browsers open in advance and
# leave silent are waited for just as long, so a developer's Ctrl-C gets less.
PATIENCE_SECONDS = 20


@click.command("serve")
@with_appcontext
def serve() -> None:
    """启动网站和后台进程。先准备数据库、演示数据（仅在没有办件也没有账号时）和索引，全部就绪才开始监听。

    HOST、PORT、PROFILE 或对应的 HUHANG_ 设置决定地址和本局配置。Ctrl-C 停止，再按一次强行停止。
    """
    config = services().config
    _refuse_taken_port(config)
    bring_up_to_date()
    if not config.is_production:
        load_when_empty()
    session.close()  # an open transaction would keep the rebuild from writing what it has found
    rebuild_when_missing()
    accounts = shown_accounts()
    session.close()  # an open transaction would keep the children from writing
    database().dispose()
    children = Children(ROOT)
    children.listen()
    try:
        _run(children, config, accounts)
    finally:
        children.stop()
    say("已停止。")


def _run(children: Children, config: Config, accounts: Sequence[DemoAccount]) -> None:
    children.start("网站", web_command(config))
    children.start("后台进程", [sys.executable, "-m", "flask", "--app", str(ROOT / "wsgi.py"), "worker"])
    if children.wait_until(lambda: _is_ready(config)):
        _welcome(config, accounts)
        children.wait_until(lambda: False)
    ended = children.ended()
    if ended is not None and not children.is_told_to_stop:
        raise click.ClickException(f"{ended}意外退出（原因见上面的日志），已停止全部进程。")


def web_command(config: Config) -> Sequence[str]:
    """The command line of the web server."""
    return [
        *(sys.executable, "-m", "gunicorn", "wsgi:app"),
        *("--bind", f"{_bracketed(config.host)}:{config.port}"),
        *("--workers", str(config.web_workers), "--threads", str(config.web_threads)),
        *("--graceful-timeout", str(PATIENCE_SECONDS if config.is_production else 2)),
        *("--log-level", "warning", "--no-control-socket", "--config", str(ROOT / "gunicorn.conf.py")),
    ]


def _refuse_taken_port(config: Config) -> None:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError as error:
            problem = (
                f"不能监听 {config.host}:{config.port}（{error.strerror}）。换一个端口：PORT=8001 make run"
            )
            raise click.ClickException(problem) from None


def _is_ready(config: Config) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(config.host, config.host)  # noqa: S104 compared, not bound
    try:
        address = f"http://{_bracketed(host)}:{config.port}/readyz"
        with urllib.request.urlopen(address, timeout=ANSWER_SECONDS):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _welcome(config: Config, accounts: Sequence[DemoAccount]) -> None:
    lines = ["", f"  护航已就绪： http://{_bracketed(config.host)}:{config.port}/", ""]
    if accounts:
        lines.append("  演示账号（登录地址 /sign-in）：")
        lines.extend(
            f"    {account.label:<12}{account.username:<20}{account.password}" for account in accounts
        )
        lines.append("")
    lines.append("  按 Ctrl-C 停止。")
    click.echo("\n".join(lines))
