"""Text is readable on every ground that it stands on: at least 7:1, in the light theme and in the dark one."""

from __future__ import annotations

import re

import pytest

from tests.support.sources import ROOT

FOLDER = ROOT / "site" / "static" / "css"
TEXT, EDGE = 7.0, 3.0

# Ink, and the grounds that the style sheets put it on.
PAIRS = [
    *(
        ("ink", ground)
        for ground in ("paper", "card", "sunk", "river-wash", "amber-wash", "seal-wash", "pine-wash", "mark")
    ),
    *(("ink-soft", ground) for ground in ("paper", "card", "sunk")),
    *(("river", ground) for ground in ("paper", "card", "sunk", "river-wash")),
    *(("river-deep", ground) for ground in ("paper", "card", "river-wash")),
    *(
        (colour, ground)
        for colour in ("seal", "amber", "pine")
        for ground in ("paper", "card", f"{colour}-wash")
    ),
    ("on-door", "door"),
    ("on-river", "river"),
    ("on-river", "river-deep"),
]


def _tokens(*sheets: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for sheet in sheets:
        text = (FOLDER / f"{sheet}.css").read_text(encoding="utf-8")
        found |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", text))
    return found


THEMES = {"light": _tokens("tokens"), "dark": _tokens("tokens", "dark"), "print": _tokens("tokens", "print")}


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_that_of_the_guidelines() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_stands_out(theme: str, ink: str, ground: str) -> None:
    tokens = THEMES[theme]
    assert _contrast(tokens[ink], tokens[ground]) >= TEXT, f"--{ink} on --{ground} in the {theme} theme"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_of_controls_can_be_seen(theme: str) -> None:
    tokens = THEMES[theme]
    assert min(_contrast(tokens["edge"], tokens[ground]) for ground in ("paper", "card")) >= EDGE


def test_the_dark_theme_says_every_colour_anew() -> None:
    assert set(_tokens("dark")) == set(_tokens("tokens"))


def test_style_sheets_take_colours_from_the_tokens_only() -> None:
    strays = [
        f"{path.name}: {found}"
        for path in FOLDER.glob("*.css")
        if path.stem not in {"tokens", "dark", "print"}
        for found in re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(", path.read_text(encoding="utf-8"))
    ]
    assert not strays, f"name the colour in tokens.css and dark.css: {strays}"
