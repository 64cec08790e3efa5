"""Finds the Chinese words that models and profiles hold as data, so that they stand in the catalogues like messages.

Five kinds: values of module-level dicts whose name ends as `dicts` in babel.cfg says (legal labels by enum), the
constant words of a `raise SomeError("…")`, the message of a `said("…")`, every whole sentence wherever it stands (refusals by
field, words for the timeline), and the `keys` of TOML files (titles of rules, names of laws). Templates translate them
with the filter `label`.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import IO, Any

SAID = "said"
STOP = "。"
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
        elif isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == SAID:
            yield from _words(inner.args[:1], every=True)
    yield from _sentences(tree)


def _sentences(tree: ast.AST) -> Iterator[Found]:
    """Constant texts that end with a full stop; pieces of f-strings and docstrings are none."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.JoinedStr) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        ):
            continue
        if isinstance(node, ast.Constant) and str(node.value).endswith(STOP):
            yield from _words([node])
        yield from _sentences(node)


def extract_toml(
    fileobj: IO[bytes], _keywords: object, _comment_tags: object, options: Mapping[str, Any]
) -> Iterator[Found]:
    """Babel's protocol for TOML: the values of `section.key` or `section.part.key`, for tables and arrays of them."""
    tables = tomllib.loads(fileobj.read().decode())
    for path in str(options.get("keys", "")).split():
        *sections, key = path.split(".")
        found = [tables]
        for section in sections:
            inner = [table.get(section, []) for table in found]
            found = [one for some in inner for one in (some if isinstance(some, list) else [some])]
        for table in found:
            if HAN.search(str(table.get(key, ""))):
                yield 1, None, table[key], []


def _name(node: ast.Assign | ast.AnnAssign) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return target.id if isinstance(target, ast.Name) else ""


def _values(value: ast.expr | None) -> Iterator[Found]:
    if isinstance(value, ast.Dict):
        yield from _words(value.values)


def _words(nodes: list[ast.expr], *, every: bool = False) -> Iterator[Found]:
    """Constant texts that hold Chinese; `every`: also those that are made of figures and Chinese brackets alone."""
    for node in nodes:
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        if every or HAN.search(node.value):
            yield node.lineno, None, node.value, []
