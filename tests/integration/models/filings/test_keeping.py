"""A file that was touched is found; a file that nobody needs goes, and no other."""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from adapters.files import FolderStore
from models.cases.intake import receive
from models.filings.evidence import Allowance, attach
from models.filings.keeping import Damage, check_evidence, orphans, sweep_orphans
from models.filings.tables import Evidence
from models.people.actors import FILER
from models.types import now_utc
from tests.factories import NOW
from tests.support.cases import an_office
from tests.support.filings import JPEG, KEYS, a_submission

DAY = dt.timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def store(folder: Path) -> FolderStore:
    return FolderStore(folder)


def _attach(session: Session, store: FolderStore, draft: str = "a draft") -> Evidence:
    allowance = Allowance(file_bytes=10_000, filing_bytes=20_000, files=3)
    stream = io.BytesIO(JPEG)
    return attach(
        session, token=draft, stream=stream, file_name="一.jpg", allowance=allowance, store=store, now=NOW
    )


def _path(folder: Path, evidence: Evidence) -> Path:
    return folder / evidence.store_key[:2] / evidence.store_key


def test_whole_files_are_whole_and_told_with_their_filing(session: Session, store: FolderStore) -> None:
    an_office(session)
    submission = a_submission()
    _attach(session, store, submission.token)
    filing = receive(session, submission=submission, actor=FILER, now=NOW, keys=KEYS).filing
    reference = filing.shown_reference
    _attach(session, store, "not sent")
    checked = [(one.reference, one.size, one.damage) for one in check_evidence(session, store)]
    assert checked == [(reference, len(JPEG), None), (None, len(JPEG), None)]


@pytest.mark.parametrize("harm", ["a byte", "cut", "longer", "gone", "a folder"])
def test_whatever_happens_to_a_file_shows(
    session: Session, store: FolderStore, folder: Path, harm: str
) -> None:
    path = _path(folder, _attach(session, store))
    expected = Damage.ALTERED
    if harm == "a byte":
        path.write_bytes(JPEG[:-1] + b"\x01")
    elif harm == "cut":
        path.write_bytes(JPEG[:-1])
    elif harm == "longer":
        path.write_bytes(JPEG + b"\x00")
    else:
        path.unlink()
        expected = Damage.MISSING
    if harm == "a folder":
        path.mkdir()
        expected = Damage.UNREADABLE
    assert [one.damage for one in check_evidence(session, store)] == [expected]


def test_what_no_row_names_goes_after_a_day_and_nothing_else(
    session: Session, store: FolderStore, folder: Path
) -> None:
    kept = _attach(session, store)
    lost = store.save(io.BytesIO(JPEG), limit=1000).key
    (folder / lost[:2] / f"{'f' * 32}.part").write_bytes(b"half")
    now = now_utc()
    assert sweep_orphans(session, store, now + 0.9 * DAY) == 0
    assert list(orphans(session, store, now + 1.1 * DAY)) == [lost]
    assert sweep_orphans(session, store, now + 1.1 * DAY) == 2
    assert [path.name for path in folder.glob("*/*")] == [kept.store_key]
    assert sweep_orphans(session, store, now + 1.1 * DAY) == 0


def test_a_great_many_files_are_asked_for_in_parts(
    session: Session, store: FolderStore, folder: Path
) -> None:
    kept = _attach(session, store)
    (folder / "aa").mkdir(exist_ok=True)
    for number in range(450):
        (folder / "aa" / f"aa{number:030d}").write_bytes(b"x")
    old = (now_utc() - 2 * DAY).timestamp()
    for path in folder.glob("*/*"):
        os.utime(path, (old, old))
    assert sweep_orphans(session, store, now_utc()) == 450
    assert [path.name for path in folder.glob("*/*")] == [kept.store_key]
