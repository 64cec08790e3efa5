"""The project's own files, for tests that look at the source: as git would commit them."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE_ROOTS = (ROOT / "site", ROOT)


@cache
def files() -> tuple[Path, ...]:
    """Every tracked or new, not ignored file; without git (an unpacked archive), every file outside dot folders."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode:
        found = [
            path for path in ROOT.rglob("*") if not path.relative_to(ROOT).parts[0].startswith((".", "var"))
        ]
    else:
        found = [ROOT / name for name in listing.stdout.split("\0") if name]
    return tuple(sorted(path for path in found if path.is_file()))


def python_files(*folders: str) -> list[Path]:
    """Python files under the named folders of the root, or all of them."""
    return [path for path in files() if path.suffix == ".py" and (not folders or _top(path) in folders)]


def templates() -> list[Path]:
    """Templates of pages and mails."""
    return [path for path in files() if path.is_relative_to(ROOT / "site" / "templates")]


def short(path: Path) -> str:
    """The path as a person would name it."""
    return str(path.relative_to(ROOT))


def packages() -> list[str]:
    """Import names of the project's packages: folders of a source root that hold an __init__.py."""
    found = {
        path.parent.name
        for path in files()
        if path.name == "__init__.py" and path.parent.parent in SOURCE_ROOTS
    }
    return sorted(found - {"tests", "benchmarks"})


def _top(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]
