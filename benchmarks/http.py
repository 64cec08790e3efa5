"""Search over HTTP: gunicorn with two workers, asked by several clients at once, against a page that asks nothing.

    python -m benchmarks.http [--scale full] [--json]

The whole page, as a browser gets it: search, nine facets, snippets, frame. Four clients ask as soon as the answer is there,
each time on a connection of its own, as the proxy in front does: kept ones may all fall to the same worker. Client and
server share the machine, so the ratio to /about says more than the rate.
"""

from __future__ import annotations

import contextlib
import http.client
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from app import create_app
from benchmarks.decisions import TERMS
from benchmarks.pages import load
from benchmarks.support.run import run
from benchmarks.support.served import served
from config import Config
from shared.database import database, session
from tests.support.running import environment, free_port

TIMES_THE_DEMO = {"reduced": 1, "full": 10}
WORKERS, CLIENTS = 2, 4
WARM_UP, REQUESTS = 100, 1200
BASELINE = "/about"
SEARCH = tuple(f"/decisions?q={quote(term)}" for term in TERMS)
LEAST_PER_SECOND, P95_MILLISECONDS = 150, 80


class Client:
    """One who asks, and how long each answer took."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.milliseconds: list[float] = []

    def ask(self, path: str) -> None:
        began = time.perf_counter()
        with contextlib.closing(
            http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        ) as connection:
            connection.request("GET", path, headers={"Accept": "text/html", "Connection": "close"})
            answer = connection.getresponse()
            answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{path}: {answer.status}")
        self.milliseconds.append((time.perf_counter() - began) * 1000)

    def ask_all(self, paths: Sequence[str], times: int, start: int) -> None:
        for number in range(start, start + times):
            self.ask(paths[number % len(paths)])


def asked(port: int, paths: Sequence[str], times: int) -> dict[str, float]:
    """Asks `times` times in all; requests a second, and how long they took."""
    clients = [Client(port) for _ in range(CLIENTS)]
    each = times // CLIENTS
    threads = [
        threading.Thread(target=client.ask_all, args=(paths, each, place * 5))
        for place, client in enumerate(clients)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    taken = sorted(one for client in clients for one in client.milliseconds)
    if len(taken) != each * CLIENTS:
        raise RuntimeError("not every request was answered")
    return {
        "per_second": len(taken) / seconds,
        "p50_ms": taken[len(taken) // 2],
        "p95_ms": taken[int(len(taken) * 0.95)],
    }


def measure(times: int) -> dict[str, Any]:
    """Loads the demo, starts the server, and asks for the baseline and for search."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        env = environment(Path(folder), port, HUHANG_LOG_LEVEL="error")
        app = create_app(Config.from_env(env))
        with app.app_context():
            load(times)
            session.close()
            database().dispose()
        with served(env, port, workers=WORKERS):
            for paths in ((BASELINE,), SEARCH):
                asked(port, paths, WARM_UP)
            return {
                "workers": WORKERS,
                "clients": CLIENTS,
                "rows": {name: asked(port, paths, REQUESTS) for name, paths in PAGES.items()},
            }


PAGES: dict[str, Sequence[str]] = {"about (baseline)": (BASELINE,), "decisions?q=…": SEARCH}


def verdict(figures: dict[str, Any]) -> dict[str, bool]:
    row = figures["rows"]["decisions?q=…"]
    return {
        f"at least {LEAST_PER_SECOND} requests a second": row["per_second"] >= LEAST_PER_SECOND,
        f"p95 at most {P95_MILLISECONDS} ms": row["p95_ms"] <= P95_MILLISECONDS,
    }


def show(figures: dict[str, Any]) -> None:
    print(f"{figures['workers']} workers, {figures['clients']} clients")
    print(f"{'page':20}{'per second':>12}{'p50 ms':>9}{'p95 ms':>9}{'times the baseline':>20}")
    base = figures["rows"]["about (baseline)"]["per_second"]
    for name, row in figures["rows"].items():
        ratio = base / row["per_second"]
        print(f"{name:20}{row['per_second']:12.0f}{row['p50_ms']:9.1f}{row['p95_ms']:9.1f}{ratio:20.1f}")


if __name__ == "__main__":
    sys.exit(run(__doc__, TIMES_THE_DEMO, measure=measure, verdict=verdict, show=show))
