"""Pictures made anew from their points: whatever lay beside them in the file – place, device, thumbnails, a second file
behind the first – does not come along. The way up is kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

from adapters.sanitising.obstacles import Unsafe
from models.filings.kinds import CopyObstacle

MOST_PIXELS = 120_000_000  # of one picture: 10,000 by 10,000 and a little more
MOST_PAGES = 60  # of a fax or an animation, which becomes a PDF
MOST_PIXELS_OF_ALL = 600_000_000
QUALITY = 90

# Only the decoder of the type that was found by content is asked, so that a file with two faces shows the one we know.
DECODERS: dict[str, str] = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
    "image/tiff": "TIFF",
    "image/avif": "AVIF",
}
_LOSSLESS = frozenset({"PNG", "GIF", "BMP"})


def clean(source: Path, target: Path, media_type: str) -> str:
    """Writes the picture anew and gives its media type; several in one file become the pages of a PDF."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(source, formats=[DECODERS[media_type]]) as image:
            _measure(image)
            if getattr(image, "n_frames", 1) > 1:
                return _as_pages(image, target)
            return _as_picture(image, target)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise Unsafe(CopyObstacle.TOO_COSTLY) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise Unsafe(CopyObstacle.DAMAGED) from None


def _measure(image: Image.Image) -> None:
    """By the header, before anything is unpacked."""
    pixels, frames = image.width * image.height, getattr(image, "n_frames", 1)
    if pixels > MOST_PIXELS or frames > MOST_PAGES or pixels * frames > MOST_PIXELS_OF_ALL:
        raise Unsafe(CopyObstacle.TOO_COSTLY)


def _as_picture(image: Image.Image, target: Path) -> str:
    lossless = image.format in _LOSSLESS
    plain = _bare(image, keep_alpha=True)
    if lossless or plain.mode in ("LA", "RGBA"):
        plain.save(target, format="PNG")
        return "image/png"
    plain.save(target, format="JPEG", quality=QUALITY)
    return "image/jpeg"


def _as_pages(image: Image.Image, target: Path) -> str:
    pages = _pages(image)
    next(pages).save(target, format="PDF", save_all=True, append_images=pages, resolution=150)
    return "application/pdf"


def _pages(image: Image.Image) -> Iterator[Image.Image]:
    for frame in ImageSequence.Iterator(image):
        if frame.width * frame.height > MOST_PIXELS:
            raise Unsafe(CopyObstacle.TOO_COSTLY)
        yield _bare(frame, keep_alpha=False)


def _bare(image: Image.Image, *, keep_alpha: bool) -> Image.Image:
    """The points alone, upright, in sRGB: a profile of colours can carry a name and a serial number."""
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    mode = _mode(upright, keep_alpha)
    plain = _in_srgb(upright, profile) if mode == "RGB" and profile else upright
    plain = plain if plain.mode == mode else plain.convert(mode)
    plain.info = {}
    return plain


def _mode(image: Image.Image, keep_alpha: bool) -> str:
    if image.mode in ("1", "L"):
        return "L"
    if keep_alpha and (image.mode in ("LA", "RGBA", "PA") or "transparency" in image.info):
        return "RGBA"
    return "RGB"


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    if image.mode not in ("RGB", "CMYK"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image  # a profile that cannot be read: the colours are a little off, the picture is there
    return converted or image
