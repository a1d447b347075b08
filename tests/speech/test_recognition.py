"""What may be taken for words: inventions, doubts, prompts, containers, limits. Without any model."""

import threading
from dataclasses import replace

import pytest

from accessform.speech.recognition.containers import container_of
from accessform.speech.recognition.engine import (
    Decoding,
    EngineCrashed,
    EngineTimedOut,
    Heard,
    NoRecognition,
    RecognitionError,
    Segment,
)
from accessform.speech.recognition.inventions import is_invented, loops
from accessform.speech.recognition.judging import judge
from accessform.speech.recognition.outcomes import Recognised, RecognitionOutcome
from accessform.speech.recognition.prompting import LONGEST_PROMPT, NO_PROMPT, Prompt, holds_a_value, prompt_of
from accessform.speech.recognition.recogniser import MAX_SOUND_BYTES, Recogniser
from accessform.speech.understanding.phrases import command_phrases

SURE = Segment(" 12 mars 1948", avg_logprob=-0.3, no_speech_prob=0.02, compression_ratio=0.8)


def heard(*segments: Segment, decoding: Decoding = Decoding.READ, loudest: float = -20.0) -> Heard:
    return Heard(decoding, segments, seconds=3.0, speech_seconds=2.0, loudest=loudest)


@pytest.mark.parametrize(
    "text",
    [
        " Sous-titres réalisés para la communauté d'Amara.org",
        " Sous-titres réalisés par la communauté d'Amara.org",
        " Sous-titrage ST' 501",
        " Sous-titrage Société Radio-Canada",
        " Merci d'avoir regardé cette vidéo !",
        " Merci d'avoir regardé.",
        " N'oubliez pas de vous abonner à la chaîne",
        " Abonnez-vous !",
        " Merci.",
        " Au revoir.",
        " [Musique]",
        " (rires)",
        " ♪ ♪",
        " ...",
        " …",
        "",
        " C'est la première fois que j'ai dit que j'ai dit que j'ai dit que j'ai dit que j'ai dit",
        " oui oui oui oui oui oui oui oui oui oui",
        " 0, 6, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2",
        " 06 2 5 5 5 5 5 5 5 5 5 5 5 5 5 5",
        " Thank you for watching!",
    ],
)
def test_what_is_invented_on_noise_is_told(text: str) -> None:
    assert is_invented(text)
    assert judge(heard(replace(SURE, text=text)), NO_PROMPT).outcome is RecognitionOutcome.NO_WORDS


@pytest.mark.parametrize(
    "text",
    [
        " Oui.",
        " Non non non.",
        " 12 mars 1948",
        " zéro zéro zéro zéro zéro zéro sept",
        " 0 0 0 0 0 0 0 0 0",
        " 00 00 00 00 00 00",
        " Merci, c'est le 3 mars.",
        " J'ai travaillé au sous-titrage de films.",
        " Je voudrais m'abonner aux transports.",
        " rue de la Musique",
        " Dupont",
        " je suis en fin de droits",
        " Une traduction de mon acte de naissance.",
    ],
)
def test_what_people_answer_is_not(text: str) -> None:
    assert not is_invented(text)
    assert judge(heard(replace(SURE, text=text)), NO_PROMPT).text == text.strip()


def test_no_command_of_the_dialogue_is_taken_for_an_invention() -> None:
    said = [" ".join(phrase) for phrase in command_phrases()]
    assert len(said) > 50
    assert [phrase for phrase in said if is_invented(phrase)] == []


def test_an_invention_after_an_answer_is_left_out() -> None:
    invented = replace(SURE, text=" Sous-titres réalisés par la communauté d'Amara.org")
    found = judge(heard(SURE, invented), NO_PROMPT)
    assert (found.outcome, found.text, found.segments) == (RecognitionOutcome.WORDS, "12 mars 1948", (SURE,))


@pytest.mark.parametrize(
    "doubt",
    [{"no_speech_prob": 0.7}, {"compression_ratio": 2.5}, {"avg_logprob": -1.1}, {"avg_logprob": float("nan")}],
)
def test_half_an_answer_does_not_pass_for_one(doubt: dict[str, float]) -> None:
    doubtful = replace(SURE, text=" et demi", **doubt)
    found = judge(heard(SURE, doubtful), NO_PROMPT)
    assert (found.outcome, found.text) == (RecognitionOutcome.NO_WORDS, "")


@pytest.mark.parametrize(
    ("report", "outcome"),
    [
        (Heard(Decoding.UNREADABLE), RecognitionOutcome.UNREADABLE),
        (heard(loudest=-80.0), RecognitionOutcome.SILENCE),
        (heard(loudest=-120.0), RecognitionOutcome.SILENCE),
        (heard(loudest=-20.0), RecognitionOutcome.NO_WORDS),
        (heard(SURE), RecognitionOutcome.WORDS),
    ],
)
def test_every_report_has_its_outcome(report: Heard, outcome: RecognitionOutcome) -> None:
    assert judge(report, NO_PROMPT).outcome is outcome


def test_the_beginning_of_what_is_too_long_is_no_answer() -> None:
    found = judge(heard(SURE, decoding=Decoding.TOO_LONG), NO_PROMPT)
    assert (found.outcome, found.text, found.beginning) == (RecognitionOutcome.TOO_LONG, "", "12 mars 1948")


def test_confidence_is_that_of_the_least_certain_stretch() -> None:
    found = judge(heard(SURE, replace(SURE, text=" environ", avg_logprob=-0.9)), NO_PROMPT)
    assert found.confidence == -0.9


def test_words_stay_out_of_a_representation() -> None:
    found = judge(heard(SURE), NO_PROMPT)
    assert found.text == "12 mars 1948"
    assert "mars" not in repr(found)
    assert "mars" not in f"{found} {[found]} {found.segments} {heard(SURE)}"


@pytest.mark.parametrize(("words", "repeats"), [("a b " * 4, True), ("a b " * 3, False), ("a b c d e f g " * 4, True)])
def test_a_group_that_comes_four_times_running_is_a_loop(words: str, repeats: bool) -> None:
    assert loops(words.split()) is repeats
    assert loops(["oui", "je", "crois", *words.split()]) is repeats


@pytest.mark.parametrize(
    "entry",
    ["vingt et un", "60 ans", "article L. 821-1", "le premier enfant", "deuxième", "mars", "lundi", "une", "un", "½",
     "la douzaine", "mille", "quatre-vingts", "zéro", "troisièmes", "①", "décembre", "nonante"],
)  # fmt: skip
def test_a_value_is_never_prompted(entry: str) -> None:
    assert holds_a_value(entry)
    assert prompt_of(["nom de naissance", entry, "commune"]) == "nom de naissance, commune"


@pytest.mark.parametrize(
    "entry", ["date de naissance", "Avez-vous un conjoint ?", "allocation", "une pièce d'identité"]
)
def test_words_without_value_are_prompted(entry: str) -> None:
    assert prompt_of([entry]) == entry


def test_a_prompt_is_short_and_clean() -> None:
    assert prompt_of(["  nom\n de\x00 naissance ", "", "  "]) == "nom de naissance"
    assert len(prompt_of(["allocation"] * 100)) <= LONGEST_PROMPT
    assert prompt_of([]) == NO_PROMPT


def test_the_prompt_that_comes_back_is_no_answer_but_a_label_is() -> None:
    prompt = prompt_of(["votre situation", "célibataire", "en concubinage notoire", "veuve"])
    assert judge(heard(replace(SURE, text=" Votre situation, célibataire.")), prompt).text == ""
    assert judge(heard(replace(SURE, text=" En concubinage notoire.")), prompt).text == "En concubinage notoire."
    assert judge(heard(replace(SURE, text=" Veuve.")), prompt).text == "Veuve."


@pytest.mark.parametrize(
    ("start", "container"),
    [
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01", "matroska"),
        (b"OggS\0\x02\0\0\0\0", "ogg"),
        (b"\0\0\0\x1cftypisom\0\0\0\0", "mov"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "wav"),
        (b"fLaC\0\0\0\x22", "flac"),
        (b"ID3\x04\0\0\0", "mp3"),
        (b"\xff\xfb\x90\x64", "mp3"),
        (b"\xff\xf1\x50\x80", "aac"),
        (b"", None),
        (b"\xff", None),
        (b"#EXTM3U\n#EXT-X-TARGET", None),
        (b"RIFF\x24\0\0\0AVI LIST", None),
        (b"ffconcat version 1.0\nfile /etc/passwd", None),
        (b"<html>", None),
        (b"%PDF-1.7", None),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", None),
    ],
)
def test_the_container_is_told_by_its_first_bytes(start: bytes, container: str | None) -> None:
    assert container_of(start) == container


class Scripted:
    """An engine that answers what it is told, and remembers what it was given."""

    def __init__(self, *answers: Heard | RecognitionError) -> None:
        self.answers = list(answers)
        self.prompts: list[Prompt] = []

    def hear(self, audio: bytes, *, language: str, prompt: Prompt) -> Heard:
        assert language == "fr"
        self.prompts.append(prompt)
        answer = self.answers.pop(0)
        if isinstance(answer, RecognitionError):
            raise answer
        return answer

    def prepare(self) -> None:
        self.prompts.clear()

    def stop(self) -> None:
        self.prompts.clear()


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (NoRecognition("no model"), RecognitionOutcome.UNAVAILABLE),
        (EngineCrashed("died"), RecognitionOutcome.FAILED),
        (EngineTimedOut("late"), RecognitionOutcome.FAILED),
    ],
)
def test_an_engine_that_fails_is_an_outcome_and_the_next_recording_is_heard(
    error: RecognitionError, outcome: RecognitionOutcome
) -> None:
    recogniser = Recogniser(Scripted(error, heard(SURE)))
    assert recogniser.recognise(b"sound").outcome is outcome
    assert recogniser.recognise(b"sound").text == "12 mars 1948"


def test_the_engine_is_given_words_and_no_value() -> None:
    engine = Scripted(heard(SURE))
    Recogniser(engine).recognise(b"sound", prompt_words=["date de naissance", "né après 1950"])
    assert engine.prompts == ["date de naissance"]


def test_an_empty_sound_and_an_endless_one_never_reach_the_engine() -> None:
    recogniser = Recogniser(Scripted())
    assert recogniser.recognise(b"").outcome is RecognitionOutcome.UNREADABLE
    assert recogniser.recognise(bytes(MAX_SOUND_BYTES + 1)).outcome is RecognitionOutcome.TOO_LONG


class Slow(Scripted):
    """An engine that answers when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.started, self.go_on = threading.Event(), threading.Event()

    def hear(self, audio: bytes, *, language: str, prompt: Prompt) -> Heard:
        self.started.set()
        assert self.go_on.wait(10)
        return heard(SURE)


def test_above_the_queue_busy_is_said_at_once_and_nobody_in_it_is_lost() -> None:
    engine = Slow()
    recogniser = Recogniser(engine, most_waiting=1)
    found: list[Recognised] = []
    threads = [threading.Thread(target=lambda: found.append(recogniser.recognise(b"sound"))) for _ in range(2)]
    threads[0].start()
    assert engine.started.wait(10)
    threads[1].start()
    while recogniser._places._value:  # type: ignore[attr-defined]
        threading.Event().wait(0.005)
    assert recogniser.recognise(b"sound").outcome is RecognitionOutcome.BUSY
    engine.go_on.set()
    for thread in threads:
        thread.join()
    assert [one.outcome for one in found] == [RecognitionOutcome.WORDS] * 2
    assert recogniser.recognise(b"sound").outcome is RecognitionOutcome.WORDS


def test_a_turn_that_does_not_come_is_busy() -> None:
    recogniser = Recogniser(Scripted(heard(SURE)), wait=0.05)
    with recogniser._turn:
        assert recogniser.recognise(b"sound").outcome is RecognitionOutcome.BUSY
    assert recogniser.recognise(b"sound").outcome is RecognitionOutcome.WORDS
