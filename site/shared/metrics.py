"""Figures for Prometheus at /metrics: how requests go, how much work waits, what is late, what is degraded.

Routes are patterns, never addresses, and no figure is about a person or a case. Counts of requests are those of all
web processes: under gunicorn they meet in one folder (gunicorn.conf.py). The rest is asked of the database as it is.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterator

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from models import outbox
from models.clocks.punctuality import late_by_rule
from models.types import now_utc
from search.errors import IndexUnavailable
from search.index.store import IndexStore
from shared.database import session
from shared.readiness import degraded
from shared.services import services

REQUESTS = Counter("huhang_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram(
    "huhang_request_seconds",
    "Seconds from a request to its answer",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Counts and times every request."""
    app.before_request(_begin)
    app.after_request(_count)


def may_read() -> bool:
    """Whether the asker may see the figures: with the token of the settings; outside production without one as well."""
    config = services().config
    if not config.metrics_token:
        return not config.is_production
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    # As bytes: compare_digest refuses text beyond ASCII, which anybody may send.
    return scheme == "Bearer" and hmac.compare_digest(given.encode(), config.metrics_token.encode())


def exposition() -> bytes:
    """All figures in the text form of Prometheus 0.0.4."""
    now = CollectorRegistry()
    now.register(_Present())
    try:
        requests = CollectorRegistry()
        MultiProcessCollector(requests)
    except ValueError:  # one process, no folder to meet in
        requests = REGISTRY
    return bytes(generate_latest(requests) + generate_latest(now))


def _begin() -> None:
    g.metrics_began = time.perf_counter()


def _count(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "none"
    method = (
        request.method if request.method in _METHODS else "other"
    )  # a client may invent any number of them
    REQUESTS.labels(method, route, response.status_code).inc()
    SECONDS.labels(route).observe(time.perf_counter() - g.get("metrics_began", time.perf_counter()))
    return response


class _Present(Collector):
    """What is true at the moment of asking."""

    def collect(self) -> Iterator[Metric]:
        now = now_utc()
        rows = GaugeMetricFamily("huhang_outbox_rows", "Work that waits for the worker", labels=["kind"])
        ages = GaugeMetricFamily(
            "huhang_outbox_lag_seconds", "How long the oldest work due has waited", labels=["kind"]
        )
        for backlog in outbox.backlogs(session, now=now):
            rows.add_metric([backlog.kind], backlog.rows)
            ages.add_metric([backlog.kind], max(0.0, (now - backlog.oldest_due_at).total_seconds()))
        yield rows
        yield ages
        yield _gauge("huhang_outbox_dead_rows", "Work that failed too often", outbox.dead(session))
        late = GaugeMetricFamily("huhang_deadlines_late", "Open deadlines past their end", labels=["rule"])
        for rule, count in late_by_rule(session, now).items():
            late.add_metric([rule], count)
        yield late
        yield _gauge("huhang_search_documents", "Documents in the search index", _documents())
        short = GaugeMetricFamily("huhang_degraded", "1 for each thing that is degraded", labels=["what"])
        for shortcoming in degraded():
            short.add_metric([shortcoming.code], 1)
        yield short


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=value)


def _documents() -> int:
    try:
        return IndexStore(services().config.index_dir).status().documents
    except IndexUnavailable:
        return 0
