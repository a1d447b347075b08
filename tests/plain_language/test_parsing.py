"""One door to spaCy, and nobody who serves citizens goes through it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from accessform.plain_language.parsing import LONGEST_SENTENCE, TooLong, parse

ROOT = Path(__file__).resolve().parents[2]
SERVING = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "accessform.settings"
import accessform.wsgi
import django.urls
django.urls.get_resolver().url_patterns
for pattern in django.urls.get_resolver().url_patterns:
    getattr(pattern, "url_patterns", None)
import accessform.speech.tasks, accessform.web.periodic
print(sorted({name.partition(".")[0] for name in sys.modules} & {"spacy", "thinc", "numpy", "textstat", "pyrealb"}))
"""


def test_a_process_that_serves_citizens_never_loads_the_tools(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", SERVING], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_only_one_module_opens_spacy() -> None:
    doors = [
        path.relative_to(ROOT).as_posix()
        for folder in ("accessform", "forms_catalog")
        for path in (ROOT / folder).rglob("*.py")
        if "spacy.load(" in path.read_text(encoding="utf-8")
    ]
    assert doors == ["accessform/plain_language/parsing.py"]


def test_nothing_imports_the_tools_at_module_level_outside_plain_language() -> None:
    names = {"spacy", "textstat", "pyrealb"}
    wrong = []
    for path in [*(ROOT / "accessform").rglob("*.py"), *(ROOT / "forms_catalog").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            imported = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            imported += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if {name.partition(".")[0] for name in imported} & names and "plain_language" not in path.parts:
                wrong.append(str(path))
    assert wrong == []


def test_offsets_are_those_of_the_text() -> None:
    sentence = "L’aide\u00a0: 1\u202f000\u00a0€."
    assert [token.text for token in parse(sentence)][:2] == ["L'", "aide"]
    assert len(parse(sentence).text) == len(sentence)


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(TooLong):
        parse("a" * (LONGEST_SENTENCE + 1))


def test_half_a_character_from_broken_json_does_not_stop_the_parser() -> None:
    assert [token.text for token in parse("Le chat \ud800 dort.")] == ["Le", "chat", "\ufffd", "dort", "."]
