"""The keys of filings, from the configuration."""

from __future__ import annotations

from models.filings.sealing import Keyring
from shared.services import services


def keyring() -> Keyring:
    """The keys by which codes are checked, envelopes sealed and receipts signed."""
    config = services().config
    keys = config.keys
    return Keyring.from_hex(
        code_key=keys.code_key,
        vault_key=keys.vault_key,
        signing_key=keys.signing_key,
        old_vault_keys=config.old_vault_keys,
    )
