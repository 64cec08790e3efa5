"""Family names, and the words that begin like a name and are none: what a rule “family name and two more” eats."""

import tomllib
from pathlib import Path

_WORDS = tomllib.loads(
    (Path(__file__).parents[3] / "profiles" / "redaction-words.toml").read_text(encoding="utf-8")
)

SURNAMES = frozenset("".join(_WORDS["surnames"].split()))
NOT_NAMES = frozenset(_WORDS["not_names"].split())
NEVER_IN_NAMES = frozenset("".join(_WORDS["never_in_names"].split()))
FOLLOWS_A_NAME = tuple(_WORDS["follows_a_name"].split())
