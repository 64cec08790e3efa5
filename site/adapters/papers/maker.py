"""The maker of papers: docxtpl fills in what the checks have let through, LibreOffice prints where it is installed."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from adapters.papers import layout
from adapters.papers.language import FieldsOnly, problems
from adapters.papers.package import check_package
from models.ports import NoCleanCopy, Sanitiser, TemplateRefused, Writable
from models.wording import said

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BROKEN = said("文件打不开，请在 Word 里重新保存为 .docx。")
_SIGNS = ("{{", "{%", "{#")


class DocxMaker:
    """Makes papers. `printer` is what makes safe copies of office documents: their copy is a PDF."""

    def __init__(self, printer: Sanitiser) -> None:
        self._printer = printer

    def default_template(self, kind: Writable) -> bytes:
        return layout.default_template(kind)

    def check(self, kind: Writable, template: bytes) -> None:
        check_package(template)
        opened = _opened(template)
        findings = [one for source in _sources(opened) for one in problems(source, kind.field_names)]
        if findings:
            raise TemplateRefused(*dict.fromkeys(findings))

    def render(self, kind: Writable, template: bytes, values: Mapping[str, str]) -> bytes:
        self.check(kind, template)
        opened = _opened(template)
        # A line end in a value begins a paragraph like the one it stands in.
        told = {name: value.replace("\n", "\a") for name, value in values.items()}
        try:
            opened.render(told, FieldsOnly(), autoescape=True)
        except (TemplateError, ValueError) as error:
            raise TemplateRefused(said("填写时出错：%(error)s", error=error)) from error
        properties = opened.docx.core_properties  # get_docx() would read the template again
        properties.author = properties.last_modified_by = properties.comments = ""
        out = io.BytesIO()
        opened.save(out)
        return out.getvalue()

    def as_pdf(self, document: bytes) -> bytes | None:
        try:
            with self._printer.copy_of(io.BytesIO(document), DOCX) as copy:
                return copy.stream.read()
        except NoCleanCopy:
            return None


def _opened(template: bytes) -> DocxTemplate:
    try:
        opened = DocxTemplate(io.BytesIO(template))
        opened.init_docx()
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise TemplateRefused(_BROKEN) from error
    return opened


def _sources(opened: DocxTemplate) -> Iterator[str]:
    """Everything that will be filled in, as docxtpl will hand it to Jinja: body, headers, footers, notes, properties."""
    yield opened.patch_xml(opened.get_xml())
    for uri in (opened.HEADER_URI, opened.FOOTER_URI):
        for _key, part in opened.get_headers_footers(uri):
            yield opened.patch_xml(opened.get_part_xml(part))
    for part in opened.get_docx().part.package.parts:
        if part.partname.endswith(("footnotes.xml", "endnotes.xml", "comments.xml")):
            yield opened.patch_xml(part.blob.decode(errors="replace"))
    properties = opened.get_docx().core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        text = str(getattr(properties, name) or "")
        if any(sign in text for sign in _SIGNS):
            yield text
