"""What a file is, is decided by what it holds."""

from __future__ import annotations

import io
import zipfile

import pytest

from models.filings.errors import FileRefused
from models.filings.evidence import shown_name
from models.filings.file_types import media_type_of

PADDING = b"\x00" * 200
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + PADDING, "image/jpeg"),
        (b"\xff\xd8\xff\xe1\x00\x10Exif\x00" + PADDING, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + PADDING, "image/png"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 " + PADDING, "image/webp"),
        (b"\x00\x00\x00\x20ftypheic" + PADDING, "image/heif"),
        (b"%PDF-1.7\n" + PADDING, "application/pdf"),
        (b"ID3\x04" + PADDING, "audio/mpeg"),
        (b"#!AMR\n" + PADDING, "audio/amr"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt " + PADDING, "audio/wav"),
        (b"\x00\x00\x00\x20ftypisom" + PADDING, "video/mp4"),
        (b"\x00\x00\x00\x20ftypM4A " + PADDING, "audio/mp4"),
        (
            _zip("[Content_Types].xml", "word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            _zip("[Content_Types].xml", "xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (OLE + PADDING + "Workbook".encode("utf-16-le") + PADDING, "application/vnd.ms-excel"),
        (OLE + PADDING + "WordDocument".encode("utf-16-le") + PADDING, "application/msword"),
    ],
)
def test_pictures_papers_sound_and_film_are_taken(content: bytes, expected: str) -> None:
    stream = io.BytesIO(content)
    assert media_type_of(stream, "任意.bin") == expected
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "空的"),
        (b"MZ\x90\x00" + PADDING, "程序"),
        (b"\x7fELF\x02" + PADDING, "程序"),
        (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "网页"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "网页"),
        (b"  \n<ScRiPt>alert(1)</sCrIpT>", "网页"),
        (_zip("a.jpg", "b.jpg"), "压缩包"),
        (_zip("word/document.xml", "word/vbaProject.bin"), "宏"),
        (b"PK\x03\x04 cut off", "损坏"),
        (OLE + PADDING, "不能识别"),
        ("只是一段文字".encode(), "不能识别"),
        (b"#!/bin/sh\nrm -rf /\n", "不能识别"),
    ],
)
def test_anything_else_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(FileRefused, match=why) as refused:
        media_type_of(io.BytesIO(content), "照片.jpg")
    assert refused.value.file_name == "照片.jpg"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("照片.jpg", "照片.jpg"),
        ("C:\\Users\\me\\照片.jpg", "照片.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a\r\nSet-Cookie: x.jpg", "aSet-Cookie: x.jpg"),
        ("", "未命名"),
        ("长" * 300 + ".pdf", "长" * 251 + ".pdf"),
    ],
)
def test_the_name_of_a_file_is_shown_without_tricks(given: str, shown: str) -> None:
    assert shown_name(given) == shown
