"""What a sanitised copy shows and what it no longer holds. Each is made by a process of its own, as in earnest."""

from __future__ import annotations

import io
import stat
import textwrap
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from adapters.sanitising import jpegs
from adapters.sanitising.runner import ProcessSanitiser, find_soffice
from models.filings.kinds import CopyObstacle
from models.ports import NoCleanCopy
from tests.support.documents import SECRET, a_fax, a_flat_png, a_pdf, a_photo
from tests.support.docx import docx, paragraph

PDF, WORD = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

CONTENT_TYPES = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORD}.main+xml"/></Types>'
}


def _copy(original: bytes, media_type: str, soffice: str = "") -> tuple[bytes, str]:
    with ProcessSanitiser(soffice).copy_of(io.BytesIO(original), media_type) as copy:
        return copy.stream.read(), copy.media_type


def _obstacle(original: bytes, media_type: str, soffice: str = "") -> CopyObstacle:
    with pytest.raises(NoCleanCopy) as refused:
        _copy(original, media_type, soffice)
    return refused.value.obstacle


def _text(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return b"".join(page.Contents.read_bytes() for page in pdf.pages)


@pytest.mark.parametrize(
    ("kind", "media_type", "copied"),
    [
        ("JPEG", "image/jpeg", "image/jpeg"),
        ("PNG", "image/png", "image/png"),
        ("WEBP", "image/webp", "image/jpeg"),
        ("TIFF", "image/tiff", "image/jpeg"),
    ],
)
def test_a_picture_comes_without_what_the_camera_wrote(kind: str, media_type: str, copied: str) -> None:
    original = a_photo(kind=kind)
    assert SECRET in original
    copy, made = _copy(original, media_type)
    assert made == copied
    assert SECRET not in copy
    assert dict(Image.open(io.BytesIO(copy)).getexif()) == {}


def test_a_picture_stays_the_right_way_up() -> None:
    copy, _made = _copy(a_photo((60, 40), turned=True), "image/jpeg")
    picture = Image.open(io.BytesIO(copy))
    assert picture.size == (40, 60)
    assert picture.getpixel((20, 5))[1] < 60, "the red half was on the left and is on top now"  # type: ignore[index]
    assert picture.getpixel((20, 55))[1] > 200  # type: ignore[index]


def test_a_fax_of_several_pages_becomes_a_pdf() -> None:
    copy, made = _copy(a_fax(3), "image/tiff")
    assert made == PDF
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert len(pdf.pages) == 3


@pytest.mark.parametrize("wide", [10_000, 30_000])
def test_ten_thousand_pixels_are_a_picture_and_thirty_thousand_are_a_bomb(wide: int) -> None:
    picture = a_flat_png(wide, wide)
    if wide == 30_000:
        assert len(picture) < 200_000, "and it is small"
        assert _obstacle(picture, "image/png") is CopyObstacle.TOO_COSTLY
        return
    copy, _made = _copy(picture, "image/png")
    assert copy[16:24] == wide.to_bytes(4, "big") * 2, "width and height as the header says"


def test_a_pdf_keeps_its_page_and_nothing_else() -> None:
    original = a_pdf()
    assert original.count(SECRET) > 4
    copy, made = _copy(original, PDF)
    assert made == PDF
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages", "/Lang"}
        assert "/Info" not in pdf.trailer
        assert "/Annots" not in pdf.pages[0].obj
        everything = b"".join(
            thing.read_raw_bytes() if isinstance(thing, pikepdf.Stream) else thing.unparse(resolved=True)
            for thing in pdf.objects
        )
    assert SECRET not in everything + copy
    assert b"JavaScript" not in everything
    assert b"(Shown) Tj" in _text(copy)
    assert b"Do" in _text(copy), "the note's square is drawn on the page now"


@pytest.mark.parametrize(
    "hidden",
    [
        b"BT /F 12 Tf 3 Tr 20 50 Td (Hidden) Tj ET",
        b"BT /F 12 Tf 3 Tr 20 50 Td [(Hid) 20 (Hidden)] TJ (Hidden) ' 1 2 (Hidden) \" ET",
        b"/OC /L BDC BT /F 12 Tf 20 50 Td (Hidden) Tj ET 0 0 9 9 re f /Photo Do EMC",
        b"q 7 Tr BT /F 12 Tf (Hidden) Tj ET Q",
    ],
    ids=["invisible", "invisible, other operators", "layer that is off", "as an outline for clipping"],
)
def test_text_that_is_not_shown_is_taken_out(hidden: bytes) -> None:
    text = _text(_copy(a_pdf(hidden + b" BT /F 12 Tf 0 Tr 20 20 Td (Shown) Tj ET"), PDF)[0])
    assert b"Hidden" not in text
    assert b"Photo" not in text
    assert b"(Shown) Tj" in text


@pytest.mark.parametrize(
    ("original", "media_type", "obstacle"),
    [
        (a_pdf(password="secret"), PDF, CopyObstacle.LOCKED),
        (b"%PDF-1.7 and nothing more", PDF, CopyObstacle.DAMAGED),
        (b"\xff\xd8\xff\xe0 and nothing more", "image/jpeg", CopyObstacle.DAMAGED),
        (a_photo()[:400], "image/jpeg", CopyObstacle.DAMAGED),
        (b"ftypheic", "image/heic", CopyObstacle.NO_DECODER),
        (b"RIFF", "audio/wav", CopyObstacle.SOUND_OR_FILM),
        (b"PK", WORD, CopyObstacle.NO_CONVERTER),
    ],
)
def test_where_no_copy_can_be_made_the_reason_is_told(
    original: bytes, media_type: str, obstacle: CopyObstacle
) -> None:
    assert _obstacle(original, media_type) is obstacle


def test_a_decoder_that_was_not_asked_for_is_not_used() -> None:
    assert _obstacle(a_photo(kind="PNG"), "image/jpeg") is CopyObstacle.DAMAGED


def _stand_in(folder: Path, body: str) -> str:
    """A program in the place of LibreOffice."""
    program = folder / "soffice"
    program.write_text("#!/usr/bin/env python3\nimport os, pathlib, socket, sys\n" + textwrap.dedent(body))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def test_an_office_file_is_printed_and_the_print_is_cleaned(tmp_path: Path) -> None:
    (tmp_path / "printed.pdf").write_bytes(a_pdf())
    program = _stand_in(
        tmp_path,
        f"""
        out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
        profile = sys.argv[1].removeprefix("-env:UserInstallation=file://")
        assert "DisableMacrosExecution" in pathlib.Path(profile, "user/registrymodifications.xcu").read_text()
        assert pathlib.Path(sys.argv[-1]).read_bytes() == b"PK document"
        assert not [name for name in os.environ if name.startswith("HUHANG")]
        try:
            socket.create_connection(("127.0.0.1", 9), timeout=1)
        except OSError as error:
            assert error.errno == 101, "the network cannot be reached at all"
        (out / "document.pdf").write_bytes(pathlib.Path({str(tmp_path)!r}, "printed.pdf").read_bytes())
        """,
    )
    copy, made = _copy(b"PK document", WORD, program)
    assert made == PDF
    assert SECRET not in copy
    assert b"(Shown) Tj" in _text(copy)


def test_libreoffice_itself_prints_what_is_to_be_read_and_nothing_of_the_author() -> None:
    program = find_soffice("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed (Debian package libreoffice-writer-nogui)")
    author = f"<dc:creator>{SECRET.decode()}</dc:creator>"
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{author}</cp:coreProperties>'
    )
    letter = docx(paragraph("Seen on the stall: cups."), {"docProps/core.xml": core, **CONTENT_TYPES})
    copy, made = _copy(letter, WORD, program)
    assert made == PDF
    assert SECRET not in copy
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.pages[0].Resources.Font, "it has text to be read"
        assert not pdf.docinfo


def test_a_converter_that_eats_memory_or_gives_nothing_is_ended(tmp_path: Path) -> None:
    assert _obstacle(b"PK", WORD, _stand_in(tmp_path, "x = bytearray(6 * 1024**3)")) is CopyObstacle.DAMAGED


def test_a_converter_is_found_by_name_or_path_or_not_wanted(tmp_path: Path) -> None:
    program = _stand_in(tmp_path, "")
    assert find_soffice(program) == program
    assert find_soffice("no-such-program") == ""
    assert find_soffice("off") == ""


def test_a_jpeg_is_left_alone_where_it_cannot_be_walked() -> None:
    for given in (b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\x00", b"not a picture"):
        assert jpegs.without_notes(given) == given
