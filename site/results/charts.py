"""Charts as plain geometry, for an SVG that the server draws; the table beside a chart holds the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 180
GAP = 0.25  # of a column's place, left free


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it stands in the drawing, and what it says."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: int


def columns(points: Sequence[tuple[str, int]]) -> list[Column]:
    """Columns side by side, the highest as high as the drawing; what is not zero is at least a line."""
    if not points:
        return []
    place, most = WIDTH / len(points), max(value for _, value in points) or 1
    found = []
    for number, (label, value) in enumerate(points):
        height = max(2.0, HEIGHT * value / most) if value else 0.0
        x, width = place * (number + GAP / 2), place * (1 - GAP)
        found.append(
            Column(round(x, 1), round(HEIGHT - height, 1), round(width, 1), round(height, 1), label, value)
        )
    return found
