"""A sound in the step's own form: the same turns as typed words, every other outcome told, nothing of it kept."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from accessform.adaptation.models import AdaptiveState
from accessform.journeys.by_voice import sound as sounds
from accessform.journeys.models import StepAnswers
from accessform.speech.recognition.outcomes import Recognised, RecognitionOutcome
from accessform.trust.limits import HOUR, LIMITS, Limit
from forms_catalog.models import FormVersion
from tests.journeys.speaking import Speaker

AUDIO = b"\x1a\x45\xdf\xa3 a sound that nobody may keep"
WORDS = RecognitionOutcome.WORDS
Hearing = Callable[..., list[tuple[str, ...]]]


@pytest.fixture
def hears(monkeypatch: pytest.MonkeyPatch) -> Hearing:
    """A way to say what the recogniser makes of the sounds that follow; it tells which words it was helped with."""
    prompts: list[tuple[str, ...]] = []

    def hear(text: str = "", outcome: RecognitionOutcome = WORDS, beginning: str = "") -> list[tuple[str, ...]]:
        def recognise_sent(request: Any, *, prompt_words: Any = ()) -> Recognised:
            assert request.FILES["sound"].read() == AUDIO
            prompts.append(tuple(prompt_words))
            return Recognised(outcome, text, beginning)

        monkeypatch.setattr(sounds, "recognise_sent", recognise_sent)
        return prompts

    monkeypatch.setattr(sounds, "is_recognition_available", lambda: True)
    monkeypatch.setattr(sounds, "prepare_recognition", lambda: None)
    return hear


@pytest.fixture
def speaker(trial_form: FormVersion, client: Client) -> Speaker:
    """Somebody at the date of birth of the small form, in voice mode."""
    person = Speaker(client).start("essai").press(filled_for_who="self").choose_voice()
    person.press(nom="Durand")
    return person


def speak(person: Speaker, action: str = "say", **typed: Any) -> Speaker:
    """Send a sound with a button of the form."""
    person.press(action, sound=SimpleUploadedFile("son", AUDIO, "audio/webm"), **typed)
    return person


def box(person: Speaker) -> str:
    return person.page.get_element_by_id("voice-words").get("value")


def check(person: Speaker) -> None:
    """Fill in the rest of the small form, up to the check of answers."""
    person.press(naissance="3 mars 1950").say("non").press(piece__how="later").say("passe").say("oui").yes()
    assert person.path.endswith("/verifier")


def answers() -> dict[str, Any]:
    return {name: value for row in StepAnswers.objects.order_by("pk") for name, value in row.answers.items()}


def test_a_sound_is_read_back_can_be_corrected_and_counts_on_yes_only(speaker: Speaker, hears: Hearing) -> None:
    hears("Douze mars 1948.")
    speak(speaker)
    assert (speaker.phase, speaker.understood, box(speaker)) == ("confirming", "12 mars 1948", "Douze mars 1948.")
    assert "naissance" not in answers()
    speaker.say("Treize mars 1948.")
    assert speaker.understood == "13 mars 1948"
    prompts = hears("Oui.")
    speak(speaker)
    assert prompts == [("Votre date de naissance",), ()]
    assert answers()["naissance"] == "1948-03-13"
    assert (speaker.asked, box(speaker)) == ("enfants", "")


def test_yes_and_no_alone_are_taken_at_once(speaker: Speaker, hears: Hearing) -> None:
    speaker.press(naissance="3 mars 1950")
    hears("Ah ben non.")
    assert speak(speaker).path.endswith("/papiers/")
    assert answers()["enfants"] is False


def test_the_recogniser_is_helped_with_the_labels_alone(
    trial_form: FormVersion, client: Client, hears: Hearing
) -> None:
    prompts = hears("Pour moi.")
    person = Speaker(client).start("essai").choose_voice()
    speak(person)
    assert prompts == [("Pour qui faites-vous cette démarche\u00a0?", "Pour vous", "Pour une autre personne")]
    assert person.understood == "Pour vous"


def test_silence_is_no_answer_and_a_failure(speaker: Speaker, hears: Hearing) -> None:
    hears(outcome=RecognitionOutcome.SILENCE)
    assert "Nous n'avons pas reçu votre réponse" in speak(speaker).told
    assert AdaptiveState.objects.get().policy_state.observations.count("A9", "naissance") == 1


def test_noise_is_no_match_and_climbs(speaker: Speaker, hears: Hearing) -> None:
    hears(outcome=RecognitionOutcome.NO_WORDS)
    told = [speak(speaker, **{"voice-words": "le 12"}).told for _ in range(3)]
    assert "Nous n'avons pas compris" in told[0]
    assert "Une personne peut aussi vous aider" in told[2]
    assert box(speaker) == "le 12"


def test_words_that_are_no_answer_stay_to_be_corrected(speaker: Speaker, hears: Hearing) -> None:
    hears("Le chat est bleu.")
    assert (speak(speaker).phase, box(speaker)) == ("asking", "Le chat est bleu.")


@pytest.mark.parametrize(
    ("outcome", "told", "again"),
    [
        (RecognitionOutcome.UNREADABLE, "Nous ne pouvons pas lire ce son", False),
        (RecognitionOutcome.BUSY, "Plusieurs personnes parlent en ce moment", True),
        (RecognitionOutcome.FAILED, "L'écoute s'est arrêtée", True),
        (RecognitionOutcome.UNAVAILABLE, "Le micro ne marche pas en ce moment", False),
        (RecognitionOutcome.TOO_LONG, "L'enregistrement est trop long", False),
    ],
)
def test_what_is_not_the_person_s_doing_is_told_and_changes_nothing(
    speaker: Speaker, hears: Hearing, outcome: RecognitionOutcome, told: str, *, again: bool
) -> None:
    hears("Douze mars 1948.")
    speak(speaker)
    hears(outcome=outcome)
    speak(speaker, **{"voice-words": "oui"})
    assert told in speaker.told
    assert (speaker.phase, speaker.understood, box(speaker)) == ("confirming", "12 mars 1948", "oui")
    assert bool(speaker.page.xpath("//*[@data-again]")) is again
    assert AdaptiveState.objects.get().policy_state.observations.count("A9", "naissance") == 0
    speaker.say("oui")
    assert answers()["naissance"] == "1948-03-12"


def test_the_beginning_of_what_was_too_long_is_shown_and_never_taken(speaker: Speaker, hears: Hearing) -> None:
    hears(outcome=RecognitionOutcome.TOO_LONG, beginning="Douze mars 1948, à moins que")
    speak(speaker)
    assert (speaker.phase, box(speaker)) == ("asking", "Douze mars 1948, à moins que")
    assert "naissance" not in answers()


def test_words_heard_that_stay_in_the_box_are_no_other_answer(speaker: Speaker, hears: Hearing) -> None:
    hears("Douze mars 1948.")
    assert box(speak(speaker)) == "Douze mars 1948."
    speaker.press("reply:oui")
    assert answers()["naissance"] == "1948-03-12"


def test_a_field_filled_in_beside_the_words_heard_goes_on(speaker: Speaker, hears: Hearing) -> None:
    hears("Douze mars 1948.")
    speak(speaker).press("next", naissance="3 mars 1950")
    assert (answers()["naissance"], speaker.asked) == ("1950-03-03", "enfants")


def test_what_was_too_long_to_be_heard_promises_no_beginning(speaker: Speaker, hears: Hearing) -> None:
    hears(outcome=RecognitionOutcome.TOO_LONG)
    assert "Parlez de nouveau, ou écrivez votre réponse" in speak(speaker).told
    assert (box(speaker), "est écrit" in speaker.told) == ("", False)


def test_go_on_takes_the_sound_as_it_takes_words(speaker: Speaker, hears: Hearing) -> None:
    hears("Douze mars 1948.")
    assert speak(speaker, "next").understood == "12 mars 1948"


@pytest.mark.parametrize(
    ("heard", "sent"), [("J'envoie ma demande.", True), ("Oui.", False), ("", False), ("J'envoie.", False)]
)
def test_the_form_is_sent_by_the_explicit_phrase_alone(
    speaker: Speaker, hears: Hearing, heard: str, *, sent: bool
) -> None:
    check(speaker)
    hears(heard, WORDS if heard else RecognitionOutcome.NO_WORDS)
    form = speaker.page.xpath("//*[@id='voice']/ancestor::form")[0]
    values = dict(form.form_values()) | {"voice-words": "J'envoie ma demande"}
    sound = SimpleUploadedFile("son", AUDIO, "audio/webm")
    response = speaker.client.post(form.get("action"), values | {"sound": sound})
    assert (response.status_code == 303) is sent
    assert sent or "Nous n'avons rien envoyé" in response.content.decode()


def test_the_beginning_of_what_was_too_long_sends_nothing(speaker: Speaker, hears: Hearing) -> None:
    check(speaker)
    hears(outcome=RecognitionOutcome.TOO_LONG, beginning="J'envoie ma demande")
    form = speaker.page.xpath("//*[@id='voice']/ancestor::form")[0]
    sound = SimpleUploadedFile("son", AUDIO, "audio/webm")
    response = speaker.client.post(form.get("action"), dict(form.form_values()) | {"sound": sound})
    assert response.status_code == 200
    assert "Une réponse dure une minute au plus" in response.content.decode()
    assert "dans la case" not in response.content.decode()
    assert "est écrit" not in response.content.decode()


def test_another_button_keeps_what_was_said(speaker: Speaker, hears: Hearing) -> None:
    hears("Douze mars 1948.")
    assert box(speak(speaker, "larger")) == "Douze mars 1948."


def test_a_button_that_answers_is_the_answer_whatever_is_heard(speaker: Speaker, hears: Hearing) -> None:
    prompts = hears("Non.")
    speaker.say("12 mars 1948")
    speak(speaker, "reply:oui")
    assert (answers()["naissance"], prompts) == ("1948-03-12", [])


def test_two_tabs_lose_nothing_that_was_said(speaker: Speaker, hears: Hearing) -> None:
    hears("Douze mars 1948.")
    early = speaker.fields() | {"action": "say"}
    address = speaker.page.get_element_by_id("step-form").get("action")
    speaker.press(naissance="3 mars 1950")
    sent = early | {"sound": SimpleUploadedFile("son", AUDIO, "audio/webm")}
    late = Speaker(speaker.client)
    late.response = speaker.client.post(address, sent)
    assert late.response.status_code == 409
    assert box(late) == "Douze mars 1948."
    assert answers()["naissance"] == "1950-03-03"


def test_too_many_sounds_are_refused_with_the_keyboard(
    speaker: Speaker, hears: Hearing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "sound_session", Limit(1, HOUR))
    prompts = hears("bleu")
    assert "Le micro a beaucoup servi" in speak(speak(speaker)).told
    assert len(prompts) == 1
    assert speaker.say("12 mars 1948").understood == "12 mars 1948"


def test_the_microphone_waits_for_the_script_and_for_the_voice(
    trial_form: FormVersion, client: Client, hears: Hearing
) -> None:
    person = Speaker(client).start("essai").press(filled_for_who="self")
    assert not person.page.xpath("//*[@data-microphone]")
    person.choose_voice()
    (place,) = person.page.xpath("//*[@data-microphone]")
    assert "hidden" in place.attrib
    assert "data-server" in place.attrib
    assert "Nous n'avons pas encore mesuré l'écoute avec de vraies voix" in place.text_content()
    assert "Puis il est effacé" in place.text_content()


def test_without_a_model_the_server_offers_none(speaker: Speaker) -> None:
    (place,) = speaker.page.xpath("//*[@data-microphone]")
    assert "data-server" not in place.attrib
    assert "Le son reste dans l'appareil" in place.text_content()
    assert "Le micro ne marche pas en ce moment" in speak(speaker, **{"voice-words": "le 12"}).told
    assert box(speaker) == "le 12"


def test_a_plain_form_has_no_place_for_it(speaker: Speaker, hears: Hearing) -> None:
    here = speaker.path
    speaker.client.post("/affichage", {"action": "save", "next": here, "modality": "voice", "plain_form": "on"})
    assert not speaker.get(here).page.xpath("//*[@data-microphone]")


def test_the_steps_alone_may_ask_for_the_microphone(speaker: Speaker) -> None:
    assert speaker.response.headers["Permissions-Policy"].startswith("microphone=(self), camera=()")
    check = f"{speaker.path.rpartition('/vous')[0]}/verifier"
    assert speaker.get(check).response.headers["Permissions-Policy"].startswith("microphone=(self)")
    speaker.client.post("/affichage", {"action": "save", "next": check, "modality": "text"})
    for elsewhere in ("/", "/affichage", check):
        assert speaker.get(elsewhere).response.headers["Permissions-Policy"].startswith("microphone=()"), elsewhere


def test_nothing_that_was_said_stays_behind(
    speaker: Speaker, hears: Hearing, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    hears("Les mouettes sont bleues.")
    speak(speaker)
    assert "mouettes" in box(speaker)
    written = caplog.text + "".join(capsys.readouterr())
    kept = written.encode() + _database() + _files()
    assert b"mouettes" not in kept
    assert b"a sound that nobody may keep" not in kept
    assert "mouettes" not in repr(sounds.Sound("mouettes"))


def _database() -> bytes:
    """Return every value of every table."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(repr(cursor.fetchall()))
    assert any("essai" in rows for rows in found)
    return "".join(found).encode()


def _files() -> bytes:
    folders = (configured.VAR, configured.FILES_DIR, configured.VOICE_DIR)
    return b"".join(
        path.read_bytes()
        for folder in folders
        for path in Path(folder).rglob("*")
        if path.is_file() and path.stat().st_size < 1 << 26
    )
