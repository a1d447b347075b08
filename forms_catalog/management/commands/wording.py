"""manage.py wording score|lint|draft|verify: plain language from the command line, an editor or a designer's CI."""

import json
import math
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accessform.plain_language.answering import Answer, BadRequest, answer
from accessform.plain_language.parsing import ToolsMissing
from forms_catalog.management.leaving import stop_writing
from forms_catalog.wording_told import tell

FOUND = 1
USAGE = 2
LONGEST_INPUT = 4_000_000
"""Bytes of one text or one line: four times the largest text that any of the four reads."""

NEEDED = {"score": ("text",), "lint": ("text",), "draft": ("text",), "verify": ("standard", "variant")}


class Command(BaseCommand):
    """Exit status: 0 done, 1 findings or REFUSED (not with --jsonl), 2 bad input."""

    help = "Score, lint, draft and verify French administrative wording."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare one sub-command for each question."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        for name, words in (
            ("score", "how hard a text is to read"),
            ("lint", "what makes a text hard, and what to write instead"),
            ("draft", "a simpler text, where one can be made safely"),
            ("verify", "whether a variant says the same as its standard text"),
        ):
            verb = verbs.add_parser(name, help=words)
            form = verb.add_mutually_exclusive_group()
            form.add_argument("--json", action="store_true", dest="as_json", help="one JSON document on the output")
            form.add_argument("--jsonl", action="store_true", help="one JSON object a line, in and out")
            if name == "verify":
                verb.add_argument("standard", nargs="?", metavar="STANDARD", help="a text, or a file that holds it")
                verb.add_argument("variant", nargs="?", metavar="VARIANT", help="a text, or a file that holds it")
            else:
                verb.add_argument("text", nargs="?", metavar="TEXT", help="a text, or a file; else the standard input")
            if name == "lint":
                verb.add_argument("--role", help="label, question, hint, help (default), error or notice")
            if name in {"lint", "draft"}:
                verb.add_argument("--level", help="plain (default) or easy; lint also takes standard")
            if name == "draft":
                verb.add_argument("--domain", help="the domain that acronyms belong to, where they have several")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer, and leave with the status where it is not 0."""
        status = 0
        try:
            status = self._answer_lines(options) if options["jsonl"] else self._answer_one(options)
            self.stdout.flush()
        except (BadRequest, ToolsMissing) as error:
            raise CommandError(str(error), returncode=USAGE) from error
        except BrokenPipeError:
            stop_writing()
        if status:
            sys.exit(status)

    def _answer_one(self, options: dict[str, Any]) -> int:
        verb = options["verb"]
        request = _request(verb, options)
        answered = answer(verb, request)
        if options["as_json"]:
            self.stdout.write(_written(answered, self._encoding, indent=2))
        else:
            told = "\n".join(tell(verb, request, answered))
            self.stdout.write(told.encode(self._encoding, "backslashreplace").decode(self._encoding))
        return FOUND if answered.get("findings") or answered.get("verdict") == "REFUSED" else 0

    def _answer_lines(self, options: dict[str, Any]) -> int:
        verb, status = options["verb"], 0
        if any(options.get(name) is not None for name in NEEDED[verb]):
            raise BadRequest("Avec --jsonl, les textes viennent de l'entrée standard, un objet JSON par ligne.")
        for line in _lines():
            answered = _answer_line(verb, line, _given(options))
            status = USAGE if "error" in answered else status
            self.stdout.write(_written(answered, self._encoding))
            self.stdout.flush()
        return status

    @property
    def _encoding(self) -> str:
        return getattr(self.stdout, "encoding", None) or "utf-8"


def _answer_line(verb: str, line: bytes, given: dict[str, object]) -> Answer:
    """Return the answer to one line, or {"error": why}: one bad line does not stop the others.

    `given` are the options of the command, for lines that do not say otherwise.
    """
    request: object = None
    try:
        if len(line) > LONGEST_INPUT:
            raise BadRequest("Cette ligne est trop longue.")
        request = json.loads(line, parse_constant=_finite, parse_float=_finite)
        return answer(verb, {**given, **request} if isinstance(request, dict) else request)
    except BadRequest as error:
        why = str(error)
    except (ValueError, RecursionError):
        why = "Cette ligne n'est pas un objet JSON."
    return {**({"id": request["id"]} if isinstance(request, dict) and "id" in request else {}), "error": why}


def _finite(number: str) -> float:
    """Return a number that JSON can write back; raises ValueError (NaN, Infinity, 1e999)."""
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(number)
    return value


def _lines() -> Iterable[bytes]:
    """Yield the lines of the standard input as they come, blank ones left out."""
    stream = getattr(sys.stdin, "buffer", None)
    for line in stream if stream is not None else (line.encode() for line in sys.stdin):
        if line.strip():
            yield line


def _given(options: dict[str, Any]) -> dict[str, object]:
    return {name: options[name] for name in ("role", "level", "domain") if options.get(name) is not None}


def _request(verb: str, options: dict[str, Any]) -> dict[str, object]:
    """Return the request that the arguments and the standard input make."""
    given = _given(options)
    texts = [options.get(name) for name in NEEDED[verb]]
    if all(isinstance(text, str) for text in texts):
        return {**given, **{name: _text_or_file(text) for name, text in zip(NEEDED[verb], texts, strict=True)}}
    if any(text is not None for text in texts):
        raise BadRequest("Donnez deux textes : le texte officiel, puis le texte simplifié.")
    read = _decoded(b"".join(_lines_of_input()))
    asked = _object(read)
    if asked is not None and set(NEEDED[verb]) <= asked.keys():
        return {**asked, **given}
    if verb == "verify":
        raise BadRequest("Donnez deux textes : le texte officiel, puis le texte simplifié.")
    return {**given, "text": _without_last_line_end(read)}


def _lines_of_input() -> Iterable[bytes]:
    stream = getattr(sys.stdin, "buffer", None)
    yield stream.read(LONGEST_INPUT + 1) if stream is not None else sys.stdin.read(LONGEST_INPUT + 1).encode()


def _text_or_file(given: str) -> str:
    try:
        path = Path(given)
        is_file, is_folder = path.is_file(), path.is_dir()
    except (OSError, ValueError):
        return given
    if is_folder:
        raise BadRequest(f"« {given} » est un dossier. Donnez un fichier, ou un texte.")
    if not is_file:
        return given
    try:
        with path.open("rb") as file:
            return _without_last_line_end(_decoded(file.read(LONGEST_INPUT + 1)))
    except OSError as error:
        raise BadRequest(f"Le fichier « {given} » ne se lit pas.") from error


def _without_last_line_end(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


def _decoded(read: bytes) -> str:
    if len(read) > LONGEST_INPUT:
        raise BadRequest("Ce texte est trop long.")
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRequest("Ce texte n'est pas en UTF-8.") from error


def _object(read: str) -> dict[str, object] | None:
    try:
        value = json.loads(read, parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _written(answered: Answer, encoding: str, indent: int | None = None) -> str:
    """Return JSON in readable characters, or in escapes where the output cannot hold them (a lone surrogate)."""
    written = json.dumps(answered, ensure_ascii=False, indent=indent)
    try:
        written.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(answered, indent=indent)
    return written
