"""Senders are killed again and again, at random and between sending and recording. Run as a program.

    python -m tests.storms.message_storm SECONDS SEED [drops]

It prints what the mail server and the gateway were given, and what the outbox then says. DATABASE_URL and
ACCESSFORM_VAR name a database and a folder that are this program's own; "drops" has the gateway promise to drop
repeats.
"""

import collections
import json
import multiprocessing
import os
import random
import sys
import threading
import time
from typing import Any

import django

from tests.messages.servers import gateway, serving
from tests.messages.smtp_sink import SmtpSink

EACH, SENDERS = 25, 3
FATAL = 0.2
"""Share of the messages whose sender is killed once they have arrived, before it can know."""


class Senders:
    """Processes that send what is due, until they are killed."""

    def __init__(self, choice: random.Random) -> None:
        self.choice = choice
        self.forks = multiprocessing.get_context("forkserver")
        self.forks.set_forkserver_preload(["tests.storms.message_sender"])
        self.alive: list[Any] = []
        self.kills = 0
        self.lock = threading.Lock()

    def keep(self, number: int) -> None:
        """Start as many as are missing."""
        from tests.storms.message_sender import send_for_ever

        with self.lock:
            self.alive = [one for one in self.alive if one.is_alive()]
            while len(self.alive) < number:
                self.alive.append(self.forks.Process(target=send_for_ever, daemon=True))
                self.alive[-1].start()

    def kill(self, number: int = 1) -> None:
        """Kill some, as the kernel's memory guard would."""
        with self.lock:
            for one in self.choice.sample(self.alive, min(number, len(self.alive))):
                one.kill()
                one.join()
                self.alive.remove(one)
                self.kills += 1

    def kill_at_arrival(self) -> None:
        """Kill every sender at the instant when a message has arrived: whoever sent it can never know."""
        with self.lock:
            fatal = self.choice.random() < FATAL
        if fatal:
            self.kill(SENDERS)


def queue_all() -> None:
    """Queue EACH e-mails and as many text messages."""
    from accessform.messages.services import Channel, queue_message
    from accessform.plain_language.wording import ReadingLevel

    for number in range(EACH):
        for channel, address in (
            (Channel.EMAIL, f"p{number}@example.fr"),
            (Channel.SMS, f"+336399800{number:02}"),
        ):
            queue_message(
                key=f"{channel}:{number}",
                kind="appointment",
                channel=channel,
                address=address,
                words={"day": "lundi 23 novembre", "hour": "9 h", "where": "Adresse", "link": "x"},
                level=ReadingLevel.PLAIN,
                subject=f"trial:{number}",
            )


def release_the_dead() -> None:
    """Let the leases of killed senders end now, as ten minutes later."""
    from django.utils import timezone

    from accessform.messages.models import OutboxMessage, State

    now = timezone.now()
    OutboxMessage.objects.filter(state=State.SENDING).update(claimed_until=now)
    OutboxMessage.objects.filter(state=State.DUE).update(next_attempt_at=now)


def storm(seconds: float, seed: int, *, drops: bool) -> dict[str, Any]:
    """Queue, send, kill, until nothing is due any more; report."""
    from django.core.management import call_command

    from accessform.messages.models import OutboxMessage, State

    call_command("migrate", verbosity=0)
    senders = Senders(random.Random(seed))
    with serving(SmtpSink()) as sink, gateway(200, on_request=senders.kill_at_arrival) as sms:
        sink.taken = senders.kill_at_arrival
        os.environ |= {
            "ACCESSFORM_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "ACCESSFORM_SMTP_HOST": "127.0.0.1",
            "ACCESSFORM_SMTP_PORT": str(sink.port),
            "ACCESSFORM_SMS": "http",
            "ACCESSFORM_SMS_URL": f"http://127.0.0.1:{sms.server_port}/",
            "ACCESSFORM_SMS_TOKEN": "a-token-of-sixteen-signs",
            "ACCESSFORM_SMS_DROPS_REPEATS": "1" if drops else "",
        }
        queue_all()
        waiting = OutboxMessage.objects.filter(state__in=(State.DUE, State.SENDING))
        end = time.monotonic() + seconds
        while waiting.exists() and time.monotonic() < end:
            senders.keep(SENDERS)
            time.sleep(senders.choice.uniform(0.5, 1.5))
            if senders.choice.random() < FATAL:
                senders.kill()
            if not any(one.is_alive() for one in senders.alive) or senders.choice.random() < FATAL:
                senders.kill(SENDERS)
                release_the_dead()
        senders.kill(SENDERS)
    mails = collections.Counter(str(mail["Message-ID"]) for mail in sink.mails)
    texts = collections.Counter(headers["Idempotency-Key"] for headers, _ in sms.requests)
    rows = OutboxMessage.objects.values_list("recipient__channel", "state", "pk")
    return {
        "kills": senders.kills,
        "mails": dict(mails),
        "texts": dict(texts),
        "rows": [[channel, state, str(pk)] for channel, state, pk in rows],
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accessform.settings")
    django.setup()
    print(json.dumps(storm(float(sys.argv[1]), int(sys.argv[2]), drops="drops" in sys.argv)))  # noqa: T201
