"""docs/configuration.md lists every setting, and every setting that it lists exists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from config import KEY_NAMES, Config, ConfigError
from tests.support.sources import ROOT

DOCUMENT = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


class _Asked(Mapping[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = given
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self.given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


def _settings(tmp_path: Path) -> set[str]:
    given = {f"HUHANG_{name}": "0" * 64 for name in KEY_NAMES} | {"HUHANG_DATA": str(tmp_path)}
    asked = _Asked(given)
    Config.from_env(asked)
    return {name for name in asked.names if name.startswith("HUHANG_")}


def test_every_setting_is_documented(tmp_path: Path) -> None:
    documented = set(re.findall(r"^\| `(HUHANG_[A-Z0-9_]+)`", DOCUMENT, re.MULTILINE))
    settings = _settings(tmp_path)
    assert settings - documented == set(), "add a row to docs/configuration.md"
    assert documented - settings == set(), "no such setting: remove the row from docs/configuration.md"


@pytest.mark.parametrize("name", KEY_NAMES)
def test_production_names_the_key_that_it_lacks(name: str, tmp_path: Path) -> None:
    env = {f"HUHANG_{key}": "0" * 64 for key in KEY_NAMES if key != name}
    with pytest.raises(ConfigError, match=f"HUHANG_{name}"):
        Config.from_env({**env, "HUHANG_ENV": "production", "HUHANG_DATA": str(tmp_path)})
