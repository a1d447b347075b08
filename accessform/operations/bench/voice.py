"""Voice figures: how fast text becomes sound, how soon it begins to arrive, and how much of it there is."""

import http.client
import time
from collections.abc import Iterator

from accessform.operations.bench.figures import Figure, median

REQUESTS = 40


def measure_rendering() -> Iterator[Figure]:
    """Say the easy texts of the demonstration form afresh, one after the other: seconds of speech per second."""
    from accessform.plain_language.wording import ReadingLevel
    from accessform.speech.models import ListedClip, SpokenClip
    from accessform.speech.services import say_aloud
    from accessform.speech.synthesis.mp3 import seconds_of

    listed = ListedClip.objects.filter(level=ReadingLevel.EASY.value, version__form__slug="demonstration")
    texts = [clip.text for clip in SpokenClip.objects.filter(key__in=listed.values("clip_id")).order_by("key")]
    list(say_aloud(texts[0]))
    started = time.monotonic()
    seconds = sum(seconds_of(piece) for text in texts for piece, _ in say_aloud(text))
    speed = seconds / (time.monotonic() - started)
    yield Figure("rendering: seconds of speech per second, one text at a time", speed, "×", at_least=50)


def measure_first_byte(host: str, port: int) -> Iterator[Figure]:
    """Ask a running server for a kept clip again and again; milliseconds until its first byte, median."""
    from accessform.speech import clips

    key = next(iter(clips.kept_keys()))
    connection = http.client.HTTPConnection(host, port, timeout=10)
    times = []
    for _ in range(REQUESTS):
        started = time.perf_counter()
        connection.request("GET", f"/voix/{key}.mp3")
        answer = connection.getresponse()
        answer.read(1)
        times.append((time.perf_counter() - started) * 1000)
        answer.read()
    times.sort()
    yield Figure("kept clip: first byte", median(times), "ms", at_most=20)
    yield Figure("first audio, kept clip, 95th percentile", times[len(times) * 95 // 100], "ms", at_most=100)


READ_BACK: tuple[tuple[str, object], ...] = (
    ("date", "1948-03-12"),
    ("date", "2026-08-21"),
    ("datetime", "2026-03-12T14:30"),
    ("money", "1234.50"),
    ("integer", 71),
    ("decimal", "12.05"),
    ("phone", "+33612345678"),
    ("postal_code", "35000"),
    ("siret", "73282932000074"),
    ("nir", "255081416802538"),
    ("commune", "93066"),
    ("country", "MA"),
)


def measure_read_back() -> Iterator[Figure]:
    """Say answers back, each different from the last; milliseconds until the whole sound is there, 95th percentile."""
    from accessform.speech.readback import spoken_value
    from accessform.speech.services import say_aloud
    from forms_catalog.definition import QuestionType

    times = []
    for turn in range(5):
        for kind, value in READ_BACK:
            text = f"{spoken_value(QuestionType(kind), value)}. Est-ce exact ? {'Encore. ' * turn}"
            started = time.perf_counter()
            next(say_aloud(text))
            times.append((time.perf_counter() - started) * 1000)
    times.sort()
    yield Figure("read-back of an answer: first sentence, 95th percentile", times[len(times) * 95 // 100], "ms", 150)
