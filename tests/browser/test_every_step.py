"""Every step of every shipped form conforms and fits, empty and refused, at the size and level that ask the most."""

import pytest
from playwright.sync_api import Page

from accessform.journeys.path import is_shown
from forms_catalog.loading import load_form
from tests.browser.citizen import Citizen
from tests.browser.probes import axe, overflow, small_targets
from tests.browser.site import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SLUGS = sorted(path.parent.name for path in (ROOT / "forms_catalog/fr").glob("*/form.yaml"))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_step_conforms_and_fits(page: Page, slug: str) -> None:
    page.goto("/affichage")
    page.locator("[name=text_size][value='250']").check()
    page.locator("[name=reading_level][value=standard]").check()
    page.locator("button[value=save]").click()
    citizen = Citizen(page)
    citizen.begin(slug)
    journey = citizen.journey
    page.set_viewport_size({"width": 320, "height": 800})
    found: list[str] = []
    for step in steps_of(slug):
        page.goto(f"{journey}{step}/")
        assert citizen.step == step
        citizen.go_on()
        found += [f"{step}: {line}" for line in (*axe(page).violations, *overflow(page), *small_targets(page))]
    assert found == []


def steps_of(slug: str) -> list[str]:
    """Return the ids of a shipped form's steps that are shown before anything is answered."""
    source = ROOT / f"forms_catalog/fr/{slug}/form.yaml"
    definition = load_form(source.read_bytes(), file=str(source)).definition
    assert definition
    return [step.id for step in definition.steps if is_shown(step, {})]
