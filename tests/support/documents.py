"""Pictures and PDFs with something in them that a copy must not have."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

SECRET = b"SecretOfTheFiler"
TURNED = 6  # EXIF: the camera lay on its side


def a_photo(size: tuple[int, int] = (60, 40), *, kind: str = "JPEG", turned: bool = False) -> bytes:
    """A picture whose left half is red; with who took it where."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    notes = Image.Exif()
    notes[0x010F] = SECRET.decode()
    if turned:
        notes[0x0112] = TURNED
    content = io.BytesIO()
    picture.save(content, kind, exif=notes)
    return content.getvalue() + SECRET  # and something behind the end of the picture


def a_flat_png(width: int, height: int) -> bytes:
    """A black picture, made without holding it: one bit a point, packed to next to nothing."""
    packer = zlib.compressobj(9)
    line = bytes(1 + (width + 7) // 8)
    packed = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    head = struct.pack("!IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack("!I", len(body)) + name + body + struct.pack("!I", zlib.crc32(name + body))
        for name, body in parts
    )


def a_fax(pages: int) -> bytes:
    """A TIFF of several pages."""
    sheets = [Image.new("1", (80, 100), number % 2) for number in range(pages)]
    content = io.BytesIO()
    sheets[0].save(content, "TIFF", save_all=True, append_images=sheets[1:])
    return content.getvalue()


def a_pdf(content: bytes = b"BT /F 12 Tf 20 50 Td (Shown) Tj ET", *, password: str = "") -> bytes:
    """One page with `content`, in a document full of what no page shows."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 100))
    page.Contents = Stream(pdf, content)
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
    photo = Stream(pdf, a_photo().removesuffix(SECRET))
    photo.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=60, Height=40, BitsPerComponent=8))
    photo.ColorSpace, photo.Filter = Name.DeviceRGB, Name.DCTDecode
    page.Resources = Dictionary(
        Font=Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)),
        Properties=Dictionary(L=layer),
        XObject=Dictionary(Photo=pdf.make_indirect(photo)),
    )
    script = Dictionary(S=Name.JavaScript, JS=String(SECRET.decode()))
    page.AA = Dictionary(O=script)
    page.Annots = pdf.make_indirect(Array([pdf.make_indirect(_note(pdf, script))]))
    pdf.Root.OpenAction = script
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    pdf.attachments["list.txt"] = SECRET
    pdf.docinfo["/Author"] = SECRET.decode()
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = [SECRET.decode()]
    return _saved(pdf, password)


def _note(pdf: Pdf, script: Dictionary) -> Dictionary:
    look = Stream(pdf, b"0 0 10 10 re f")
    look.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10])))
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Square,
        Rect=Array([0, 0, 10, 10]),
        T=String(SECRET.decode()),
        A=script,
        AP=Dictionary(N=pdf.make_indirect(look)),
    )


def _saved(pdf: Pdf, password: str) -> bytes:
    content = io.BytesIO()
    locked = pikepdf.Encryption(owner=password, user=password) if password else None
    pdf.save(content, encryption=locked or False, compress_streams=False)
    return content.getvalue()
