"""The manifest of a backup: what is in it, hash by hash, and where the ledger and the schema stood."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from config import Keys

FILE_NAME = "manifest.json"
FORMAT = 1


class BackupError(Exception):
    """A backup cannot be made or brought back; the message says why."""


@dataclass(frozen=True)
class Manifest:
    """`files` maps paths inside the backup to SHA-256; `keys` are fingerprints, from which no key can be told."""

    format: int
    made_at: str
    profile: str
    revision: str
    ledger_end: str | None
    rows: dict[str, int]
    keys: dict[str, str]
    files: dict[str, str]

    def write(self, folder: Path) -> None:
        """Writes itself as the last file of the backup: a backup without it was not finished."""
        text = json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=2)
        (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Reads the manifest of a backup; raises `BackupError` when there is none that we can read."""
        try:
            manifest = cls(**json.loads((folder / FILE_NAME).read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise BackupError(f"{folder} 里没有 {FILE_NAME}：不是备份，或备份没有做完。") from None
        except (ValueError, TypeError):
            raise BackupError(f"{folder / FILE_NAME} 读不懂：已损坏，或由别的版本制作。") from None
        if manifest.format != FORMAT:
            raise BackupError(f"备份的格式是 {manifest.format}，本版本只认 {FORMAT}。")
        return manifest

    def problems(self, folder: Path) -> list[str]:
        """What differs between the manifest and the files that lie there."""
        found = []
        for name, digest in self.files.items():
            path = folder / name
            if not path.is_file():
                found.append(f"缺少 {name}")
            elif hash_of(path) != digest:
                found.append(f"{name} 与校验值不符")
        return found


def hash_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprints(keys: Keys) -> dict[str, str]:
    """A short digest of each key, by which one sees whether two installations have the same ones."""
    named = dataclasses.asdict(keys)
    return {
        name: hashlib.sha256(f"huhang {name} {key}".encode()).hexdigest()[:16] for name, key in named.items()
    }
