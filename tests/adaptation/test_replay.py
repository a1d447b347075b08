"""`manage.py struggle replay --jsonl`: the product's own step over told events, line by line."""

import json
import os
import random
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessform.adaptation.policy import advance
from accessform.adaptation.policy_file import load_policy
from accessform.adaptation.replay import BadLine, replay
from accessform.adaptation.state import PolicyState
from accessform.observation.events import parse_event

ROOT = Path(__file__).resolve().parents[2]
POLICY = load_policy()


def lines(*events: dict[str, Any]) -> list[bytes]:
    return [json.dumps(event).encode() + b"\n" for event in events]


def failure(journey: str, at: float, question: str = "q", step_id: str = "s") -> list[dict[str, Any]]:
    place = {"journey": journey, "at": at, "step": step_id}
    return [
        {**place, "kind": "submit_failed"},
        {**place, "kind": "rejected", "question": question, "code": "too_long"},
    ]


def command(told: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "manage.py", "struggle", "replay", "--jsonl", *options],
        input=told,
        capture_output=True,
        cwd=ROOT,
        env=os.environ,
        check=False,
    )


def test_a_decision_is_one_line_with_exactly_the_fields_promised():
    done = command(b"".join(lines(*failure("j", 1), *failure("j", 2))))
    assert done.returncode == 0
    first, second = [json.loads(line) for line in done.stdout.splitlines()]
    assert first == {
        "journey": "j",
        "at": 2,
        "action": "apply",
        "adaptation": "error_help",
        "reasons": [{"signal": "A1", "count": 2}],
        "rule": "error_help",
        "policy_version": POLICY.version,
    }
    assert (second["action"], second["adaptation"]) == ("offer", "easy_wording")


def test_a_bad_line_ends_with_status_2_after_what_came_before():
    told = b"".join(lines(*failure("j", 1), *failure("j", 2), {"journey": "j", "at": 3, "kind": "keypress"}))
    done = command(told + b"".join(lines(*failure("j", 4))))
    assert done.returncode == 2
    assert done.stderr.startswith(b"line 5: unknown kind 'keypress'")
    assert [json.loads(line)["adaptation"] for line in done.stdout.splitlines()] == ["error_help", "easy_wording"]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (b"{", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b"\xff\xfe\xfa", "not JSON"),
        (b"[" * 90_000, "not JSON"),
        (b'"' + b"x" * 200_000 + b'"', "longer than"),
        (b'{"at": 1, "kind": "submitted"}', "journey"),
        (b'{"journey": true, "at": 1, "kind": "submitted"}', "journey"),
        (b'{"journey": "j", "at": NaN, "kind": "submitted"}', "at must be"),
        (b'{"journey": "j", "at": 1e999, "kind": "submitted"}', "at must be"),
        (b'{"journey": "j", "at": 1' + b"0" * 400 + b', "kind": "submitted"}', "at must be"),
        (b'{"journey": "j", "at": 1' + b"0" * 9000 + b', "kind": "submitted"}', "not JSON"),
        (b'{"journey": "j", "at": 1, "kind": {"a": ["submitted"]}}', "unknown kind"),
        (
            b'{"journey": "j", "at": 1, "kind": "preference_set", "name": "text_size", "value": 1' + b"0" * 400 + b"}",
            "choice",
        ),
        (b'{"journey": "j", "at": 1, "kind": "submitted", "answer": "Lovelace"}', "unknown field 'answer'"),
        (b'{"journey": "j", "at": 1, "kind": "counter", "step": "s", "name": "B2", "value": 1}', "unknown counter"),
        (b'{"journey": "j", "at": 1, "kind": "hint", "name": "fonts", "value": true}', "unknown hint"),
    ],
)
def test_what_is_no_event_is_said_with_its_line(bad, said):
    with pytest.raises(BadLine, match=f"^line 3: .*{said}"):
        list(replay([*lines({"journey": "j", "at": 0, "kind": "resumed"}), b"\n", bad], POLICY))


def test_a_journey_s_time_never_goes_back_and_each_journey_has_its_own():
    shown = {"kind": "step_shown", "step": "s"}
    apart = lines({"journey": "a", "at": 9, **shown}, {"journey": "b", "at": 1, **shown})
    assert list(replay(apart, POLICY)) == []
    with pytest.raises(BadLine, match=r"^line 3: at goes back from 9 to 8\.5"):
        list(replay([*apart, *lines({"journey": "a", "at": 8.5, **shown})], POLICY))


def test_muted_signals_speak_for_nothing_and_unknown_ones_are_told():
    told = b"".join(lines(*failure("j", 1), *failure("j", 2)))
    muted = command(told, "--muted", "A1,A2")
    assert [json.loads(line)["adaptation"] for line in muted.stdout.splitlines()] == ["error_help"]
    unknown = command(told, "--muted", "A5,B5")
    assert (unknown.returncode, unknown.stdout) == (2, b"")
    assert b"A5" in unknown.stderr


def test_a_journey_may_be_named_by_any_text():
    done = command(rb'{"journey": "\ud800\u00e9", "at": 1, "kind": "asked_for_help", "step": "s"}')
    assert done.returncode == 0
    assert json.loads(done.stdout)["journey"] == "\ud800\u00e9"


def test_nothing_told_decides_nothing():
    assert command(b"").stdout == b""


def journeys(chance: random.Random) -> dict[str, list[dict[str, Any]]]:
    told: dict[str, list[dict[str, Any]]] = {}
    for name in ("a", "b", "c"):
        at, events = 0.0, []
        for _ in range(chance.randint(0, 8)):
            at += chance.choice((1, 2.5))
            events += failure(name, at, chance.choice("xyz"), chance.choice("st"))
            if chance.random() < 0.5:
                events.append({"journey": name, "at": at, "kind": "help_opened", "step": "s"})
        told[name] = events
    return told


def interleaved(told: dict[str, list[dict[str, Any]]], chance: random.Random) -> list[dict[str, Any]]:
    left = {name: list(events) for name, events in told.items() if events}
    mixed = []
    while left:
        name = chance.choice(sorted(left))
        mixed.append(left[name].pop(0))
        if not left[name]:
            del left[name]
    return mixed


@given(st.randoms(use_true_random=False))
def test_interleaving_changes_no_decision_of_any_journey(chance):
    told = journeys(chance)
    mixed = list(replay(lines(*interleaved(told, chance)), POLICY))
    for name, events in told.items():
        assert [one for one in mixed if one["journey"] == name] == list(replay(lines(*events), POLICY))


@given(st.randoms(use_true_random=False))
def test_the_order_of_lines_of_one_instant_does_not_matter(chance):
    told = [event for events in journeys(chance).values() for event in events]
    shuffled = sorted(told, key=lambda event: (event["journey"], event["at"], chance.random()))
    assert list(replay(lines(*told), POLICY)) == list(replay(lines(*shuffled), POLICY))


def test_it_is_the_product_s_own_step():
    events = [{"journey": "j", "at": at, "kind": "help_opened", "step": "s"} for at in (1, 2)]
    events += failure("j", 3)
    state, decisions = PolicyState(), []
    told = [parse_event({key: event[key] for key in event if key != "journey"}) for event in events]
    for instant in (told[:1], told[1:2], told[2:]):
        state, made = advance(state, instant, POLICY)
        decisions += made
    assert [(line["at"], line["rule"]) for line in replay(lines(*events), POLICY)] == [
        (decision.at, decision.rule) for decision in decisions
    ]
    assert decisions


@given(st.lists(st.binary(max_size=60), max_size=6))
def test_no_bytes_break_it(told):
    some = any(line.strip() for line in told)
    with pytest.raises(BadLine, match=r"^line \d: ") if some else nullcontext():
        list(replay(told, POLICY))
