"""The word lists of `words.toml`, read once and typed."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Product:
    """Something sold: its unit, sizes, and the range of its price in yuan."""

    name: str
    unit: str
    sizes: tuple[str, ...]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Category:
    """Goods of one class of the Nice classification and the trades that deal in them."""

    nice: int
    label: str
    shops: tuple[str, ...]
    trades: tuple[str, ...]
    products: tuple[Product, ...]


@cache
def read_data(name: str) -> dict[str, Any]:
    """The data file `name` of this folder."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def words(name: str) -> list[str]:
    """One list of words."""
    found: list[str] = read_data("words.toml")[name]
    return found


@cache
def categories() -> tuple[Category, ...]:
    """All categories of goods."""
    return tuple(
        Category(
            nice=entry["nice"],
            label=entry["label"],
            shops=tuple(entry["shops"]),
            trades=tuple(entry["trades"]),
            products=tuple(
                Product(name, unit, tuple(sizes), low, high)
                for name, unit, sizes, low, high in entry["products"]
            ),
        )
        for entry in read_data("words.toml")["categories"]
    )
