"""What a receipt says: the acknowledgement that the law requires, what is still to send, what happens next.

CRPA art. R112-5 and R112-11-1: date received, the service with its address and phone, what silence means and when,
the ways to appeal.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from accessform.answers.printed_values import moment_in_words
from accessform.journeys.contact import current_service, dialled
from accessform.journeys.corrections.telling import SentLine, sent_lines
from accessform.journeys.document import all_entries
from accessform.journeys.late_documents import AwaitedDocument, awaited_documents
from accessform.journeys.models import Submission
from accessform.plain_language.wording import ReadingLevel, Wording
from forms_catalog.definition import FormDefinition, Service

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class LegalMention:
    """One thing that the acknowledgement must say; `name` is the interface text that introduces it."""

    name: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything that the receipt shows, on screen and on paper."""

    reference: str
    received: str
    received_at: dt.datetime
    definition: FormDefinition
    service: Service
    document: dict[str, Any]
    mentions: tuple[LegalMention, ...]
    next_steps: tuple[Wording, ...]
    pending: tuple[dict[str, Any], ...]
    late: tuple[dict[str, str], ...]
    corrections: tuple[SentLine, ...]

    @property
    def dialled(self) -> str:
        """The service's phone number as a telephone dials it."""
        return dialled(self.service.phone)

    @property
    def filled_by(self) -> str:
        """Who filled the form in for another person: name, link and capacity; "" where the person did it alone."""
        helper = self.document.get("filled_for", {})
        return ", ".join(str(helper[part]) for part in ("name", "link", "capacity") if helper.get(part))


def read_receipt(submission: Submission, level: ReadingLevel = ReadingLevel.STANDARD) -> Receipt:
    """Return the receipt of a submission: frozen answers and mentions, the service's contact of today.

    `level` is that of the corrections' questions: the screen reads them to the person, the PDF is official.
    """
    version = submission.journey.version
    definition = version.definition
    answers = {entry["id"]: entry["value"] for entry in all_entries(submission.document)}
    after = definition.after
    awaited = awaited_documents(submission)
    return Receipt(
        reference=submission.reference,
        received=moment_in_words(submission.submitted_at.astimezone(PARIS)),
        received_at=submission.submitted_at,
        definition=definition,
        service=current_service(version, answers),
        document=submission.document,
        mentions=_mentions(definition),
        next_steps=after.next_steps if after else (),
        pending=tuple(one.entry for one in awaited if not one.files),
        late=tuple(fact for one in awaited for fact in _late(one)),
        corrections=tuple(sent_lines(submission, level)),
    )


def _mentions(definition: FormDefinition) -> tuple[LegalMention, ...]:
    after = definition.after
    mentions = []
    if after:
        mentions = [
            LegalMention("receipt.acknowledgement_label", after.acknowledgement),
            LegalMention("receipt.delay_label", after.delay),
            LegalMention("receipt.silence_label", after.silence_means),
            LegalMention("receipt.appeal_label", after.appeal),
        ]
    if definition.legal_basis:
        mentions.append(LegalMention("receipt.legal_basis_label", Wording(standard=definition.legal_basis)))
    return tuple(mentions)


def _late(awaited: AwaitedDocument) -> list[dict[str, str]]:
    return [
        {
            "number": awaited.entry["number"],
            "label": awaited.entry["label"],
            "name": file.name,
            "received": moment_in_words(file.created_at.astimezone(PARIS)),
        }
        for file in awaited.files
    ]
