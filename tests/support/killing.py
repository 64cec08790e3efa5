"""Many filings at once, the server killed in the middle, everything sent again: what stands in the end, in counts."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import random
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from adapters.files import FolderStore
from app import create_app
from cli.serve import web_command
from config import Config
from models.cases.tables import Case
from models.database import Database
from models.filings.tables import Evidence, Filing, Receipt
from models.ledger.tables import LedgerEvent
from models.people.tables import Account
from models.people.tokens import Scope, make_token
from models.types import now_utc
from shared.database import commit, database, session
from tests.support.filings import JPEG
from tests.support.running import prepare, processes
from tests.support.wire import LOST

EDGE = "edge-of-a-part"
MATTER = {
    "track": "report",
    "right_type": "trademark",
    "respondent": {"name": "演示市场三排八号摊位"},
    "facts": "摊位上摆着标有演示牌商标的水杯。",
}


@dataclass
class Counts:
    """What came of it. `shown` are filings whose receipt arrived before the server died."""

    filers: int
    shown: int = 0
    whole: int = 0
    halves: int = 0
    changed: int = 0
    twice: int = 0
    events: int = 0
    references: dict[int, str] = field(default_factory=dict, repr=False)

    @property
    def is_right(self) -> bool:
        """Nothing lost, nothing half, nothing twice."""
        nothing_wrong = not (self.halves or self.changed or self.twice)
        return nothing_wrong and self.whole == self.filers == self.events

    def __str__(self) -> str:
        return (
            f"{self.filers} filers, {self.shown} receipts before the server was killed; afterwards {self.whole} whole "
            f"filings, {self.halves} half ones, {self.changed} receipts that changed, {self.twice} cases too many"
        )


class Filer:
    """One of them, with a photo and a key of its own."""

    def __init__(self, number: int, port: int, token: str) -> None:
        self.number, self.port, self.token = number, port, token
        self.photo = JPEG + number.to_bytes(8, "big") + os.urandom(2_000)

    def send(self) -> str:
        """Files, or files again; gives the reference. What goes wrong on the way is one of LOST."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            headers = {
                "Authorization": f"Bearer {self.token}",
                "Idempotency-Key": f"filer-{self.number}",
                "Content-Type": f"multipart/form-data; boundary={EDGE}",
            }
            line.request("POST", "/api/v1/filings", body=self._body(), headers=headers)
            answer = line.getresponse()
            told = json.loads(answer.read())
        finally:
            line.close()
        assert answer.status in (200, 201), told
        return str(told["reference"])

    def _body(self) -> bytes:
        part = f'--{EDGE}\r\nContent-Disposition: form-data; name="%s"\r\n\r\n'
        return b"".join(
            [
                (part % "filing").encode() + json.dumps(MATTER).encode() + b"\r\n",
                (part % 'files"; filename="a.jpg').encode() + self.photo,
                f"\r\n--{EDGE}--\r\n".encode(),
            ]
        )


def kill_while_filing(env: dict[str, str], folder: Path, *, filers: int, seed: int) -> Counts:
    """Prepares a site by `env`, lets `filers` file at once, kills the server at some moment, starts it again, and has
    everybody send again what they sent; then counts."""
    prepare(env)
    config = Config.from_env(env)
    token, counts = _token(config), Counts(filers)
    everybody = [Filer(number, config.port, token) for number in range(filers)]
    command = list(web_command(config))[2:]
    until = random.Random(seed).randint(filers // 20, filers // 2)  # noqa: S311 - which moment, not a secret
    with processes(command, env, folder / "log") as server:
        _file_until(everybody, counts, until, lambda: os.killpg(server.pid, signal.SIGKILL))
    counts.shown = len(counts.references)
    with processes(command, env, folder / "log"), ThreadPoolExecutor(16) as pool:
        again = dict(enumerate(pool.map(Filer.send, everybody)))
    counts.changed = sum(again[number] != shown for number, shown in counts.references.items())
    _count(config, counts, everybody)
    return counts


def _file_until(everybody: Sequence[Filer], counts: Counts, until: int, kill: Callable[[], None]) -> None:
    enough = threading.Event()

    def send(filer: Filer) -> None:
        try:
            counts.references[filer.number] = filer.send()
        except (*LOST, json.JSONDecodeError):
            return
        if len(counts.references) >= until:
            enough.set()

    with ThreadPoolExecutor(len(everybody)) as pool:
        sending = [pool.submit(send, filer) for filer in everybody]
        assert enough.wait(120), "the server took too few"
        kill()
        for one in sending:
            one.result()


def _token(config: Config) -> str:
    with create_app(config).app_context():
        maker = session.scalars(select(Account).where(Account.username == "everything")).one()
        _made, secret = make_token(
            session, name="test", scopes=[Scope.FILING_CREATE], expires_at=None, actor=maker, now=now_utc()
        )
        commit()
        session.close()
        database().dispose()
    return secret


def _count(config: Config, counts: Counts, everybody: Sequence[Filer]) -> None:
    store, kept = FolderStore(config.files_dir), Database(config.database_url)
    sent = {hashlib.sha256(filer.photo).hexdigest() for filer in everybody}
    try:
        with kept.reading() as reading:
            rows = select(Filing.id, Evidence.sha256, Evidence.store_key).join(
                Evidence, Evidence.filing_id == Filing.id
            )
            whole = rows.join(Case, Case.filing_id == Filing.id).join(
                Receipt, Filing.receipt_id == Receipt.id
            )
            for _filing, digest, key in reading.execute(whole):
                with store.open(key) as file:
                    counts.whole += hashlib.sha256(file.read()).hexdigest() == digest and digest in sent
            filings = reading.scalar(select(func.count()).select_from(Filing)) or 0
            cases = reading.scalar(select(func.count()).select_from(Case)) or 0
            registered = select(func.count()).where(LedgerEvent.act == "register_filing")
            counts.events = reading.scalar(registered) or 0
            counts.halves = max(filings, cases) - counts.whole
            counts.twice = max(0, cases - counts.filers)
    finally:
        kept.dispose()
