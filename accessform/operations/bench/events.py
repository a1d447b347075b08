"""Replay figure: a million events of journeys that interleave, through `manage.py struggle replay --jsonl`."""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from accessform.operations.bench.figures import Figure

ROOT = Path(__file__).resolve().parents[3]
EVENTS = 1_000_000
AT_ONCE = 200
STEPS, QUESTIONS = 8, 5
COUNTERS = ("B1", "B3", "B4", "B5", "B6", "B8", "B9", "B11", "B12", "B13")


def measure_replay(events: int = EVENTS) -> Iterator[Figure]:
    """Replay events written beforehand: seconds of one core, the command's own start included."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "events.jsonl"
        with told.open("w", encoding="utf-8") as written:
            for number, line in enumerate(event_lines(random.Random(5))):  # noqa: S311 - told journeys, not secrets
                if number == events:
                    break
                written.write(line + "\n")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with told.open("rb") as read:
            command = [sys.executable, str(ROOT / "manage.py"), "struggle", "replay", "--jsonl"]
            done = subprocess.run(command, stdin=read, stdout=subprocess.PIPE, check=True, env=os.environ)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    decisions = done.stdout.count(b"\n")
    yield Figure(f"struggle replay, {events:,} events ({decisions:,} decisions)", seconds, "s", at_most=30)


def event_lines(chance: random.Random) -> Iterator[str]:
    """Yield events for ever, one JSON object a line, of AT_ONCE journeys at a time in turns."""
    number = 0
    walking: list[Iterator[dict[str, Any]]] = []
    while True:
        while len(walking) < AT_ONCE:
            walking.append(_journey(chance, f"j{number}"))
            number += 1
        place = chance.randrange(AT_ONCE)
        event = next(walking[place], None)
        if event is None:
            walking.pop(place)
        else:
            yield json.dumps(event)


def _journey(chance: random.Random, journey: str) -> Iterator[dict[str, Any]]:
    """Yield one person's events: half of them meet difficulty, and a third of those counted in their browser."""
    at, hard, counted = 0.0, chance.random() < 0.5, chance.random() < 0.3  # noqa: PLR2004
    for step in range(STEPS):
        place = {"journey": journey, "step": f"step-{step}"}
        at += 1
        yield {**place, "at": at, "kind": "step_shown"}
        while chance.random() < (0.5 if hard else 0.1):
            at += chance.uniform(5, 90)
            at = round(at, 3)
            if counted:
                for name in chance.sample(COUNTERS, 3):
                    question = f"q{step}-{chance.randrange(QUESTIONS)}"
                    value = chance.randrange(12)
                    yield {**place, "at": at, "kind": "counter", "question": question, "name": name, "value": value}
            if chance.random() < 0.3:  # noqa: PLR2004
                yield {**place, "at": at, "kind": "help_opened", "question": f"q{step}-0"}
                continue
            yield {**place, "at": at, "kind": "submit_failed"}
            question = f"q{step}-{chance.randrange(QUESTIONS)}"
            yield {**place, "at": at, "kind": "rejected", "question": question, "code": "required"}
        at += 1
        yield {**place, "at": at, "kind": "step_saved", "changed": True}
        if chance.random() < 0.1:  # noqa: PLR2004
            kind = chance.choice(("offer_accepted", "offer_refused", "change_undone"))
            yield {"journey": journey, "at": at, "kind": kind}
    yield {"journey": journey, "at": at + 1, "kind": "submitted"}
