"""Finding secrets in free text: a filer who writes their own code into what officers read gives it away.

Only what the code opens can be recognised, by its HMAC: nothing here knows a code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from models.filings.references import ALPHABET, CODE_LENGTH, code_hmac, is_same_digest
from models.filings.sealing import Keyring
from models.filings.tables import Filing

_RUN = re.compile(
    rf"[{ALPHABET}](?:[\s\-\u2010-\u2015\u2212.,·•_/]{{0,3}}[{ALPHABET}]){{{CODE_LENGTH - 1},}}"
)
_NOT_CODE = re.compile(f"[^{ALPHABET}]")


def code_like(text: str) -> Iterator[str]:
    """Every run of sixteen characters of the alphabet, however they are separated, written small or full width."""
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).upper()):
        characters = _NOT_CODE.sub("", run)
        for start in range(len(characters) - CODE_LENGTH + 1):
            yield characters[start : start + CODE_LENGTH]


def holds_query_code(text: str, filing: Filing, keys: Keyring) -> bool:
    """Whether `text` has the query code of `filing` in it."""
    return any(
        is_same_digest(code_hmac(keys.code_key, filing.reference, one), filing.query_code_hmac)
        for one in code_like(text)
    )
