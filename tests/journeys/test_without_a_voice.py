"""An installation without a voice engine never proposes what it cannot give."""

from typing import Any

import pytest

from tests.journeys.filling import Citizen


@pytest.fixture(params=["auto", "none"])
def engine(request: pytest.FixtureRequest, settings: Any) -> str:
    """The voice of the installation."""
    settings.VOICE_ENGINE = request.param
    return str(request.param)


def test_the_voice_is_a_help_only_where_there_is_one(citizen: Citizen, engine: str) -> None:
    helps = citizen.press("hard").page.xpath("//*[@id='help-place']//button/@value")
    assert "accept:larger_text" in helps
    assert ("accept:voice" in helps) is (engine == "auto")


def test_the_panel_speaks_of_a_voice_only_where_there_is_one(citizen: Citizen, engine: str) -> None:
    page = citizen.get("/affichage").page
    assert bool(page.xpath("//*[@name='modality']")) is (engine == "auto")


def test_saving_the_panel_without_a_voice_chooses_nothing_about_it(citizen: Citizen, settings: Any) -> None:
    settings.VOICE_ENGINE = "none"
    citizen.client.post("/affichage", {"action": "save", "text_size": "150", "help_offers": "on"})
    assert citizen.client.session["presentation"]["values"] == {"text_size": 150}


def test_no_button_to_listen_is_left(citizen: Citizen, settings: Any) -> None:
    settings.VOICE_ENGINE = "none"
    journey = citizen.path.removesuffix("vous/")
    for address in (citizen.path, f"{journey}personne", f"{journey}imprimer", "/", "/affichage", "/lieux/"):
        page = citizen.get(address)
        assert page.response.status_code == 200
        assert not page.page.xpath("//*[@data-listen]")
        assert "listen.js" not in page.response.content.decode()
