"""Every kind of work that is queued somewhere has a handler, and every handler has work."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

from background.handlers import HANDLERS
from tests.support import sources
from tests.support.sources import ROOT


def _import_name(path: Path) -> str:
    root = ROOT / "site" if path.is_relative_to(ROOT / "site") else ROOT
    return ".".join(path.relative_to(root).with_suffix("").parts)


def _kinds(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and ast.unparse(node.func) in ("outbox.put", "outbox.Queued")):
            continue
        kind = next(keyword.value for keyword in node.keywords if keyword.arg == "kind")
        if isinstance(kind, ast.Constant):
            yield str(kind.value)
        else:
            yield str(getattr(importlib.import_module(_import_name(path)), ast.unparse(kind)))


def test_every_kind_of_work_has_a_handler_and_every_handler_has_work() -> None:
    queued = {kind for path in sources.python_files("models", "site", "search") for kind in _kinds(path)}
    assert queued - HANDLERS.keys() == set(), "add a handler in site/background/handlers.py"
    assert HANDLERS.keys() - queued == set(), "nobody queues this: remove the handler"
