"""`manage.py speech transcribe|measure`: what an operator tries, right and wrong. A scripted engine listens."""

import datetime as dt
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accessform.speech import recognising
from accessform.speech.management import measuring, transcribing
from accessform.speech.recognition.engine import Decoding, Heard, Segment
from accessform.speech.recognition.prompting import Prompt
from accessform.speech.recognition.recogniser import MAX_SOUND_BYTES, Recogniser
from accessform.speech.recognition.recordings import WrongList, recordings_of

HEADER = "id,type,expected,choices,transcript\n"


class Reader:
    """An engine that hears what is written in the sound; « ? » is noise, nothing is silence."""

    def __init__(self) -> None:
        self.prompts: list[Prompt] = []

    def hear(self, audio: bytes, *, language: str, prompt: Prompt) -> Heard:
        self.prompts.append(prompt)
        text = audio.decode()
        if text in {"silence", "?"}:
            return Heard(Decoding.READ, loudest=-90.0 if text == "silence" else -20.0)
        return Heard(Decoding.READ, (Segment(text, -0.3, 0.01, 0.8),), 2.0, 1.5, -20.0)

    def prepare(self) -> None:
        self.prompts.clear()

    def stop(self) -> None:
        self.prompts.clear()


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Reader:
    """An installation whose recogniser reads."""
    engine = Reader()
    settings.RECOGNITION_MODEL = "/models/whisper-essai"
    for module in (transcribing, recognising):
        monkeypatch.setattr(module, "is_recognition_available", lambda: True)
        monkeypatch.setattr(module, "recogniser", lambda: Recogniser(engine))
    return engine


def sounds(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.webm").write_text(text)


def run(*arguments: str | Path) -> list[str]:
    printed = StringIO()
    call_command("speech", *map(str, arguments), stdout=printed)
    return printed.getvalue().splitlines()


def refused(*arguments: str | Path) -> tuple[list[str], CommandError]:
    printed = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("speech", *map(str, arguments), stdout=printed)
    return printed.getvalue().splitlines(), caught.value


def test_each_file_has_its_line(tmp_path: Path) -> None:
    sounds(tmp_path, a="douze mars", b="oui")
    assert run("transcribe", tmp_path / "a.webm", tmp_path / "b.webm") == ["a.webm : douze mars", "b.webm : oui"]


def test_each_line_is_json_when_asked(tmp_path: Path) -> None:
    sounds(tmp_path, a="douze mars")
    (line,) = run("transcribe", "--json", tmp_path / "a.webm")
    assert json.loads(line) == {
        "file": str(tmp_path / "a.webm"),
        "outcome": "words",
        "seconds": 2.0,
        "text": "douze mars",
        "confidence": -0.3,
    }


def test_what_gives_no_words_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    sounds(tmp_path, a="silence", b="?", c="", d="oui")
    (tmp_path / "heavy.webm").write_bytes(bytes(MAX_SOUND_BYTES + 1))
    files = [tmp_path / name for name in ("a.webm", "b.webm", "c.webm", "missing.webm", "heavy.webm", "d.webm")]
    printed, error = refused("transcribe", *files, tmp_path)
    assert error.returncode == 2
    assert str(error) == "6 enregistrements sans mots."
    assert [line.split(" : ", 1)[1][:20] for line in printed] == [
        "(silence)",
        "(aucun mot distinct)",
        "(ce n'est pas un son",
        "(illisible : No such",
        "(trop long : une min",
        "oui",
        "(illisible : Is a di",
    ]


def test_without_model_the_commands_say_what_to_set(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcribing, "is_recognition_available", lambda: False)
    sounds(tmp_path, a="oui")
    (tmp_path / "answers.csv").write_text(HEADER + "a,yes_no,oui,,\n")
    for command in (("transcribe", tmp_path / "a.webm"), ("measure", tmp_path)):
        settings.RECOGNITION_MODEL = ""
        assert "nommez son dossier dans ACCESSFORM_RECOGNITION_MODEL" in str(refused(*command)[1])
        settings.RECOGNITION_MODEL = "/models/half"
        assert "manage.py check" in str(refused(*command)[1])


def test_a_folder_is_measured_by_type_and_no_word_of_it_is_printed(tmp_path: Path, reader: Reader) -> None:
    sounds(tmp_path, a="le 12 mars 1948", b="le 12 mars", c="le 13 mars 1948", d="Oui.", e="silence", f="?", g="veuve")
    (tmp_path / "answers.csv").write_text(
        HEADER
        + "a,date,1948-03-12,,le douze mars mille neuf cent quarante-huit\n"
        + "b,date,1948-03-12,,\nc.webm,date,1948-03-12,,le douze mars mille neuf cent quarante-huit\n"
        + "d,yes_no,oui,,\ne,yes_no,,,\nf,yes_no,non,,\ng,single_choice,v,c=Célibataire|v=Veuf,\n"
    )
    printed = run("measure", tmp_path)
    rows = {line.split()[0]: [int(cell) for cell in line.split()[1:]] for line in printed[2:6]}
    assert rows == {
        "date": [3, 1, 1, 0, 1],
        "single_choice": [1, 1, 0, 0, 0],
        "yes_no": [3, 2, 0, 1, 0],
        "tous": [7, 4, 1, 1, 1],
    }
    text = "\n".join(printed)
    assert "whisper-essai" in printed[0]
    assert "mots faux (WER) : 0.062 sur 16 mots" in text
    assert "médiane" in text
    assert "p95" in text
    assert "sans mots : no_words 1, silence 1" in text
    assert not any(word in text for word in ("mars", "1948", "douze", "veuve"))
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".csv"] + [".webm"] * 7
    assert reader.prompts[-1] == "Célibataire, Veuf"


def test_yaml_and_a_spreadsheet_s_semicolons_are_read_as_well(tmp_path: Path) -> None:
    sounds(tmp_path, a="le 12 mars 1948", b="12", c="la première et la deuxième")
    listed = tmp_path / "answers.yaml"
    listed.write_text(
        "- {id: a, type: date, expected: 1948-03-12, today: 2026-11-22}\n"
        "- {id: b, type: integer, expected: 12, constraints: {max: 20}}\n"
        "- {id: c, type: multiple_choice, expected: [x, y], choices: {x: Loyer, y: Eau}}\n"
    )
    assert run("measure", tmp_path)[5].split() == ["tous", "3", "3", "0", "0", "0"]
    listed.unlink()
    (tmp_path / "answers.csv").write_text(
        "\ufeffid;type;expected;choices\na;date;1948-03-12;\nb;integer;12;\nc;multiple_choice;x|y;x=Loyer|y=Eau\n"
    )
    assert run("measure", tmp_path)[5].split() == ["tous", "3", "3", "0", "0", "0"]


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("b,date,1948-03-12,,", "ligne 2 : aucun son ne s'appelle « b »"),
        ("a,day,1948-03-12,,", "ligne 2 : « type » n'est pas un type de question : 'day'"),
        ("a,file,x,,", "ne se dit pas"),
        ("a,section,x,,", "ne se dit pas"),
        ("a,date,12/03/1948,,", "« expected » n'est pas une valeur de ce type : '12/03/1948'"),
        ("a,yes_no,peut-être,,", "« expected » n'est pas une valeur de ce type"),
        ("a,integer,douze,,", "« expected » n'est pas une valeur de ce type"),
        ("a,phone,0612345678,,", "« expected » n'est pas une valeur de ce type"),
        ("a,single_choice,z,x=Oui|y=Non,", "« expected » nomme 'z'"),
        ("a,yes_no,oui,,\na,yes_no,oui,,", "ligne 3 : « a » est déjà nommé"),
        (",yes_no,oui,,", "« id »"),
        ("a,yes_no", "n'a pas autant de cases"),
        ("a,yes_no,oui,,,,,", "n'a pas autant de cases"),
        ("", "ne nomme aucun enregistrement"),
    ],
)
def test_a_mistake_in_the_list_is_told_by_its_line(tmp_path: Path, line: str, mistake: str) -> None:
    sounds(tmp_path, a="oui")
    (tmp_path / "answers.csv").write_text(HEADER + line + "\n")
    printed, error = refused("measure", tmp_path)
    assert mistake in str(error)
    assert "Aucune voix n'a été mesurée" in str(error)
    assert printed == []


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    sounds(tmp_path, a="oui")
    (tmp_path / "answers.csv").write_text(HEADER + "b,date,,,\nc,day,,,\na,date,demain,,\n")
    with pytest.raises(WrongList) as caught:
        recordings_of(tmp_path)
    assert len(caught.value.mistakes) == 3


def test_a_folder_without_anything_to_measure_says_that_nothing_was(tmp_path: Path) -> None:
    for folder, told in ((tmp_path, "aucune liste"), (tmp_path / "nowhere", "n'est pas un dossier")):
        error = refused("measure", folder)[1]
        assert told in str(error)
        assert "Aucune voix n'a été mesurée" in str(error)
    (tmp_path / "answers.csv").write_text(HEADER)
    (tmp_path / "answers.yaml").write_text("[]")
    assert "plusieurs listes" in str(refused("measure", tmp_path)[1])


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a: b", b"- [", b"- 3", b"3"])
def test_a_list_that_cannot_be_read_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "answers.yaml").write_bytes(content)
    assert "answers.yaml ne se lit pas" in str(refused("measure", tmp_path)[1])


@pytest.mark.parametrize(
    ("said", "heard", "errors"),
    [
        ("le douze mars", "Le 12 mars.", (0, 3)),
        ("oui", "", (1, 1)),
        ("oui", "oui je crois", (2, 1)),
        ("je suis veuve", "je suis neuve", (1, 3)),
        ("", "oui", (1, 0)),
    ],
)
def test_wrong_words_are_counted_with_figures_in_full(said: str, heard: str, errors: tuple[int, int]) -> None:
    assert measuring.word_errors(said, heard) == errors


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(value) for value in range(1, 21)]
    assert (measuring.percentile(values, 0.5), measuring.percentile(values, 0.95)) == (10.0, 19.0)
    assert measuring.percentile([3.0], 0.95) == 3.0


def test_the_day_of_the_list_counts(tmp_path: Path) -> None:
    sounds(tmp_path, a="hier")
    (tmp_path / "answers.yaml").write_text('- {id: a, type: date, expected: "2026-01-01", today: 2026-01-02}\n')
    assert list(measuring.measure_folder(tmp_path, dt.date(2020, 5, 5)))[2].split() == ["date", "1", "1", "0", "0", "0"]
