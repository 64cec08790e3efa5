"""ClamAV's daemon with one signature, started for tests: no list of a million viruses is loaded, so it is up in a second."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.scanner import ClamdScanner

# The test file that every scanner knows, in two halves, so that no scanner finds it in our own files.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
LARGEST = 2 * 1024 * 1024
_READY_SECONDS = 30


class ClamAVMissing(Exception):
    """The program is not installed here."""


def find() -> str:
    """The daemon's program; `ClamAVMissing` with a sentence where there is none."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if program is None:
        raise ClamAVMissing("clamd is not installed: apt install clamav-daemon")
    return program


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A daemon of the test's own; gives its address."""
    signatures, line = folder / "signatures", folder / "clamd.ctl"
    signatures.mkdir(parents=True)
    (signatures / "test.ndb").write_text(f"Test.Eicar:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {signatures}\nLocalSocket {line}\nForeground yes\nStreamMaxLength {LARGEST}\n"
        f"LogFile {folder / 'log'}\nMaxThreads 2\nTemporaryDirectory {folder}\n"
    )
    command = [find(), f"--config-file={folder / 'clamd.conf'}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as daemon:
        try:
            address = f"unix:{line}"
            _wait_until_ready(daemon, address)
            yield address
        finally:
            daemon.terminate()


def _wait_until_ready(daemon: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + _READY_SECONDS
    while time.monotonic() < end and daemon.poll() is None:
        if ClamdScanner(address).is_healthy():
            return
        time.sleep(0.05)
    raise AssertionError("clamd did not start")
