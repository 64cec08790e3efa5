"""Finds the Chinese words that the models hold as data, so that they stand in the catalogues like messages.

Two kinds: values of module-level dicts whose name ends as `dicts` in babel.cfg says (legal labels by enum), and the
constant sentence of a `raise SomeError("…")`. Templates translate them with the filter `label`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

HAN = re.compile("[\u4e00-\u9fff]")
Found = tuple[int, str | None, str, list[str]]


def extract(
    fileobj: IO[bytes], _keywords: object, _comment_tags: object, options: Mapping[str, Any]
) -> Iterator[Found]:
    """Babel's protocol: yields line, function, message, comments."""
    tree = ast.parse(fileobj.read())
    endings = tuple(str(options.get("dicts", "")).split())
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and _name(node).endswith(endings):
            yield from _values(node.value)
    for inner in ast.walk(tree):
        if isinstance(inner, ast.Raise) and isinstance(inner.exc, ast.Call):
            yield from _words(inner.exc.args[:1])


def _name(node: ast.Assign | ast.AnnAssign) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return target.id if isinstance(target, ast.Name) else ""


def _values(value: ast.expr | None) -> Iterator[Found]:
    if isinstance(value, ast.Dict):
        yield from _words(value.values)


def _words(nodes: list[ast.expr]) -> Iterator[Found]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and HAN.search(node.value):
            yield node.lineno, None, node.value, []
