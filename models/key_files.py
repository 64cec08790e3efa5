"""Keys as text, and the key that an installation in development makes for itself: in a file that only its owner can read."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def is_key(text: str, *, size: int) -> bool:
    """Whether `text` is `size` bytes in hexadecimal digits."""
    try:
        return len(bytes.fromhex(text)) == size
    except ValueError:
        return False


def kept_key(path: Path, *, size: int) -> str:
    """The key kept in the file at `path`, `size` random bytes in hexadecimal, made at the first call; OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        _make(path, size)
    return path.read_text().strip()


def _make(path: Path, size: int) -> None:
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    fresh.touch(mode=0o600, exist_ok=False)
    fresh.write_text(secrets.token_hex(size))
    # A link is made whole or not at all, so two processes that start together end with the same key.
    with contextlib.suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()
