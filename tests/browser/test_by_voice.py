"""A form answered in words in a real browser: the keyboard alone, without JavaScript; and heard, with it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import probes
from tests.browser.presentations import Look, choose
from tests.browser.site import Site
from tests.browser.test_keyboard import skip_to_content, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ANSWERS: dict[str, list[str]] = {
    "filled_for_who": ["pour moi", "oui"],
    "civilite": ["madame", "oui"],
    "nom_naissance": ["Benali", "oui"],
    "prenoms": ["Leila", "non, Leïla", "oui"],
    "date_naissance": ["quatre mai", "mille neuf cent soixante-dix-huit", "oui"],
    "courriel": ["passe"],
    "telephone": ["zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre", "oui"],
    "ancienne_adresse": ["12 rue des Lilas 35000 Rennes", "oui"],
    "nouvelle_adresse": ["3 place du Marché", "44000 Nantes", "oui"],
    "date_demenagement": ["le trois novembre 2026", "oui"],
    "duree": ["la première", "oui"],
    "autres_personnes": ["non"],
    "organismes": ["l'assurance maladie", "oui"],
    "numero_securite_sociale": ["2 85 05 78 006 084 41", "oui"],
    "vehicule": ["non"],
    "justificatif": ["passe"],
    "exactitude": ["oui", "oui"],
    "transmission": ["oui", "oui"],
}
LOUD = """
window.sounds = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () { window.sounds.push(this.src); return play.call(this); };
"""
SHORT = """
HTMLMediaElement.prototype.play = function () {
  const told = document.documentElement;
  const here = this.src.replace(location.origin, "");
  if (!here.startsWith("blob:")) told.dataset.told = `${told.dataset.told ?? ""} ${here}`.trim();
  setTimeout(() => this.dispatchEvent(new Event("ended")), 20);
  return Promise.resolve();
};
"""
"""Every sound ends at once, and the page says which ones began."""


def key_of(page: Page) -> str:
    return page.locator("[name=key]").first.get_attribute("value") or ""


def say(page: Page, words: str) -> None:
    """Type words in the box and press Enter, then wait for the page that answers."""
    tab_to(page, "#voice-words")
    before = key_of(page)
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator(f"[name=key][value='{before}']")).to_have_count(0)
    page.wait_for_load_state()


def begin(context: BrowserContext, site: Site, slug: str) -> Page:
    """Start a form in voice mode."""
    page = context.new_page()
    page.goto(f"/demarches/{slug}/")
    choose(context, site.address, Look(modality="voice"))
    page.reload()
    page.locator("form[action$=commencer] button").click()
    expect(page.locator("#voice")).to_be_visible()
    return page


def test_a_whole_form_is_answered_in_words_with_the_keyboard_alone(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = begin(
        new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}), site, "changement-adresse"
    )
    met = []
    while page.locator("[data-voice-question]").count():
        name = page.locator("[data-voice-question]").get_attribute("data-voice-question") or ""
        met.append(name)
        for words in ANSWERS[name]:
            say(page, words)
    assert met == list(ANSWERS)
    expect(page).to_have_url(re.compile("/verifier$"))
    expect(page.locator("main")).to_contain_text("4 mai 1978")
    expect(page.locator("main")).to_contain_text("Leïla")
    expect(page.locator("main")).to_contain_text("3 place du Marché")
    tab_to(page, "#voice-words")
    page.keyboard.type("d'accord")
    page.keyboard.press("Enter")
    expect(page.locator("#unsent")).to_be_focused()
    tab_to(page, "#voice-words")
    page.keyboard.type("j'envoie ma demande")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/recu$"))
    skip_to_content(page)


def test_the_question_and_the_read_back_read_themselves(new_context: Callable[..., BrowserContext], site: Site) -> None:
    context = new_context()
    context.add_init_script(LOUD)
    page = begin(context, site, "changement-adresse")
    said: list[str] = []
    page.on(
        "request", lambda asked: said.append(f"{asked.method} {asked.url}") if asked.url.endswith("/dire") else None
    )
    with page.expect_response(re.compile("/dire$")) as answered:
        say(page, "pour moi")
    expect(page.locator("#voice-told")).to_be_focused()
    answer = answered.value
    assert answer.status == 200
    assert "no-store" in answer.headers["cache-control"]
    fields = answer.request.post_data or ""
    assert "voice-state" in fields
    assert "filled_for_who" not in fields
    expect(page.locator("#voice [data-listen-word]")).to_have_text(re.compile("Arrêter|Écouter"))
    page.keyboard.press("Escape")
    expect(page.locator("#voice [data-listen-word]")).to_have_text("Écouter")
    assert len(said) == 1


def test_the_title_and_the_explanations_of_a_step_are_told_once_before_its_question(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    context = new_context()
    context.add_init_script(SHORT)
    page = begin(context, site, "demonstration")
    say(page, "pour moi")
    page.evaluate("delete document.documentElement.dataset.told")
    page.locator("[data-voice-yes]").click()
    expect(page.locator("#question-bienvenue")).to_be_visible()
    expected = [
        page.locator(f"{place} [data-listen]").first.get_attribute("href")
        for place in ("[data-listen-first]", ".question")
    ]
    expect(page.locator("main [data-listen=passage], main [data-listen=clip]")).to_have_count(len(expected))
    assert "step-title%2C" in (expected[0] or "")
    expect(page.locator("html")).to_have_attribute("data-told", " ".join(expected))  # type: ignore[arg-type]
    page.reload()
    expect(page.locator(".question [data-listen]").first).to_be_visible()
    expect(page.locator("html")).not_to_have_attribute("data-told", re.compile("."))


def test_an_explanation_below_a_title_that_was_told_is_told_alone(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    context = new_context()
    context.add_init_script(SHORT)
    page = begin(context, site, "demonstration")
    say(page, "pour moi")
    page.locator("[data-voice-yes]").click()
    expect(page.locator("#question-bienvenue")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-told", re.compile(r"question-bienvenue \S"))
    page.evaluate("sessionStorage.removeItem('af-read')")
    told = "['step-title', 'step-intro'].map((id) => location.pathname + id)"
    page.evaluate(f"sessionStorage.setItem('af-told', JSON.stringify({told}))")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-told", re.compile(r"^[^ ]*\?ecouter=question-bienvenue "))


@pytest.mark.parametrize(
    "look",
    [
        Look(modality="voice", reading_level="easy", text_size="250"),
        Look(modality="voice", reading_level="standard", color_scheme="dark"),
    ],
    ids=str,
)
def test_every_state_of_the_card_is_usable_however_it_is_presented(
    new_context: Callable[..., BrowserContext], site: Site, look: Look
) -> None:
    context = new_context(viewport={"width": 320, "height": 640})
    page = begin(context, site, "changement-adresse")
    choose(context, site.address, look)
    page.reload()
    for words in ("pour moi", "oui", "bleu", "bleu", "bleu", "aide", "je ne sais pas", "madame", "stop"):
        say(page, words)
        assert probes.axe(page).violations == [], words
        assert probes.overflow(page) == [], words
        assert probes.small_targets(page) == [], words
    expect(page.locator("#voice")).to_have_attribute("data-voice", "stopped")


def test_at_the_largest_text_the_value_is_on_the_screen_with_its_question(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    context = new_context(viewport={"width": 390, "height": 844})
    page = begin(context, site, "changement-adresse")
    choose(context, site.address, Look(modality="voice", text_size="250"))
    page.reload()
    say(page, "pour moi")
    expect(page.locator("#voice-told")).to_be_focused()
    expect(page.locator("[data-voice-said]")).to_be_in_viewport(ratio=1)
    expect(page.locator("#voice-exact")).to_be_in_viewport(ratio=1)
    expect(page.locator("#voice-told")).to_have_accessible_description("Pour vous Est-ce exact ?")


def test_nothing_moves_under_the_finger_as_the_voice_ends(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = begin(new_context(viewport={"width": 390, "height": 844}), site, "changement-adresse")
    say(page, "pour moi")
    word = page.locator("#voice [data-listen-word]")
    expect(word).to_have_text("Arrêter")
    expect(page.locator(".listen-player")).to_be_visible()
    place = page.locator("[data-voice-answer]").bounding_box()
    page.keyboard.press("Escape")
    expect(word).to_have_text("Écouter")
    assert page.locator("[data-voice-answer]").bounding_box() == place


def test_after_three_failures_the_keyboard_is_one_tap_away(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = begin(new_context(), site, "changement-adresse")
    for words in ("bleu", "bleu", "bleu"):
        say(page, words)
    page.get_by_role("link", name="Répondre au clavier").click()
    expect(page.locator("[name=filled_for_who]").first).to_be_focused()
