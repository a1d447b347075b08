"""The voice's process dies or hangs under a real server: a page says so, or the sound stops, and the next is heard."""

import contextlib
import http.client
import os
import signal
import threading
import time

import lxml.html
import pytest

from accessform.speech.synthesis.installed import ESPEAK, identity_of
from tests.storms.serving import Installation

LONG_PAGE = "/algorithmes"

pytestmark = [
    pytest.mark.storm,
    pytest.mark.slow,
    pytest.mark.skipif(identity_of(ESPEAK) is None, reason="espeak-ng has no package for this machine"),
]


def test_a_voice_killed_while_it_speaks_cuts_the_sound_and_speaks_again(installation):
    status, whole = installation.hear(LONG_PAGE)
    assert status == 200
    connection, answer = installation.get(f"{LONG_PAGE}?ecouter")
    with contextlib.closing(connection):
        assert answer.status == 200
        killer = threading.Thread(target=kill_again_and_again, args=(installation,))
        killer.start()
        try:
            heard = answer.read()
        except http.client.IncompleteRead as cut:
            heard = cut.partial
        except OSError:
            heard = b""
        killer.join()
    assert len(heard) < 0.9 * len(whole)
    status, again = installation.hear(LONG_PAGE)
    assert status == 200
    assert 0.98 < len(again) / len(whole) < 1.02


def kill_again_and_again(installation: Installation) -> None:
    """Kill every voice as it comes up, for a second."""
    end = time.monotonic() + 1
    while time.monotonic() < end:
        for pid in installation.engines():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def test_a_voice_that_hangs_is_a_clear_page_in_time_and_holds_nobody_up(installation):
    assert installation.hear("/plan-du-site")[0] == 200
    assert installation.engines()
    for pid in installation.engines():
        os.kill(pid, signal.SIGSTOP)
    heard: list[tuple[int, bytes]] = []
    listener = threading.Thread(target=lambda: heard.append(installation.hear("/plan-du-site")))
    began = time.monotonic()
    listener.start()
    time.sleep(0.5)
    connection, other = installation.get("/accessibilite", timeout=4)
    with contextlib.closing(connection):
        assert other.status == 200
    listener.join(30)
    assert time.monotonic() - began < 20
    status, body = heard[0]
    assert status == 503
    page = lxml.html.fromstring(body.decode())
    assert page.get("lang") == "fr"
    assert page.xpath("//main//h1")
    assert installation.hear("/plan-du-site")[0] == 200
