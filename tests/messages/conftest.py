"""Messages for the tests of the outbox, and what carries them."""

from typing import Any

import pytest
import time_machine

from accessform.messages.services import Channel, queue_message
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel, Wording
from tests.messages.noon import NOON

WORDS = {"day": "lundi 23 novembre"}


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a kind of message that only the tests know."""
    known = interface.texts()
    trial = {
        "messages.trial_subject": Wording(standard="Un message"),
        "messages.trial_body": Wording(standard="C'est {day}."),
        "messages.trial_sms": Wording(standard="C'est {day}."),
    }
    monkeypatch.setattr(interface, "texts", lambda language="fr": known | trial)


ADDRESSES = {
    Channel.EMAIL: "camille@example.fr",
    Channel.SMS: "+33639980000",
    Channel.LETTER: "Camille Exemple\n1 rue de l'Exemple\n75011 Paris",
}


def queue(key: str = "k", channel: Channel = Channel.EMAIL, **changes: Any):
    """Queue a message of the trial kind."""
    wanted = {
        "key": key,
        "kind": "trial",
        "channel": channel,
        "address": ADDRESSES[channel],
        "words": WORDS,
        "level": ReadingLevel.PLAIN,
        "subject": "trial:1",
    }
    return queue_message(**(wanted | changes))
