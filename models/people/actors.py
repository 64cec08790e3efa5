"""Who can act besides an account: the filer of a filing, an outside body, an expert, and the system itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Filer:
    """举报投诉人 acting by reference and query code. The ledger never says who it is."""

    @property
    def ledger_name(self) -> str:
        return "filer"


@dataclass(frozen=True)
class System:
    """A part of the program that acts by itself, such as the worker or an import."""

    part: str

    @property
    def ledger_name(self) -> str:
        return f"system:{self.part}"


@dataclass(frozen=True)
class OutsideBody:
    """外部单位 acting by a link: the ledger knows which unit it is, and nobody's name."""

    unit_id: int

    @property
    def ledger_name(self) -> str:
        return f"outside:{self.unit_id}"


@dataclass(frozen=True)
class InvitedExpert:
    """专家 acting by a link: the ledger knows which entry of the pool it is, and nobody's name."""

    expert_id: int

    @property
    def ledger_name(self) -> str:
        return f"expert:{self.expert_id}"


FILER = Filer()
WORKER = System("worker")
COMMAND = System("command")
