"""What is read of a .docx is what its reader sees; what is hostile is refused before it costs anything."""

from __future__ import annotations

import io
import zipfile

import pytest

from models.decisions.served.docx import MAX_PART_BYTES, read_docx
from models.decisions.served.errors import UnreadableDocument
from tests.support.docx import docx, paragraph, part

_HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏起来的</w:t></w:r>"


def test_tables_boxes_and_headers_are_read_in_reading_order() -> None:
    row = "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("当事人", "某公司"))
    box = f"<w:txbxContent>{paragraph('盖章处')}</w:txbxContent>"
    drawn = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = f"<w:tbl><w:tr>{row}</w:tr></w:tbl><w:p><w:r><w:t>经查，</w:t></w:r><w:r>{drawn}</w:r><w:r><w:t>属实。</w:t></w:r></w:p>"
    edges = {
        "word/header1.xml": part("hdr", paragraph("某局")),
        "word/header2.xml": part("hdr", paragraph("某局")),
        "word/footer1.xml": part("ftr", paragraph("第 1 页 共 3 页")),
    }
    assert read_docx(docx(body, edges)).text == "某局\n当事人\t某公司\n经查，属实。\n盖章处"


def test_deleted_hidden_and_commented_words_are_left_out_and_said() -> None:
    body = (
        "<w:p><w:r><w:t>罚款</w:t></w:r><w:del><w:r><w:delText>五百</w:delText></w:r></w:del>"
        f"<w:ins><w:r><w:t>五千</w:t></w:r></w:ins>{_HIDDEN}<w:r><w:instrText>DATE</w:instrText><w:t>元</w:t></w:r></w:p>"
        f"<w:p><w:pPr><w:pStyle w:val='notes'/></w:pPr><w:r><w:t>样式隐藏</w:t></w:r></w:p>"
    )
    parts = {
        "word/comments.xml": part("comments", paragraph("内部意见")),
        "word/styles.xml": part("styles", "<w:style w:styleId='notes'><w:rPr><w:vanish/></w:rPr></w:style>"),
    }
    found = read_docx(docx(body, parts))
    assert found.text == "罚款五千元"
    assert [remark.message[:8] for remark in found.remarks] == [
        "文件里有修订痕迹",
        "文件里有 %(c",
        "文件里有批注，没",
    ]


def test_breaks_tabs_and_nested_tables_keep_words_apart() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('甲')}</w:tc><w:tc>{paragraph('乙')}</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl><w:p><w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t></w:r></w:p>"
    assert read_docx(docx(body)).text == "甲\t乙\n一\t二\n三"


def _bomb() -> bytes:
    return docx(paragraph("字" * (MAX_PART_BYTES // 2)))


_ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + part("document", paragraph("&x;"))
_DEEP = part(
    "document", "<w:body>" + "<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000 + "</w:body>"
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0 old", "旧版 .doc"),
        (b"PK\x03\x04 cut off", "打不开"),
        (b"", "打不开"),
        (docx("", document=_ENTITY), "文档类型声明"),
        (docx("", {"word/styles.xml": _ENTITY}), "文档类型声明"),
        (docx("", document="<w:document"), "打不开"),
        (docx(""), "没有文字"),
        (docx("", document=_DEEP), "没有文字"),
        (docx(paragraph("字" * 60_001)), "文字太多"),
        (_bomb(), "解压后太大"),
    ],
    ids=["ole", "cut", "empty", "entity", "entity in styles", "no xml", "blank", "deep", "long", "bomb"],
)  # fmt: skip
def test_what_is_no_document_gets_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableDocument, match=words):
        read_docx(data)


def test_a_name_that_lies_about_its_size_is_read_up_to_the_bound_only() -> None:
    data = bytearray(_bomb())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo("word/document.xml").file_size
    lied = bytes(data).replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(UnreadableDocument):
        read_docx(lied)
