"""Measurements. Each module is a command of its own, which finds the source root `site/` as wsgi.py does."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "site")]
