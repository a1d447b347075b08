"""Receipt, sheet to print and documents to send later, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.probes import axe, overflow
from tests.browser.site import Site

pytestmark = pytest.mark.browser

SEED = """
from django.contrib.sessions.backends.db import SessionStore
from accessform.journeys.access import SESSION_KEY
from tests.journeys.submissions import make_journey, make_submission, make_version
import uuid
version = make_version(slug=f"papiers-{uuid.uuid4().hex[:8]}")
sent = make_submission(version, reference=uuid.uuid4().hex[:12].upper())
draft = make_journey(version, {"vous": {"zone": "sud", "nom": "Martin"}})
session = SessionStore()
session[SESSION_KEY] = [str(sent.journey_id), str(draft.pk)]
session.create()
print("seeded", session.session_key, sent.journey_id, draft.pk, sent.reference)
"""


Papers = tuple[str, str, str]


def _seed(site: Site, page: Page) -> Papers:
    """Give the browser of `page` a sent journey and a draft: their ids, and the reference."""
    found = re.search(r"seeded (\S+) (\S+) (\S+) (\S+)", site.manage("shell", "-v", "0", "-c", SEED))
    assert found
    key, sent, draft, reference = found.groups()
    page.context.add_cookies([{"name": "af_session", "value": key, "url": site.address}])
    return sent, draft, reference


@pytest.fixture
def seeded(site: Site, person: Page) -> Papers:
    """A sent journey and a draft in the person's browser."""
    return _seed(site, person)


def test_the_receipt_is_read_its_pdf_taken_and_a_document_sent_later(
    person: Page, seeded: Papers, tmp_path: Path
) -> None:
    sent, _, reference = seeded
    person.goto(f"/d/{sent}/recu")
    expect(person.get_by_text(reference, exact=True).first).to_be_visible()
    expect(person.get_by_text("Secteur de résidence")).to_be_hidden()
    person.locator("summary", has_text="Voir vos réponses").click()
    expect(person.get_by_text("Secteur de résidence")).to_be_visible()

    pdf = person.context.request.get(person.get_by_role("link", name="reçu (PDF)").get_attribute("href"))
    assert pdf.body().startswith(b"%PDF-")

    person.get_by_role("link", name="Envoyer un document maintenant").click()
    photo = tmp_path / "avis.pdf"
    photo.write_bytes(b"%PDF-1.7\n%%EOF\n")
    person.get_by_label("Avis d'impôt").first.set_input_files(photo)
    person.get_by_role("button", name="Envoyer ce document Avis d'impôt").click()
    expect(person.get_by_role("status").filter(has_text="Nous avons bien reçu")).to_be_visible()
    person.get_by_role("link", name="Revenir à votre reçu").click()
    expect(person.get_by_text("avis.pdf")).to_be_visible()


def test_a_document_that_is_refused_is_explained_on_its_field(person: Page, seeded: Papers, tmp_path: Path) -> None:
    person.goto(f"/d/{seeded[0]}/pieces")
    lie = tmp_path / "photo.jpg"
    lie.write_bytes(b"MZ not a photograph")
    person.get_by_label("Avis d'impôt").first.set_input_files(lie)
    person.get_by_role("button", name="Envoyer ce document Avis d'impôt").click()
    summary = person.locator("#error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(person.get_by_label("Avis d'impôt").first).to_be_focused()


def test_the_sheet_prints_without_the_tools_of_the_screen(person: Page, seeded: Papers) -> None:
    person.goto(f"/d/{seeded[1]}/imprimer")
    expect(person.get_by_role("img", name="QR code")).to_be_visible()
    person.emulate_media(media="print")
    expect(person.get_by_text("Martin")).to_be_visible()
    expect(person.locator(".masthead")).to_be_hidden()
    expect(person.locator(".footer")).to_be_hidden()
    expect(person.get_by_text("rien n'est encore envoyé")).to_be_visible()


def test_these_pages_reflow_and_have_no_axe_violation(page: Page, site: Site) -> None:
    sent, draft, _ = _seed(site, page)
    page.set_viewport_size({"width": 320, "height": 800})
    for address in (f"/d/{sent}/recu", f"/d/{sent}/pieces", f"/d/{draft}/imprimer"):
        page.goto(address)
        for size in ("100", "250"):
            page.evaluate(f"document.documentElement.dataset.textSize = '{size}'")
            assert (address, size, overflow(page)) == (address, size, [])
        assert (address, axe(page).violations) == (address, [])
