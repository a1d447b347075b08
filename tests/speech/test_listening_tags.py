"""« Écouter » in pages: a link that works by itself, with a name of its own, and nothing without a voice."""

import re
from html import unescape
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory

from accessform.adaptation.preferences import Presentation
from accessform.plain_language.wording import ReadingLevel
from accessform.speech.prompts import form_prompts
from accessform.speech.synthesis.clip_key import clip_key
from accessform.speech.voice import catalogue_identity
from tests.speech.forms import definition


def _render(source: str, path: str = "/demarches/apa/") -> str:
    context = Context({"presentation": Presentation(), "request": RequestFactory().get(path)})
    return Template("{% load listening %}" + source).render(context)


def _name(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_a_passage_is_a_link_to_its_sound_named_by_its_visible_word_first() -> None:
    html = _render('{% listen "question-nom" "la question 1.1" %}')
    assert 'href="/demarches/apa/?ecouter=question-nom"' in html
    assert _name(html) == "Écouter la question 1.1"


def test_the_page_keeps_its_other_parameters_and_drops_an_older_request_to_listen() -> None:
    html = _render("{% listen_page %}", "/demarches/apa/?q=a%26b&ecouter=x")
    assert 'href="/demarches/apa/?q=a%26b&amp;ecouter="' in html
    assert _name(html) == "Écouter cette page"


def test_a_clip_is_a_link_to_the_file_named_after_its_text() -> None:
    identity = catalogue_identity()
    assert identity is not None
    html = _render('{% listen_clip "Votre nom ?" "la question 1.1" %}')
    assert f'href="/voix/{clip_key("Votre nom ?", identity)}.mp3"' in html


def test_what_is_named_is_escaped() -> None:
    values = {"presentation": Presentation(), "id": '"><script>', "label": "<b>"}
    html = Template("{% load listening %}{% listen id label %}").render(Context(values))
    assert "<script>" not in html
    assert "<b>" not in html


@pytest.mark.parametrize("tag", ['{% listen "x" %}', "{% listen_page %}", '{% listen_clip "Bonjour" "bonjour" %}'])
def test_without_an_engine_nothing_is_rendered(tag: str, settings: Any) -> None:
    settings.VOICE_ENGINE = "none"
    assert _render(tag) == ""


@pytest.mark.parametrize("level", list(ReadingLevel))
def test_every_level_says_ecouter(level: ReadingLevel) -> None:
    context = Context({"presentation": Presentation(reading_level=level), "request": RequestFactory().get("/")})
    assert "Écouter" in Template("{% load listening %}{% listen_page %}").render(context)


@pytest.mark.django_db
def test_every_page_offers_to_be_heard(client: Client) -> None:
    assert 'href="/plan-du-site?ecouter="' in client.get("/plan-du-site").content.decode()


@pytest.mark.parametrize("level", list(ReadingLevel))
def test_a_question_leads_to_the_clip_that_its_publication_registers(level: ReadingLevel) -> None:
    identity = catalogue_identity()
    assert identity is not None
    question = definition().steps[0].questions[0]
    values = {"presentation": Presentation(reading_level=level), "question": question}
    html = Template('{% load listening %}{% listen_question question "1.1" %}').render(Context(values))
    registered = {
        clip_key(prompt.text, identity)
        for prompt in form_prompts(definition())
        if (prompt.subject, prompt.level) == ("question:nom", level)
    }
    assert set(re.findall(r"/voix/([0-9a-f]{64})\.mp3", html)) == registered
    assert _name(html) == "Écouter la question 1.1"


@pytest.mark.django_db
def test_the_script_comes_once_with_the_page_and_not_at_all_without_a_voice(client: Client, settings: Any) -> None:
    assert client.get("/plan-du-site").content.decode().count("js/listen.js") == 1
    settings.VOICE_ENGINE = "none"
    page = client.get("/plan-du-site").content.decode()
    assert "listen" not in page
    assert "ecouter" not in page


def _field(**changed: Any) -> dict[str, Any]:
    question = definition().steps[0].questions[0]
    return {"question": question, "id": "nom", "number": "1.1", "control": "line", "example": "", **changed}


def _field_address(field: dict[str, Any]) -> str:
    context = Context({"presentation": Presentation(), "request": RequestFactory().get("/d/x/vous/"), "field": field})
    found = re.search(r'href="([^"]+)"', Template("{% load listening %}{% listen_field field %}").render(context))
    assert found is not None
    return found[1]


def test_a_question_shown_as_published_is_heard_from_its_clip() -> None:
    assert re.fullmatch(r"/voix/[0-9a-f]{64}\.mp3", _field_address(_field()))


@pytest.mark.parametrize(
    "changed",
    [
        {"error": "Écrivez votre nom."},
        {"help_open": True},
        {"official": "Texte officiel"},
        {"control": "files"},
        {"control": "parts"},
        {"number": ""},
        {"example": "un exemple de plus"},
    ],
)
def test_a_question_that_shows_more_is_heard_from_its_page(changed: dict[str, Any]) -> None:
    assert _field_address(_field(**changed)) == "/d/x/vous/?ecouter=question-nom"


def _opening(kinds: list[str], place: int) -> str:
    entries = [{"id": f"q{rank}", "control": kind} for rank, kind in enumerate(kinds)]
    request = RequestFactory().get("/d/1/vous/")
    values = {"presentation": Presentation(), "request": request, "step": definition().steps[0], "entries": entries}
    source = "{% load listening %}{% listen_opening step entries place %}"
    return Template(source).render(Context({**values, "place": place}))


def test_a_title_and_its_explanations_are_heard_with_one_control() -> None:
    html = _opening(["explanation", "line", "explanation"], 1)
    assert html.count("data-listen=") == 1
    assert 'href="/d/1/vous/?ecouter=step-title%2Cstep-intro%2Cquestion-q0%2Cquestion-q2"' in html
    assert unescape(_name(html)) == "Écouter le titre de l'étape et l'explication"


def test_a_title_alone_is_its_published_clip_and_an_explanation_outside_the_form_has_no_title() -> None:
    assert 'data-listen="clip"' in _opening(["line"], 1)
    assert 'ecouter=question-q0"' in _opening(["explanation"], 0)
    assert _opening(["line"], 0) == ""
