"""Family names, and the words that begin like a name and are none: what a rule “family name and two more” eats."""

import re
import tomllib
from pathlib import Path

from models.decisions.names import COMPOUND_SURNAMES

_WORDS = tomllib.loads(
    (Path(__file__).parents[3] / "profiles" / "redaction-words.toml").read_text(encoding="utf-8")
)

SURNAMES = frozenset("".join(_WORDS["surnames"].split()))
RARE_SURNAMES = frozenset("".join(_WORDS["rare_surnames"].split()))
NOT_NAMES = frozenset(_WORDS["not_names"].split())
NEVER_IN_NAMES = frozenset("".join(_WORDS["never_in_names"].split()))
FOLLOWS_A_NAME = tuple(_WORDS["follows_a_name"].split())
AFTER_PEOPLE = tuple(_WORDS["after_people"].split())
OFTEN_AFTER_PEOPLE = tuple(_WORDS["often_after_people"].split())
BEFORE_PEOPLE = tuple(_WORDS["before_people"].split())
OFTEN_BEFORE_PEOPLE = tuple(_WORDS["often_before_people"].split())
NOT_LIKELY_NAMES = NOT_NAMES | frozenset(_WORDS["not_likely_names"].split())
NOT_GIVEN_NAMES = tuple(_WORDS["not_given_names"].split())
GIVEN_NAME_SIGNS = frozenset("".join(_WORDS["given_name_signs"].split()))
SIGNS_OF_OTHER_NATIONS = frozenset("".join(_WORDS["signs_of_other_nations"].split()))
GIVEN_NAMES = frozenset(_WORDS["given_names"].split())
FAMILY_NAMES_AND_WORDS = frozenset("".join(_WORDS["family_names_and_words"].split()))
WORDS_BEFORE = tuple(_WORDS["words_before"].split())
ENDS_A_NAME = frozenset("的了在是与及或和到于向对从称述说等系均已曾将因以由被为")

# Where a name may begin: texts are long, and hardly a character in twenty is a family name.
BEGINS_A_NAME = re.compile(f"{'|'.join(sorted(COMPOUND_SURNAMES))}|[{''.join(sorted(SURNAMES))}]")
