"""A real HTTP server that takes webhooks: it fails, hangs, redirects or answers as told, and keeps what came."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Receiver:
    """`answers` are the statuses to come, the last one for ever; 0 hangs."""

    address: str = ""
    answers: list[int] = field(default_factory=lambda: [200])
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def next_answer(self) -> int:
        """The status of the next answer."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def receiving(*answers: int, hang_seconds: float = 30) -> Iterator[Receiver]:
    """A receiver on a port of its own."""
    state = Receiver(answers=list(answers) or [200])
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.got.append((dict(self.headers), body))
            status = state.next_answer()
            if status == 0:  # drop by drop, so that no single wait is long
                began = time.monotonic()
                while time.monotonic() - began < hang_seconds and not over.wait(0.2):
                    try:
                        self.wfile.write(b"X")
                    except OSError:
                        return
                return
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", f"{state.address}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()
