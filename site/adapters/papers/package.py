"""What a .docx may hold, looked at before anything opens it: no macros, nothing from elsewhere, no bomb."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from models.ports import TemplateRefused
from models.wording import Sentence, said

MOST_PARTS = 500
LARGEST_PART = 4 * 1024 * 1024
LARGEST_MEDIA = 20 * 1024 * 1024
LARGEST_WHOLE = 40 * 1024 * 1024
MAIN_PART = "word/document.xml"
_MACRO_NAMES = ("vbaproject", "vbadata", "activex", "embeddings/", "customui")
_NO_DOCUMENT = said("这不是 Word 的 .docx 文件。旧的 .doc 请在 Word 里另存为 .docx。")
_FIELDS_OUT = re.compile(
    r"\b(INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|IMPORT|DATABASE|MACROBUTTON)\b", re.IGNORECASE
)


def check_package(content: bytes) -> None:
    """Raises `TemplateRefused` with everything that is wrong."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            findings = list(_too_much(package)) or list(_active(package))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise TemplateRefused(_NO_DOCUMENT) from error
    if findings:
        raise TemplateRefused(*findings)


def _too_much(package: zipfile.ZipFile) -> Iterator[Sentence]:
    """The sizes that the package says; reading stops there too, so a lie is found out."""
    parts = package.infolist()
    names = [part.filename for part in parts]
    if MAIN_PART not in names or "[Content_Types].xml" not in names:
        yield _NO_DOCUMENT
        return
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        yield said("文件里的部件超过 %(most)s 个或者重名，不能使用。", most=MOST_PARTS)
    if sum(part.file_size for part in parts) > LARGEST_WHOLE:
        yield said("文件展开后过大，可能是压缩炸弹。")
    for part in parts:
        limit = LARGEST_MEDIA if part.filename.startswith("word/media/") else LARGEST_PART
        if part.file_size > limit or part.flag_bits & 1:
            yield said("部件 %(name)s 展开后过大或者加了密，不能使用。", name=part.filename)
        if {"", ".", ".."} & set(part.filename.rstrip("/").split("/")):
            yield said("部件 %(name)s 的名称不正常，不能使用。", name=part.filename)


def _active(package: zipfile.ZipFile) -> Iterator[Sentence]:
    for name in package.namelist():
        if any(sign in name.lower() for sign in _MACRO_NAMES):
            yield said("文件里有宏、控件或者嵌入的对象（%(name)s），请删除后另存为 .docx。", name=name)
        if name.endswith((".xml", ".rels")):
            yield from _in_part(package, name)


def _in_part(package: zipfile.ZipFile, name: str) -> Iterator[Sentence]:
    root = _parsed(package, name)
    if root is None:
        yield said("部件 %(name)s 不是有效的 XML。", name=name)
        return
    if name == "[Content_Types].xml" and b"macroEnabled" in etree.tostring(root):
        yield said("文件是启用宏的格式（.docm），请另存为 .docx。")
    if name.endswith(".rels"):
        for link in root.iter("{*}Relationship"):
            if link.get("TargetMode") == "External" and not str(link.get("Type")).endswith("/hyperlink"):
                yield said(
                    "文件引用了外面的内容（%(target)s），请改为嵌入或者删除。",
                    target=str(link.get("Target"))[:80],
                )
    for field in root.iter("{*}instrText", "{*}fldSimple"):
        told = " ".join([field.text or "", *field.attrib.values()])
        if _FIELDS_OUT.search(told):
            yield said("文件里的域“%(text)s”会读取外面的内容，请删除。", text=told.strip()[:60])


def _parsed(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(package.read(name), parser)
    except etree.XMLSyntaxError:
        return None
    return None if root.getroottree().docinfo.doctype else root
