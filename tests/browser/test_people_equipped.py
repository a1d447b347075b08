"""What the product does, and does not do, for people with an enlarged window, a small telephone, a bad line."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import probes
from tests.browser.people import IMPOSSIBLE, KeyboardOnly
from tests.browser.people_equipped import LowVision, OnABadLine, Thumb, enlarged
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Enlarged = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def thumb(new_context: Callable[..., BrowserContext]) -> Thumb:
    context = new_context(viewport=Thumb.SCREEN, device_scale_factor=2, has_touch=True, is_mobile=True)
    return Thumb(context.new_page())


@pytest.fixture
def window(browser: Browser, browser_path: str, site: Site, tmp_path: Path) -> Enlarged:
    """A way to open a browser that enlarges every page."""
    return partial(enlarged, browser.browser_type, browser_path, tmp_path / "profile", site.address)


@pytest.fixture
def bad_line(page: Page) -> Iterator[OnABadLine]:
    person = OnABadLine(page)
    yield person
    person.line.detach()


@pytest.mark.parametrize(("zoom", "text"), [(250, 100), (400, 100), (100, 200)])
def test_low_vision_nothing_is_cut_or_hidden_however_large(window: Enlarged, zoom: int, text: int) -> None:
    with window(zoom=zoom, text=text) as page:
        person = LowVision(page)
        person.begin("complementaire-sante-solidaire")
        person.identify(IMPOSSIBLE)
        person.press("help:numero_securite_sociale")
        for _ in range(2):
            person.go_on()
        expect(person.offer).to_be_visible()
        assert person.cut() == []
        expect(page.locator("#problems")).to_be_focused()
        expect(page.locator("#problems")).to_be_in_viewport()
        person.show(f"zoom-{zoom}-text-{text}-refused", "#problems li")
        person.show(f"zoom-{zoom}-text-{text}-offered", "#offer .actions")
        stops = KeyboardOnly(page)
        stops.tab_to("#continue")
        assert stops.lost == []


def test_low_vision_zoom_leads_to_shorter_pages_for_who_asked_and_goes_back(window: Enlarged) -> None:
    with window(zoom=400) as page:
        person = LowVision(page)
        person.begin("complementaire-sante-solidaire")
        assert page.locator("#step-form .question").count() > 3
        person.expect_no_help()
        journey = person.journey
        person.switch_on("auto_adapt")
        page.goto(f"{journey}identite/")
        expect(page.locator("#notice-one_question")).to_be_visible()
        expect(page.locator("#notice-larger_targets")).to_be_visible()
        expect(page.locator("#step-form .question")).to_have_count(1)
        assert probes.small_targets(page, 60) == []
        assert person.cut() == []
        person.show("zoom-400-adapted", "#step-form .question")
        person.press("why")
        expect(page.locator("[data-change=one_question]")).to_contain_text("Votre navigateur agrandit la page")
        with page.expect_navigation():
            page.locator("button[value=undo_all]").click()
        page.goto(f"{journey}identite/")
        assert page.locator("#step-form .question").count() > 3
        assert person.height("#continue") < 60


def test_low_vision_large_text_of_the_browser_leads_to_larger_buttons_for_who_asked(window: Enlarged) -> None:
    with window(text=200) as page:
        person = LowVision(page)
        person.begin("complementaire-sante-solidaire")
        journey, before = person.journey, person.height("#continue")
        person.switch_on("auto_adapt")
        page.goto(f"{journey}identite/")
        expect(page.locator("#notice-larger_targets")).to_be_visible()
        assert person.height("#continue") > before
        assert person.decided == [("apply", "larger_targets")]
        assert person.cut() == []
        person.press("why")
        expect(page.locator("[data-change=larger_targets]")).to_contain_text("Votre navigateur agrandit le texte")


def test_touch_a_step_is_filled_in_by_taps_and_two_slips_say_nothing(thumb: Thumb) -> None:
    page = thumb.page
    thumb.switch_on("counters")
    thumb.begin("demande-logement-social")
    assert probes.small_targets(page) == []
    assert probes.overflow(page) == []
    choice = "label:has([name=nature_demande][value=nouvelle])"
    for _ in range(2):
        thumb.tap(choice, low=thumb.height(choice) / 2 + 16)
        thumb.tap(choice)
    thumb.tap("label:has([name=civilite][value=mme])", low=14)
    for name, text in (("nom_naissance", "Benali"), ("prenoms", "Leïla"), ("date_naissance", "4.5.1958")):
        thumb.type_into(name, text)
    thumb.show("1-filled-in", "[name=prenoms]")
    thumb.tap("label:has([name=nationalite][value=francaise])", low=14)
    thumb.tap("#continue", low=14)
    thumb.expect_step("coordonnees")
    thumb.expect_no_help()
    assert thumb.count("A2") == 0


def test_touch_leads_to_larger_targets_for_who_asked(thumb: Thumb) -> None:
    thumb.begin("demande-logement-social")
    journey = thumb.journey
    thumb.switch_on("auto_adapt")
    thumb.page.goto(f"{journey}identite/")
    expect(thumb.page.locator("#notice-larger_targets")).to_be_visible()
    assert probes.small_targets(thumb.page, 60) == []
    assert probes.overflow(thumb.page) == []
    thumb.show("2-larger", ".notice")
    thumb.press("why")
    expect(thumb.page.locator("[data-change=larger_targets]")).to_contain_text("Votre appareil a un écran tactile")


def test_bad_line_loses_nothing_counts_nothing_and_offers_nothing(bad_line: OnABadLine) -> None:
    page = bad_line.page
    bad_line.switch_on("counters")
    bad_line.begin("changement-adresse")
    bad_line.say_who()
    bad_line.is_on(on=False)
    page.locator("#continue").click()
    expect(page.locator("#announcer")).to_contain_text("connexion est coupée")
    expect(page.locator(".actions + .said")).to_be_in_viewport(ratio=1)
    expect(page.locator("[name=prenoms]")).to_have_value("Leïla")
    bad_line.show("1-cut", "#continue")
    bad_line.is_on()
    for _ in range(5):
        page.locator("#continue").click(no_wait_after=True)
    bad_line.expect_step("adresses")
    bad_line.say_where()
    with bad_line.losing_the_answer("**/adresses/*") as lost:
        page.locator("#continue").click()
        expect(page.locator("#announcer")).to_contain_text("connexion est coupée")
    assert len(lost) == 1
    expect(page.locator("[name='ancienne_adresse-city']")).to_have_value("Rennes")
    page.locator("#continue").click()
    bad_line.expect_step("foyer")
    bad_line.expect_no_help()
    assert not {"A1", "A2", "B5", "B6"} & set(bad_line.noticed["counts"])
    bad_line.press("previous")
    expect(page.locator("[name='nouvelle_adresse-city']")).to_have_value("Nantes")


def test_bad_line_a_refusal_that_was_lost_counts_once(bad_line: OnABadLine) -> None:
    page = bad_line.page
    bad_line.begin("changement-adresse")
    bad_line.say_who()
    bad_line.write(date_naissance=IMPOSSIBLE)
    with bad_line.losing_the_answer("**/vous/*") as lost:
        page.locator("#continue").click()
        expect(page.locator("#announcer")).to_contain_text("connexion est coupée")
    assert len(lost) == 1
    page.locator("#continue").click()
    expect(bad_line.refused()).to_be_visible()
    assert bad_line.count("A1") == 1
    bad_line.expect_no_help()


def sent(site: Site) -> int:
    """Return how many forms the service has received."""
    return len(json.loads(site.manage("submissions", "export", "--since", "2026-01-01")))


def test_bad_line_sends_a_form_once_though_the_receipt_was_lost(bad_line: OnABadLine, site: Site) -> None:
    page = bad_line.page
    bad_line.is_on(good=True)
    bad_line.begin("changement-adresse")
    bad_line.say_who()
    bad_line.go_on()
    bad_line.say_where()
    bad_line.go_on()
    bad_line.choose("autres_personnes", "non")
    bad_line.go_on()
    bad_line.choose("organismes", "energie")
    bad_line.choose("vehicule", "non")
    bad_line.go_on()
    bad_line.go_on()
    bad_line.choose("justificatif-how", "bring")
    bad_line.choose("exactitude", "oui")
    bad_line.choose("transmission", "oui")
    bad_line.go_on()
    expect(page).to_have_url(re.compile("/verifier"))
    journey, sent_before = bad_line.journey, sent(site)
    bad_line.is_on()
    with bad_line.losing_the_answer(f"**{journey}**") as lost:
        page.locator("main form button.primary").click()
        expect(page.locator("main")).to_have_count(0)

    assert len(lost) == 1
    page.goto(f"{journey}verifier")
    expect(page).to_have_url(re.compile("/recu"))
    bad_line.show("2-receipt-found")
    assert sent(site) == sent_before + 1
