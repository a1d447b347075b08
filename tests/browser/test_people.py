"""What the product does, and does not do, for people who point, read, type or hurry in ways of their own."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import focus, probes
from tests.browser.people import IMPOSSIBLE, NIR, HesitantReader, Hurried, KeyboardOnly, TremblingHand, Unhurried

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def either(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> tuple[Page, bool]:
    """A page of one's own, once with JavaScript, on a clock of its own, and once without."""
    scripts = request.param == "with JavaScript"
    page = new_context(java_script_enabled=scripts).new_page()
    if scripts:
        page.clock.install()
    return page, scripts


def test_tremor_presses_beside_the_answers_bring_larger_ones_that_are_hit(page: Page) -> None:
    page.clock.install()
    person = TremblingHand(page)
    person.switch_on("counters")
    person.begin("changement-adresse")
    reached, choice, button = person.hits("civilite", ("mme", "m")), *map(person.height, (".choice", "#continue"))
    page.goto(page.url)
    person.choose_with_misses("civilite", "mme")
    person.type_doubling("date_naissance", "4 mai 1978")
    person.go_on()
    expect(person.offer).to_contain_text("sont tombés juste à côté")
    person.show("1-offered", "#offer")
    person.press("accept:larger_targets")
    expect(page.locator("#notice-larger_targets")).to_be_visible()
    assert probes.small_targets(page, 60) == []
    assert person.height(".choice") > choice
    assert person.height("#continue") >= button + 12
    assert person.hits("civilite", ("mme", "m")) == len(person.SHAKES) > reached
    person.show("2-larger", ".choice")
    person.press("why")
    line = page.locator("[data-change=larger_targets]")
    expect(line).to_contain_text("juste à côté")
    person.show("3-why", "[data-change]")
    with page.expect_navigation():
        line.locator("button[value='undo:larger_targets']").click()
    page.goto(f"{person.journey}vous/")
    expect(page.locator("[name=date_naissance]")).to_have_value("4 mai 19788")
    assert person.height(".choice") == choice


def test_tremor_is_neither_counted_nor_answered_where_counting_was_not_asked_for(page: Page) -> None:
    page.clock.install()
    person = TremblingHand(page)
    person.begin("changement-adresse")
    person.choose_with_misses("civilite", "mme")
    person.type_doubling("date_naissance", "4 mai 1978")
    person.go_on()
    expect(person.refused()).to_be_visible()
    person.expect_no_help()
    assert set(person.noticed["counts"]) == {"A1", "A2"}


def test_hesitant_reader_is_told_more_plainly_then_offered_a_person(either: tuple[Page, bool]) -> None:
    person = HesitantReader(either[0], scripts=either[1])
    person.begin("complementaire-sante-solidaire")
    person.identify(IMPOSSIBLE)
    person.go_on()
    first = person.error("date_naissance")
    person.expect_no_help()
    person.wait(60)
    person.go_on()
    assert person.error("date_naissance") != first
    expect(person.page.locator("#question-date_naissance")).to_contain_text("Exemple")
    expect(person.offer).to_contain_text("refusée 2 fois")
    expect(person.page.locator("#une-personne")).to_have_count(0)
    person.show("1-refused-twice", "#offer")
    person.wait(60)
    person.go_on()
    card = person.page.locator("#une-personne")
    expect(card).to_contain_text("refusée 3 fois")
    expect(person.offer).to_have_count(0)
    person.show("2-refused-three-times", "#une-personne")
    card.locator("button[value=person]").click()
    expect(person.page.locator("a[href^='tel:']").first).to_be_visible()
    expect(person.page.locator("main")).to_contain_text("Maison des démarches")
    person.show("3-a-person")
    person.page.goto(f"{person.journey}identite/")
    expect(person.page.locator("[name=prenoms]")).to_have_value("Leïla")


def test_hesitant_reader_who_opens_help_twice_is_offered_easy_words(either: tuple[Page, bool]) -> None:
    person = HesitantReader(either[0], scripts=either[1])
    person.begin("complementaire-sante-solidaire")
    person.identify()
    person.read_help("numero_securite_sociale")
    person.write(numero_securite_sociale="2 78 05 44 109 025")
    person.read_help("numero_securite_sociale")
    person.expect_no_help()
    person.go_on()
    expect(person.offer).to_contain_text("L'aide de la page")
    expect(person.offer).to_contain_text("2 fois")
    hint = person.page.locator("#numero_securite_sociale-hint")
    before = hint.inner_text()
    person.press("accept:easy_wording")
    expect(person.page.locator("html")).to_have_attribute("data-reading-level", "easy")
    expect(hint).not_to_have_text(before)
    expect(person.page.locator("button[value='official:tout']")).to_be_visible()
    expect(person.page.locator("[name=numero_securite_sociale]")).to_have_value("2 78 05 44 109 025")
    person.show("4-easy-words", "#numero_securite_sociale")
    person.press("undo:easy_wording")
    expect(hint).to_have_text(before)


def test_keyboard_a_step_is_filled_in_helped_mended_and_left_by_keys(page: Page) -> None:
    person = KeyboardOnly(page)
    person.begin("complementaire-sante-solidaire")
    person.press_key("[name=civilite][value=mme]", "Space")
    person.type_into("nom_naissance", "Benali")
    person.type_into("prenoms", "Leïla")
    person.type_into("date_naissance", IMPOSSIBLE)
    person.press_key("[value='help:numero_securite_sociale']")
    help_text = page.locator("#numero_securite_sociale-help")
    expect(help_text).to_be_visible()
    assert page.evaluate("document.activeElement !== document.body")
    person.tab_to("[name=numero_securite_sociale]", back=True)
    page.keyboard.type(NIR)
    person.press_key("#continue")
    expect(page.locator("#problems")).to_be_focused()
    person.press_key("#problems li a")
    expect(page.locator("[name=date_naissance]")).to_be_focused()
    person.show("1-led-to-the-answer", "#question-date_naissance")
    person.expect_no_help()
    stops = focus.tab_stops(page)
    assert [stop.what for stop in stops if not stop.visible or stop.obscured] == []
    page.keyboard.press("Tab")
    person.tab_to("[name=date_naissance]")
    page.keyboard.press("Control+A")
    page.keyboard.type("4 mai 1958")
    person.press_key("#continue")
    person.expect_step("coordonnees")
    expect(page.locator("#step-title")).to_be_focused()
    assert person.lost == []


def test_keyboard_ten_stops_lead_to_one_question_a_page_for_who_asked(page: Page) -> None:
    person = KeyboardOnly(page)
    page.goto("/affichage")
    person.press_key("[name=auto_adapt]", "Space", back=True)
    with page.expect_response("**/affichage/appareil"):
        person.press_key("#panel-form button[value=save]")
    with page.expect_response("**/affichage/appareil") as told:
        person.begin("complementaire-sante-solidaire")
        person.tab_to("#continue")
    assert json.loads(told.value.request.post_data or "")["keyboard_only"] is True
    page.reload()
    expect(page.locator("#step-form .question")).to_have_count(1)
    assert person.decided == [("apply", "one_question")]
    person.show("2-one-question", "#step-form")
    with page.expect_navigation():
        person.press_key("#step-form button[value=why]")
    with page.expect_navigation():
        person.press_key("[value='undo:one_question']")
    page.goto(f"{person.journey}identite/")
    expect(page.locator("#step-form .question").nth(3)).to_be_visible()
    assert person.lost == []


def test_hurried_slips_bring_plainer_errors_and_no_offer(either: tuple[Page, bool]) -> None:
    person = Hurried(either[0], scripts=either[1])
    person.switch_on("counters")
    person.begin("changement-adresse")
    person.write(nom_naissance="Benali", prenoms="Leïla")
    person.send()
    expect(person.refused()).to_be_visible()
    person.expect_no_help()
    assert person.count("A2") == 1, "two quick clicks are one sending"
    person.choose("civilite", "mme")
    person.send()
    expect(person.page.locator("#question-date_naissance .error")).to_be_visible()
    expect(person.offer).to_have_count(0)
    assert person.decided == [("apply", "error_help")]
    person.show("1-plainer-error", "#question-date_naissance")
    person.write(date_naissance="4/5/78")
    person.send()
    person.expect_step("adresses")
    person.say_where()
    person.send()
    person.expect_step("foyer")
    expect(person.offer).to_have_count(0)
    expect(person.page.locator("#une-personne")).to_have_count(0)
    assert person.decided == [("apply", "error_help")]


def test_unhurried_whole_form_at_a_slow_pace_brings_nothing(either: tuple[Page, bool]) -> None:
    person = Unhurried(either[0], scripts=either[1])
    sent: list[str] = []
    person.page.on("request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else 0)
    person.switch_on("counters")
    person.begin("changement-adresse")
    person.say_who()
    person.go_on()
    person.expect_step("adresses")
    person.press("previous")
    person.go_on()
    person.say_where()
    person.go_on()
    person.choose("autres_personnes", "non")
    person.go_on()
    person.choose("organismes", "energie")
    person.choose("vehicule", "non")
    person.go_on()
    person.go_on()
    person.expect_step("declaration")
    person.show("1-nothing-offered")
    person.expect_no_help()
    told = [int(seconds) for body in sent for seconds in re.findall(r"B1%3D(\d+)", body)]
    assert (len([seconds for seconds in told if seconds >= 45]) >= 8) is person.scripts
