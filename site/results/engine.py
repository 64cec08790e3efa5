"""The search engine of this application, one per process; the worker writes the index that it reads."""

from __future__ import annotations

from typing import cast

from flask import current_app
from prometheus_client import Gauge

from search.engine import EmbeddedEngine, Engine
from search.index.store import IndexStore
from shared.services import services

CACHE = Gauge(
    "huhang_search_cache_bytes",
    "Private memory of search arrays; HUHANG_SEARCH_MEMORY_MB bounds it in each process",
    multiprocess_mode="livesum",
)
_KEY = "huhang_search_engine"


def engine() -> Engine:
    """The engine, made when the process first searches; it notices a new index by itself."""
    made = current_app.extensions.get(_KEY)
    if made is None:
        config = services().config
        made = EmbeddedEngine(IndexStore(config.index_dir), cache_bytes=config.search_memory_bytes)
        made = current_app.extensions.setdefault(_KEY, made)
    found = cast(Engine, made)
    CACHE.set(found.cache_bytes)
    return found
