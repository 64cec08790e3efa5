"""The countries and regions of `profiles/overseas.toml`: codes of ISO 3166 with their names, in the bureau's order."""

from __future__ import annotations

import tomllib
from pathlib import Path

COUNTRIES_FILE = Path(__file__).parents[2] / "profiles" / "overseas.toml"
OTHERS = "ZZ"  # ISO 3166 leaves it to users: none of those listed


def read_countries(path: Path = COUNTRIES_FILE) -> dict[str, str]:
    """Name by code. ValueError where a code stands twice or is none."""
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["countries"]
    found = {str(one["code"]): str(one["name"]) for one in listed}
    if len(found) < len(listed) or not all(len(code) == 2 and code.isupper() for code in found):
        twice = f"{path.name}：国家和地区代码应是两个大写字母，不能重复"
        raise ValueError(twice)
    return found


COUNTRIES = read_countries()
