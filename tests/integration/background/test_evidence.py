"""Examining files: the verdict and the copy, once, whoever dies or is away meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adapters.scanner import ClamdScanner
from background.evidence import examine, look_for_unexamined
from background.work import Work
from models.cases.tables import Case
from models.filings.examination import EXAMINE
from models.filings.kinds import CopyObstacle, CopyState, ScanState
from models.filings.tables import Evidence
from models.outbox import OutboxRow
from models.ports import Scanner, ScannerUnavailable, ScanVerdict
from shared.services import Services, services
from tests.support import clamav
from tests.support.cases import OPENED, a_case, an_office
from tests.support.documents import SECRET, a_photo
from tests.support.evidence import filed
from tests.support.filings import Walker

Scan = Callable[[BinaryIO], ScanVerdict]


class _Saying:
    """A scanner that says what the test wants."""

    def __init__(self, scan: Scan) -> None:
        self.scan = scan

    def is_healthy(self) -> bool:
        return True


@pytest.fixture
def case(session: Session) -> Case:
    an_office(session)
    made: Case = a_case(session)
    session.commit()
    return made


@pytest.fixture
def photo(app: Flask, session: Session, case: Case) -> Iterator[Evidence]:
    with app.app_context():
        yield filed(session, case, a_photo(), "image/jpeg")


def _with(app: Flask, scanner: Scanner) -> None:
    kept: Services = app.extensions["huhang_services"]
    app.extensions["huhang_services"] = replace(kept, scanner=scanner)


def _examine(session: Session, file: Evidence) -> Evidence:
    try:
        examine([Work(EXAMINE, f"{EXAMINE}:{file.id}", {"evidence_id": file.id})])
    finally:
        session.refresh(file)
    return file


def _stored() -> int:
    return sum(1 for _key in services().files.keys_before(dt.datetime.now(dt.UTC) + dt.timedelta(days=1)))


def test_a_picture_gets_its_copy_once_and_keeps_its_original(session: Session, photo: Evidence) -> None:
    _examine(session, photo)
    assert photo.copy_state is CopyState.MADE
    assert photo.scan_state is ScanState.NOT_SCANNED, "there is no scanner"
    first = photo.copy_key
    assert _examine(session, photo).copy_key == first
    assert _stored() == 2
    with services().files.open(photo.store_key) as original, services().files.open(str(first)) as copy:
        assert original.read() == a_photo()
        assert SECRET not in copy.read()


def test_a_scanner_that_is_away_is_tried_again_and_the_copy_does_not_wait(
    app: Flask, session: Session, photo: Evidence
) -> None:
    def away(_stream: BinaryIO) -> ScanVerdict:
        raise ScannerUnavailable

    _with(app, _Saying(away))
    with pytest.raises(ScannerUnavailable):
        _examine(session, photo)
    assert (photo.scan_state, photo.copy_state) == (ScanState.FAILED, CopyState.MADE)
    _with(app, _Saying(lambda _stream: ScanVerdict(ScanState.CLEAN)))
    assert _examine(session, photo).scan_state is ScanState.CLEAN


def test_malware_is_labelled_and_kept_and_not_opened(
    app: Flask, session: Session, case: Case, tmp_path: Path
) -> None:
    try:
        clamav.find()
    except clamav.ClamAVMissing as missing:
        pytest.skip(str(missing))
    infected = a_photo() + clamav.EICAR
    with clamav.running(tmp_path / "clamd") as address, app.app_context():
        _with(app, ClamdScanner(address))
        file = _examine(session, filed(session, case, infected, "image/jpeg"))
        assert file.scan_state is ScanState.INFECTED
        assert "Eicar" in str(file.scan_finding)
        assert (file.copy_state, file.copy_obstacle) == (CopyState.IMPOSSIBLE, CopyObstacle.INFECTED)
        with services().files.open(file.store_key) as original:
            assert original.read() == infected, "nothing is dropped"


def test_malware_found_later_takes_the_copy_away(app: Flask, session: Session, photo: Evidence) -> None:
    key = _examine(session, photo).copy_key
    _with(app, _Saying(lambda _stream: ScanVerdict(ScanState.INFECTED, "Late.Find")))
    _examine(session, photo)
    assert (photo.copy_key, photo.copy_obstacle) == (None, CopyObstacle.INFECTED)
    deletion = session.scalars(select(OutboxRow).where(OutboxRow.kind == "delete_file")).one()
    assert deletion.payload == {"store_key": key}


def test_a_file_that_is_gone_is_no_fault(session: Session, photo: Evidence) -> None:
    examine([Work(EXAMINE, "x", {"evidence_id": photo.id + 1})])


def test_what_was_never_examined_is_queued_once_a_day(session: Session, photo: Evidence) -> None:
    queued = select(func.count()).where(OutboxRow.kind == EXAMINE)
    for hours, expected in ((0.5, 0), (2, 1), (3, 1), (26, 2)):
        look_for_unexamined(session, OPENED + dt.timedelta(hours=hours))
        assert session.scalar(queued) == expected, f"{hours} hours later"
    _examine(session, photo)
    assert look_for_unexamined(session, OPENED + dt.timedelta(days=9)) == 0, "no scanner, and it has its copy"


def test_a_filing_queues_its_files(app: Flask, session: Session) -> None:
    an_office(session)
    session.commit()
    client = app.test_client()
    walker = Walker(client)
    walker.to_check()
    walker.upload((a_photo(), "一.jpg"), (a_photo(kind="PNG"), "二.png"))
    assert walker.submit().status_code == 303
    assert session.scalar(select(func.count()).where(OutboxRow.kind == EXAMINE)) == 2
