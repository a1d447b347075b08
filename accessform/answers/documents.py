"""Documents that people send: what they are by their content, without what they tell of place and camera."""

import io
import re
import struct
import warnings
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from accessform.answers.refusals import Refused

MAX_PIXELS = 60_000_000
"""Largest picture that is opened: above any telephone's photograph but those of 64 MP sensors at full size."""
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx"})
JPEG_QUALITY = 92
ORIENTATION = 0x0112

_PNG_KEPT = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"pHYs",
        b"sBIT",
        b"bKGD",
        b"cICP",
    }
)

_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_BEFORE_PDF = b"\xef\xbb\xbf \t\r\n\0"

pillow_heif.register_heif_opener()


@dataclass(frozen=True)
class Document:
    """A document ready to be kept."""

    content_type: str
    content: bytes


def read_document(content: bytes) -> Document:
    """Return the document that `content` is, whatever its name says.

    JPEG and PNG keep their pixels and lose their metadata (place, camera, date); HEIC becomes JPEG, which every
    service can open; PDF stays as it is, and begins as one: a page or a program may hold a PDF further on. Refuses
    `file_empty`, `file_type`, `file_damaged`, `file_pixels`.
    """
    if not content:
        raise Refused("file_empty", "upload")
    if content[:1024].lstrip(_BEFORE_PDF).startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise Refused("file_damaged", "upload")
        return Document("application/pdf", content)
    if content.startswith(b"\xff\xd8\xff"):
        picture = _opened(content, "JPEG")
        return Document("image/jpeg", _jpeg_without_metadata(content, picture.getexif().get(ORIENTATION, 1)))
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        _opened(content, "PNG")
        return Document("image/png", _png_without_metadata(content))
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return Document("image/jpeg", _as_jpeg(_opened(content, "HEIF")))
    raise Refused("file_type", "upload")


def _opened(content: bytes, kind: str) -> Image.Image:
    """Open a picture and read it to its end; refuses what cannot be, or is too large to be."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=[kind])
        if picture.width * picture.height > MAX_PIXELS:
            raise Refused("file_pixels", "upload")
        picture.load()
    except Refused:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, EOFError) as error:
        raise Refused("file_damaged", "upload") from error
    return picture


def _as_jpeg(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture) or picture
    written = io.BytesIO()
    upright.convert("RGB").save(written, "JPEG", quality=JPEG_QUALITY)
    return written.getvalue()


def _jpeg_without_metadata(content: bytes, orientation: int) -> bytes:
    """Return a JPEG without its application and comment segments, pixels untouched; the orientation is kept.

    Kept: APP0 (JFIF), APP2 (colour profile) and APP14 (Adobe's colour transform), without which colours change. What
    telephones add after the picture's end (a film, a place, another picture) goes too.
    """
    kept = [b"\xff\xd8"]
    if orientation in range(2, 9):
        kept.append(_orientation_segment(orientation))
    place = 2
    while place + 2 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == 0xD9:
            return b"".join([*kept, b"\xff\xd9"])
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if marker == 0xDA:
            end = _end_of_scan(content, end)
        is_metadata = (0xE0 <= marker <= 0xEF and marker not in {0xE0, 0xE2, 0xEE}) or marker == 0xFE
        if not is_metadata:
            kept.append(content[place:end])
        place = end
    raise Refused("file_damaged", "upload")


def _end_of_scan(content: bytes, start: int) -> int:
    """Return where the pixels that begin at `start` end: at a marker that is neither escaped nor a restart."""
    found = _MARKER.search(content, start)
    return found.start() if found else len(content)


def _orientation_segment(orientation: int) -> bytes:
    """Return an Exif segment that says how the picture is held, and nothing else."""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, orientation, 0)
    exif = b"Exif\x00\x00MM\x00*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif


def _png_without_metadata(content: bytes) -> bytes:
    """Return a PNG with the chunks that draw it, and no other."""
    kept, place = [content[:8]], 8
    while place + 12 <= len(content):
        length, name = struct.unpack(">I4s", content[place : place + 8])
        if name in _PNG_KEPT:
            kept.append(content[place : place + 12 + length])
        place += 12 + length
        if name == b"IEND":
            return b"".join(kept)
    raise Refused("file_damaged", "upload")
