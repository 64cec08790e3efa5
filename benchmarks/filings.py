"""Filings a second: one API call each, with a photo of 2 MB, two gunicorn workers, the client on the same machine.

    python -m benchmarks.filings [--scale full] [--json]

On SQLite and, where there is a server, on PostgreSQL. Beside it stands what the disk alone can do: 2 MB written and
synced, one after another, which no filing can beat. At the end every filing that was answered is looked for: its case,
its file by hash, its receipt, its event. 1 when one is lost, or when the aim is missed (30 a second on SQLite, 60 on
PostgreSQL) although the disk would have allowed it. What bounds it is said: the processor time that a filing costs the
two workers, and which share that was of all that the machine's processors did meanwhile, for the client, the database
and whatever else runs on it.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import http.client
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sqlalchemy import String, cast, func, select

from app import create_app
from config import Config
from models.cases.tables import Case
from models.database import Database
from models.filings.tables import Evidence, Filing, Receipt
from models.ledger.tables import LedgerEvent
from models.people.tables import Account
from models.people.tokens import Scope, make_token
from models.types import now_utc
from shared.database import commit, database, session
from tests.support import postgresql
from tests.support.databases import new_databases
from tests.support.running import environment, free_port, prepare, processes

MEGABYTE = 1024 * 1024
PHOTO_BYTES = 2 * MEGABYTE
COUNTS = {"reduced": 120, "full": 1200}
CLIENTS = 8
AIMS = {"sqlite": 30, "postgresql": 60}
HEAD = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
MATTER = {
    "track": "report",
    "right_type": "trademark",
    "respondent": {"name": "演示市场三排八号摊位", "address": "演示路 1 号"},
    "facts": "摊位上摆着标有演示牌商标的水杯，价格只有正品的十分之一。",
}
EDGE = "edge-of-a-part"


class Client:
    """Sends filings over one connection after another call; each with a photo of its own."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token, self.local = port, token, threading.local()
        self.rest = os.urandom(PHOTO_BYTES - len(HEAD) - 16)

    def send(self, number: int) -> tuple[float, int, str]:
        """One filing: seconds, status, SHA-256 of its photo."""
        photo = HEAD + number.to_bytes(16, "big") + self.rest
        body = _multipart(json.dumps(MATTER).encode(), photo)
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": str(number),
            "Content-Type": f"multipart/form-data; boundary={EDGE}",
        }
        began = time.perf_counter()
        line = self._line()
        line.request("POST", "/api/v1/filings", body=body, headers=headers)
        answer = line.getresponse()
        answer.read()
        return time.perf_counter() - began, answer.status, hashlib.sha256(photo).hexdigest()

    def _line(self) -> http.client.HTTPConnection:
        if not hasattr(self.local, "line"):
            self.local.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        kept: http.client.HTTPConnection = self.local.line
        return kept


def _multipart(matter: bytes, photo: bytes) -> bytes:
    return b"".join(
        [
            f'--{EDGE}\r\nContent-Disposition: form-data; name="filing"\r\n\r\n'.encode() + matter,
            f'\r\n--{EDGE}\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'.encode(),
            photo,
            f"\r\n--{EDGE}--\r\n".encode(),
        ]
    )


def measure(folder: Path, engine: str, database_url: str, count: int) -> dict[str, Any]:
    """One installation, `count` filings."""
    port = free_port()
    settings = {"HUHANG_DATABASE_URL": database_url} if database_url else {}
    env = environment(folder / engine, port, HUHANG_UPLOAD_FILE_MB="50", **settings)
    prepare(env)
    config = Config.from_env(env)
    client = Client(port, _new_token(config))
    command = ["gunicorn", "wsgi:app", "--workers=2", "--threads=4", f"--bind=127.0.0.1:{port}"]
    with processes(command, env, folder / f"{engine}.log") as server:
        for number in range(8):  # imports, templates, first connections
            client.send(10**9 + number)
        workers = _children(server.pid)
        spent, began, busy = _processor_seconds(workers), time.perf_counter(), _machine_seconds()
        with ThreadPoolExecutor(CLIENTS) as pool:
            sent = list(pool.map(client.send, range(count)))
        seconds = time.perf_counter() - began
        spent, busy = _processor_seconds(workers) - spent, _machine_seconds() - busy
    times = sorted(took for took, _status, _digest in sent)
    taken = [digest for _took, status, digest in sent if status == 201]
    return {
        "engine": engine,
        "filings": count,
        "taken": len(taken),
        "lost": _lost(config, taken),
        "per_second": round(count / seconds, 1),
        "p50_ms": round(1000 * times[len(times) // 2]),
        "p95_ms": round(1000 * times[int(len(times) * 0.95)]),
        "processor_ms": round(1000 * spent / count, 1),
        "share_of_machine": round(spent / busy, 2) if busy else 0.0,
    }


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _processor_seconds(pids: list[int]) -> float:
    """What these processes have used, theirs and the kernel's for them."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _machine_seconds() -> float:
    """What all processes of the machine have used together, waiting for the disk left out."""
    user, nice, system, _idle, _disk, *rest = map(
        int, Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    )
    return (user + nice + system + sum(rest[:3])) / os.sysconf("SC_CLK_TCK")


def _new_token(config: Config) -> str:
    with create_app(config).app_context():
        maker = session.scalars(select(Account).where(Account.username == "everything")).one()
        _token, secret = make_token(
            session,
            name="benchmark",
            scopes=[Scope.FILING_CREATE],
            expires_at=None,
            actor=maker,
            now=now_utc(),
        )
        commit()
        session.close()
        database().dispose()
    return secret


def _lost(config: Config, taken: list[str]) -> int:
    """How many of the answered filings, and of all that stand there, are not whole."""
    kept = Database(config.database_url)
    try:
        with kept.reading() as reading:
            whole = (
                select(Evidence.sha256)
                .join(Filing, Evidence.filing_id == Filing.id)
                .join(Case, Case.filing_id == Filing.id)
                .join(Receipt, Filing.receipt_id == Receipt.id)
                .where(
                    select(LedgerEvent.id)
                    .where(
                        LedgerEvent.subject_kind == "filings",
                        LedgerEvent.subject_id == cast(Filing.id, String),
                    )
                    .exists()
                )
            )
            found = set(reading.scalars(whole))
            halves = (reading.scalar(select(func.count()).select_from(Filing)) or 0) - len(found)
    finally:
        kept.dispose()
    return len(set(taken) - found) + max(0, halves)


def disk(folder: Path, count: int = 60) -> float:
    """Files of 2 MB that the disk takes in a second, written and synced one after another."""
    content = os.urandom(PHOTO_BYTES)
    began = time.perf_counter()
    for number in range(count):
        with (folder / f"disk-{number}").open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    return count / (time.perf_counter() - began)


@contextlib.contextmanager
def _engines() -> Iterator[list[tuple[str, str]]]:
    with contextlib.ExitStack() as stack:
        found = [("sqlite", "")]
        try:
            create = stack.enter_context(new_databases(stack.enter_context(postgresql.running())))
            found.append(("postgresql", create()))
        except postgresql.PostgreSQLMissing as missing:
            print(f"without PostgreSQL: {missing}", file=sys.stderr)
        yield found


def main() -> int:
    """Prints the figures; 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", choices=list(COUNTS), default="reduced")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, _engines() as engines:
        folder = Path(name)
        alone = disk(folder)
        figures = [measure(folder, engine, url, COUNTS[chosen.scale]) for engine, url in engines]
    for one in figures:
        one["of_disk"] = round(one["per_second"] / alone, 2)
        one["aim"] = AIMS[one["engine"]]
    if chosen.json:
        print(json.dumps({"disk_per_second": round(alone, 1), "engines": figures}))
    else:
        _tell(alone, figures)
    return 0 if all(_is_kept(one, alone) for one in figures) else 1


def _tell(alone: float, figures: list[dict[str, Any]]) -> None:
    print(f"the disk alone: {alone:.0f} photos of 2 MB a second")
    for one in figures:
        print(
            f"{one['engine']:<11} {one['per_second']:>5} filings/s ({one['of_disk']} of the disk, aim {one['aim']}), "
            f"p50 {one['p50_ms']} ms, p95 {one['p95_ms']} ms, {one['taken']} of {one['filings']} taken, {one['lost']} lost;\n"
            f"{'':<11} a filing costs the workers {one['processor_ms']} ms of processor, "
            f"{one['share_of_machine']:.0%} of what the whole machine did meanwhile"
        )


def _is_kept(one: dict[str, Any], alone: float) -> bool:
    is_whole = one["taken"] == one["filings"] and one["lost"] == 0
    return is_whole and one["per_second"] >= min(one["aim"], alone / 4)


if __name__ == "__main__":
    sys.exit(main())
