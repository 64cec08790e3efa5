"""留痕账: one append-only, hash-chained event per act."""

from models.ledger.operations import record
from models.ledger.tables import LedgerEvent

__all__ = ["LedgerEvent", "record"]
