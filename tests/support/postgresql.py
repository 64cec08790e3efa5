"""A private PostgreSQL server for tests: made in a temporary folder, reached by a Unix socket, gone at the end.

`python -m tests.support.postgresql` starts one, prints its address and keeps it until it is told to stop, so that
several test processes can share it through HUHANG_TEST_POSTGRESQL_URL.
"""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARIES = "/usr/lib/postgresql/*/bin"  # where Debian puts what its wrappers call
USER = "huhang"
# Nothing here has to survive a power cut, so nothing waits for the disk.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "''",
    "max_connections": "60",
}


class PostgreSQLMissing(Exception):
    """There is no server on this machine, or it does not start; the message says which."""


def _binaries() -> Path:
    places = sorted(glob.glob(BINARIES), key=lambda place: float(Path(place).parent.name))
    if not places:
        raise PostgreSQLMissing("PostgreSQL is not installed (Debian package postgresql)")
    return Path(places[-1])


def _server_account(folder: Path) -> dict[str, str]:
    """PostgreSQL refuses to run as root, so root lends it the account that Debian made for it."""
    if os.geteuid() != 0:
        return {}
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        raise PostgreSQLMissing("PostgreSQL does not run as root, and there is no account postgres") from None
    shutil.chown(folder, "postgres")
    return {"user": "postgres", "group": "postgres"}


def _call(arguments: Sequence[str], folder: Path, account: dict[str, str]) -> None:
    # A session of its own, so that Ctrl-C in the terminal reaches the tests and not their server.
    with (folder / "output").open("a+") as output:
        done = subprocess.run(
            arguments,
            cwd=folder,
            stdout=output,
            stderr=output,
            check=False,
            start_new_session=True,
            **account,
        )
        if done.returncode:
            output.seek(0)
            raise PostgreSQLMissing(f"{Path(arguments[0]).name} failed: {output.read()[-500:]}")


@contextmanager
def running() -> Iterator[str]:
    """Starts a server and gives its SQLAlchemy address; stops and removes it at the end."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="huhang-pg-", dir="/tmp"))  # a socket's path must be short
    try:
        account = _server_account(folder)
        data = str(folder / "data")
        cluster = [str(binaries / "initdb"), "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8"]
        _call([*cluster, "--locale=C.UTF-8", "--no-sync"], folder, account)
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        control = [str(binaries / "pg_ctl"), "-D", data, "-s", "-w"]
        _call([*control, "-l", f"{data}/log", "-o", f"{options} -k {folder}", "start"], folder, account)
        try:
            yield f"postgresql+psycopg://{USER}@/postgres?host={folder}"
        finally:
            _call([*control, "-m", "immediate", "stop"], folder, account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def guarded() -> Iterator[str]:
    """Like `running`, in a process of its own that cleans up even when this one is killed."""
    command = [sys.executable, "-m", __name__]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        try:
            url = server.stdout.readline().strip()
            if not url:
                raise PostgreSQLMissing(server.stderr.read().strip())
            yield url
        finally:
            server.terminate()


def main() -> None:
    """Serves until SIGTERM, SIGINT or the end of the process that started it."""
    told_to_stop: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda got, _frame: told_to_stop.append(got))
    parent = os.getppid()
    try:
        with running() as url:
            sys.stdout.write(url + "\n")
            sys.stdout.flush()
            while not told_to_stop and os.getppid() == parent:
                time.sleep(0.2)
    except PostgreSQLMissing as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
