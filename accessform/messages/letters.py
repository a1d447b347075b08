"""Messages as letters: PDF files that the operator prints and posts.

A letter is marked sent once its file is on disk. A kill between the two writes the same file again at the next run:
its name is the message's own, and the reference stands at the foot of the page, so that it is posted once.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typst
from django.utils import timezone

from accessform.answers.printed_values import date_in_words
from accessform.messages.models import Channel, OutboxMessage
from accessform.messages.outcomes import NotTaken, Refused
from accessform.messages.sending import due, send_by
from accessform.plain_language.interface import text
from accessform.plain_language.wording import ReadingLevel
from accessform.trust.files import write_whole
from accessform.trust.operator import operator
from accessform.web.pdf.compiling import compile_pdf
from accessform.web.pdf.printable import LATIN_1, Printable

TEMPLATE = Path(__file__).with_name("letter.typ")


def take_letters(folder: Path) -> Iterator[Path]:
    """Write every letter that is due into `folder`, and mark it sent; yields the files."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for message_id in list(due().filter(recipient__channel=Channel.LETTER).values_list("pk", flat=True)):
        file = folder / f"{message_id}.pdf"
        if send_by(message_id, lambda message, file=file: _write(message, file)):  # type: ignore[misc]
            yield file


def _write(message: OutboxMessage, file: Path) -> None:
    """Write one letter, whole or not at all. Raises Refused or NotTaken."""
    try:
        write_whole(file, make_letter(message, at=timezone.now()))
    except typst.TypstError as error:
        raise Refused("it cannot be printed") from error
    except OSError as error:
        raise NotTaken(f"{type(error).__name__} while writing") from error


def make_letter(message: OutboxMessage, *, at: dt.datetime) -> bytes:
    """Return a message as a letter of the day `at`, as PDF/UA-1. Raises typst.TypstError."""
    cut = text("messages.letter_cut", ReadingLevel(message.level))
    try:
        return compile_pdf(TEMPLATE, _describe(message, at, Printable(cut)), at=at)
    except typst.TypstError:
        return compile_pdf(TEMPLATE, _describe(message, at, Printable(cut, known=LATIN_1)), at=at)


def _describe(message: OutboxMessage, at: dt.datetime, printable: Printable) -> dict[str, Any]:
    who, level = operator(), ReadingLevel(message.level)
    local = at.astimezone(ZoneInfo(message.zone))
    data = {
        "title": message.title,
        "reference": str(message.pk)[:8],
        "page": text("messages.letter_page", level),
        "sender": [who.name, who.address, who.phone],
        "address": message.recipient.address.splitlines(),
        "day": text("messages.letter_day", level, day=date_in_words(local.date())),
        "body": [part for part in (message.body or "").split("\n\n") if part.strip()],
    }
    cleaned: dict[str, Any] = printable.clean(data)
    return cleaned
