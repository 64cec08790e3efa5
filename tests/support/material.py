"""Large material for tests that lies beside the project and not in it; tests skip where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.sources import ROOT

ABSENT = "is not beside the project"


def shared_file(name: str) -> Path:
    """The file `name` of the folder `shared` beside the checkout; skips the test when it is not there."""
    path = ROOT.parent / "shared" / name
    if not path.exists():
        pytest.skip(f"{name} {ABSENT}")
    return path
