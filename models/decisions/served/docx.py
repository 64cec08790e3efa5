"""The words of a .docx, as a reader of the accepted document sees them: tables, text boxes, headers, notes.

The file may come from anywhere: nothing is unpacked to disk, every part is read up to a bound, and a part with a
document type declaration (the way to entities, outside and exploding ones) is refused unread.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from models.decisions.served.errors import UnreadableDocument
from models.decisions.served.word_parts import PartText
from models.plain import plain
from models.wording import Sentence, said

MAX_FILE_BYTES = 20 * 1024**2
MAX_PART_BYTES = 16 * 1024**2
MAX_PARTS = 2_000
MAX_CHARACTERS = 60_000

_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_OFFICE_DOCUMENT = "/officeDocument"
_ABOVE = re.compile(r"header\d*\.xml")
_BELOW = re.compile(r"(?:footnotes|endnotes|footer\d*)\.xml")
_PAGE_NUMBER = re.compile(r"[\s\-—–第页共/\d]*")


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text, a paragraph or row of a table a line, and what a person should know of the file."""

    text: str
    remarks: tuple[Sentence, ...]


def read_docx(data: bytes) -> DocumentText:
    """Raises UnreadableDocument with a sentence. Deleted and hidden words and comments are left out, and said so."""
    if data.startswith(_OLE_MAGIC):
        raise UnreadableDocument(
            "这是旧版 .doc、.wps 或者加了密码的文件。请另存为不加密的 .docx，或者把文字粘贴进来。"
        )
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableDocument("文件太大，最多 20 MB。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ET.ParseError,
        EOFError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as error:
        raise UnreadableDocument("打不开这个文件：它不是完整的 .docx 文档。") from error


def _read(archive: zipfile.ZipFile) -> DocumentText:
    names = archive.namelist()
    if len(names) > MAX_PARTS:
        raise UnreadableDocument("文件里的部分太多，不予处理。")
    main = _main_part(archive)
    folder = posixpath.dirname(main)
    hidden_styles = _hidden_styles(archive, posixpath.join(folder, "styles.xml"), names)
    body = _part(archive, main, hidden_styles)
    beside = sorted(name for name in set(names) if posixpath.dirname(name) == folder)
    above = [
        _part(archive, name, hidden_styles) for name in beside if _ABOVE.fullmatch(posixpath.basename(name))
    ]
    below = [
        _part(archive, name, hidden_styles) for name in beside if _BELOW.fullmatch(posixpath.basename(name))
    ]
    parts = [*above, body, *below]
    head, foot = ("\n".join(dict.fromkeys(_edges(group))) for group in (above, below))
    text = plain("\n".join([head, *body.lines, foot]))
    if not text:
        raise UnreadableDocument("文件里没有文字，可能是扫描的图片。请把文字录入或者粘贴进来。")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableDocument(
            said(
                "文字太多：最多 %(most)s 个字，现在是 %(length)s 个字。",
                most=MAX_CHARACTERS,
                length=len(text),
            )
        )
    has_comments = posixpath.join(folder, "comments.xml") in names
    return DocumentText(text, tuple(_remarks(parts, has_comments=has_comments)))


def _remarks(parts: list[PartText], *, has_comments: bool) -> Iterator[Sentence]:
    """What was left out, and what can't be read."""
    total = {
        name: sum(getattr(part, name) for part in parts)
        for name in ("deleted", "inserted", "hidden", "pictures", "numbered")
    }
    if total["deleted"] or total["inserted"]:
        yield said(
            "文件里有修订痕迹（插入 %(inserted)s 处，删除 %(deleted)s 处）：插入的读了，删除的没有读。请核对是不是送达的文本。",
            inserted=total["inserted"], deleted=total["deleted"],
        )  # fmt: skip
    if total["hidden"]:
        yield said("文件里有 %(count)s 处隐藏文字，没有读。", count=total["hidden"])
    if has_comments:
        yield said("文件里有批注，没有读。")
    if total["pictures"]:
        yield said("文件里有 %(count)s 张图片，图片里的文字读不出来。", count=total["pictures"])
    if total["numbered"]:
        yield said("有 %(count)s 段用了自动编号，编号读不出来，请照文书补上。", count=total["numbered"])


def _edges(parts: list[PartText]) -> Iterator[str]:
    """Lines of headers, footers and notes that say something: not page numbers."""
    for part in parts:
        yield from (line for line in part.lines if line.strip() and not _PAGE_NUMBER.fullmatch(line))


def _main_part(archive: zipfile.ZipFile) -> str:
    """The name of the part with the body, as the package's relations have it."""
    for relation in _tree(archive, "_rels/.rels").iter():
        if relation.get("Type", "").endswith(_OFFICE_DOCUMENT):
            return relation.get("Target", "").lstrip("/")
    raise UnreadableDocument("打不开这个文件：它不是完整的 .docx 文档。")


def _hidden_styles(archive: zipfile.ZipFile, name: str, names: list[str]) -> frozenset[str]:
    """Styles whose words are hidden."""
    if name not in names:
        return frozenset()
    found = set()
    for style in _tree(archive, name).iter():
        if style.tag.endswith("}style") and any(one.tag.endswith("}vanish") for one in style.iter()):
            found |= {value for key, value in style.attrib.items() if key.endswith("}styleId")}
    return frozenset(found)


def _part(archive: zipfile.ZipFile, name: str, hidden_styles: frozenset[str]) -> PartText:
    target = PartText(hidden_styles)
    parser = ET.XMLParser(target=target)  # noqa: S314 - its target refuses every document type declaration
    parser.feed(_bounded(archive, name))
    parser.close()
    return target


class _Builder(ET.TreeBuilder):
    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise UnreadableDocument("文件里有文档类型声明，不予处理。")


def _tree(archive: zipfile.ZipFile, name: str) -> ET.Element:
    parser = ET.XMLParser(target=_Builder())  # noqa: S314 - as above
    parser.feed(_bounded(archive, name))
    return parser.close()


def _bounded(archive: zipfile.ZipFile, name: str) -> bytes:
    """The part unpacked, whatever its entry says of its size."""
    with archive.open(name) as opened:
        data = opened.read(MAX_PART_BYTES + 1)
    if len(data) > MAX_PART_BYTES:
        raise UnreadableDocument("文件解压后太大，不予处理。")
    return data
