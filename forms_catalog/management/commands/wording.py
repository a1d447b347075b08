"""manage.py wording score|lint|draft|verify: plain language from the command line, an editor or a designer's CI."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accessform.plain_language.answering import Answer, BadRequest, answer
from accessform.plain_language.parsing import ToolsMissing
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
        try:
            status = self._answer_lines(options["verb"]) if options["jsonl"] else self._answer_one(options)
        except ToolsMissing as error:
            raise CommandError(str(error), returncode=USAGE) from error
        if status:
            sys.exit(status)

    def _answer_one(self, options: dict[str, Any]) -> int:
        verb = options["verb"]
        try:
            request = _request(verb, options)
            answered = answer(verb, request)
        except BadRequest as error:
            raise CommandError(str(error), returncode=USAGE) from error
        if options["as_json"]:
            self.stdout.write(_written(answered, indent=2))
        else:
            self.stdout.write("\n".join(tell(verb, request, answered)))
        return FOUND if answered.get("findings") or answered.get("verdict") == "REFUSED" else 0

    def _answer_lines(self, verb: str) -> int:
        status = 0
        for line in _lines():
            answered = _answer_line(verb, line)
            status = USAGE if "error" in answered else status
            self.stdout.write(_written(answered))
            self.stdout.flush()
        return status


def _answer_line(verb: str, line: bytes) -> Answer:
    """Return the answer to one line, or {"error": why}: one bad line does not stop the others."""
    request: object = None
    try:
        if len(line) > LONGEST_INPUT:
            raise BadRequest("Cette ligne est trop longue.")
        request = json.loads(line)
        return answer(verb, request)
    except BadRequest as error:
        why = str(error)
    except (ValueError, RecursionError):
        why = "Cette ligne n'est pas un objet JSON."
    return {**({"id": request["id"]} if isinstance(request, dict) and "id" in request else {}), "error": why}


def _lines() -> Iterable[bytes]:
    """Yield the lines of the standard input as they come, blank ones left out."""
    stream = getattr(sys.stdin, "buffer", None)
    for line in stream if stream is not None else (line.encode() for line in sys.stdin):
        if line.strip():
            yield line


def _request(verb: str, options: dict[str, Any]) -> dict[str, object]:
    """Return the request that the arguments and the standard input make."""
    given: dict[str, object] = {name: options[name] for name in ("role", "level", "domain") if options.get(name)}
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
    return {**given, "text": read.removesuffix("\n")}


def _lines_of_input() -> Iterable[bytes]:
    stream = getattr(sys.stdin, "buffer", None)
    yield stream.read(LONGEST_INPUT + 1) if stream is not None else sys.stdin.read(LONGEST_INPUT + 1).encode()


def _text_or_file(given: str) -> str:
    try:
        is_file = Path(given).is_file()
    except (OSError, ValueError):
        is_file = False
    if not is_file:
        return given
    with Path(given).open("rb") as file:
        return _decoded(file.read(LONGEST_INPUT + 1)).removesuffix("\n")


def _decoded(read: bytes) -> str:
    if len(read) > LONGEST_INPUT:
        raise BadRequest("Ce texte est trop long.")
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRequest("Ce texte n'est pas en UTF-8.") from error


def _object(read: str) -> dict[str, object] | None:
    try:
        value = json.loads(read)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _written(answered: Answer, indent: int | None = None) -> str:
    """Return JSON in readable characters, or in escapes where a lone surrogate cannot be written."""
    written = json.dumps(answered, ensure_ascii=False, indent=indent)
    try:
        written.encode()
    except UnicodeEncodeError:
        return json.dumps(answered, indent=indent)
    return written
