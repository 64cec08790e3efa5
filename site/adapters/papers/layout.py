"""Our own templates, made by code in the look of GB/T 9704: its margins, its fonts by name, its red head for letters.

The fonts are named and never shipped: a machine that has them prints the paper as the standard wants it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from models.ports import Writable

BODY_FONT, TITLE_FONT, TABLE_FONT = "仿宋_GB2312", "方正小标宋简体", "仿宋_GB2312"
BODY_SIZE, TITLE_SIZE, HEAD_SIZE, FOOT_SIZE = (
    Pt(16),
    Pt(22),
    Pt(30),
    Pt(14),
)  # 三号, 二号, 一号 and more, 四号
LINE = Pt(28)
RED = RGBColor(0xE6, 0x00, 0x12)
LABEL_WIDTH, VALUE_WIDTH = Mm(42), Mm(114)
SEAL_FROM = Mm(
    71
)  # the block of signature and date: its middle is that of a date with four characters beside it
# A heading, and a line to be signed: neither is the last on its page.
_BEGINS_SOMETHING = re.compile(r"[一二三四五六七八九十]+、[^。]*$|.*（签字[^）]*）：")
_WHOLE_CONDITION = re.compile(r"^\{%\s*if ([^%]+?)\s*%\}(.*)\{%\s*endif\s*%\}$", re.DOTALL)


def default_template(kind: Writable) -> bytes:
    """The template of the kind as .docx."""
    document = Document()
    _set_page(document)
    if kind.red_head:
        _red_head(document)
        _number(document, is_letter=True)
    else:
        _line(document, "{{ 机关名称 }}", font=TITLE_FONT, size=TITLE_SIZE, centred=True, after=Pt(4))
    _line(
        document,
        kind.title,
        font=TITLE_FONT,
        size=TITLE_SIZE,
        centred=True,
        after=Pt(20 if kind.red_head else 8),
    )
    if not kind.red_head:
        _number(document, is_letter=False)
    _body(document, kind.body)
    _signature(document)
    _page_numbers(document)
    document.core_properties.author = document.core_properties.last_modified_by = ""
    document.core_properties.title = kind.title
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _body(document: DocxDocument, body: str) -> None:
    rows: list[tuple[str, str]] = []
    for number, block in enumerate(_blocks(body)):
        if isinstance(block, tuple):
            rows.append(block)
            continue
        _table(document, rows)
        rows = []
        if number == 0 and block.endswith("："):
            _line(document, block)  # whom it is addressed to stands at the margin
        else:
            _paragraph(document, block)
    _table(document, rows, is_last=True)


def _blocks(body: str) -> Iterator[str | tuple[str, str]]:
    """Paragraphs as text, rows of a table as pairs."""
    for block in re.split(r"\n\s*\n", body.strip()):
        if block.startswith("|"):
            for line in block.splitlines():
                label, value = line.strip("|").split("|", 1)
                yield label.strip(), value.strip()
        else:
            yield block.strip()


def _set_page(document: DocxDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = BODY_FONT, BODY_SIZE
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY_FONT)


def _line(
    document: DocxDocument | _Cell,
    text: str,
    *,
    font: str = BODY_FONT,
    size: Length = BODY_SIZE,
    centred: bool = False,
    after: Length | None = None,
) -> Paragraph:
    paragraph = document.add_paragraph()
    _style(paragraph.add_run(text), font, size)
    paragraph.paragraph_format.space_before = Pt(0)
    paragraph.paragraph_format.space_after = after or Pt(0)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    paragraph.paragraph_format.line_spacing = LINE
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _style(run: Run, font: str, size: Length) -> None:
    run.font.name, run.font.size = font, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _red_head(document: DocxDocument) -> None:
    paragraph = _line(document, "{{ 机关名称 }}", font=TITLE_FONT, size=HEAD_SIZE, centred=True, after=Pt(8))
    paragraph.runs[0].font.color.rgb = RED
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "thinThickSmallGap"), ("sz", "24"), ("space", "6"), ("color", "E60012")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _number(document: DocxDocument, *, is_letter: bool) -> None:
    """A letter has its number at the right under the line; other papers have it in the middle, under their title."""
    paragraph = _line(document, "{{ 文号 }}", centred=True, after=Pt(24))
    if is_letter:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        paragraph.paragraph_format.space_after = Pt(16)


def _paragraph(document: DocxDocument, text: str) -> None:
    """A paragraph; one that is there on a condition stands between the lines that say so."""
    whole = _WHOLE_CONDITION.match(text)
    if whole is None:
        for line in text.splitlines():
            _body_line(document, line)
        return
    _line(document, f"{{%p if {whole[1]} %}}")
    for line in whole[2].strip().splitlines():
        _body_line(document, line)
    _line(document, "{%p endif %}")


def _body_line(document: DocxDocument, text: str) -> None:
    spacing = _line(document, text).paragraph_format
    spacing.first_line_indent = BODY_SIZE * 2
    spacing.keep_with_next = _BEGINS_SOMETHING.match(text) is not None


def _table(document: DocxDocument, rows: list[tuple[str, str]], *, is_last: bool = False) -> None:
    """A table with air around it. Where it is the last of the body, the signature follows it closely: the form of a
    register fills its page, and a signature alone on the next one would be no part of it."""
    if not rows:
        return
    document.paragraphs[-1].paragraph_format.space_after = Pt(8)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, (LABEL_WIDTH, VALUE_WIDTH), strict=True):
        column.width = width
    for label, value in rows:
        cells = table.add_row().cells
        for cell, width, text in zip(cells, (LABEL_WIDTH, VALUE_WIDTH), (label, value), strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            _style(paragraph.add_run(text), TABLE_FONT, FOOT_SIZE)
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(4)
    _gap(document, Pt(2) if is_last else Pt(14))


def _gap(document: DocxDocument, height: Length) -> None:
    """Word joins a table with what follows unless a paragraph stands between them."""
    paragraph = document.add_paragraph()
    spacing = paragraph.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, height


def _signature(document: DocxDocument) -> None:
    """The date four characters from the right, the name centred over it, room for the seal on both (GB/T 9704 7.3.5.1).

    The signature never stands on a page by itself: the last words come with it.
    """
    last = document.paragraphs[-1]
    last.paragraph_format.keep_with_next = True
    if last.paragraph_format.line_spacing_rule is not WD_LINE_SPACING.EXACTLY:  # not the gap after a table
        _line(document, "").paragraph_format.keep_with_next = True
    for text in ("{{ 机关名称 }}", "{{ 签发日期 }}"):
        paragraph = _line(document, text, centred=True)
        paragraph.paragraph_format.left_indent = SEAL_FROM
        paragraph.paragraph_format.keep_with_next = text != "{{ 签发日期 }}"


def _page_numbers(document: DocxDocument) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _style(paragraph.add_run("— "), "宋体", FOOT_SIZE)
    number = paragraph.add_run()
    _style(number, "宋体", FOOT_SIZE)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        number._r.append(mark)
    _style(paragraph.add_run(" —"), "宋体", FOOT_SIZE)
