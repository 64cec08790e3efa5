"""The house stays as it was drawn: arrows go one way, and there is no cycle, not even inside a function."""

from __future__ import annotations

from functools import cache
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest
from importlinter.cli import lint_imports

from tests.support import sources
from tests.support.sources import ROOT


@cache
def _graph() -> grimp.ImportGraph:
    """All imports between our modules, those inside functions included, those for type checkers left out."""
    return grimp.build_graph(*sources.packages(), exclude_type_checking_imports=True, cache_dir=None)


def _cycle(graph: grimp.ImportGraph) -> list[str]:
    """One cycle of imports as the modules on it, the first named again at the end; nothing when there is none."""
    try:
        TopologicalSorter({m: graph.find_modules_directly_imported_by(m) for m in graph.modules}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_import_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    kept = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0
    assert kept, capsys.readouterr().out


def test_no_import_goes_round_in_a_circle() -> None:
    cycle = _cycle(_graph())
    assert not cycle, f"move what both need into a module of its own: {' ← '.join(cycle)}"


def test_a_planted_circle_is_found() -> None:
    graph = grimp.ImportGraph()
    for importer, imported in [("a", "b"), ("b", "c"), ("c", "d"), ("d", "b"), ("a", "e"), ("e", "c")]:
        graph.add_import(importer=importer, imported=imported)
    assert set(_cycle(graph)) == {"b", "c", "d"}


def test_the_configuration_stands_alone() -> None:
    """config.py is read by everything, so it imports nothing of ours but a leaf that imports nothing of ours itself."""
    for path, allowed in (("config.py", "from models.key_files import "), ("models/key_files.py", "\0")):
        text = (ROOT / path).read_text(encoding="utf-8").replace(allowed, "")
        named = [*sources.packages(), "app"]
        own = [name for name in named if f"import {name}" in text or f"from {name}" in text]
        assert not own, f"{path}: {own}"
