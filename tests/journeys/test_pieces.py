"""Documents that were put off: sent after the form, told to the service, listed on the receipt."""

import io
import json
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accessform.journeys.access import SESSION_KEY
from accessform.journeys.deliveries import message_body
from accessform.journeys.models import Delivery, UploadedFile
from accessform.journeys.receipt import read_receipt
from tests.journeys.submissions import ANSWERS, make_journey, make_submission

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def submission(client):
    sent = make_submission()
    session = client.session
    session[SESSION_KEY] = [str(sent.journey_id)]
    session.save()
    return sent


def _address(submission):
    return reverse("pieces", args=[submission.journey_id])


def _send(client, submission, content=PDF, question="avis", **extra):
    upload = SimpleUploadedFile("avis d'impôt.pdf", content, content_type="text/plain")
    return client.post(_address(submission), {"question": question, "upload": upload}, **extra)


def test_the_page_lists_what_was_put_off(client, submission):
    tree = html.fromstring(client.get(_address(submission)).content.decode())
    assert tree.xpath('//input[@type="hidden"][@name="question"]/@value') == ["avis", "identite"]
    for field in tree.xpath('//input[@type="file"]'):
        assert tree.xpath(f'//label[@for="{field.get("id")}"]')


def test_a_document_is_kept_encrypted_and_the_page_says_so(client, submission):
    response = _send(client, submission)
    assert response.status_code == 303
    page = client.get(response.headers["Location"]).content.decode()
    assert 'role="status"' in page
    assert "avis d&#x27;impôt.pdf" in page
    file = UploadedFile.objects.get()
    assert (file.question_id, file.content_type, file.size) == ("avis", "application/pdf", len(PDF))


def test_the_receipt_stops_asking_for_it_and_says_when_it_came(client, submission):
    _send(client, submission)
    submission.refresh_from_db()
    receipt = read_receipt(submission)
    assert [entry["id"] for entry in receipt.pending] == ["identite"]
    assert [fact["name"] for fact in receipt.late] == ["avis d'impôt.pdf"]
    page = client.get(reverse("receipt", args=[submission.journey_id])).content.decode()
    assert "avis d&#x27;impôt.pdf" in page
    assert client.get(reverse("receipt_pdf", args=[submission.journey_id])).status_code == 200


def test_the_same_file_twice_is_one_document_told_once(client, submission, settings):
    settings.WEBHOOKS = json.dumps(
        [{"name": "nord", "url": "https://x.example/", "secret": "a-secret-of-sixteen-signs"}]
    )
    _send(client, submission)
    _send(client, submission)
    assert UploadedFile.objects.count() == 1
    assert Delivery.objects.count() == 1


def test_the_service_is_told_in_official_words(client, submission, settings):
    settings.WEBHOOKS = json.dumps(
        [{"name": "nord", "url": "https://x.example/", "secret": "a-secret-of-sixteen-signs"}]
    )
    _send(client, submission)
    delivery = Delivery.objects.get()
    message = json.loads(message_body(delivery))
    assert message["event"] == "document.received"
    assert message["submission"]["reference"] == "AF-TEST-0001"
    assert message["document"]["id"] == str(UploadedFile.objects.get().pk)
    assert (message["document"]["number"], message["document"]["label"]) == ("2.2", "Avis d'impôt")
    assert "level" not in message_body(delivery).decode()


def test_the_message_of_a_submission_stays_the_same_when_documents_come(client, submission):
    delivery = Delivery.objects.create(submission=submission, target="nord", next_attempt_at=timezone.now())
    before = message_body(delivery)
    _send(client, submission)
    assert message_body(Delivery.objects.get(pk=delivery.pk)) == before


def test_exports_and_files_hold_what_came_later(client, submission, tmp_path):
    _send(client, submission)
    file = UploadedFile.objects.get()
    out = io.StringIO()
    call_command("submissions", "export", "--since", "2026-03-01", stdout=out, stderr=io.StringIO())
    assert json.loads(out.getvalue())[0]["late_documents"][0]["id"] == str(file.pk)
    call_command("submissions", "files", "AF-TEST-0001", to=tmp_path / "x", stdout=io.StringIO(), stderr=io.StringIO())
    (written,) = (tmp_path / "x").iterdir()
    assert written.read_bytes() == PDF


@pytest.mark.parametrize("content", [b"MZ lying", b"", b"%PDF-1.7 never ends"])
def test_a_file_that_is_not_what_it_says_is_refused_with_its_reason_on_the_field(client, submission, content):
    response = _send(client, submission, content)
    assert response.status_code == 422
    tree = html.fromstring(response.content.decode())
    (link,) = tree.xpath('//*[@id="error-summary"]//a')
    field = tree.xpath(f'//*[@id="{link.get("href")[1:]}"]')[0]
    assert field.get("aria-invalid") == "true"
    assert field.get("aria-describedby").split()[0] == "error-avis"
    assert not UploadedFile.objects.exists()


def test_sending_nothing_is_refused(client, submission):
    assert client.post(_address(submission), {"question": "avis"}).status_code == 422


def test_files_that_exceed_memory_together_are_refused(client, submission):
    with mock.patch("accessform.journeys.views.pieces.is_too_much", return_value=True):
        assert _send(client, submission).status_code == 422


@pytest.mark.parametrize("question", ["nom", "x", "", "gens"])
def test_only_awaited_documents_are_taken(client, submission, question):
    assert _send(client, submission, question=question).status_code == 404


def test_another_session_and_a_draft_get_404(client):
    assert client.get(_address(make_submission())).status_code == 404
    draft = make_journey(answers=ANSWERS)
    session = client.session
    session[SESSION_KEY] = [str(draft.pk)]
    session.save()
    assert client.get(reverse("pieces", args=[draft.pk])).status_code == 404


def test_a_forged_post_is_refused(submission):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(_address(submission), {"question": "avis"}).status_code == 403
