"""manage.py wording: what it reads, what it prints, and the status that a CI reads."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[2]
SIMPLE = "Vous avez deux mois pour répondre à partir du jour où vous recevez cette lettre de la mairie."
HARD = (
    "Le demandeur est tenu de procéder à la transmission de l'ensemble des justificatifs dûment complétés dans un "
    "délai de deux mois à compter de la notification de la présente décision, sous peine de rejet de sa demande."
)
STANDARD = "Vous devez répondre dans un délai de deux mois."


class Standard:
    """A standard input that holds bytes."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


def run(*words: str, given: bytes = b"", monkeypatch: pytest.MonkeyPatch | None = None) -> tuple[int, str]:
    """Return the exit status and the output of `manage.py wording …`."""
    out = io.StringIO()
    if monkeypatch is not None:
        monkeypatch.setattr(sys, "stdin", Standard(given))
    try:
        call_command("wording", *words, stdout=out)
    except SystemExit as left:
        return int(left.code or 0), out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


def lines(output: str) -> list[dict]:
    return [json.loads(line) for line in output.splitlines()]


def test_score_says_level_flesch_words_and_sentences():
    status, output = run("score", "--json", SIMPLE)
    found = json.loads(output)
    assert status == 0
    assert set(found) == {"level", "flesch", "words", "sentences"}
    assert 1 <= found["level"] <= 6
    assert (found["words"], found["sentences"]) == (18, 1)


def test_score_refuses_a_short_text_and_says_so():
    assert json.loads(run("score", "--json", "Votre nom")[1]) == {
        "level": None, "flesch": None, "words": 2, "sentences": 1,
    }  # fmt: skip
    assert "au moins 12 mots" in run("score", "Votre nom")[1]


def test_score_explains_itself_to_people():
    status, output = run("score", HARD)
    assert status == 0
    assert "Niveau" in output
    assert "Flesch" in output


def test_lint_leaves_with_one_where_something_is_found():
    status, output = run("lint", "--json", "--level", "plain", "--role", "help", HARD)
    found = json.loads(output)["findings"]
    assert status == 1
    assert set(found[0]) == {"rule", "start", "end", "severity", "reason", "suggestion", "source"}
    assert all(0 <= finding["start"] <= finding["end"] <= len(HARD) for finding in found)


def test_lint_leaves_with_zero_where_nothing_is():
    assert run("lint", "Écrivez votre nom.") == (0, "Rien à signaler.\n")


def test_lint_says_what_is_found_and_why_to_people():
    assert "le demandeur" in run("lint", HARD)[1].lower()


def test_draft_gives_a_simpler_text_and_its_rules():
    status, output = run("draft", "--json", "--level", "plain", HARD)
    made = json.loads(output)
    assert status == 0
    assert set(made) == {"text", "verdict", "rules"}
    assert made["verdict"] == "ACCEPTED"
    assert made["text"] != HARD
    assert made["rules"]


def test_draft_leaves_alone_what_needs_nothing():
    text = "Votre nom"
    assert json.loads(run("draft", "--json", text)[1]) == {"text": text, "verdict": None, "rules": []}


def test_verify_accepts_what_says_the_same():
    assert (
        json.loads(run("verify", "--json", STANDARD, "Vous devez répondre dans les 2 mois.")[1])["verdict"]
        == "ACCEPTED"
    )


def test_verify_leaves_with_one_where_a_fact_is_lost():
    status, output = run("verify", "--json", STANDARD, "Vous pouvez répondre dans un délai de trois mois.")
    found = json.loads(output)
    assert status == 1
    assert set(found) == {"verdict", "lost", "added", "changed"}
    assert found["verdict"] == "REFUSED"
    assert found["lost"] or found["changed"]


def test_texts_are_read_from_files_and_from_the_standard_input(tmp_path: Path, monkeypatch):
    file = tmp_path / "texte.txt"
    file.write_text(SIMPLE + "\n", encoding="utf-8")
    told = run("score", "--json", SIMPLE)
    assert run("score", "--json", str(file)) == told
    assert run("score", "--json", given=SIMPLE.encode(), monkeypatch=monkeypatch) == told
    assert run("score", "--json", given=json.dumps({"text": SIMPLE}).encode(), monkeypatch=monkeypatch) == told


def test_lines_are_answered_in_order_with_their_ids(monkeypatch):
    asked = [
        {"id": n, "standard": STANDARD, "variant": text} for n, text in enumerate([STANDARD, "Vous ne devez rien."])
    ]
    status, output = run(
        "verify", "--jsonl", given="\n".join(map(json.dumps, asked)).encode() + b"\n\n", monkeypatch=monkeypatch
    )
    assert status == 0
    assert [(line["id"], line["verdict"]) for line in lines(output)] == [(0, "ACCEPTED"), (1, "REFUSED")]


def test_a_bad_line_is_answered_with_its_reason_and_does_not_stop_the_others(monkeypatch):
    given = b'{"id": "a", "text": 5}\nnot json\n[1]\n\xff\xfe\n' + json.dumps({"id": "b", "text": SIMPLE}).encode()
    status, output = run("score", "--jsonl", given=given, monkeypatch=monkeypatch)
    told = lines(output)
    assert status == 2
    assert [set(line) for line in told[:4]] == [{"id", "error"}, {"error"}, {"error"}, {"error"}]
    assert told[4]["id"] == "b"
    assert told[4]["words"] == 18


@pytest.mark.parametrize(
    "words",
    [
        ("lint", "--level", "hard", "Votre nom"),
        ("lint", "--role", "poem", "Votre nom"),
        ("draft", "--level", "standard", "Votre nom"),
        ("verify", "Votre nom"),
        ("score", str(ROOT)),
        ("score", "--jsonl", "Votre nom"),
    ],
)
def test_bad_input_leaves_with_two_and_says_why(words: tuple[str, ...]):
    status, output = run(*words)
    assert status == 2
    assert output


def test_a_number_that_json_cannot_write_back_is_no_json(monkeypatch):
    given = b'{"id": NaN, "text": "a"}\n{"id": 1e999, "text": "a"}\n{"id": 1.5, "text": "a"}\n'
    status, output = run("score", "--jsonl", given=given, monkeypatch=monkeypatch)
    assert status == 2
    assert [line.get("id") for line in lines(output)] == [None, None, 1.5]
    assert "NaN" not in output


def test_options_serve_the_lines_that_do_not_say_otherwise(monkeypatch):
    given = b'{"text": "Votre nom", "level": "plain"}\n{"text": "Votre nom"}\n'
    status, output = run("draft", "--jsonl", "--level", "standard", given=given, monkeypatch=monkeypatch)
    assert status == 2
    assert ["error" in line for line in lines(output)] == [False, True]


def test_the_last_line_end_of_a_file_is_no_part_of_its_text(tmp_path: Path):
    file = tmp_path / "text.txt"
    file.write_bytes(b"Votre nom\r\n")
    assert json.loads(run("draft", "--json", str(file))[1])["text"] == "Votre nom"


HOSTILE = [
    "",
    "a",
    "😀",
    "مرحبا بكم في الموقع",
    "<b>Gras</b> & <script>",
    '« Ouvert "jamais fermé',
    "Hello le monde " * 9,
    "\u0000\u200f\ud83d",
    "\r\n\t",
    "Fin…",
    "1 234,56 €",
    "word " * 200_000,
]


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["score", "lint", "draft", "verify"])
def test_anything_gets_an_answer_or_a_clear_refusal(verb: str, monkeypatch):
    requests = [{"text": text, "standard": text, "variant": text} for text in HOSTILE]
    given = "\n".join(json.dumps(request) for request in requests).encode()
    told = lines(run(verb, "--jsonl", given=given, monkeypatch=monkeypatch)[1])
    assert len(told) == len(HOSTILE)
    assert [line for line in told[:-1] if "error" in line] == []


@pytest.mark.slow
def test_it_runs_as_a_program_that_speaks_utf_8():
    done = subprocess.run(
        [sys.executable, "manage.py", "wording", "score", "--jsonl"],
        input=json.dumps({"id": "é", "text": SIMPLE}).encode() + b"\n",
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    assert json.loads(done.stdout.decode())["id"] == "é"


@pytest.mark.slow
def test_a_reader_that_leaves_is_no_error():
    line = b'{"text": "Votre nom"}\n'
    program = [sys.executable, "manage.py", "wording", "score", "--jsonl"]
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as running:
        running.stdin.write(line)
        running.stdin.flush()
        assert json.loads(running.stdout.readline())["words"] == 2
        running.stdout.close()
        running.stdin.write(line * 50)
        running.stdin.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_what_the_terminal_cannot_write_is_escaped(form: list[str]):
    given = json.dumps({"text": "Ou\u0300 \ud83d ?"}).encode()
    program = [sys.executable, "manage.py", "wording", "draft", *form]
    done = subprocess.run(program, input=given, capture_output=True, check=True, cwd=ROOT)
    assert b"\\ud83d" in done.stdout
