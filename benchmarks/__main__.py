"""Runs benchmarks: `python -m benchmarks [NAME] [--scale reduced|full]`. Each is a module here, run as its own process.

A benchmark prints a ratio against a baseline that it measures in the same run, so that the machine does not matter.
It ends with 1 when a promise is not kept.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
NAMES = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))


def main() -> int:
    """Runs one benchmark, or all; 1 when any of them fails."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Runs benchmarks.")
    parser.add_argument("name", nargs="?", choices=NAMES, help="one of them; without it, all")
    parser.add_argument(
        "--scale", choices=["reduced", "full"], default="reduced", help="how much data (default: reduced)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document; needs a name")
    chosen = parser.parse_args()
    if chosen.json and chosen.name is None:
        parser.error("--json needs the name of one benchmark")
    paths = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
    failed = []
    for name in [chosen.name] if chosen.name else NAMES:
        print(f"== {name}, {chosen.scale}", file=sys.stderr, flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}", "--scale", chosen.scale]
        command += ["--json"] if chosen.json else []
        if subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": paths}, check=False).returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all ran", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
