"""The parts of a workbook: where its first sheet, its strings and its styles lie in the archive."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass

from models.decisions.spreadsheet.errors import UnreadableSpreadsheet
from models.decisions.spreadsheet.xlsx.parsing import local, parse

MAX_PARTS = 2_000
_BROKEN = "打不开这个文件：它不是完整的 .xlsx 电子表格。"
_NOT = frozenset({"0", "false"})


@dataclass(frozen=True, slots=True)
class Parts:
    """Names in the archive. A workbook without text has no strings, a plain one no styles."""

    sheet: str
    strings: str | None
    styles: str | None
    is_1904: bool


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str
    target: str


def refuse_bomb(archive: zipfile.ZipFile, most_bytes: int) -> None:
    """Raises UnreadableSpreadsheet when the archive would unpack to more than `most_bytes`.

    The sizes are what the archive says of itself; none of its parts is read further than it says.
    """
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > most_bytes:
        raise UnreadableSpreadsheet("表格解压后太大，不予处理。请拆成几个文件导入。")


def find_parts(archive: zipfile.ZipFile) -> Parts:
    """Where everything is. Raises UnreadableSpreadsheet when there is no worksheet."""
    book = _target_of(_relations(archive, ""), "officeDocument")
    if book is None:
        raise UnreadableSpreadsheet(_BROKEN)
    relations = _relations(archive, book)
    wanted: list[str] = []
    settings: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "sheet":
            wanted.extend(value for key, value in attributes.items() if ":" in key and local(key) == "id")
        elif local(name) == "workbookPr":
            settings.update(attributes)

    with archive.open(book) as stream:
        parse(stream, start=start)
    sheets = [
        found.target for key in wanted if (found := relations.get(key)) and found.kind.endswith("/worksheet")
    ]
    if not sheets:
        raise UnreadableSpreadsheet(_BROKEN)
    return Parts(
        sheet=sheets[0],
        strings=_target_of(relations, "sharedStrings"),
        styles=_target_of(relations, "styles"),
        is_1904=settings.get("date1904", "0").lower() not in _NOT,
    )


def _target_of(relations: dict[str, _Relation], kind: str) -> str | None:
    return next((one.target for one in relations.values() if one.kind.endswith(f"/{kind}")), None)


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, _Relation]:
    """What `part` refers to inside the archive, by the name that it uses."""
    folder, name = posixpath.split(part)
    found: dict[str, _Relation] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
            found[attributes["Id"]] = _Relation(attributes["Type"], target)

    with archive.open(posixpath.join(folder, "_rels", f"{name}.rels")) as stream:
        parse(stream, start=start)
    return found
