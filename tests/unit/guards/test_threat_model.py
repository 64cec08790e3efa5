"""docs/threat-model.md: what it names is there, and each threat has a module that meets it and a test that watches it."""

from __future__ import annotations

import re

import pytest

from tests.support.sources import ROOT

TEXT = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if re.match(r"\| [A-H] .+\|.+\|.+\|.+\|", line)
]
ADVERSARIES = [*"ABCEFGH"]  # D has the server: what is left open says so


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_threat_names_a_module_and_a_test(row: list[str]) -> None:
    _threat, _measure, where, tests = row
    modules, watched = re.findall(r"`([^`]+)`", where), re.findall(r"`([^`]+)`", tests)
    assert modules, "where is it met?"
    assert watched, "which test watches it?"
    gone = [name for name in [*modules, *watched] if not (ROOT / name).exists()]
    assert not gone, f"the page names what is not there any more: {gone}"
    assert all(name.startswith("tests/") for name in watched)


@pytest.mark.parametrize("adversary", ADVERSARIES)
def test_each_adversary_has_a_row(adversary: str) -> None:
    assert any(row[0].startswith(adversary + " ") for row in ROWS)
