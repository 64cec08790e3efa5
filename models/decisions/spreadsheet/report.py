"""What an import did: counts, the refused rows, and what to look at in the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about one cell: the row's number and the column as the spreadsheet shows them.

    Row 0 is the file as a whole; an empty column is the row as a whole.
    """

    row: int
    column: str
    message: str

    def as_data(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "message": self.message}


@dataclass(slots=True)
class Report:
    """The outcome of one import; `errors` are refused rows only."""

    imported: int = 0
    unchanged: int = 0
    updated: int = 0
    errors: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether no row was refused."""
        return not self.errors

    def as_data(self) -> dict[str, Any]:
        return {
            "imported": self.imported,
            "unchanged": self.unchanged,
            "updated": self.updated,
            "errors": [remark.as_data() for remark in self.errors],
            "warnings": [remark.as_data() for remark in self.warnings],
        }
