"""The two numbers of a filing: the reference 登记编号, which names it, and the query code 查询码, which opens it.

Both are written in 32 characters, the digits and capital letters without 0, O, 1 and I, so that one character holds
five bits and nothing is taken for something else on paper or on the phone.

**Reference**: eight characters, seven random (35 bits) and a check character. Read the characters as elements
of the field with 32 elements (polynomials over {0, 1} modulo x⁵ + x² + 1). With the generator α = x, a reference
c₀…c₇ is well formed when c₀·α⁰ + c₁·α¹ + … + c₇·α⁷ = 0. Changing one character adds a non-zero multiple of a
non-zero power, so every single error shows. Swapping cᵢ and cⱼ adds (cᵢ − cⱼ)(αʲ − αⁱ), which is zero only when
the characters are equal, so every swap of two characters shows, neighbours or not.

**Query code**: sixteen random characters (80 bits). Only its HMAC is kept, bound to the reference.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from models.codes.text import compact

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
REFERENCE_LENGTH = 8
CODE_LENGTH = 16
GROUP = 4
LONGEST_TYPED = 100  # longer than anybody separates the characters of a code

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_MODULUS = 0b100101  # x⁵ + x² + 1
_MORE_SEPARATORS = dict.fromkeys(map(ord, "·•.,，。、/_\u2018\u2019'"))


def new_reference() -> str:
    """A random reference, not grouped."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH - 1))
    return body + check_character(body)


def new_code() -> str:
    """A random query code of 80 bits, not grouped."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def check_character(body: str) -> str:
    """The last character of the reference that begins with the seven of `body`."""
    if len(body) != REFERENCE_LENGTH - 1 or any(character not in _VALUES for character in body):
        raise ValueError("a check character needs seven characters of the alphabet")
    # In this field −1 = 1, so the check value is the sum divided by α⁷; α³¹ = 1, so dividing is multiplying by α²⁴.
    return ALPHABET[_times_power(_weighted_sum(body), 31 - len(body))]


def normalise(typed: str) -> str:
    """What was meant by something typed or dictated: half width, capitals, without spaces and punctuation."""
    return compact(typed).translate(_MORE_SEPARATORS)


def is_reference(text: str) -> bool:
    """Whether `text`, already normalised, is well formed and its check character fits."""
    if len(text) != REFERENCE_LENGTH or any(character not in _VALUES for character in text):
        return False
    return _weighted_sum(text) == 0


def grouped(number: str) -> str:
    """In groups of four, as it is printed and read aloud: K7QM-2XHD."""
    return "-".join(number[start : start + GROUP] for start in range(0, len(number), GROUP))


def code_hmac(code_key: bytes, reference: str, code: str) -> str:
    """HMAC-SHA256, in hexadecimal, of a code under the code key; of use with that one reference only."""
    return hmac.new(code_key, f"query-code:{reference}:{code}".encode(), hashlib.sha256).hexdigest()


def is_same_digest(found: str, expected: str) -> bool:
    """Compares without telling by the time how far they agree."""
    return hmac.compare_digest(found.encode(), expected.encode())


def _weighted_sum(characters: str) -> int:
    total = 0
    for position, character in enumerate(characters):
        total ^= _times_power(_VALUES[character], position)
    return total


def _times_power(value: int, exponent: int) -> int:
    """`value` times α to the power of `exponent`."""
    for _ in range(exponent):
        value <<= 1
        if value & 0b100000:
            value ^= _MODULUS
    return value
