"""Voice figures: how fast text becomes sound, and how soon a kept clip begins to arrive."""

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
    from accessform.speech.synthesis.mp3 import BYTES_PER_SECOND

    listed = ListedClip.objects.filter(level=ReadingLevel.EASY.value, version__form__slug="demonstration")
    texts = [clip.text for clip in SpokenClip.objects.filter(key__in=listed.values("clip_id")).order_by("key")]
    list(say_aloud(texts[0]))
    started = time.monotonic()
    size = sum(len(piece) for text in texts for piece, _ in say_aloud(text))
    speed = size / BYTES_PER_SECOND / (time.monotonic() - started)
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
    yield Figure("kept clip: first byte", median(times), "ms", at_most=20)
