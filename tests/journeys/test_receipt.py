"""The receipt on screen: what the law requires, at the person's level, for the person's session only."""

import uuid

import pytest
from django.urls import reverse

from accessform.journeys.access import SESSION_KEY
from accessform.journeys.receipt import read_receipt
from tests.journeys.submissions import ANSWERS, SOURCE, make_journey, make_submission, make_version

pytestmark = pytest.mark.django_db


def _open(client, journey):
    session = client.session
    session[SESSION_KEY] = [str(journey.pk)]
    session.save()


def _page(client, submission, **session_values):
    _open(client, submission.journey)
    session = client.session
    session.update(session_values)
    session.save()
    response = client.get(reverse("receipt", args=[submission.journey_id]))
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_what_the_law_requires(client):
    page = _page(client, make_submission())
    assert "AF-TEST-0001" in page
    assert "4 mars 2026 à 0\u00a0h\u00a030 (heure de Paris)" in page
    assert "Service du Sud" in page
    assert "2 rue du Sud, 13000 Marseille" in page
    assert 'href="tel:0400000002"' in page
    assert "Le silence gardé pendant deux mois vaut acceptation." in page
    assert "Un recours peut être formé dans les deux mois." in page
    assert "Un accusé de réception est adressé dans les dix jours." in page
    assert "Code d&#x27;essai, article 1" in page


def test_legal_texts_stand_in_official_words_beside_the_plain_ones(client):
    page = _page(client, make_submission())
    assert "Le service répond en deux mois." in page
    assert "Le service dispose de deux mois pour statuer." in page


def test_someone_who_reads_the_official_text_sees_it_once(client):
    page = _page(client, make_submission(), presentation={"values": {"reading_level": "standard"}})
    assert page.count("Le service dispose de deux mois pour statuer.") == 1
    assert "Le service répond en deux mois." not in page


def test_answers_are_in_official_wording_whatever_the_level(client):
    page = _page(client, make_submission(), presentation={"values": {"reading_level": "easy"}})
    assert "Secteur de résidence" in page
    assert "Où habitez-vous" not in page
    assert "Demande de petite aide" in page
    assert "3 mars 1948" in page
    assert "1\u00a0234,50\u00a0€" in page


def test_pieces_still_to_send_are_listed_with_three_ways(client):
    receipt = read_receipt(make_submission())
    assert [entry["id"] for entry in receipt.pending] == ["avis", "identite"]
    page = _page(client, receipt_submission := make_submission(make_version(), reference="AF-TEST-0002"))
    assert receipt_submission.reference in page
    assert "/reprendre" in page
    assert page.count("AF-TEST-0002") >= 3


def test_a_document_that_was_given_is_not_asked_again():
    answers = {**ANSWERS, "foyer": {**ANSWERS["foyer"], "avis": {"how": "now", "files": ["x"]}}}
    receipt = read_receipt(make_submission(answers=answers))
    assert [entry["id"] for entry in receipt.pending] == ["identite"]


def test_the_service_is_the_one_for_these_answers_with_its_contact_of_today():
    submission = make_submission()
    changed = {**SOURCE["service"][1], "phone": "04 99 99 99 99"}
    make_version(service=[SOURCE["service"][0], changed])
    assert read_receipt(submission).service.phone == "04 99 99 99 99"


def test_mentions_stay_those_of_the_version_that_was_filled_in():
    submission = make_submission()
    make_version(legal_basis="Autre texte")
    assert read_receipt(submission).mentions[-1].wording.standard == "Code d'essai, article 1"


def test_another_session_gets_404(client):
    submission = make_submission()
    for name in ("receipt", "receipt_pdf"):
        assert client.get(reverse(name, args=[submission.journey_id])).status_code == 404
        assert client.get(reverse(name, args=[uuid.uuid4()])).status_code == 404


def test_a_draft_has_no_receipt(client):
    journey = make_journey()
    _open(client, journey)
    assert client.get(reverse("receipt", args=[journey.pk])).status_code == 404


def test_the_pdf_is_offered_and_nothing_is_kept_by_the_browser(client):
    submission = make_submission()
    _open(client, submission.journey)
    page = client.get(reverse("receipt", args=[submission.journey_id]))
    assert reverse("receipt_pdf", args=[submission.journey_id]) in page.content.decode()
    pdf = client.get(reverse("receipt_pdf", args=[submission.journey_id]))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "AF-TEST-0001.pdf" in pdf.headers["Content-Disposition"]
    for response in (page, pdf):
        assert "no-store" in response.headers["Cache-Control"]


def test_posting_to_a_receipt_is_refused(client):
    submission = make_submission()
    _open(client, submission.journey)
    assert client.post(reverse("receipt", args=[submission.journey_id])).status_code == 405


def test_what_people_wrote_is_escaped(client):
    answers = {**ANSWERS, "vous": {**ANSWERS["vous"], "nom": "<script>alert(1)</script>"}}
    page = _page(client, make_submission(answers=answers))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_it_says_who_filled_it_for_another_person(client):
    submission = make_submission()
    submission.document["filled_for"] = {"who": "other", "name": "Jeanne Martin", "link": "Sa fille", "capacity": ""}
    submission.save()
    assert "Jeanne Martin, Sa fille" in _page(client, submission)


def test_a_code_to_come_back_with_is_offered_while_documents_are_awaited(client):
    submission = make_submission()
    address = reverse("keep_journey", args=[submission.journey_id])
    assert f'href="{address}"' in _page(client, submission)
    assert client.get(address).status_code == 200
