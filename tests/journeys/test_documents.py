"""Documents: three equal ways, typed by their content, without the place they were photographed at."""

import io
from pathlib import Path

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accessform.answers.documents import read_document
from accessform.answers.refusals import Refused
from accessform.journeys.models import StepAnswers, UploadedFile
from accessform.trust.files import read_file, stored_files
from tests.journeys.filling import Citizen
from tests.journeys.small_journeys import make_version
from tests.journeys.test_step_page import VALID

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(kind: str, *, orientation: int = 1, shade: int = 120) -> bytes:
    """Return a small picture that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Appareil Secret"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "N"
    image, written = Image.new("RGB", (40, 20), (shade, 80, 40)), io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(written, exif=exif.tobytes())
    else:
        image.save(written, kind, exif=exif)
    return written.getvalue()


@pytest.fixture
def papers(citizen: Citizen) -> Citizen:
    """A citizen on the step that asks for a document."""
    return citizen.press(**VALID)


def give(citizen: Citizen, *files: tuple[str, bytes], action: str = "next") -> Citizen:
    """Send documents with the step."""
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    values = {**citizen.fields(), "accord": "oui", "action": action, "piece-upload": uploads}
    return citizen._follow(citizen.client.post(citizen.path, values))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_keeps_its_pixels_and_loses_its_metadata(kind: str) -> None:
    given = picture(kind, orientation=6)
    document = read_document(given)
    assert b"Secret" in given
    assert b"Secret" not in document.content
    kept = Image.open(io.BytesIO(document.content))
    assert kept.tobytes() == Image.open(io.BytesIO(given)).tobytes()
    assert not kept.getexif().get_ifd(0x8825)


def test_a_photograph_stays_upright() -> None:
    kept = Image.open(io.BytesIO(read_document(picture("JPEG", orientation=6)).content))
    assert kept.getexif()[0x0112] == 6


def test_a_heic_photograph_becomes_a_jpeg() -> None:
    document = read_document(picture("HEIF"))
    assert document.content_type == "image/jpeg"
    assert b"Secret" not in document.content
    assert Image.open(io.BytesIO(document.content)).size == (40, 20)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"MZ\x90\x00 not a picture", "file_type"),
        (b"<html>not a picture</html>", "file_type"),
        (b"\xff\xd8\xff\xe0 not a picture", "file_damaged"),
        (picture("JPEG")[:200], "file_damaged"),
        (picture("PNG")[:60], "file_damaged"),
        (b"%PDF-1.7 cut", "file_damaged"),
    ],
)
def test_a_file_that_lies_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_document(content)
    assert caught.value.code == code


def test_a_picture_too_large_to_open_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accessform.answers.documents.MAX_PIXELS", 100)
    with pytest.raises(Refused) as caught:
        read_document(picture("PNG"))
    assert caught.value.code == "file_pixels"


def test_several_pages_are_kept_encrypted_and_listed(papers: Citizen) -> None:
    give(papers, ("../../recto.jpg", picture("JPEG")), ("verso.pdf", PDF), action="help")
    assert papers.response.status_code == 200
    rows = {row.name: row for row in UploadedFile.objects.all()}
    assert set(rows) == {"recto.jpg", "verso.pdf"}
    assert (rows["recto.jpg"].content_type, rows["verso.pdf"].content_type) == ("image/jpeg", "application/pdf")
    assert read_file(rows["verso.pdf"].pk) == PDF
    assert all(b"PDF" not in Path(path).read_bytes() for path in stored_files())
    assert "recto.jpg" in papers.text
    assert papers.fields()["piece-how"] == ["now"]
    papers.press()
    assert papers.path.endswith("/verifier")
    assert "2 fichiers joints" in papers.text


def test_the_same_document_given_twice_is_one(papers: Citizen) -> None:
    give(papers, ("a.pdf", PDF), ("b.pdf", PDF), action="help")
    give(papers, ("c.pdf", PDF), action="help")
    assert UploadedFile.objects.count() == 1


def test_a_document_is_removed_with_its_bytes(papers: Citizen, django_capture_on_commit_callbacks: object) -> None:
    give(papers, ("a.pdf", PDF), action="help")
    drop = next(name for name in papers.page.xpath("//button/@value") if name.startswith("drop:"))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        papers.press(drop)
    assert not UploadedFile.objects.exists()
    assert list(stored_files()) == []
    papers.press(accord="oui")
    assert papers.response.status_code == 422


def test_a_document_dropped_from_a_stale_tab_is_kept(
    papers: Citizen, django_capture_on_commit_callbacks: object
) -> None:
    give(papers, ("a.pdf", PDF), action="help")
    drop = next(name for name in papers.page.xpath("//button/@value") if name.startswith("drop:"))
    stale = {**papers.fields(), "action": drop}
    papers.press("help", avis="Écrit dans un autre onglet")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert papers.client.post(papers.path, stale).status_code == 409
    assert UploadedFile.objects.count() == 1
    assert len(list(stored_files())) == 1


def test_dropping_a_document_that_the_step_does_not_hold_deletes_nothing(
    papers: Citizen, django_capture_on_commit_callbacks: object
) -> None:
    give(papers, ("a.pdf", PDF), action="help")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        papers.press(f"drop:avis:{UploadedFile.objects.get().pk}")
    assert UploadedFile.objects.count() == 1


def test_a_refused_file_says_why_and_the_good_ones_are_kept(papers: Citizen) -> None:
    give(papers, ("bon.pdf", PDF), ("virus.exe", b"MZ\x90"))
    assert papers.response.status_code == 422
    assert "virus.exe" in papers.page.get_element_by_id("piece-error").text_content()
    assert "bon.pdf" in papers.text
    assert papers.page.xpath("//*[@id='problems']//a[@href='#piece-upload']")


def test_there_are_no_more_files_than_the_form_allows(papers: Citizen) -> None:
    give(papers, *[(f"{n}.pdf", PDF + bytes([n])) for n in range(4)])
    assert papers.response.status_code == 422
    assert UploadedFile.objects.count() == 3


def test_a_heavy_file_is_refused(papers: Citizen, settings: object) -> None:
    settings.MAX_UPLOAD_BYTES = 20  # type: ignore[attr-defined]
    give(papers, ("lourd.pdf", PDF))
    assert papers.response.status_code == 422
    assert not UploadedFile.objects.exists()


def test_more_than_memory_takes_is_said_and_the_rest_is_kept(papers: Citizen, settings: object) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000  # type: ignore[attr-defined]
    values = {**papers.fields(), "piece-how": "now", "avis": "Bonjour", "accord": "oui", "action": "next"}
    upload = SimpleUploadedFile("gros.pdf", PDF + b"0" * 2000)
    response = papers.client.post(papers.path, {**values, "piece-upload": upload})
    assert response.status_code == 422
    assert "un par un" in response.content.decode()
    assert StepAnswers.objects.get(step_id="papiers").answers["avis"] == "Bonjour"


@pytest.mark.parametrize("way", ["later", "bring"])
def test_a_document_may_wait(papers: Citizen, way: str) -> None:
    papers.press(piece__how=way, accord="oui")
    assert papers.path.endswith("/verifier")


def test_a_missing_document_never_blocks(papers: Citizen) -> None:
    papers.press(accord="oui")
    assert papers.path.endswith("/verifier")


def test_ids_of_files_cannot_be_forged(papers: Citizen) -> None:
    papers.press(**{"piece-how": "now", "piece-files": "00000000-0000-0000-0000-000000000000", "accord": "oui"})
    assert papers.response.status_code == 422
    assert "piece-files" not in StepAnswers.objects.get(step_id="papiers").typed


def test_a_document_that_the_law_requires_comes_now_and_no_other_way_is_shown(db: None, client: Client) -> None:
    card = {"id": "carte", "type": "identity_document", "label": "Carte", "required_by_law": True}
    make_version(steps=[{"id": "un", "title": "Un", "questions": [card]}])
    citizen = Citizen(client).start("petite-demarche").press(filled_for_who="self")
    assert citizen.page.xpath("//input[@name='carte-how']/@value") == ["now"]
    assert citizen.fields()["carte-how"] == ["now"]
    for how in ("now", "later", "bring", ""):
        citizen.press(**{"carte-how": how})
        assert citizen.response.status_code == 422
        assert "La loi demande" in citizen.text
    citizen.press(**{"carte-upload": SimpleUploadedFile("a.jpg", picture("JPEG"))})
    assert citizen.path.endswith("/verifier")


def test_a_removed_entry_takes_its_documents_with_it(
    db: None, client: Client, django_capture_on_commit_callbacks: object
) -> None:
    child = {"id": "carte", "type": "identity_document", "label": "Carte"}
    group = {"id": "proches", "type": "group", "label": "Proches", "item": "Proche", "questions": [child]}
    make_version(steps=[{"id": "un", "title": "Un", "questions": [group]}])
    citizen = Citizen(client).start("petite-demarche").press(filled_for_who="self").press("add:proches")
    for index in (0, 1):
        upload = SimpleUploadedFile("a.pdf", PDF + b"\n" * index)
        values = {**citizen.fields(), "action": "help", f"proches-{index}-carte-upload": [upload]}
        citizen._follow(citizen.client.post(citizen.path, values))
    _, second = UploadedFile.objects.order_by("created_at").values_list("pk", flat=True)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        citizen.press("remove:proches:0")
    assert list(UploadedFile.objects.values_list("pk", flat=True)) == [second]
    assert f"drop:proches-0-carte:{second}" in citizen.page.xpath("//button/@value")
