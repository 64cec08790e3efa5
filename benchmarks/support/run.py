"""What benchmarks of one measurement share: how they are asked, how figures and promises are told, and the exit code."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

Size = TypeVar("Size")
Figures = dict[str, Any]


def options(
    about: str | None, scales: Mapping[str, object], arguments: Sequence[str] | None
) -> argparse.Namespace:
    """`--scale` and `--json`, as every benchmark takes them."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", choices=sorted(scales), default="reduced", help="how much data")
    parser.add_argument("--json", action="store_true", help="figures as one JSON document")
    return parser.parse_args(arguments)


def run(
    about: str | None,
    scales: Mapping[str, Size],
    *,
    measure: Callable[[Size], Figures],
    verdict: Callable[[Figures], Mapping[str, bool]],
    show: Callable[[Figures], None],
    arguments: Sequence[str] | None = None,
) -> int:
    """Measures at the size that was asked for and tells it; 1 when a promise is not kept."""
    chosen = options(about, scales, arguments)
    return tell(measure(scales[chosen.scale]), verdict=verdict, show=show, as_json=chosen.json)


def tell(
    figures: Figures,
    *,
    verdict: Callable[[Figures], Mapping[str, bool]],
    show: Callable[[Figures], None],
    as_json: bool,
) -> int:
    """Prints figures and promises; 1 when one of those is not kept."""
    kept = verdict(figures)
    if as_json:
        print(json.dumps({**figures, "promises": kept}, ensure_ascii=False, indent=1))
    else:
        show(figures)
        for promise, fulfilled in kept.items():
            print(f"{'yes' if fulfilled else 'NO '}  {promise}")
    return 0 if all(kept.values()) else 1
