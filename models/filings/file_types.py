"""What a file is by its content: pictures, PDF, Office, sound and film are taken, anything else is refused by name.

The name and the type that the browser claims are never believed. Office files are looked into: a container of the
right kind can also hold an installer or macros.
"""

from __future__ import annotations

import zipfile
from typing import BinaryIO

import puremagic

from models.filings.errors import FileRefused
from models.wording import said

_HEAD = 8192
_CHUNK = 1024 * 1024

# puremagic names what it finds by extension; these are the ones we take, with the type under which we serve them.
_TAKEN: dict[str, str] = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "jfif": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "heic": "image/heic",
    "heif": "image/heif",
    "avif": "image/avif",
    "pdf": "application/pdf",
    "mp3": "audio/mpeg",
    "mpga": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "amr": "audio/amr",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "3gp": "video/3gpp",
    "avi": "video/x-msvideo",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
}

_OOXML = "application/vnd.openxmlformats-officedocument"
_IN_ZIP: dict[str, str] = {
    "word/document.xml": f"{_OOXML}.wordprocessingml.document",
    "xl/workbook.xml": f"{_OOXML}.spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OOXML}.presentationml.presentation",
}
_IN_OLE: dict[str, str] = {
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "Book": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
}
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"dex\n")
_MARKUP = (b"<svg", b"<html", b"<script", b"<!doctype html", b"<?php")

_TAKEN_KINDS = said("可以上传照片、PDF、Office 文档（Word、Excel、PPT）、录音和录像。")


def media_type_of(stream: BinaryIO, file_name: str) -> str:
    """The type of what `stream` holds, which is left at its beginning; `FileRefused` with the reason otherwise."""
    stream.seek(0)
    head = stream.read(_HEAD)
    try:
        return _examined(stream, head, file_name)
    finally:
        stream.seek(0)


def _examined(stream: BinaryIO, head: bytes, file_name: str) -> str:
    if not head:
        raise FileRefused(file_name, "这个文件是空的，请重新选择。")
    if head.startswith(_PROGRAMS):
        raise FileRefused(file_name, said("这是程序文件，不能上传。%(kinds)s", kinds=_TAKEN_KINDS))
    if head.startswith(_ZIP):
        return _office_in_zip(stream, file_name)
    if head.startswith(_OLE):
        return _office_in_ole(stream, file_name)
    found = _by_signature(head)
    if found:
        return found
    if any(sign in head.lower() for sign in _MARKUP):
        raise FileRefused(
            file_name,
            said("这是网页或含脚本的图形文件，不能上传，请改为上传截图。%(kinds)s", kinds=_TAKEN_KINDS),
        )
    raise FileRefused(file_name, said("不能识别这个文件的类型。%(kinds)s", kinds=_TAKEN_KINDS))


def _by_signature(head: bytes) -> str | None:
    try:
        matches = puremagic.magic_string(head)
    except puremagic.PureError:
        return None
    best = next(iter(matches), None)  # sorted, the surest first
    return _TAKEN.get(best.extension.lstrip(".").lower()) if best else None


def _office_in_zip(stream: BinaryIO, file_name: str) -> str:
    """A listing only: nothing is unpacked, so a packed bomb stays packed."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise FileRefused(file_name, "这个文件已损坏，打不开，请重新保存后再上传。") from None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused(file_name, "这个文档带有宏程序，请另存为不带宏的文档，或转成 PDF 再上传。")
    for inner, media_type in _IN_ZIP.items():
        if inner in names:
            return media_type
    raise FileRefused(
        file_name, said("这是压缩包，请解开后逐个上传里面的文件。%(kinds)s", kinds=_TAKEN_KINDS)
    )


def _office_in_ole(stream: BinaryIO, file_name: str) -> str:
    """Word, Excel and PowerPoint up to 2003 share their container with installers; the stream's name tells."""
    found: set[str] = set()
    stream.seek(0)
    rest = b""
    while chunk := stream.read(_CHUNK):
        window = rest + chunk
        found |= {name for name in _IN_OLE if name.encode("utf-16-le") in window}
        rest = window[-64:]
    if found:
        return _IN_OLE[next(name for name in _IN_OLE if name in found)]
    raise FileRefused(file_name, said("不能识别这个文件的类型。%(kinds)s", kinds=_TAKEN_KINDS))
