"""A PDF reduced to its pages: scripts, attachments, forms, links, metadata and everything else that no page shows is gone.

It is done by keeping, not by searching: of the document and of each page only the named entries survive, and what
nothing refers to any more is not written. What a page shows stays text and pictures; it is not turned into an image, so
text under a picture or beyond the edge of the page is still in the copy (docs/configuration.md says so).
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf, Stream

from adapters.sanitising import jpegs, pdf_content
from adapters.sanitising.obstacles import Unsafe
from models.filings.kinds import CopyObstacle

MOST_PAGES = 3000
_OF_DOCUMENT = frozenset({"/Type", "/Pages", "/Lang"})
_OF_PAGE = frozenset(
    {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Contents", "/Group"}
)
# Wherever it stands. A stream with /F draws its content from another file.
_NOWHERE = (
    *("/A", "/AA", "/AF", "/Alternates", "/Annots", "/EF", "/JS", "/LastModified", "/Measure", "/Metadata"),
    *("/OPI", "/OpenAction", "/PieceInfo", "/PtData", "/Ref", "/StructParent", "/StructParents", "/Thumb"),
    "/XFA",
)
_ONLY_IN_STREAMS = ("/F", "/FFilter", "/FDecodeParms")


def clean(source: Path, target: Path) -> None:
    """Writes the reduced PDF; `Unsafe` when it is locked, broken or too large to be gone through."""
    try:
        with pikepdf.open(source) as pdf:
            _reduce(pdf)
            pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except pikepdf.PasswordError:
        raise Unsafe(CopyObstacle.LOCKED) from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, RuntimeError, OverflowError):
        raise Unsafe(CopyObstacle.DAMAGED) from None


def _reduce(pdf: Pdf) -> None:
    if not len(pdf.pages):
        raise Unsafe(CopyObstacle.DAMAGED)
    if len(pdf.pages) > MOST_PAGES:
        raise Unsafe(CopyObstacle.TOO_COSTLY)
    if "/AcroForm" in pdf.Root:
        pdf.generate_appearance_streams()
    # Notes and filled-in fields become part of the page, as a reader shows them.
    pdf.flatten_annotations("screen")
    pdf_content.drop_what_is_hidden(pdf)
    _keep(pdf.Root, _OF_DOCUMENT)
    for page in pdf.pages:
        _keep(page.obj, _OF_PAGE)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for thing in pdf.objects:
        _strip(thing)


def _keep(thing: Object, names: Collection[str]) -> None:
    for name in [key for key in thing.keys() if key not in names]:  # noqa: SIM118 - no mapping, though it looks like one
        del thing[name]


def _strip(thing: Object) -> None:
    if not isinstance(thing, Dictionary | Stream):
        return
    for name in _NOWHERE:
        if name in thing:
            del thing[name]
    if isinstance(thing, Stream):
        for name in _ONLY_IN_STREAMS:
            if name in thing:
                del thing[name]
        _strip_picture(thing)


def _strip_picture(stream: Stream) -> None:
    """A photo inside a PDF is a JPEG file with all that its camera wrote into it."""
    if stream.get("/Subtype") == Name.Image and stream.get("/Filter") in (Name.DCTDecode, [Name.DCTDecode]):
        given = stream.read_raw_bytes()
        bare = jpegs.without_notes(given)
        if bare != given:
            stream.write(bare, filter=Name.DCTDecode)
