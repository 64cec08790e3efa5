"""The site as it runs: web server and worker in processes of their own, over a data folder of their own, without demo."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flask_security import hash_password
from sqlalchemy import select

from app import create_app
from cli.database import bring_up_to_date
from config import Config
from models.people.actors import COMMAND
from models.people.operations import assign_role, create_account
from models.people.roles import AccountKind, Role
from models.people.tables import Unit
from models.types import now_utc
from shared.database import commit, database, session
from shared.services import services
from tests.support.papers import confirm_prefix
from tests.support.sources import ROOT

PASSWORD = "three-unrelated-words"
READY_SECONDS = 60
STOP_SECONDS = 40
# Account name: the unit by its code in the profile, and the roles there; a rights-holder has none.
PEOPLE: dict[str, tuple[str, tuple[Role, ...]]] = {
    "intake": ("bureau", (Role.INTAKE,)),
    "careful": ("bureau", (Role.INTAKE,)),
    "desk": ("bureau", (Role.HANDLER,)),
    "county": ("xinhua", (Role.INTAKE, Role.HANDLER)),
    "neighbour": ("weidong", (Role.INTAKE, Role.HANDLER)),
    "aid": ("aid-centre", (Role.INTAKE, Role.HANDLER)),
    "head": ("bureau", (Role.HEAD,)),
    "supervisor": ("bureau", (Role.SUPERVISOR,)),
    "publisher": ("bureau", (Role.PUBLISHER,)),
    "reviewer": ("bureau", (Role.REVIEWER,)),
    "both": ("bureau", (Role.PUBLISHER, Role.REVIEWER)),
    "everything": ("bureau", tuple(Role)),
    "holder": ("", ()),
}


def environment(data: Path, port: int, **settings: str) -> dict[str, str]:
    """The environment of a site: nothing of the tests' own, no limits on how often one may come."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("HUHANG_") and name not in ("HOST", "PORT", "PROFILE")
    }
    own = {
        "HUHANG_DATA": str(data),
        "HUHANG_PORT": str(port),
        "HUHANG_PROFILE": "pingdingshan",
        "HUHANG_RATE_LIMITS": "off",
        "HUHANG_UPLOAD_FILE_MB": "1",
    }
    return {**kept, **own, **settings}


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepare(env: dict[str, str]) -> None:
    """The installation before its first start: schema, rules, units, and the people who work there."""
    app = create_app(Config.from_env(env))
    with app.app_context():
        try:
            bring_up_to_date()
            _engage()
            commit()
        finally:
            session.close()
            database().dispose()


def _engage() -> None:
    units = {unit.code: unit for unit in session.scalars(select(Unit))}
    secret = hash_password(PASSWORD)
    for username, (unit, roles) in PEOPLE.items():
        account = create_account(
            session,
            kind=AccountKind.STAFF if roles else AccountKind.RIGHTS_HOLDER,
            username=username,
            display_name=f"测试{username}",
            organisation=None if roles else "示例演示水杯有限公司",
            password_hash=secret,
            actor=COMMAND,
            now=now_utc(),
        )
        for role in roles:
            assign_role(session, account=account, unit=units[unit], role=role, actor=COMMAND, now=now_utc())
        if username == "head":
            confirm_prefix(session, account, services().bureau)


@contextmanager
def processes(command: Sequence[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Starts `command` (a module and its arguments) in a process group of its own, and waits until the site answers.

    At the end all of it is stopped. Whoever kills it before loses nothing here.
    """
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=env,
            stdout=output,
            stderr=output,
            start_new_session=True,
        ) as process,
    ):
        try:
            _wait_until_ready(process, int(env["HUHANG_PORT"]), log)
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the site did not start:\n{log.read_text(errors='replace')[-3000:]}")
