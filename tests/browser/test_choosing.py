"""The three buttons act at once on every page; the rest is one page away, and nothing is kept unless asked."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from accessform.adaptation.preferences import TEXT_SIZES
from tests.browser.citizen import Citizen

pytestmark = pytest.mark.browser

PAGES = ("/", "/demarches/changement-adresse/", "/reprendre", "/lieux/", "/confidentialite", "/plan-du-site")


def html(page: Page, attribute: str) -> str | None:
    """Return an attribute of <html>."""
    return page.locator("html").get_attribute(attribute)


def test_larger_and_simpler_act_at_once_on_public_pages(person: Page) -> None:
    for number, path in enumerate(PAGES):
        person.goto(path)
        person.locator("header button[value=larger]").click()
        expect(person.locator("html")).to_have_attribute("data-text-size", str(TEXT_SIZES[number + 1]))
        assert path.rstrip("/") in person.url
    person.locator("header button[value=simpler]").click()
    expect(person.locator("html")).to_have_attribute("data-reading-level", "easy")
    assert PAGES[-1] in person.url


def test_they_act_at_once_on_a_step_and_keep_what_is_typed(person: Page) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    citizen.write(nom_naissance="Benali")
    citizen.press("larger")
    expect(person.locator("html")).to_have_attribute("data-text-size", "125")
    expect(person.locator("[name=nom_naissance]")).to_have_value("Benali")
    citizen.write(prenoms="Leïla")
    citizen.press("simpler")
    expect(person.locator("html")).to_have_attribute("data-reading-level", "easy")
    expect(person.locator("[name=prenoms]")).to_have_value("Leïla")


def test_everyone_starts_on_plain_wording_with_the_official_text_one_tap_away(person: Page) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    assert html(person, "data-reading-level") == "plain"
    expect(person.locator("#question-nom_naissance")).to_contain_text("Votre nom de naissance")
    person.locator("button[value^='official']").first.click()
    expect(person.locator(".official").first).to_be_visible()


def test_the_panel_saves_every_choice_and_comes_back(person: Page) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    citizen.press("settings")
    expect(person).to_have_url(re.compile("/affichage"))
    for name, value in (("text_size", "200"), ("spacing", "wide"), ("contrast", "more"), ("color_scheme", "dark")):
        person.locator(f"[name={name}][value='{value}']").check()
    person.locator("[name=reading_level][value=standard]").check()
    person.locator("[name=one_question]").check()
    person.locator("button[value=save]").click()
    citizen.expect_step("vous")
    root = person.locator("html")
    for attribute, value in (
        ("data-text-size", "200"),
        ("data-spacing", "wide"),
        ("data-contrast", "more"),
        ("data-color-scheme", "dark"),
        ("data-reading-level", "standard"),
    ):
        expect(root).to_have_attribute(attribute, value)
    expect(person.locator("#step-form .question")).to_have_count(1)


def test_one_question_at_a_time_leads_through_the_step(person: Page) -> None:
    person.goto("/affichage")
    person.locator("[name=one_question]").check()
    person.locator("button[value=save]").click()
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    citizen.choose("civilite", "mme")
    citizen.go_on()
    for values in ({"nom_naissance": "Benali"}, {"prenoms": "Leïla"}, {"date_naissance": "4 mai 1978"}):
        expect(person.locator("#step-form .question")).to_have_count(1)
        citizen.write(**values)
        citizen.go_on()
    citizen.go_on()
    citizen.go_on()
    citizen.expect_step("adresses")


def test_choices_stay_with_the_visit_unless_the_device_is_asked_to_remember(
    person: Page, new_context: Callable[..., BrowserContext]
) -> None:
    person.goto("/affichage")
    person.locator("[name=text_size][value='150']").check()
    person.locator("button[value=save]").click()
    names = {cookie["name"] for cookie in person.context.cookies() if cookie.get("expires", -1) > 0}
    assert names <= {"af_csrf", "af_session"}
    person.goto("/affichage")
    person.locator("button[value=remember]").click()
    kept = [c for c in person.context.cookies() if c["name"] not in {"af_csrf", "af_session"}]
    later = new_context()
    later.add_cookies(kept)
    page = later.new_page()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-text-size", "150")
    page.goto("/affichage")
    page.locator("button[value=forget]").click()
    page.goto("/")
    assert [c["name"] for c in later.cookies() if c["name"] not in {"af_csrf", "af_session"}] == []


def test_the_preview_follows_at_once_with_javascript(page: Page) -> None:
    page.goto("/affichage")
    before = page.locator("#sample").evaluate("e => getComputedStyle(e).fontSize")
    page.locator("[name=text_size][value='200']").check()
    page.wait_for_timeout(200)
    after = page.locator("#sample").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert after > float(before.removesuffix("px"))


@pytest.mark.parametrize("path", ["/", "/demarches/demande-apa/", "/affichage"])
def test_nothing_is_lost_at_400_per_cent_zoom(new_context: Callable[..., BrowserContext], path: str) -> None:
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(path)
    assert page.evaluate("document.scrollingElement.scrollWidth <= document.documentElement.clientWidth + 1")
