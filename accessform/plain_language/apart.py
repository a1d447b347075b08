"""Wording questions answered in a process of their own, so that whoever asks never holds the parser in memory.

The web's workbench and publishing ask here. One process a batch: it loads the tools (about two seconds), answers one
JSON object a line, and ends.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

from accessform.plain_language.answering import Answer, BadRequest, answer
from accessform.plain_language.parsing import ToolsMissing, available

ROOT = Path(__file__).resolve().parents[2]
LONGEST_WAIT = 120.0
"""Seconds for a batch: forty times what the largest shipped form takes."""


Question = tuple[str, dict[str, object]]
"""A verb, and its request."""


class ToolsFailed(RuntimeError):
    """The process died, or did not answer in time."""


def ask(requests: Sequence[Question], *, wait: float = LONGEST_WAIT) -> list[Answer]:
    """Return the answers to (verb, request) pairs, in order; a bad request is answered {"error": why}.

    Raises ToolsMissing, or ToolsFailed.
    """
    if not available():
        raise ToolsMissing
    if not requests:
        return []
    lines = "".join(json.dumps({"verb": verb, "request": request}) + "\n" for verb, request in requests)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "accessform.plain_language.apart"],
            input=lines,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=wait,
            cwd=ROOT,
            check=True,
        )
        answers = [json.loads(line) for line in done.stdout.splitlines()]
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise ToolsFailed(str(error)) from error
    if len(answers) != len(requests):
        raise ToolsFailed(f"{len(answers)} answers to {len(requests)} questions")
    return answers


def serve(lines: Iterable[str], output: IO[str]) -> None:
    """Answer each line, in order, as soon as it is read."""
    for line in lines:
        asked = json.loads(line)
        try:
            answered = answer(asked["verb"], asked["request"])
        except BadRequest as error:
            answered = {"error": str(error)}
        output.write(json.dumps(answered) + "\n")
        output.flush()


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
