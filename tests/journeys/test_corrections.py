"""« J'ai oublié ou mal écrit quelque chose »: corrected from the receipt, kept beside the original."""

import io
import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from accessform.journeys.corrections.drafting import CITIZEN, purge_drafts
from accessform.journeys.corrections.reading import current_entries, sent_corrections
from accessform.journeys.deliveries import message_body
from accessform.journeys.models import (
    CorrectedAnswer,
    Correction,
    CorrectionDraft,
    CorrectionRequest,
    Delivery,
    Submission,
    UploadedFile,
)
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from accessform.trust.erasure import erase_journey
from tests.journeys.corrections_made import NORTH, Corrected, ask_for, make_sent, open_session
from tests.journeys.submissions import make_submission

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF\n"
WEBHOOK = json.dumps([{"name": "nord", "url": "https://x.example/", "secret": "a-secret-of-sixteen-signs"}])


@pytest.fixture
def submission(client):
    return make_sent(client)


@pytest.fixture
def person(client, submission):
    return Corrected(client, submission)


def _receipt(client, submission):
    return client.get(reverse("receipt", args=[submission.journey_id])).content.decode()


def test_the_receipt_leads_to_the_answers_as_they_stand(client, submission, person):
    assert person.home in _receipt(client, submission)
    person.get(person.home)
    assert person.page.xpath('//input[@name="question"]/@value') == [
        "zone",
        "nom",
        "naissance",
        "gens",
        "avis",
        "identite",
    ]
    assert "D’Août" in person.text


def test_what_was_sent_is_filled_in_and_the_whole_way_ends_on_the_receipt(client, submission, person):
    original = Submission.objects.get(pk=submission.pk).document
    person.choose("nom")
    assert person.path.endswith("/reponse/nom")
    assert person.page.xpath('//input[@name="nom"]/@value') == ["D’Août"]
    person.type(nom="Daoust")
    assert person.path.endswith("/verifier")
    assert "D’Août" in person.text
    assert "Daoust" in person.text
    person.send()
    assert person.path.endswith("/recu")
    assert person.page.xpath('//*[@role="status"]')
    page = _receipt(client, submission)
    assert "Daoust" in page
    assert Submission.objects.get(pk=submission.pk).document == original
    (sent,) = sent_corrections(submission)
    assert (sent.row.by, sent.row.number) == ("citizen", 1)
    (change,) = sent.changes
    assert (change.before["value"], change.after["value"]) == ("D’Août", "Daoust")
    assert not CorrectionDraft.objects.exists()


def test_answers_are_encrypted_beside_the_original(person):
    person.choose("nom").type(nom="Daoust").send()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT after FROM journeys_correctedanswer")
        assert "Daoust" not in str(cursor.fetchall())


def test_every_kind_of_answer_comes_back_into_its_fields_unchanged(person, submission):
    """Pressing « Continuer » everywhere changes nothing, and nothing can then be sent."""
    person.choose("zone", "nom", "naissance", "gens", "avis", "identite")
    for _ in range(6):
        person.type()
    assert person.path.endswith("/verifier"), person.path
    assert not person.page.xpath('//input[@name="base"]')
    values = {"key": str(uuid.uuid4()), "base": "0"}
    assert person.client.post(f"{person.home}/verifier", values).status_code == 422
    assert not Correction.objects.exists()


def test_a_correction_that_makes_another_question_needed_asks_it(person, submission):
    person.choose("zone").type(zone="nord")
    assert person.path.endswith("/reponse/rue_nord")
    refused = person.type(rue_nord="")
    assert refused.response.status_code == 422
    person.type(rue_nord="Rue Basse")
    assert person.path.endswith("/verifier")
    person.send()
    (sent,) = sent_corrections(submission)
    assert [(one.question_id, one.before is None) for one in sent.changes] == [("zone", False), ("rue_nord", True)]


def test_a_needed_question_cannot_be_gone_round(person):
    person.choose("zone").type(zone="nord")
    values = {"key": str(uuid.uuid4()), "base": "0"}
    response = person.client.post(f"{person.home}/verifier", values)
    assert response.status_code == 422
    assert "/reponse/rue_nord" in response.content.decode()
    assert not Correction.objects.exists()


def test_a_question_that_is_asked_no_more_is_said_and_kept_beside(client):
    sent = make_sent(client, answers=NORTH)
    person = Corrected(client, sent).choose("zone").type(zone="sud")
    assert "Rue Haute" in person.text
    person.send()
    assert "rue_nord" not in current_entries(sent)
    assert CorrectedAnswer.objects.get(question_id="rue_nord").after is None
    assert "rue_nord" in json.dumps(sent.document)


def test_a_group_is_corrected_whole_with_one_entry_more(person, submission):
    person.choose("gens")
    assert person.page.xpath('//input[@name="gens-0-prenom"]/@value') == ["Léa"]
    person.type("add:gens")
    assert person.path.endswith("/reponse/gens")
    person.type(gens__2__prenom="Ana", gens__2__revenu="12,50").send()
    (sent,) = sent_corrections(submission)
    assert [item["prenom"] for item in sent.changes[0].after["value"]] == ["Léa", "Paul", "Ana"]


def test_a_second_correction_shows_the_first_one_as_before(person, submission):
    person.choose("nom").type(nom="Daoust").send()
    person.choose("nom")
    assert person.page.xpath('//input[@name="nom"]/@value') == ["Daoust"]
    person.type(nom="D'Aoust").send()
    first, second = sent_corrections(submission)
    assert first.changes[0].before["value"] == "D’Août"
    assert second.changes[0].before["value"] == "Daoust"


def test_a_file_given_while_correcting_counts_once_it_is_sent(client, submission, person, tmp_path):
    person.choose("avis")
    upload = SimpleUploadedFile("avis.pdf", PDF)
    person.type(avis__how="now", **{"avis__upload": upload})
    assert person.path.endswith("/verifier")
    assert "Documents reçus" not in _receipt(client, submission)
    person.send()
    file = UploadedFile.objects.get()
    entry = current_entries(submission)["avis"]
    assert entry["files"][0]["id"] == str(file.pk)
    page = _receipt(client, submission)
    assert "avis.pdf" in page
    assert reverse("pieces", args=[submission.journey_id]) in page, "the other document is still awaited"
    call_command(
        "submissions", "files", submission.reference, to=tmp_path / "x", stdout=io.StringIO(), stderr=io.StringIO()
    )
    assert [path.read_bytes() for path in (tmp_path / "x").iterdir()] == [PDF]


def test_giving_up_forgets_the_draft_and_its_files(person):
    person.choose("avis").type(avis__how="now", **{"avis__upload": SimpleUploadedFile("avis.pdf", PDF)})
    assert UploadedFile.objects.count() == 1
    person.client.post(person.home, {"action": "give_up"})
    assert not UploadedFile.objects.exists()
    assert not CorrectionDraft.objects.exists()
    person.client.post(person.home, {"action": "give_up"})


def test_sent_twice_is_one_correction_told_once(person, submission, settings):
    settings.WEBHOOKS = WEBHOOK
    person.choose("nom").type(nom="Daoust")
    values = person.sending()
    person.send(values)
    person.send(values)
    assert person.path.endswith("/recu")
    assert (Correction.objects.count(), Delivery.objects.count()) == (1, 1)


def test_a_check_drawn_before_another_correction_is_shown_again(person, submission):
    person.choose("nom").type(nom="Daoust")
    drawn = person.sending()
    draft = CorrectionDraft.objects.get()
    Correction.objects.create(
        key=uuid.uuid4(), submission=submission, number=1, by="phone", desk="Guichet 1", sent_at=draft.touched_at
    )
    person.send(drawn)
    assert person.response.status_code == 409
    assert Correction.objects.count() == 1
    person.send()
    assert Correction.objects.filter(number=2).exists()


def test_a_stale_tab_loses_nothing(person):
    person.choose("nom")
    address = f"{person.home}/reponse/nom"
    person.type(nom="Daoust")
    late = {"asked": "nom", "nom": "Dahoust", "revision": "0", "action": "next"}
    response = person.client.post(address, late)
    assert response.status_code == 409
    assert "Dahoust" in response.content.decode()
    assert CorrectionDraft.objects.get().answers == {"nom": "Daoust"}


def test_what_is_typed_after_another_tab_sent_begins_a_new_correction(person):
    person.choose("nom").type(nom="Daoust").send()
    late = {"asked": "naissance", "naissance": "4 mars 1948", "revision": "0", "action": "next"}
    response = person.client.post(f"{person.home}/reponse/naissance", late)
    assert response.status_code == 303
    assert CorrectionDraft.objects.get().answers == {"naissance": "1948-03-04"}


@pytest.mark.parametrize("question", ["inconnue", "rue_nord", "x" * 60])
def test_a_question_that_is_not_asked_is_404(person, question):
    assert person.client.get(f"{person.home}/reponse/{question}").status_code == 404


@pytest.mark.parametrize(
    "values", [{}, {"key": "x", "base": "0"}, {"key": "0b0e4a7c-3f50-4b8e-9a45-0f6a1a4f2c11", "base": "-1"}]
)
def test_a_forged_sending_is_a_clear_400(person, values):
    person.choose("nom").type(nom="Daoust")
    assert person.client.post(f"{person.home}/verifier", values).status_code == 400


@pytest.mark.parametrize("asked", ["x", "0b0e4a7c-3f50-4b8e-9a45-0f6a1a4f2c11"])
def test_a_forged_request_is_404(person, asked):
    assert person.client.get(f"{person.home}?demande={asked}").status_code == 404


@pytest.mark.parametrize("level", list(ReadingLevel))
def test_for_whom_is_not_corrected_and_the_page_says_what_to_do(client, person, submission, level):
    client.post("/affichage", {"reading_level": level.value, "action": "save", "next": "/"})
    page = person.get(person.home)
    said = page.page.get_element_by_id("pour-qui")
    assert interface.text("corrections.for_whom_text", level) in said.text_content()
    assert submission.reference in said.text_content()
    links = said.xpath(".//a/@href")
    assert [link.partition(":")[0] for link in links] == ["tel", f"/d/{submission.journey_id}/personne"]
    assert not page.page.xpath("//input[@value='filled_for_who']")


def test_nothing_ticked_is_said(person):
    assert person.client.post(person.home, {"question": "rue_nord"}).status_code == 422


def test_another_session_opens_nothing(client):
    other = make_submission()
    for address in ("correct", "correct_check"):
        assert client.get(reverse(address, args=[other.journey_id])).status_code == 404
    assert client.post(reverse("correct_answer", args=[other.journey_id, "nom"]), {"nom": "x"}).status_code == 404


def test_a_refused_answer_is_kept_as_typed(person):
    person.choose("naissance").type(naissance="un jour")
    assert person.response.status_code == 422
    assert person.page.xpath('//*[@id="problems"]')
    assert CorrectionDraft.objects.get().typed["naissance"]["naissance"] == ["un jour"]


def test_an_open_request_shows_on_the_receipt_and_closes_with_its_answer(client, submission, person):
    request = ask_for(submission, "nom")
    page = _receipt(client, submission)
    assert "Le nom n&#x27;est pas celui de votre carte." in page
    person.get(f"{person.home}?demande={request.pk}")
    assert person.page.xpath('//input[@name="question"][@checked]/@value') == ["nom"]
    person.choose("nom", demande=str(request.pk)).type(nom="Daoust").send()
    request.refresh_from_db()
    assert request.ended == "answered"
    assert Correction.objects.get().request == request
    assert "celui de votre carte" not in _receipt(client, submission)


def test_a_missing_piece_sent_with_the_late_documents_closes_its_request(client, submission):
    request = ask_for(submission, "avis", kind="piece")
    upload = SimpleUploadedFile("avis.pdf", PDF)
    client.post(reverse("pieces", args=[submission.journey_id]), {"question": "avis", "upload": upload})
    request.refresh_from_db()
    assert request.ended == "answered"


def test_a_closed_request_no_longer_asks_but_one_may_still_correct(client, submission, person):
    request = ask_for(submission, "nom")
    call_command("corrections", "withdraw", str(request.pk), stdout=io.StringIO())
    person.get(f"{person.home}?demande={request.pk}")
    assert person.response.status_code == 200
    assert "celui de votre carte" not in person.text
    with pytest.raises(CommandError):
        call_command("corrections", "withdraw", str(request.pk), stdout=io.StringIO())


def test_words_of_the_service_are_shown_as_written_and_never_as_markup(client, submission):
    ask_for(submission, "nom", words="<b>Nom</b> & prénom")
    assert "&lt;b&gt;Nom&lt;/b&gt; &amp; prénom" in _receipt(client, submission)


def test_the_command_asks_and_refuses_what_the_person_was_not_asked(submission):
    out = io.StringIO()
    asked = ["corrections", "ask", submission.reference, "--kind", "piece", "--words", "Il manque l'avis."]
    call_command(*asked, "--question", "avis", stdout=out)
    assert CorrectionRequest.objects.get(pk=out.getvalue().strip()).asked_by == "Service du Sud"
    with pytest.raises(CommandError, match="rue_nord"):
        call_command(*asked, "--question", "rue_nord", stdout=out)
    with pytest.raises(CommandError, match="passée"):
        call_command(*asked, "--question", "avis", "--due", "2020-01-01", stdout=out)


def test_the_service_is_told_before_and_after_in_official_words(person, submission, settings):
    settings.WEBHOOKS = WEBHOOK
    person.choose("nom").type(nom="Daoust").send()
    delivery = Delivery.objects.get()
    body = message_body(delivery)
    message = json.loads(body)
    assert message["event"] == "correction.received"
    assert message["submission"]["reference"] == submission.reference
    (change,) = message["correction"]["changes"]
    assert (change["before"]["printed"], change["after"]["printed"]) == ("D’Août", "Daoust")
    person.choose("nom").type(nom="D'Aoust").send()
    assert message_body(Delivery.objects.get(pk=delivery.pk)) == body


def test_exports_show_both(person, submission):
    person.choose("nom").type(nom="Daoust").send()
    for kind in ("json", "csv"):
        out = io.StringIO()
        call_command(
            "submissions", "export", "--since", "2026-03-01", "--format", kind, stdout=out, stderr=io.StringIO()
        )
        assert "D’Août" in out.getvalue()
        assert "Daoust" in out.getvalue()


def test_the_pdf_lists_what_was_corrected(client, person, submission):
    from accessform.journeys.printing.receipt_pdf import receipt_data
    from accessform.journeys.receipt import read_receipt
    from accessform.web.pdf.printable import Printable

    person.choose("nom").type(nom="Daoust").send()
    response = client.get(reverse("receipt_pdf", args=[submission.journey_id]))
    assert response.content.startswith(b"%PDF")
    submission.refresh_from_db()
    (listed,) = receipt_data(read_receipt(submission), Printable(""))["corrections"]
    assert "D’Août" in listed["lines"][0]
    assert "Daoust" in listed["lines"][0]


def test_erasing_forgets_the_draft_and_keeps_what_was_sent(person, submission):
    person.choose("nom").type(nom="Daoust").send()
    person.choose("avis").type(avis__how="now", **{"avis__upload": SimpleUploadedFile("avis.pdf", PDF)})
    erase_journey(submission.journey_id)
    assert not CorrectionDraft.objects.exists()
    assert not UploadedFile.objects.exists()
    assert Correction.objects.count() == 1


def test_a_draft_left_too_long_is_forgotten(person, submission):
    import datetime as dt

    from django.utils import timezone

    person.choose("nom").type(nom="Daoust")
    assert purge_drafts(timezone.now(), dt.timedelta(days=30)) == 0
    assert purge_drafts(timezone.now() + dt.timedelta(days=31), dt.timedelta(days=30)) == 1
    assert not CorrectionDraft.objects.filter(holder=CITIZEN).exists()


def test_a_person_reads_their_corrections_in_their_export(person, submission):
    from accessform.journeys.erasing import export_rows

    ask_for(submission, "naissance")
    person.choose("nom").type(nom="Daoust").send()
    given = export_rows(submission.journey_id)["sent"]
    assert given["corrections"][0]["changes"][0]["after"]["value"] == "Daoust"
    assert given["asked_since"][0]["questions"] == ["naissance"]


def test_a_journey_whose_time_is_over_says_so(client, submission):
    open_session(client, submission)
    address = reverse("correct", args=[submission.journey_id])
    journey_id = submission.journey_id
    submission.delete()
    erase_journey(journey_id)
    assert client.get(address).status_code == 404
