"""The search engine of this application, one per process; the worker writes the index that it reads."""

from __future__ import annotations

from typing import cast

from flask import current_app

from search.engine import EmbeddedEngine, Engine
from search.index.store import IndexStore
from shared.services import services

_KEY = "huhang_search_engine"


def engine() -> Engine:
    """The engine, made when the process first searches; it notices a new index by itself."""
    made = current_app.extensions.get(_KEY)
    if made is None:
        config = services().config
        made = EmbeddedEngine(IndexStore(config.index_dir), cache_bytes=config.search_memory_bytes)
        made = current_app.extensions.setdefault(_KEY, made)
    return cast(Engine, made)
