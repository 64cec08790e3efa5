"""The unified social credit code 统一社会信用代码 (GB 32100-2015) and the organisation code in it (GB 11714).

Eighteen characters: registering department (1), category (1), region (6 digits), organisation code (9, of
which the last is a check character of its own), check character (1).
"""

from collections.abc import Iterator

from models.codes.text import compact, is_ascii_digits

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z, which are taken for 1, 0, 5, U, 2
LENGTH = 18
# What the double-publicity tables hold for a sole trader who has no code yet: fits the column, is no code.
PLACEHOLDER = "0" * 17 + "X"

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, position, 31) for position in range(LENGTH - 1))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_REGION = slice(2, 8)


def normalise_uscc(typed: str) -> str:
    """The code as it is stored: half width, capitals, no spaces or dashes. Does not judge it."""
    return compact(typed)


def uscc_check_character(first17: str) -> str:
    """The eighteenth character for `first17`; ValueError if those are not seventeen of the alphabet."""
    if len(first17) != LENGTH - 1 or any(character not in _VALUES for character in first17):
        raise ValueError("a check character needs seventeen characters of the code's alphabet")
    total = sum(_VALUES[character] * weight for character, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def is_valid_uscc(code: str) -> bool:
    """Whether `code`, already normalised, is well formed and its check character fits.

    The first two characters may be letters (rural collectives start with N); the region is always six digits.
    """
    if len(code) != LENGTH or any(character not in _VALUES for character in code):
        return False
    return is_ascii_digits(code[_REGION]) and uscc_check_character(code[:-1]) == code[-1]


def one_slip_from(written: str) -> Iterator[str]:
    """What somebody may have meant who wrote a code with one slip: a wrong character, two neighbours changed over, one
    that is lacking or one too many. They have the right length; whether such a code exists is for the caller to see."""
    if len(written) == LENGTH:
        for at in range(LENGTH):
            yield from (
                written[:at] + other + written[at + 1 :] for other in ALPHABET if other != written[at]
            )
        for at in range(LENGTH - 1):
            yield written[:at] + written[at + 1] + written[at] + written[at + 2 :]
    elif len(written) == LENGTH - 1:
        yield from (written[:at] + more + written[at:] for at in range(LENGTH) for more in ALPHABET)
    elif len(written) == LENGTH + 1:
        yield from (written[:at] + written[at + 1 :] for at in range(LENGTH + 1))


def uscc_region(code: str) -> str:
    """The six-digit region of registration in a valid code."""
    return code[_REGION]


def organisation_check_character(first8: str) -> str:
    """The ninth character of the organisation code (GB 11714) that begins with the eight of `first8`.

    ValueError if those are not eight characters of the alphabet.
    """
    if len(first8) != len(_ORGANISATION_WEIGHTS) or any(character not in _VALUES for character in first8):
        raise ValueError("an organisation code's check character needs eight characters of the alphabet")
    # GB 11714 values letters by their place among all twenty-six, not among those left in ALPHABET.
    values = [int(character, 36) for character in first8]
    total = sum(value * weight for value, weight in zip(values, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]
