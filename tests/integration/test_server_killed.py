"""The web server is killed while many people file at once: who saw a receipt has a whole filing, nobody has half of one."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adapters.files import FolderStore
from cli.serve import web_command
from config import Config
from models.cases.tables import Case, CaseAct
from models.clocks.tables import Deadline, SubjectKind
from models.database import Database
from models.filings.tables import Draft, Filing, HeldCode, Receipt
from models.ledger.tables import LedgerEvent
from tests.support.filings import FACTS, JPEG
from tests.support.running import environment, free_port, prepare, processes
from tests.support.sources import ROOT
from tests.support.wire import LOST, Wire

FILERS = 40
RECEIPTS_BEFORE_THE_END = 12
TOKEN = re.compile(r'name="token"[^>]*value="([^"]+)"')


class Filers:
    """All of them, each with a draft ready to be sent."""

    def __init__(self, address: str) -> None:
        self.wires = [Wire(address) for _ in range(FILERS)]
        self.receipts: dict[str, Wire] = {}
        self.enough = threading.Event()

    def make_ready(self) -> None:
        with ThreadPoolExecutor(8) as pool:
            self.ready = list(pool.map(_fill_in, self.wires))

    def send_all(self) -> None:
        with ThreadPoolExecutor(FILERS) as pool:
            list(pool.map(self._send, self.wires, self.ready))

    def _send(self, wire: Wire, token: str) -> None:
        try:
            location = wire.post("/file/check", token=token)
        except LOST:
            return  # the server died under it; such a filer has no receipt, and files again
        assert location.startswith("/receipt/"), location
        self.receipts[location.removeprefix("/receipt/")] = wire
        if len(self.receipts) >= RECEIPTS_BEFORE_THE_END:
            self.enough.set()


def _fill_in(wire: Wire) -> str:
    wire.get("/file")
    wire.post("/file", situation="report")
    wire.post("/file/kind", right_type="trademark")
    wire.post("/file/facts", **FACTS)
    wire.upload("/file/evidence", "照片.jpg", JPEG + os.urandom(2_000), act="continue")
    wire.post("/file/contact", how="anonymous", name="", phone="", email="")
    found = TOKEN.search(wire.get("/file/check"))
    assert found
    return found[1]


def test_a_receipt_that_was_shown_stands_for_a_whole_filing(tmp_path: Path) -> None:
    env = environment(tmp_path / "data", free_port())
    prepare(env)
    config = Config.from_env(env)
    server = list(web_command(config))[2:]
    filers = Filers(f"http://127.0.0.1:{config.port}")
    with processes(server, env, tmp_path / "log") as process:
        filers.make_ready()
        sending = threading.Thread(target=filers.send_all)
        sending.start()
        assert filers.enough.wait(60)
        os.killpg(process.pid, signal.SIGKILL)
        sending.join()
    assert RECEIPTS_BEFORE_THE_END <= len(filers.receipts) < FILERS, "the server died in the middle of it"

    database = Database(config.database_url)
    with database.reading() as session:
        filings = {filing.reference: filing for filing in session.scalars(select(Filing))}
        assert filers.receipts.keys() <= filings.keys()
        for filing in filings.values():
            _assert_whole(session, filing, FolderStore(config.files_dir))
        kept = session.scalar(select(func.count()).select_from(Draft)) or 0
        assert kept == FILERS - len(filings), "what was not sent is still a draft"
    database.dispose()

    verified = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "audit", "verify"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert verified.returncode == 0, verified.stderr
    with processes(server, env, tmp_path / "log"):
        reference, wire = next(iter(filers.receipts.items()))
        assert 'id="code"' in wire.get(f"/receipt/{reference}"), "the query code is still there to be noted"


def _assert_whole(session: Session, filing: Filing, files: FolderStore) -> None:
    case = session.scalars(select(Case).where(Case.filing_id == filing.id)).one()
    clocks = select(func.count()).where(
        Deadline.subject_kind == SubjectKind.CASE, Deadline.subject_id == case.id
    )
    assert session.scalar(select(func.count()).where(CaseAct.case_id == case.id)) == 1
    assert (session.scalar(clocks) or 0) >= 1
    assert session.scalars(select(HeldCode).where(HeldCode.filing_id == filing.id)).one()
    assert session.scalars(select(Receipt).where(Receipt.id == filing.receipt_id)).one()
    events = select(LedgerEvent.act).where(
        LedgerEvent.subject_kind == "filings", LedgerEvent.subject_id == filing.id
    )
    assert "register_filing" in session.scalars(events).all()
    (evidence,) = filing.evidence
    with files.open(evidence.store_key) as stored:
        assert hashlib.sha256(stored.read()).hexdigest() == evidence.sha256
