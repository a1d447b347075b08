"""Public pages say what the files and the settings say, and claim nothing more."""

from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from accessform.plain_language.interface import text, texts
from accessform.plain_language.wording import ReadingLevel
from accessform.trust.operator import AUDIT_FACTS, BadOperatorFile, operator
from accessform.trust.retention import schedule

pytestmark = pytest.mark.django_db

AUDITED = """
audited_on = 2027-03-01
audited_by = "Cabinet d'essai"
rgaa_version = "4.1.2"
rate = {rate}
"""


@pytest.fixture
def operator_file(settings, tmp_path: Path):
    """Write an operator's file with another conformity, and use it."""
    shipped = Path(settings.OPERATOR_FILE).read_text(encoding="utf-8")

    def write(conformity: str, audited: str = "") -> None:
        changed = shipped.replace('conformity = "none"', f'conformity = "{conformity}"') + audited
        path = tmp_path / f"{conformity}{len(audited)}.toml"
        path.write_text(changed, encoding="utf-8")
        settings.OPERATOR_FILE = path

    return write


def test_the_privacy_page_tells_every_entry_of_the_retention_file_with_its_time(client):
    page = client.get("/confidentialite").content.decode()
    for entry in schedule():
        assert text(f"trust.keep_{entry.name}_what", ReadingLevel.PLAIN) in page
        assert f"{entry.days or entry.hours} {'jours' if entry.days else 'heures'}," in page


@pytest.mark.parametrize("level", ReadingLevel)
def test_every_entry_has_words_at_every_level(level):
    for entry in schedule():
        for part in ("what", "from", "why"):
            assert text(f"trust.keep_{entry.name}_{part}", level)


def test_no_words_are_left_for_what_is_kept_no_more():
    told = {name.removeprefix("trust.keep_").rsplit("_", 1)[0] for name in texts() if name.startswith("trust.keep_")}
    assert told == {entry.name for entry in schedule()}


def test_the_privacy_page_names_who_answers_and_the_authority(client):
    page = client.get("/confidentialite").content.decode()
    assert operator().officer_email in page
    assert operator().address in page
    assert "https://www.cnil.fr/fr/plaintes" in page


def test_the_page_says_where_the_voice_is_made(client, settings):
    settings.VOICE_GTTS = False
    assert "Notre serveur fabrique la voix" in client.get("/confidentialite").content.decode()
    settings.VOICE_GTTS = True
    assert "Google a fabriqué la voix des textes publics" in client.get("/confidentialite").content.decode()


def test_without_an_audit_every_footer_says_non_conforme(client):
    for path in ("/", "/plan-du-site", "/confidentialite", "/accessibilite", "/reprendre"):
        assert "Accessibilité\u00a0: non conforme" in client.get(path).content.decode()


def test_the_statement_has_what_the_model_asks_for(client):
    page = client.get("/accessibilite").content.decode()
    assert "Personne d'extérieur n'a encore vérifié ce site" in page
    assert operator().email in page
    assert "https://formulaire.defenseurdesdroits.fr/" in page
    assert "09 69 39 00 00" in page
    assert "21 novembre 2026" in page


def test_an_audited_site_says_its_rate_and_its_mention(client, operator_file):
    operator_file("partial", AUDITED.format(rate=87))
    page = client.get("/accessibilite").content.decode()
    assert "Accessibilité\u00a0: partiellement conforme" in page
    assert "87\u00a0% des critères" in page
    assert "1 mars 2027" in page


@pytest.mark.parametrize(
    ("conformity", "audited"),
    [
        ("partial", ""),
        ("full", ""),
        ("partial", AUDITED.format(rate=49)),
        ("full", AUDITED.format(rate=99)),
        ("excellent", AUDITED.format(rate=100)),
    ],
)
def test_a_claim_that_no_audit_supports_is_refused(operator_file, conformity, audited):
    operator_file(conformity, audited)
    with pytest.raises(BadOperatorFile):
        operator()


def test_an_audit_is_four_facts(operator_file):
    operator_file("none", AUDITED.format(rate=30))
    audit = operator().audit
    assert audit is not None
    assert (audit.on, audit.rate) == (date(2027, 3, 1), 30)
    assert len(AUDIT_FACTS) == 4


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append(dict(attrs).get("href") or "")


def links(client, path: str) -> set[str]:
    parser = Links()
    parser.feed(client.get(path).content.decode())
    return {href for href in parser.found if href.startswith("/")}


def test_the_footer_and_the_site_map_lead_to_the_same_public_pages(client):
    main = client.get("/plan-du-site").content.decode()
    for href in ("/", "/reprendre", "/accessibilite", "/confidentialite", "/algorithmes", "/lieux/", "/affichage"):
        assert f'href="{href}"' in main


def test_the_pages_of_this_room_are_found(client):
    for href in ("/reprendre", "/accessibilite", "/confidentialite", "/plan-du-site"):
        assert client.get(href).status_code == 200


@pytest.mark.parametrize("path", ["/confidentialite", "/accessibilite", "/reprendre", "/plan-du-site"])
@pytest.mark.parametrize("level", ReadingLevel)
def test_every_page_is_drawn_at_every_level(client, path, level):
    session = client.session
    session["presentation"] = {"values": {"reading_level": level}}
    session.save()
    response = client.get(path)
    assert response.status_code == 200
    assert f'data-reading-level="{level}"' in response.content.decode()
