"""« Plus de réglages » and the header's buttons: every choice shows at once, and lasts as long as was asked."""

import re

import pytest
from django.test import Client

from accessform.adaptation import choices
from accessform.adaptation.preferences import CHOICES, TEXT_SIZES, Presentation

pytestmark = pytest.mark.django_db

PANEL = "/affichage"
UNTOUCHED = {"help_offers": "on", "voice_autoplay": "on"}


def shown(client: Client, path: str = PANEL) -> Presentation:
    return client.get(path).context["presentation"]


def press(client: Client, action: str, **values: str):
    return client.post(PANEL, {"action": action, "next": PANEL, **values})


def test_everyone_starts_on_plain_wording_and_the_usual_size(client):
    presentation = shown(client)
    assert presentation == Presentation()
    assert presentation.reading_level == "plain"
    page = client.get(PANEL).content.decode()
    assert 'data-text-size="100"' in page
    assert 'data-reading-level="plain"' in page


def test_larger_goes_up_one_size_at_a_time_and_comes_back_to_the_usual_one(client):
    seen = []
    for _ in TEXT_SIZES:
        assert press(client, "larger").status_code == 303
        page = client.get(PANEL)
        seen.append(page.context["presentation"].text_size)
    assert seen == [125, 150, 175, 200, 225, 250, 100]
    assert "Taille du texte\u00a0: normale" in page.content.decode()


def test_larger_is_said_in_the_status_region(client):
    press(client, "larger")
    page = client.get(PANEL).content.decode()
    status = re.search(r'<div id="announcer"[^>]*role="status">(.*?)</div>', page, re.DOTALL)
    assert status
    assert "125" in status[1]
    assert "125\u00a0%</p>" not in re.sub(r"<label.*?</label>", "", client.get(PANEL).content.decode())


def test_simpler_goes_to_the_easiest_and_back_to_plain(client):
    press(client, "simpler")
    assert shown(client).reading_level == "easy"
    press(client, "simpler")
    assert shown(client).reading_level == "plain"


def test_simpler_leaves_the_official_text_for_plain_wording(client):
    press(client, "save", reading_level="standard", **UNTOUCHED)
    press(client, "simpler")
    assert shown(client).reading_level == "plain"


def test_saving_keeps_every_choice_for_the_session(client):
    sent = {
        "text_size": "175",
        "spacing": "wide",
        "typeface": "hyperlegible",
        "contrast": "more",
        "color_scheme": "dark",
        "reading_level": "easy",
        "one_question": "on",
        "step_map": "on",
        "choice_help": "on",
        "tolerant_input": "on",
        "larger_targets": "on",
        "modality": "voice",
        "voice_rate": "0.85",
        "auto_adapt": "on",
        "counters": "on",
        "help_offers": "on",
        "plain_form": "on",
    }
    response = press(client, "save", **sent)
    assert (response.status_code, response["Location"]) == (303, PANEL)
    presentation = shown(client)
    assert presentation.as_dict() == {
        "text_size": 175,
        "spacing": "wide",
        "contrast": "more",
        "color_scheme": "dark",
        "typeface": "hyperlegible",
        "reading_level": "easy",
        "modality": "voice",
        "one_question": True,
        "step_map": True,
        "choice_help": True,
        "tolerant_input": True,
        "larger_targets": True,
        "voice_autoplay": False,
        "voice_rate": 0.85,
        "plain_form": True,
        "auto_adapt": True,
        "counters": True,
        "help_offers": True,
    }
    assert set(presentation.as_dict()) == set(CHOICES)
    assert choices.COOKIE not in response.cookies


def test_saving_for_one_thing_chooses_that_thing_alone(client):
    press(client, "save", text_size="150", reading_level="plain", spacing="normal", **UNTOUCHED)
    assert set(shown(client).chosen) == {"text_size"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text_size", "110"),
        ("text_size", "x"),
        ("contrast", "less"),
        ("voice_rate", "9"),
        ("reading_level", "<script>"),
    ],
)
def test_a_forged_value_is_refused_and_changes_nothing(client, name, value):
    assert press(client, "save", **{name: value}).status_code == 400
    assert shown(client) == Presentation()


@pytest.mark.parametrize("action", ["", "explode", "larger2", "reset:nothing"])
def test_an_unknown_action_is_refused(client, action):
    assert press(client, action).status_code == 400


@pytest.mark.parametrize(
    "outside", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "/\\x", ""]
)
def test_it_never_leads_outside(client, outside):
    response = client.post(PANEL, {"action": "larger", "next": outside})
    assert response["Location"] == PANEL
    assert f'value="{PANEL}"' in client.get(PANEL, {"next": outside}).content.decode()


def test_it_leads_back_to_the_page(client):
    response = client.post(PANEL, {"action": "larger", "next": "/demarches/apa/?a=1"})
    assert response["Location"] == "/demarches/apa/?a=1"


def test_listening_leads_to_the_pages_sound(client):
    response = client.post(PANEL, {"action": "listen", "next": "/lieux/?ville=1"})
    assert response["Location"] == "/lieux/?ville=1&ecouter="


def test_choices_are_kept_on_this_device_only_on_request(client):
    response = press(client, "remember", text_size="200", reading_level="easy", **UNTOUCHED)
    cookie = response.cookies[choices.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    later = Client()
    later.cookies[choices.COOKIE] = cookie.value
    assert shown(later).text_size == 200
    assert shown(later).reading_level == "easy"


def test_what_the_device_remembers_follows_later_choices(client):
    press(client, "remember", text_size="200", **UNTOUCHED)
    response = press(client, "larger")
    later = Client()
    later.cookies[choices.COOKIE] = response.cookies[choices.COOKIE].value
    assert shown(later).text_size == 225


def test_the_device_forgets_on_request(client):
    press(client, "remember", text_size="200", **UNTOUCHED)
    assert "Effacer mes réglages" in client.get(PANEL).content.decode()
    response = press(client, "forget")
    assert response.cookies[choices.COOKIE].value == ""
    assert shown(client).text_size == 200
    assert "Effacer mes réglages" not in client.get(PANEL).content.decode()


@pytest.mark.parametrize("forged", ["nonsense", "eyJ0ZXh0X3NpemUiOjIwMH0:1:x", "é" * 10])
def test_a_forged_cookie_is_ignored(forged):
    client = Client()
    client.cookies[choices.COOKIE] = forged
    assert shown(client) == Presentation()


def test_reset_takes_everything_back(client):
    press(client, "save", text_size="200", reading_level="easy", **UNTOUCHED)
    press(client, "reset")
    presentation = shown(client)
    assert presentation.as_dict() == Presentation().as_dict()
    assert presentation.reset_at > 0


def test_reset_of_one_choice_leaves_the_others(client):
    press(client, "save", text_size="200", reading_level="easy", **UNTOUCHED)
    press(client, "reset:text_size")
    assert shown(client).choices() == {"reading_level": "easy"}


def test_no_more_offers_also_ends_automatic_adaptation(client):
    press(client, "save", auto_adapt="on", **UNTOUCHED)
    press(client, "offers_off")
    assert (shown(client).auto_adapt, shown(client).help_offers) == (False, False)
    press(client, "save", auto_adapt="on", voice_autoplay="on")
    assert (shown(client).auto_adapt, shown(client).help_offers) == (True, True)


def test_the_panel_is_a_form_of_named_groups(client):
    page = client.get(PANEL).content.decode()
    assert page.count("<fieldset") == page.count("<legend") == 8
    assert len(re.findall(r'type="radio"[^>]*checked', page)) == 8
    assert "réglé par votre appareil" in page


def test_the_sample_shows_the_three_levels_and_only_one_is_seen(client):
    page = client.get(PANEL).content.decode()
    assert re.findall(r'<p data-level="(\w+)"( hidden)?', page) == [
        ("standard", " hidden"),
        ("plain", ""),
        ("easy", " hidden"),
    ]


@pytest.mark.parametrize("level", ["standard", "plain", "easy"])
def test_the_panel_is_whole_at_every_level(client, level):
    press(client, "save", reading_level=level, **UNTOUCHED)
    assert client.get(PANEL).status_code == 200
