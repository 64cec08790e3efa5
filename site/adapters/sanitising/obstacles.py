"""How the parts of the process say that they cannot make a copy."""

from __future__ import annotations

from models.filings.kinds import CopyObstacle


class Unsafe(Exception):
    """No copy can be made, and why."""

    def __init__(self, obstacle: CopyObstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle
