"""A JPEG without what its camera noted in it; its points are left as they are."""

from __future__ import annotations

_START, _SCAN = b"\xff\xd8", 0xDA
_COMMENT = 0xFE
_NOTES = frozenset(range(0xE1, 0xF0)) - {0xEE}  # APP1 to APP15; APP14 says how the colours are to be read
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length


def without_notes(given: bytes) -> bytes:
    """The same picture without EXIF, XMP, profiles and comments; `given` itself when it is no JPEG that can be walked."""
    if not given.startswith(_START):
        return given
    kept, place = bytearray(_START), 2
    while place + 4 <= len(given) and given[place] == 0xFF:
        marker = given[place + 1]
        if marker == _SCAN:
            return bytes(kept + given[place:])
        if marker in _ALONE or marker == 0xFF:
            kept += given[place : place + 1 + (marker != 0xFF)]
            place += 1 + (marker != 0xFF)
            continue
        end = place + 2 + int.from_bytes(given[place + 2 : place + 4], "big")
        if marker not in _NOTES and marker != _COMMENT:
            kept += given[place:end]
        place = end
    return given
