"""What fails and what is merely degraded, for /readyz and the administrators' page."""

from __future__ import annotations

from shared.database import database
from shared.services import services


def failures() -> list[str]:
    """What stops the site from serving at all: the database, or the store of files."""
    checks = {"database": database().is_reachable(), "files": services().files.is_healthy()}
    return [name for name, is_well in checks.items() if not is_well]


def degraded() -> list[str]:
    """What works less well than it should: a missing index, next year's calendar."""
    return []
