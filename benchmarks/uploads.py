"""Memory while files come in: the largest filing that is allowed, sent in one request, against the same process at rest.

    python -m benchmarks.uploads [--scale full] [--json]

One gunicorn process, files of 50 MB: two of them, in `full` ten (500 MB, all that one filing may carry); once in one
form, once piece by piece as the page sends them (tus). What the kernel says the process had in memory at most while they
came, less what it had before, must stay under 150 MB.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import json
import os
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.support.filings import FACTS
from tests.support.running import environment, free_port, prepare, processes
from tests.support.wire import Wire

MEGABYTE = 1024 * 1024
FILE_BYTES = 50 * MEGABYTE
PIECE_BYTES = 4 * MEGABYTE  # as site/static/js/upload.js cuts them
FILES = {"reduced": 2, "full": 10}
MOST_ABOVE_IDLE = 150 * MEGABYTE
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"


class Watch:
    """The memory of a process, looked at every 20 ms; the most it had is kept."""

    def __init__(self, pid: int) -> None:
        self.pid, self.most, self._stop = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(0.02):
            self.most = max(self.most, resident(self.pid))


def resident(pid: int) -> int:
    """Bytes of memory that a process has now."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def child_of(pid: int) -> int:
    """gunicorn's one worker."""
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


class Sender(Wire):
    """A visitor who sends large files without holding them."""

    def send_files(self, path: str, count: int) -> int:
        """Sends `count` files in one form; gives the status."""
        edge = secrets.token_hex(16)
        heads = [_head(edge, f'name="{name}"') + value.encode() + b"\r\n" for name, value in self._fields()]
        files = [_head(edge, f'name="files"; filename="{number}.jpg"') + JPEG for number in range(count)]
        size = sum(map(len, heads)) + sum(map(len, files)) + count * (FILE_BYTES - len(JPEG) + 2)
        connection = http.client.HTTPConnection(self.address.removeprefix("http://"), timeout=600)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={edge}",
            "Content-Length": str(size + len(edge) + 6),
            "Cookie": self.cookies(),
            "Referer": self.address,
        }
        connection.request("POST", path, body=_body(edge, heads, files), headers=headers)
        return connection.getresponse().status

    def send_pieces(self, _path: str, count: int) -> int:
        """Sends `count` files, each announced and then in pieces; gives the last status."""
        piece, status = os.urandom(PIECE_BYTES - len(JPEG)), 0
        line = http.client.HTTPConnection(self.address.removeprefix("http://"), timeout=600)
        for number in range(count):
            name = base64.b64encode(f"{number}.jpg".encode()).decode()
            announced = {"Upload-Length": str(FILE_BYTES), "Upload-Metadata": f"filename {name}"}
            _status, place = self._call(line, "POST", "/file/uploads", b"", announced)
            for offset in range(0, FILE_BYTES, PIECE_BYTES):
                body = (JPEG + piece)[: FILE_BYTES - offset]
                headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
                status, _place = self._call(line, "PATCH", place, body, headers)
        line.close()
        return status

    def _call(
        self, line: http.client.HTTPConnection, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, str]:
        known = {"Tus-Resumable": "1.0.0", "X-CSRFToken": self.token, "Cookie": self.cookies()}
        line.request(method, path, body=body, headers={**known, "Referer": self.address, **headers})
        answer = line.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")

    def cookies(self) -> str:
        """What the browser would send."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)

    def _fields(self) -> list[tuple[str, str]]:
        return [("csrf_token", self.token), ("act", "upload")]


def _head(edge: str, name: str) -> bytes:
    return f"--{edge}\r\nContent-Disposition: form-data; {name}\r\n\r\n".encode()


def _body(edge: str, heads: Sequence[bytes], files: Sequence[bytes]) -> Iterator[bytes]:
    yield from heads
    rest = FILE_BYTES - len(JPEG)
    piece = os.urandom(MEGABYTE)
    for head in files:
        yield head
        for start in range(0, rest, MEGABYTE):
            yield piece[: min(MEGABYTE, rest - start)]
        yield b"\r\n"
    yield f"--{edge}--\r\n".encode()


# How they are sent, and how the last answer says that they were taken.
WAYS: dict[str, tuple[Callable[[Sender, str, int], int], int]] = {
    "one request": (Sender.send_files, 303),
    "pieces": (Sender.send_pieces, 204),
}


def measure(count: int, way: str) -> dict[str, Any]:
    """One server, one filing of `count` files."""
    send, taken = WAYS[way]
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        env = environment(Path(folder) / "data", port, HUHANG_UPLOAD_FILE_MB="50")
        prepare(env)
        command = ["gunicorn", "wsgi:app", "--workers=1", "--threads=4", f"--bind=127.0.0.1:{port}"]
        with processes([*command, "--timeout=600"], env, Path(folder) / "log") as server:
            sender = Sender(f"http://127.0.0.1:{port}")
            for path, answers in (
                ("/file", {"situation": "report"}),
                ("/file/kind", {"right_type": "trademark"}),
                ("/file/facts", FACTS),
            ):
                sender.get(path)
                sender.post(path, **answers)
            sender.get("/file/evidence")
            worker = child_of(server.pid)
            idle, began = resident(worker), time.perf_counter()
            with Watch(worker) as watch:
                status = send(sender, "/file/evidence", count)
            seconds = time.perf_counter() - began
            kept = sender.get("/file/evidence").count(".jpg")
    return {
        "way": way,
        "files": count,
        "bytes": count * FILE_BYTES,
        "kept": kept >= count and status == taken,
        "seconds": round(seconds, 1),
        "idle_mb": round(idle / MEGABYTE, 1),
        "above_idle_mb": round(max(0, watch.most - idle) / MEGABYTE, 1),
    }


def main() -> int:
    """Prints the figures; 1 when the promise is not kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", choices=list(FILES), default="reduced")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found = [measure(FILES[chosen.scale], way) for way in WAYS]
    if chosen.json:
        print(json.dumps(found))
    else:
        for one in found:
            print(
                f"{one['bytes'] // MEGABYTE} MB in {one['way']}: {one['above_idle_mb']} MB above the "
                f"{one['idle_mb']} MB at rest (at most {MOST_ABOVE_IDLE // MEGABYTE}), {one['seconds']} s"
            )
    is_kept = all(one["kept"] and one["above_idle_mb"] * MEGABYTE <= MOST_ABOVE_IDLE for one in found)
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
