"""Voices that really speak, and pages to be heard."""

from collections.abc import Iterator

import pytest

from accessform.speech.synthesis.engine import VoiceIdentity
from accessform.speech.synthesis.installed import ESPEAK, PICO, identity_of
from accessform.speech.synthesis.worker_engine import WorkerEngine


def installed(name: str) -> VoiceIdentity:
    """Return an engine's identity, or skip the test where this machine cannot have it."""
    identity = identity_of(name)
    if identity is None:
        pytest.skip(f"{name} has no package for this machine")
    return identity


@pytest.fixture(scope="module", params=[PICO, ESPEAK])
def engine(request: pytest.FixtureRequest) -> Iterator[WorkerEngine]:
    """Each installed engine in turn, in its own process."""
    running = WorkerEngine(installed(request.param))
    yield running
    running.stop()
