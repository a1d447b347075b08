"""`manage.py speech measure`: what becomes of an operator's own recordings, in figures alone."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from accessform.speech.management.transcribing import installed_recogniser, read_recording
from accessform.speech.normalising.text import normalise
from accessform.speech.recognition.outcomes import Recognised, RecognitionOutcome
from accessform.speech.recognition.recogniser import Recogniser
from accessform.speech.recognition.recordings import Answer, Recording, WrongList, recordings_of
from accessform.speech.understanding.evaluation.scoring import Verdict, same_value
from accessform.speech.understanding.transcript import tokenise, words_of
from accessform.speech.understanding.understanding import understand
from accessform.speech.understanding.understood import NO_INPUT, NO_MATCH, Outcome, Understood

NOTHING_MEASURED = (
    "Aucune voix n'a été mesurée : tant que c'est ainsi, aucun chiffre d'accessform n'est celui d'une voix humaine."
)
HEADINGS = ("juste", "redemandé", "pas compris", "faux sans le dire")
VERDICTS = (Verdict.RIGHT, Verdict.ASKED, Verdict.MISSED, Verdict.SILENTLY_WRONG)


class Unmeasurable(Exception):
    """The folder cannot be measured; the message says why, mistake by mistake."""


@dataclass(frozen=True)
class Measured:
    """What became of one recording; its words are not kept. `errors` counts wrong words against `words` true ones."""

    kind: str
    verdict: Verdict
    outcome: RecognitionOutcome
    seconds: float
    errors: int
    words: int


def measure_folder(folder: Path, today: dt.date) -> Iterator[str]:
    """Yield the lines of the report; raises Unmeasurable, NotListening. Writes no sound and no words anywhere."""
    try:
        recordings = recordings_of(folder)
    except WrongList as error:
        raise Unmeasurable("\n".join([*error.mistakes, NOTHING_MEASURED])) from error
    listening = installed_recogniser()
    listening.recognise(_read(recordings[0]))
    measured = [_measured(recording, listening, today) for recording in recordings]
    yield from _report(measured)


def _read(recording: Recording) -> bytes:
    try:
        return read_recording(recording.file)
    except OSError as error:
        raise Unmeasurable(f"{recording.file.name} : {error.strerror}.\n{NOTHING_MEASURED}") from error


def _measured(recording: Recording, listening: Recogniser, today: dt.date) -> Measured:
    audio, answer = _read(recording), recording.answer
    started = time.perf_counter()
    found = listening.recognise(audio, prompt_words=answer.choices.values())
    seconds = time.perf_counter() - started
    errors, words = word_errors(answer.transcript, found.text) if answer.transcript else (0, 0)
    return Measured(
        answer.type.value,
        verdict_of(answer, understood_of(answer, found, today)),
        found.outcome,
        seconds,
        errors,
        words,
    )


def understood_of(answer: Answer, found: Recognised, today: dt.date) -> Understood:
    """Return what is understood of what was recognised, as the dialogue would."""
    if found.outcome is RecognitionOutcome.SILENCE:
        return NO_INPUT
    if found.outcome is not RecognitionOutcome.WORDS:
        return NO_MATCH
    day, bounds = answer.today or today, answer.constraints
    return understand(answer.type, found.text, choices=answer.choices, today=day, constraints=bounds)


def verdict_of(answer: Answer, understood: Understood) -> Verdict:
    """Return how an outcome stands beside what the person meant; without expected value, any value is wrong."""
    if understood.outcome is Outcome.VALUE:
        agreed = answer.expected is not None and same_value(answer.type, answer.expected, understood.as_json()["value"])
        return Verdict.RIGHT if agreed else Verdict.SILENTLY_WRONG
    if answer.expected is None:
        return Verdict.RIGHT
    return Verdict.ASKED if understood.outcome is Outcome.ASK else Verdict.MISSED


def word_errors(said: str, heard: str) -> tuple[int, int]:
    """Return how many words are wrong, missing or too many in `heard`, and how many `said` has; figures in full."""
    true, found = (words_of(tokenise(normalise(text))) for text in (said, heard))
    row = list(range(len(found) + 1))
    for rank, word in enumerate(true, start=1):
        previous, row[0] = row[0], rank
        for place, other in enumerate(found, start=1):
            previous, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, previous + (word != other))
    return row[-1], len(true)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below or at which `share` of them lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * int(share * 100) // 100) - 1)]


def _report(measured: Sequence[Measured]) -> Iterator[str]:
    model = Path(settings.RECOGNITION_MODEL).name
    yield f"{len(measured)} enregistrements, modèle {model}. Ces chiffres ne valent que pour ces voix et ce modèle."
    yield f"{'type':<16} {'nombre':>7} " + " ".join(f"{heading:>17}" for heading in HEADINGS)
    for kind in sorted({one.kind for one in measured}):
        yield _row(kind, [one for one in measured if one.kind == kind])
    yield _row("tous", measured)
    words = sum(one.words for one in measured)
    if words:
        yield f"mots faux (WER) : {sum(one.errors for one in measured) / words:.3f} sur {words} mots"
    times = [one.seconds for one in measured]
    yield f"temps de reconnaissance : médiane {percentile(times, 0.5):.2f} s, p95 {percentile(times, 0.95):.2f} s"
    unheard = Counter(one.outcome.value for one in measured if one.outcome is not RecognitionOutcome.WORDS)
    if unheard:
        yield "sans mots : " + ", ".join(f"{outcome} {count}" for outcome, count in sorted(unheard.items()))


def _row(name: str, measured: Sequence[Measured]) -> str:
    counts = Counter(one.verdict for one in measured)
    return f"{name:<16} {len(measured):>7} " + " ".join(f"{counts[verdict]:>17}" for verdict in VERDICTS)
