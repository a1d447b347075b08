"""Files that are not what they say, sent with a step: refused with their reason, everything else on the page kept."""

import io
import struct
import zlib

import lxml.html
import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accessform.answers.documents import read_document
from accessform.journeys.models import StepAnswers, UploadedFile
from accessform.trust.files import read_file, stored_files
from tests.journeys.filling import Citizen
from tests.journeys.test_step_page import VALID

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(kind: str, **options: object) -> bytes:
    """Return a small picture."""
    image, written = Image.new("RGB", (64, 48), (120, 80, 40)), io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(written)
    else:
        image.save(written, kind, **options)
    return written.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few kilobytes that says that it is `width` × `height` pixels, all of one colour."""
    rows = zlib.compress(b"\0" * 4_000_000, 9)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


HEIC = picture("HEIF")
LIES = {
    "nothing": b"",
    "html": b"<!doctype html><script>alert(1)</script>",
    "html that holds a pdf": b"<html><script>alert(1)</script>" + PDF,
    "gif that holds a pdf": b"GIF89a" + PDF,
    "program that holds a pdf": b"MZ\x90\x00" + PDF,
    "archive that holds a pdf": b"PK\x03\x04" + b"x.pdf" + PDF,
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "gif": picture("GIF"),
    "webp": picture("WEBP"),
    "tiff": picture("TIFF"),
    "bmp": picture("BMP"),
    "archive": b"PK\x03\x04" + b"\0" * 200,
    "text": "Bonjour é".encode(),
    "nul bytes": b"\0" * 5000,
    "half a jpeg": picture("JPEG")[:300],
    "jpeg of nothing": b"\xff\xd8\xff\xd9",
    "jpeg header, html body": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00<html>" + b"x" * 400,
    "jpeg, endless segment": b"\xff\xd8\xff\xe0\xff\xff" + b"\0" * 40,
    "half a png": picture("PNG")[:70],
    "png, wrong sums": picture("PNG").replace(b"IDAT", b"IDAT\0\0"),
    "png bomb": bomb(60_000, 60_000),
    "png, less than it says": bomb(7_000, 7_000),
    "png of no size": bomb(0, 0),
    "png, bomb in its texts": picture("PNG")[:33] + chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 80_000_000)),
    "heic brand, no heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 400,
    "heic under another brand": HEIC[:8] + b"qt  " + HEIC[12:],
    "half a heic": HEIC[: len(HEIC) // 2],
    "jpeg inside a heic box": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + picture("JPEG"),
    "pdf cut": b"%PDF-1.7\n" + b"x" * 5000,
    "video": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 400,
}


@pytest.fixture
def papers(citizen: Citizen) -> Citizen:
    """A citizen on the step that asks for a document."""
    return citizen.press(**VALID)


def send(papers: Citizen, *uploads: SimpleUploadedFile) -> object:
    """POST the step with documents."""
    values = {**papers.fields(), "avis": "Un mot", "accord": "oui", "action": "next"}
    return papers.client.post(papers.path, {**values, "piece-upload": uploads})


@pytest.mark.parametrize("lie", LIES)
def test_a_lying_file_is_refused_and_the_rest_is_kept(papers: Citizen, lie: str) -> None:
    good = SimpleUploadedFile("bon.pdf", PDF)
    response = send(papers, good, SimpleUploadedFile("photo.jpg", LIES[lie], content_type="image/jpeg"))
    assert response.status_code == 422
    page = lxml.html.fromstring(response.content.decode())
    assert "photo.jpg" in page.get_element_by_id("piece-error").text_content()
    assert page.xpath("//*[@id='problems']//a[@href='#piece-upload']")
    assert StepAnswers.objects.get(step_id="papiers").answers["avis"] == "Un mot"
    assert [row.name for row in UploadedFile.objects.all()] == ["bon.pdf"]
    assert len(list(stored_files())) == 1


def test_a_file_of_16_mb_is_refused_and_the_rest_is_kept(papers: Citizen) -> None:
    response = send(papers, SimpleUploadedFile("lourd.pdf", b"%PDF-1.7\n" + b"0" * 16 * 1024 * 1024 + b"%%EOF"))
    assert response.status_code == 422
    assert "15 Mo" in response.content.decode()
    assert StepAnswers.objects.get(step_id="papiers").answers["avis"] == "Un mot"
    assert not UploadedFile.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "a\x00b.pdf", "é" * 300 + ".pdf", "\u202efdp.exe", "C:\\Windows\\x.pdf", "...", " "],
)
def test_a_strange_name_is_only_a_name(papers: Citizen, name: str) -> None:
    upload = SimpleUploadedFile("x.pdf", PDF)
    upload._name = name
    assert send(papers, upload).status_code in {303, 422}
    for row in UploadedFile.objects.all():
        assert len(row.name) <= 120
        assert not {"/", "\\", "\0", "\u202e"} & set(row.name)
        assert read_file(row.pk) == PDF


@pytest.mark.parametrize("progressive", [False, True])
def test_what_hides_after_the_end_of_a_photograph_is_not_kept(progressive: bool) -> None:
    hidden = b"<script>alert(1)</script>PK\x03\x04 48.8566N 2.3522E"
    given = picture("JPEG", progressive=progressive, comment=b"secret")
    read = read_document(given + hidden).content
    assert b"script" not in read
    assert b"secret" not in read
    assert Image.open(io.BytesIO(read)).tobytes() == Image.open(io.BytesIO(given)).tobytes()
    assert b"script" not in read_document(picture("PNG") + hidden).content


def test_a_pdf_may_begin_with_white_space() -> None:
    assert read_document(b"\xef\xbb\xbf\r\n " + PDF).content_type == "application/pdf"
