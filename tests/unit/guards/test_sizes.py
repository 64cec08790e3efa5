"""Quality is lost in the tail: a few files that everybody adds to. So size has a hard stop."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support import sources

FILE_LINES = 400
FUNCTION_LINES = 60
TEMPLATE_LINES = 120
TEST_FILE_LINES = 500


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _longer_than(limit: int, paths: list[Path]) -> list[str]:
    return [f"{sources.short(path)} has {n} lines" for path in paths if (n := _lines(path)) > limit]


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{sources.short(path)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_source_files_stay_readable_in_one_sitting() -> None:
    code = [
        path for path in sources.python_files() if "tests" not in path.parts and "versions" not in path.parts
    ]
    too_long = _longer_than(FILE_LINES, code)
    assert not too_long, f"Split by what a reader looks for (stop: {FILE_LINES} lines): {too_long}"


def test_styles_and_scripts_stay_readable_in_one_sitting() -> None:
    too_long = _longer_than(FILE_LINES, [path for path in sources.files() if path.suffix in {".css", ".js"}])
    assert not too_long, f"Split by component (stop: {FILE_LINES} lines): {too_long}"


def test_functions_do_one_thing() -> None:
    code = [path for path in sources.python_files() if "versions" not in path.parts]
    too_long = [f"{name}: {n} lines" for path in code for name, n in _functions(path) if n > FUNCTION_LINES]
    assert not too_long, f"Name the steps and make each a function (stop: {FUNCTION_LINES} lines): {too_long}"


def test_templates_are_made_of_components() -> None:
    too_long = _longer_than(TEMPLATE_LINES, sources.templates())
    assert not too_long, f"Move parts into templates/components/ (stop: {TEMPLATE_LINES} lines): {too_long}"


def test_test_files_are_about_one_subject() -> None:
    too_long = _longer_than(TEST_FILE_LINES, sources.python_files("tests"))
    assert not too_long, f"Split by behaviour (stop: {TEST_FILE_LINES} lines): {too_long}"
