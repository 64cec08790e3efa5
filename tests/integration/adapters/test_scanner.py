"""A real clamd and the file that every scanner knows."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.scanner import ClamdScanner, NoScanner, scanner_for
from models.filings.kinds import ScanState
from models.ports import ScannerUnavailable, ScanVerdict
from tests.support import clamav


@pytest.fixture(scope="module")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClamdScanner]:
    try:
        with clamav.running(tmp_path_factory.mktemp("clamd")) as address:
            yield ClamdScanner(address)
    except clamav.ClamAVMissing as missing:
        pytest.skip(str(missing))


def _verdict(scanner: ClamdScanner, content: bytes) -> ScanVerdict:
    return scanner.scan(io.BytesIO(content))


def test_the_test_virus_is_found_and_named(scanner: ClamdScanner) -> None:
    found = _verdict(scanner, clamav.EICAR)
    assert found.state is ScanState.INFECTED
    assert "Eicar" in found.finding


def test_a_file_of_several_pieces_is_clean(scanner: ClamdScanner) -> None:
    assert _verdict(scanner, b"harmless" * 100_000) == ScanVerdict(ScanState.CLEAN)


def test_a_file_too_large_for_clamd_is_a_failed_scan_and_no_fault(scanner: ClamdScanner) -> None:
    assert _verdict(scanner, b"x" * (4 * clamav.LARGEST)).state is ScanState.FAILED


def test_who_answers_is_healthy(scanner: ClamdScanner, tmp_path: Path) -> None:
    assert scanner.is_healthy()
    assert not ClamdScanner(f"unix:{tmp_path / 'nobody'}").is_healthy()
    assert not ClamdScanner("tcp://127.0.0.1:9").is_healthy()


def test_nobody_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(ScannerUnavailable):
        _verdict(ClamdScanner(f"unix:{tmp_path / 'nobody'}"), b"x")


@pytest.mark.parametrize(
    "answer", [b"", b"stream: something new\0", b"stream: Can't allocate memory ERROR\0"]
)
def test_an_answer_that_is_no_verdict_is_unavailable(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _who = server.accept()
            with line:
                line.recv(1024)
                line.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(ScannerUnavailable):
            _verdict(ClamdScanner(f"tcp://127.0.0.1:{server.getsockname()[1]}"), b"x")
        thread.join()


def test_without_a_scanner_files_stay_marked_as_not_scanned() -> None:
    nobody = scanner_for("")
    assert isinstance(nobody, NoScanner)
    assert nobody.scan(io.BytesIO(clamav.EICAR)) == ScanVerdict(ScanState.NOT_SCANNED)
    assert nobody.is_healthy()
    assert isinstance(scanner_for("tcp://127.0.0.1"), ClamdScanner)
