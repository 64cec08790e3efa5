"""No Chinese sentence is put together from pieces: such a one has no English, and stands in Chinese on an English page.

`said("最多延长 %(times)s 次。", times=2)` (`models/wording.py`) keeps message and figures apart for the translators.
"""

from __future__ import annotations

import ast
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HAN = re.compile("[\u4e00-\u9fff]")

PATTERN = "a pattern that looks for Chinese text"
NUMBER = "a document number is Chinese in every language"
PAPER = "the words of a paper, which is Chinese"
FILE = "a mistake in a file of profiles/, told to whoever starts the program"
ALLOWED = {
    "models/aid/rules.py": FILE,
    "models/cases/mediation/remedies.py": FILE,
    "models/cases/outside/kinds.py": FILE,
    "models/cases/outside/needs.py": FILE,
    "models/cases/sorting/rules.py": FILE,
    "models/clocks/holiday_notices.py": PATTERN,
    "models/clocks/loading.py": FILE,
    "models/clocks/rule_files.py": FILE,
    "models/clocks/rules.py": FILE,
    "models/commerce/platform_files.py": FILE,
    "models/decisions/petitions/paper.py": PAPER,
    "models/decisions/numbers.py": PATTERN,
    "models/decisions/redaction/*.py": PATTERN,
    "models/decisions/served/*.py": PATTERN,
    "models/experts/papers.py": PAPER,
    "models/holders/lane/rules.py": FILE,
    "models/letters/tables.py": NUMBER,
    "models/overseas/countries.py": FILE,
    "models/papers/citing.py": PAPER,
    "models/papers/fields.py": PAPER,
    "models/papers/kinds.py": FILE,
    "models/papers/numbers.py": NUMBER,
    "models/papers/tables.py": NUMBER,
    "models/people/profile_files.py": FILE,
    "models/people/profiles.py": NUMBER,
    "models/retention/schedules.py": FILE,
    "models/routing/rule_files.py": FILE,
    "models/supervision/ladder.py": FILE,
    "models/triage/rule_files.py": FILE,
    "search/writing.py": "an amount as people type it into a search",
    "site/app.py": "told to whoever starts the program",
    "models/bulletins/consultations.py": "a draft in Chinese, for an officer to go on writing",
    "site/casework/papers/reading.py": "the name of a file of Chinese papers",
    "site/casework/reports/sheets.py": "notes of an official table, whose form is Chinese",
    "site/cli/*": "the command line speaks Chinese",
    "site/journey/referrals.py": "the name of a file of Chinese papers",
    "site/results/lists.py": "notes of a table whose columns are Chinese",
}


def _sources() -> list[Path]:
    return sorted(path for root in ("models", "search", "site") for path in (ROOT / root).rglob("*.py"))


def _pieces(node: ast.AST) -> list[ast.expr]:
    """What an f-string, a sum, a `"…" % …` or a `"…".format(…)` puts together."""
    match node:
        case ast.JoinedStr(values=parts):
            return parts
        case ast.BinOp(op=ast.Add() | ast.Mod(), left=left, right=right):
            return [left, right]
        case ast.Call(func=ast.Attribute(value=ast.Constant() as words, attr="format" | "join")):
            return [words]
    return []


def _is_chinese(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) and isinstance(part.value, str) and bool(HAN.search(part.value))


def made_of_parts(source: str) -> list[int]:
    """The lines on which Chinese text is put together."""
    return sorted(
        {
            node.lineno
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.expr) and any(map(_is_chinese, _pieces(node)))
        }
    )


def _found() -> dict[str, list[int]]:
    lines = {path: made_of_parts(path.read_text(encoding="utf-8")) for path in _sources()}
    return {str(path.relative_to(ROOT)): found for path, found in lines.items() if found}


def test_no_sentence_is_put_together_from_pieces() -> None:
    found = _found()
    wrong = [name for name in found if not any(fnmatch(name, allowed) for allowed in ALLOWED)]
    assert not wrong, {name: found[name] for name in wrong}


def test_what_is_allowed_is_still_there() -> None:
    found = _found()
    assert [allowed for allowed in ALLOWED if not any(fnmatch(name, allowed) for name in found)] == []


@pytest.mark.parametrize(
    "source",
    [
        'f"第 {row} 行"',
        '"最多" + limit',
        'name + "的"',
        '"共 %s 份" % count',
        '"共 {} 份".format(count)',
        '"和".join(names)',
    ],
)
def test_each_way_of_putting_together_is_seen(source: str) -> None:
    assert made_of_parts(source) == [1]


@pytest.mark.parametrize(
    "source", ['"最多三次"', 'said("共 %(count)s 份", count=1)', 'f"{day}/{name}"', '"、".join(names)']
)
def test_what_is_whole_is_not_meant(source: str) -> None:
    assert made_of_parts(source) == []
