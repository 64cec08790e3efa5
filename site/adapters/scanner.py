"""The malware scanner: ClamAV's daemon, spoken to over its socket, or nobody.

The file is sent piece by piece (INSTREAM), so clamd can run on another machine and opens no file of ours. The
protocol is these few lines; the library that is at hand for it can lose bytes when the socket is busy.
"""

from __future__ import annotations

import contextlib
import socket
import struct
from typing import BinaryIO
from urllib.parse import urlsplit

from models.filings.kinds import ScanState
from models.ports import Scanner, ScannerUnavailable, ScanVerdict

SECONDS = 120
_PORT = 3310
_CHUNK = 256 * 1024
_LONGEST_ANSWER = 4096


class NoScanner:
    """Stands where no scanner is set up: files are taken all the same, and stay marked as not scanned."""

    def scan(self, stream: BinaryIO) -> ScanVerdict:
        return ScanVerdict(ScanState.NOT_SCANNED)

    def is_healthy(self) -> bool:
        return True


class ClamdScanner:
    """clamd at `unix:/path` or `tcp://host:port`."""

    def __init__(self, address: str) -> None:
        self._address = address

    def scan(self, stream: BinaryIO) -> ScanVerdict:
        try:
            with self._connected(SECONDS) as line:
                answer = _send(line, stream)
        except OSError as error:
            raise ScannerUnavailable(type(error).__name__) from error
        said = answer.removeprefix("stream: ")
        if said == "OK":
            return ScanVerdict(ScanState.CLEAN)
        if said.endswith(" FOUND"):
            return ScanVerdict(ScanState.INFECTED, said.removesuffix(" FOUND"))
        if "size limit" in said:  # clamd's StreamMaxLength: trying again changes nothing
            return ScanVerdict(ScanState.FAILED)
        raise ScannerUnavailable("no verdict")

    def is_healthy(self) -> bool:
        try:
            with self._connected(5) as line:
                line.sendall(b"zPING\0")
                return _answer(line) == "PONG"
        except OSError:
            return False

    def _connected(self, seconds: int) -> socket.socket:
        parts = urlsplit(self._address)
        if parts.scheme != "unix":
            return socket.create_connection((parts.hostname or "", parts.port or _PORT), timeout=seconds)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(seconds)
        try:
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
        return line


def scanner_for(address: str) -> Scanner:
    """The scanner that the configuration names; nobody for an empty address."""
    return ClamdScanner(address) if address else NoScanner()


def _send(line: socket.socket, stream: BinaryIO) -> str:
    # clamd hangs up in the middle of what is too large for it, and says so: its answer is read all the same.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        line.sendall(b"zINSTREAM\0")
        while chunk := stream.read(_CHUNK):
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
        line.sendall(struct.pack("!L", 0))
    return _answer(line)


def _answer(line: socket.socket) -> str:
    kept = b""
    while not kept.endswith(b"\0") and len(kept) < _LONGEST_ANSWER and (piece := line.recv(_LONGEST_ANSWER)):
        kept += piece
    return kept.rstrip(b"\0").decode(errors="replace")
