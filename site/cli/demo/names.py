"""Invented names and numbers, after the scheme in this package's docstring."""

import random
from collections.abc import Sequence

from cli.demo.words import Product, words
from models.codes.patents import patent_check_character
from models.codes.uscc import ALPHABET, organisation_check_character, uscc_check_character
from models.people.profiles import INVENTED_ORGANISATION

COMPANY, SOLE_TRADER = "91", "92"


def person(roll: random.Random) -> str:
    """赵甲, 欧阳子."""
    return roll.choice(words("surnames")) + roll.choice(words("stems"))


def mark(roll: random.Random) -> str:
    """A trade mark, without quotation marks: 虚构鹭."""
    return roll.choice(words("markers")) + roll.choice(words("mark_words"))


def trade_name(roll: random.Random) -> str:
    """What stands between place and trade in a company's name: 演示青禾."""
    return roll.choice(words("markers")) + roll.choice(words("trade_words"))


def origin(roll: random.Random, products: Sequence[Product]) -> str:
    """A geographical indication for one of `products`: 虚构川大米."""
    return roll.choice(words("origin_places")) + roll.choice(products).name


def rights_holder(roll: random.Random) -> str:
    """A company elsewhere that owns a mark or a patent."""
    return roll.choice(words("holder_places")) + trade_name(roll) + roll.choice(words("holder_forms"))


def address(roll: random.Random, place: str) -> str:
    """An address in an invented street of a real place."""
    return f"{place}{roll.choice(words('roads'))}{roll.randint(1, 399)}号{roll.choice(words('venues'))}"


def uscc(roll: random.Random, kind: str, region: str) -> str:
    """A code with right check characters whose organisation code is of the invented range."""
    organisation = INVENTED_ORGANISATION + "".join(roll.choices(ALPHABET, k=4))
    first17 = kind + region + organisation + organisation_check_character(organisation)
    return first17 + uscc_check_character(first17)


def trademark_number(roll: random.Random) -> str:
    """A registration number above those granted."""
    return str(roll.randint(99_000_000, 99_999_999))


def patent_number(roll: random.Random, year: int, kind: int) -> str:
    """A patent number whose serial is above those granted; `kind` 1 invention, 2 utility model, 3 design."""
    body = f"{year}{kind}{roll.randint(9_900_000, 9_999_999)}"
    return f"ZL{body}.{patent_check_character(body)}"
