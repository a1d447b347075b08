"""Measure every figure on an installation made for it, print them, and fail where one does not keep its bound."""

import logging
import os
import sys
from collections.abc import Iterator

from accessform.operations.bench.figures import Figure
from accessform.operations.bench.installation import measured_installation, served


def figures() -> Iterator[Figure]:
    """Yield every figure, in the order of docs/figures.md."""
    from django.core.wsgi import get_wsgi_application

    from accessform.operations.bench import (
        events,
        heard_forms,
        places,
        recognition,
        slots,
        steps,
        voice,
        weights,
        word_times,
    )
    from accessform.operations.bench.visitor import in_process

    send = in_process(get_wsgi_application())
    yield from weights.measure_weights(send)
    yield from steps.measure_one_client(send)
    with served() as (host, port):
        yield from steps.measure_many_clients(host, port)
        yield from voice.measure_first_byte(host, port)
    yield from voice.measure_rendering()
    yield from voice.measure_read_back()
    yield from heard_forms.measure_weight_of_forms()
    yield from word_times.measure_word_times()
    yield from slots.measure_slots()
    yield from places.measure_places()
    yield from events.measure_replay()
    yield from recognition.measure_recognition()


def main() -> int:
    """Print each figure as it is known; returns 1 where one does not hold."""
    held = True
    with measured_installation():
        logging.disable(logging.WARNING)
        print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}", flush=True)  # noqa: T201
        for figure in figures():
            print(figure.line(), flush=True)  # noqa: T201
            held = held and figure.holds
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
