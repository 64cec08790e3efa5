"""XML of strangers, parsed in pieces: no tree, no document type, so that neither size nor entities cost anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from models.decisions.spreadsheet.errors import UnreadableSpreadsheet

_PIECE_BYTES = 64 * 1024

Start = Callable[[str, dict[str, str]], None]


def parse_in_pieces(
    stream: IO[bytes],
    *,
    start: Start,
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Calls the handlers with names as written, and yields after each piece of the stream."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    while piece := stream.read(_PIECE_BYTES):
        parser.Parse(piece, False)
        yield
    parser.Parse(b"", True)
    yield


def parse(
    stream: IO[bytes],
    *,
    start: Start,
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> None:
    """As `parse_in_pieces`, to the end."""
    for _ in parse_in_pieces(stream, start=start, end=end, data=data):
        pass


def local(name: str) -> str:
    """A name without its prefix: programs differ in the prefixes that they choose."""
    return name.rpartition(":")[2]


def _refuse_doctype(*_: object) -> None:
    raise UnreadableSpreadsheet("表格里有文档类型声明，不予处理。请在 Excel 里另存为 .xlsx 后再导入。")
