"""What the card carries between two requests: unreadable, bound to its page, worth nothing elsewhere. What is said."""

import json
import logging
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accessform.adaptation.models import AdaptiveState
from accessform.journeys.by_voice.heard import STATE
from accessform.journeys.models import Journey, StepAnswers
from accessform.speech import middleware, streams
from accessform.speech.page_text import page_text
from accessform.speech.synthesis.engine import VoiceIdentity
from accessform.speech.synthesis.mp3 import seconds_of
from accessform.trust.encryption import decrypt_json, encrypt_json
from forms_catalog.models import FormVersion
from tests.journeys.filling import Citizen
from tests.journeys.small_journeys import make_version
from tests.journeys.speaking import Speaker

TRANSACTIONS = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")
WHY = "Pour essayer."
PRIVATE_FORM: list[dict[str, Any]] = [
    {
        "id": "vous",
        "title": "Vous",
        "questions": [
            {"id": "naissance", "type": "date", "label": "Date de naissance", "sensitive": True, "why": WHY},
            {"id": "nir", "type": "nir", "label": "Numéro", "why": WHY},
            {"id": "ville", "type": "commune", "label": "Ville"},
        ],
    }
]


@pytest.fixture
def speaker(trial_form: FormVersion, client: Client) -> Speaker:
    """Somebody at the date of birth of the small form, in voice mode."""
    person = Speaker(client).start("essai").press(filled_for_who="self").choose_voice()
    person.press(nom="Durand")
    return person


def state_of(person: Citizen) -> str:
    return person.fields()[STATE][0]


def carried(person: Citizen) -> dict[str, Any]:
    return decrypt_json(state_of(person))


def test_what_waits_is_unreadable_in_the_page_and_nowhere_else(
    speaker: Speaker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    speaker.say("12 mars 1948")
    assert carried(speaker)["dialogue"]["value"] == "1948-03-12"
    assert "1948-03-12" not in speaker.response.content.decode()
    assert "1948" not in str(list(StepAnswers.objects.values("typed", "answers")))
    assert "1948" not in str(dict(speaker.client.session))
    assert "1948" not in str(AdaptiveState.objects.get().as_record())
    assert "1948" not in caplog.text
    assert speaker.response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("field", ["", "forgé", "gAAAAA", "\u00e9" * 300, "1948", "{}"])
def test_a_forged_field_asks_again(speaker: Speaker, field: str) -> None:
    speaker.say("12 mars 1948").press("reply:oui", **{STATE: field})
    assert (speaker.response.status_code, speaker.phase, speaker.asked) == (200, "asking", "naissance")
    assert "Nous avons perdu le fil" in speaker.told
    assert "naissance" not in StepAnswers.objects.get(step_id="vous").answers


@pytest.mark.parametrize(
    "change",
    [
        {"for": "answers"},
        {"dialogue": "1948"},
        {"journey": uuid.UUID(int=7).hex},
        {"step": "papiers"},
        {"revision": 99},
        {"dialogue": {"name": "naissance"}},
        {"dialogue": {"name": "accord", "phase": "confirming", "value": True, "accepted": True}},
    ],
    ids=str,
)
def test_a_field_of_another_page_asks_again(speaker: Speaker, change: dict[str, Any]) -> None:
    speaker.say("12 mars 1948")
    speaker.press("reply:oui", **{STATE: encrypt_json(carried(speaker) | change)})
    assert (speaker.phase, "Nous avons perdu le fil" in speaker.told) == ("asking", True)
    assert "naissance" not in StepAnswers.objects.get(step_id="vous").answers


def test_the_field_of_another_journey_is_worth_nothing(speaker: Speaker, client: Client) -> None:
    other = Speaker(Client()).start("essai").press(filled_for_who="self").choose_voice()
    other.press(nom="Martin")
    other.say("5 mai 1950")
    speaker.say("12 mars 1948").press("reply:oui", **{STATE: state_of(other)})
    assert speaker.phase == "asking"
    assert not StepAnswers.objects.filter(answers__isnull=False).exclude(answers={}).filter(step_id="naissance")
    assert all("naissance" not in row.answers for row in StepAnswers.objects.filter(step_id="vous"))


def test_words_given_with_a_lost_thread_are_still_understood(speaker: Speaker) -> None:
    speaker.say("12 mars 1948", **{STATE: "forgé"})
    assert (speaker.phase, speaker.understood) == ("confirming", "12 mars 1948")


def test_two_tabs_lose_nothing(speaker: Speaker) -> None:
    other = Speaker(speaker.client).get(speaker.address)
    speaker.say("12 mars 1948")
    other.say("5 mai 1950")
    assert other.response.status_code == 409
    assert other.page.get_element_by_id("voice-words").get("value") == "5 mai 1950"
    other.press("say").yes()
    assert StepAnswers.objects.get(step_id="vous").answers["naissance"] == "1950-05-05"
    speaker.yes()
    assert speaker.response.status_code == 409
    assert speaker.page.get_element_by_id("voice-words").get("value") == "douze mars mille neuf cent quarante-huit"
    assert StepAnswers.objects.get(step_id="vous").answers["naissance"] == "1950-05-05"


def test_the_same_yes_twice_is_one(speaker: Speaker) -> None:
    speaker.say("12 mars 1948")
    address, sent = (
        speaker.page.get_element_by_id("step-form").get("action"),
        speaker.fields() | {"action": "reply:oui"},
    )
    first, second = (speaker.client.post(address, sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert StepAnswers.objects.get(step_id="vous").revision == carried(speaker)["revision"] + 1


def test_the_back_button_after_a_yes_writes_nothing_twice(speaker: Speaker) -> None:
    speaker.say("12 mars 1948")
    address, sent = speaker.page.get_element_by_id("step-form").get("action"), speaker.fields()
    speaker.yes()
    again = speaker.client.post(address, sent | {"action": "reply:non", "key": str(uuid.uuid4())})
    assert again.status_code == 409
    assert StepAnswers.objects.get(step_id="vous").answers["naissance"] == "1948-03-12"


@pytest.mark.parametrize("posted", [{"action": "reply:peut-être"}, {"action": "order:fly"}, {"action": "resume:x"}])
def test_unknown_replies_and_orders_change_nothing(speaker: Speaker, posted: dict[str, str]) -> None:
    speaker.say("12 mars 1948").press(posted["action"])
    assert (speaker.phase, speaker.understood) == ("confirming", "12 mars 1948")


def test_a_very_long_answer_is_refused_in_words(speaker: Speaker) -> None:
    assert speaker.say("douze " * 30_000).response.status_code == 200
    assert speaker.phase == "asking"


def test_htmx_takes_the_same_page_in_part(speaker: Speaker) -> None:
    address = speaker.page.get_element_by_id("step-form").get("action")
    sent = speaker.fields() | {"action": "say", "voice-words": "12 mars 1948"}
    part = speaker.client.post(address, sent, headers={"HX-Request": "true"})
    assert part.status_code == 200
    html = part.content.decode()
    assert "<html" not in html
    assert "data-voice-yes" in html


@pytest.mark.parametrize("words", ["12 mars 1948", "bleu", "", "aide", "stop"])
def test_a_turn_costs_six_queries_at_most(speaker: Speaker, words: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        speaker.press("say", **{"voice-words": words})
    told = [query["sql"] for query in queries if not query["sql"].startswith(TRANSACTIONS)]
    assert len(told) <= 6, told


def test_what_was_not_understood_is_told_as_evidence_and_never_as_words(speaker: Speaker) -> None:
    speaker.say("bleu").say("").say("12 mars 1948").no()
    assert AdaptiveState.objects.get().policy_state.observations.count("A9", "naissance") == 3
    assert "bleu" not in str(AdaptiveState.objects.get().as_record())


def test_what_the_form_refuses_counts_as_any_refusal(speaker: Speaker) -> None:
    speaker.press(naissance="3 mars 1950").say("non").say("passe").say("passe")
    assert speaker.asked == "accord"
    assert speaker.say("non").phase == "asking"
    assert AdaptiveState.objects.get().policy_state.observations.count("A1", "accord") == 1


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would be said aloud, without an engine."""
    heard: list[str] = []

    def say(text: str, **given: Any) -> Any:
        heard.append(text)
        yield b"mp3", VoiceIdentity("trial", "1", "fr")

    monkeypatch.setattr(streams, "say_aloud", say)
    monkeypatch.setattr(middleware, "is_voice_available", lambda: True)
    return heard


@pytest.fixture
def private(db: None, client: Client) -> Speaker:
    """Somebody at a sensitive question."""
    make_version(slug="prive", steps=PRIVATE_FORM)
    return Speaker(client).start("prive").press(filled_for_who="self").choose_voice()


def aloud(person: Speaker, query: str = "") -> Any:
    answer = person.client.post(f"{person.path}dire{query}", {STATE: state_of(person)})
    b"".join(answer.streaming_content) if answer.streaming else None
    return answer


def test_what_is_read_back_can_be_heard_and_is_never_kept(speaker: Speaker, said: list[str]) -> None:
    speaker.say("12 mars 1948")
    answer = aloud(speaker)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "audio/mpeg")
    assert "no-store" in answer.headers["Cache-Control"]
    assert [text.replace("\xa0", " ") for text in said] == [
        "Nous avons compris. douze mars mille neuf cent quarante-huit. Est-ce exact ?"
    ]
    assert speaker.page.xpath("//button[@data-listen='posted']/@formaction") == [f"{speaker.path}dire"]


def test_a_sensitive_answer_is_said_only_where_asked(private: Speaker, said: list[str]) -> None:
    private.say("12 mars 1948")
    aloud(private)
    aloud(private, "?reponse")
    assert "mille neuf cent" not in said[0]
    assert "privée" in said[0]
    assert "douze mars mille neuf cent quarante-huit" in said[1]
    listens = private.page.xpath("//button[@data-listen='posted']")
    assert [button.get("data-listen-asked") is not None for button in listens] == [False, True]
    assert "Lire ma réponse à voix haute" in private.told


def test_a_social_security_number_is_sensitive_even_half_said(private: Speaker, said: list[str]) -> None:
    private.say("12 mars 1948").yes().say("deux quatre-vingt-cinq")
    aloud(private)
    assert "85" not in said[0]
    assert "quatre" not in said[0]


def times(person: Speaker, query: str = "?mots") -> list[list[Any]]:
    """Return the timed words of the card, as the page would follow them."""
    answer = person.client.post(f"{person.path}dire{query}", {STATE: state_of(person)})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/jsonl")
    assert "no-store" in answer.headers["Cache-Control"]
    return [word for line in answer.getvalue().decode().splitlines() for word in json.loads(line)["words"]]


def test_the_words_of_the_read_back_are_timed_as_the_card_writes_them(
    speaker: Speaker, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    speaker.say("12 mars 1948")
    before = {path for path in Path(settings.VAR).rglob("*") if "sqlite" not in path.name}
    told = times(speaker)
    assert [text for *_, text in told] == ["Nous", "avons", "compris.", "12", "mars", "1948", "Est-ce", "exact"]
    assert [start for start, *_ in told] == sorted(start for start, *_ in told)
    assert all(start < end for start, end, _ in told)
    audio = speaker.client.post(f"{speaker.path}dire", {STATE: state_of(speaker)}).getvalue()
    assert abs(told[-1][1] - 1000 * seconds_of(audio)) < 100
    assert {path for path in Path(settings.VAR).rglob("*") if "sqlite" not in path.name} == before
    assert "1948" not in caplog.text
    assert "quarante" not in caplog.text


def test_a_card_that_is_said_as_it_is_written_is_timed_too(speaker: Speaker) -> None:
    words = " ".join(text for *_, text in times(speaker.say("bleu")))
    assert words.startswith("Nous n'avons pas compris votre réponse.")
    assert words.endswith("Votre date de naissance. Exemple 3 mars 1948.")


def test_a_sensitive_answer_is_timed_only_where_it_is_said(private: Speaker) -> None:
    private.say("12 mars 1948")
    assert [text for *_, text in times(private)] == ["Est-ce", "exact"]
    assert "1948" in [text for *_, text in times(private, "?reponse&mots")]


def test_the_times_of_a_forged_field_are_not_found(speaker: Speaker) -> None:
    speaker.say("12 mars 1948")
    assert speaker.client.post(f"{speaker.path}dire?mots", {STATE: "forgé"}).status_code == 404
    assert Client().post(f"{speaker.path}dire?mots", {STATE: state_of(speaker)}).status_code == 404
    assert speaker.client.get(f"{speaker.path}dire?mots").status_code == 405


def test_a_forged_field_says_nothing(speaker: Speaker, said: list[str]) -> None:
    speaker.say("12 mars 1948")
    for field in ("", "forgé", encrypt_json({"for": "voice"})):
        assert speaker.client.post(f"{speaker.path}dire", {STATE: field}).status_code == 404
    assert Client().post(f"{speaker.path}dire", {STATE: state_of(speaker)}).status_code == 404
    assert speaker.client.get(f"{speaker.path}dire").status_code == 405
    assert said == []


def test_without_a_voice_the_card_still_answers(
    speaker: Speaker, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.VOICE_ENGINE = "none"
    speaker.say("12 mars 1948")
    assert not speaker.page.xpath("//button[@data-listen='posted']")
    assert speaker.yes().asked == "enfants"
    assert Journey.objects.count() == 1


def test_a_refusal_that_quotes_a_sensitive_answer_is_written_and_never_read(private: Speaker) -> None:
    html = private.press(naissance="12/03/48").response.content.decode()
    assert html.count("1948 ou 2048") == 2
    for passage in ("problems", "question-naissance"):
        assert "1948" not in page_text(html, passage)
        assert "Date de naissance" in page_text(html, passage)
    html = private.press(naissance="12 mars").response.content.decode()
    assert "année" in page_text(html, "problems")
