"""`manage.py speech understand --jsonl`: one line out for each line in, whatever the line."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

# ruff: noqa: E501 - one line of JSON a line
BAD = [
    "not json", "[1]", "3", '"x"', "{}", '{"type": "date"}', '{"type": "nope", "transcript": "x"}', '{"type": ["date"], "transcript": "x"}',
    '{"type": "date", "transcript": 3}', '{"type": "date", "transcript": "x", "today": "hier"}', '{"type": "date", "transcript": "x", "today": 3}',
    '{"type": "date", "transcript": "x", "pending": []}', '{"type": "single_choice", "transcript": "x", "choices": ["a"]}',
    '{"type": "single_choice", "transcript": "x", "choices": {"a": 1}}', '{"type": "integer", "transcript": "x", "constraints": {"pattern": "["}}',
    '{"type": "integer", "transcript": "x", "constraints": {"unknown": 1}}', '{"type": "date", "transcript": "1er mai 2020", "constraints": {"min": "x"}}',
    "[" * 100_000,
]  # fmt: skip


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Any:
    def running(*lines: str) -> tuple[list[dict[str, Any]], int]:
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
        out, status = io.StringIO(), 0
        try:
            call_command("speech", "understand", "--jsonl", stdout=out)
        except CommandError as error:
            status = error.returncode
        return [json.loads(line) for line in out.getvalue().splitlines()], status

    return running


def line(**question: Any) -> str:
    return json.dumps(question, ensure_ascii=False)


def test_answers_come_in_the_order_of_the_questions_with_their_ids(run: Any) -> None:
    found, status = run(
        line(id="a", type="date", transcript="douze mars"),
        "",
        line(type="yes_no", transcript="oui"),
        line(id=3, type="text", transcript="passe"),
    )
    assert status == 0
    assert [answer.get("id") for answer in found] == ["a", None, 3]
    assert [answer["outcome"] for answer in found] == ["ask", "value", "command"]
    assert found[1] == {"outcome": "value", "value": True}
    assert found[2] == {"id": 3, "outcome": "command", "command": "skip"}


def test_the_previous_answer_is_given_back_whole(run: Any) -> None:
    (before,), _ = run(line(id="x", type="date", transcript="douze mars"))
    (after,), _ = run(line(type="date", transcript="mille neuf cent quarante-huit", pending=before))
    assert after == {"outcome": "value", "value": "1948-03-12"}


def test_the_day_is_that_of_the_line(run: Any) -> None:
    (found,), _ = run(line(type="date", transcript="hier", today="2020-03-01"))
    assert found["value"] == "2020-02-29"


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_line_says_why_and_the_rest_goes_on(run: Any, bad: str) -> None:
    found, status = run(bad, line(id=2, type="integer", transcript="trois"))
    assert status == 2
    assert "error" in found[0]
    assert found[1] == {"id": 2, "outcome": "value", "value": 3}


def test_a_bad_line_keeps_its_id(run: Any) -> None:
    (found,), status = run(line(id="q", type="nope", transcript="x"))
    assert (found["id"], status) == ("q", 2)


def test_values_have_the_contract_s_shapes(run: Any) -> None:
    questions = [
        ("yes_no", "oui", True), ("checkbox", "non", False), ("integer", "douze", 12), ("decimal", "trois virgule cinq", "3.5"),
        ("money", "mille deux cent trente-quatre euros cinquante", "1234.50"), ("date", "12 mars 1948", "1948-03-12"),
        ("datetime", "12 mars 2026 à 14h30", "2026-03-12T14:30"), ("phone", "06 12 34 56 78", "+33612345678"), ("civility", "madame", "mme"),
        ("postal_code", "trente-cinq mille", "35000"), ("commune", "Rennes", "35238"), ("department", "trente-cinq", "35"),
        ("country", "Maroc", "MA"), ("siret", "732 829 320 00074", "73282932000074"), ("file", "oui", None),
    ]  # fmt: skip
    found, _ = run(*(line(type=kind, transcript=text) for kind, text, _ in questions))
    assert [answer.get("value") for answer in found] == [value for _, _, value in questions]
