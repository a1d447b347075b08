"""Coming back and leaving, in a real browser, with and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.focus import tab_stops
from tests.browser.probes import axe, clipped_under_text_spacing, misnamed, overflow, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = ("/reprendre", "/confidentialite", "/accessibilite", "/plan-du-site", "/au-revoir/efface")


def start(page: Page) -> str:
    """Start the demonstration form and type a first name; return the journey's path."""
    page.goto("/demarches/demonstration/")
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("radio", name="Pour vous").check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label(re.compile("prénom")).first.fill("Camille")
    found = re.search(r"/d/[0-9a-f-]{36}/", page.url)
    assert found is not None
    return found[0]


def get_code(page: Page) -> str:
    """Ask for a code from the step; return it as it is shown."""
    page.get_by_role("button", name="Garder ma démarche pour plus tard").click()
    page.get_by_label("Votre date de naissance").fill("3 avril 1950")
    page.get_by_role("button", name="Recevoir mon code", exact=True).click()
    return page.locator("#resume-code").inner_text()


def come_back(page: Page, code: str, second: str) -> None:
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name="Reprendre ma démarche").click()
    page.get_by_label("Votre code").fill(code)
    page.get_by_label(re.compile("Votre date de naissance")).fill(second)
    page.get_by_role("button", name="Reprendre ma démarche").click()


def test_the_draft_is_found_where_it_was_on_another_device(
    person: Page, new_context: Callable[..., BrowserContext]
) -> None:
    start(person)
    code = get_code(person)
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", code)
    elsewhere = new_context(java_script_enabled=False).new_page()
    come_back(elsewhere, code.lower().replace("-", " "), "03/04/1950")
    expect(elsewhere).to_have_url(re.compile(r"/d/[0-9a-f-]{36}/bienvenue/"))
    expect(elsewhere.get_by_label(re.compile("prénom")).first).to_have_value("Camille")


def test_a_wrong_answer_is_told_first_and_keeps_the_code(
    person: Page, new_context: Callable[..., BrowserContext]
) -> None:
    start(person)
    code = get_code(person)
    elsewhere = new_context().new_page()
    come_back(elsewhere, code, "04/04/1950")
    expect(elsewhere.locator("#error-summary")).to_be_focused()
    expect(elsewhere.locator("#error-summary")).to_contain_text("Nous n'avons pas trouvé votre démarche")
    expect(elsewhere.get_by_label("Votre code")).to_have_value(code)
    assert axe(elsewhere).violations == []


def test_erasing_leaves_nothing_on_the_device(person: Page) -> None:
    path = start(person)
    person.get_by_role("button", name="Effacer et quitter").click()
    expect(person.get_by_role("button", name="Oublier cet appareil")).to_have_count(0)
    person.get_by_role("button", name="Tout effacer maintenant").click()
    expect(person.get_by_role("heading", level=1)).to_have_text("Tout est effacé")
    person.go_back()
    person.goto(path)
    expect(person.get_by_role("heading", level=1)).to_have_text("Nous ne trouvons pas cette page")
    assert [c for c in person.context.cookies() if c["name"] == "af_session"] == []


def test_forgetting_the_device_keeps_the_draft_for_its_code(
    person: Page, new_context: Callable[..., BrowserContext]
) -> None:
    path = start(person)
    code = get_code(person)
    person.get_by_role("link", name="Effacer et quitter").click()
    person.get_by_role("button", name="Oublier cet appareil").click()
    expect(person.get_by_role("heading", level=1)).to_have_text("Cet appareil a tout oublié")
    response = person.goto(path)
    assert response is not None
    assert response.status == 404
    elsewhere = new_context().new_page()
    come_back(elsewhere, code, "3/4/1950")
    expect(elsewhere).to_have_url(re.compile(r"/bienvenue/"))


def test_the_pages_that_keep_and_leave_conform(page: Page) -> None:
    path = start(page)
    page.get_by_role("button", name="Garder ma démarche pour plus tard").click()
    for shown in ("#birth_date", "#resume-code"):
        expect(page.locator(shown)).to_be_visible()
        assert axe(page).violations == []
        assert small_targets(page) == []
        assert misnamed(page) == []
        if shown == "#birth_date":
            page.get_by_label("Votre date de naissance").fill("3 avril 1950")
            page.get_by_role("button", name="Recevoir mon code", exact=True).click()
    page.goto(f"{path}quitter")
    assert axe(page).violations == []
    assert small_targets(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_public_pages_conform_and_reflow(new_context: Callable[..., BrowserContext], path: str) -> None:
    page = new_context(bypass_csp=True).new_page()  # the spacing that a person imposes is a style of their own
    page.goto(path)
    assert axe(page).violations == []
    assert small_targets(page) == []
    assert misnamed(page) == []
    assert all(stop.visible and not stop.obscured for stop in tab_stops(page))
    page.set_viewport_size({"width": 320, "height": 640})
    assert overflow(page) == []
    assert clipped_under_text_spacing(page) == []


def test_a_journey_is_nobody_elses(person: Page, new_context: Callable[..., BrowserContext]) -> None:
    journey = start(person)
    answer = new_context().new_page().goto(f"{journey}bienvenue/")
    assert answer
    assert answer.status == 404
