"""The receipt as a tagged PDF, in official wording throughout."""

from pathlib import Path

import typst
from django.conf import settings

from accessform.journeys.receipt import Receipt
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from accessform.web.pdf.compiling import compile_pdf
from accessform.web.pdf.printable import LATIN_1, Printable

Data = dict[str, object]

TEMPLATE = Path(__file__).with_name("receipt.typ")


def make_receipt_pdf(receipt: Receipt) -> bytes:
    """Return the receipt as PDF/UA-1: the same bytes for the same receipt."""
    try:
        return compile_pdf(
            TEMPLATE, receipt_data(receipt, Printable(_official("pdf_cut_here"))), at=receipt.received_at
        )
    except typst.TypstError:
        narrow = Printable(_official("pdf_cut_here"), known=LATIN_1)
        return compile_pdf(TEMPLATE, receipt_data(receipt, narrow), at=receipt.received_at)


def receipt_data(receipt: Receipt, printable: Printable) -> Data:
    """Return what the template prints, made printable."""
    data = {
        "title": f"{_official('official_title')} – {receipt.reference}",
        "form": receipt.document["form"]["title"],
        "reference": receipt.reference,
        "words": {
            "page": _official("pdf_page"),
            "law": _official("law_title"),
            "next": _official("next_title"),
            "pending": _official("pending_title"),
            "late": _official("late_title"),
            "corrections": interface.text("corrections.receipt_title", ReadingLevel.STANDARD),
            "service": _official("service_title"),
            "answers": _official("answers_title"),
            "no_answer": _official("no_answer"),
        },
        "received": _received_facts(receipt),
        "law": [_fact(mention.name.removeprefix("receipt."), mention.wording.standard) for mention in receipt.mentions],
        "next": [wording.standard for wording in receipt.next_steps],
        "pending": [f"{entry['number']}. {entry['label']}" for entry in receipt.pending],
        "late": [f"{one['number']}. {one['label']} : {one['name']}, {one['received']}" for one in receipt.late],
        "corrections": _corrections(receipt),
        "ways": ways_to_send(receipt, ReadingLevel.STANDARD),
        "service": {"name": receipt.service.name, "facts": _service_facts(receipt)},
        "steps": receipt.document["steps"],
    }
    cleaned: Data = printable.clean(data)
    notes = [("pdf_replaced", printable.replaced), ("pdf_cut", printable.cut)]
    cleaned["notes"] = [_official(key) for key, needed in notes if needed]
    return cleaned


def _corrections(receipt: Receipt) -> list[dict[str, object]]:
    """Return each correction as a heading and the lines of its changes."""
    return [
        {
            "name": f"{sent.moment} – {sent.who}",
            "lines": [
                interface.text(
                    "corrections.pdf_change",
                    ReadingLevel.STANDARD,
                    question=f"{change.number}. {change.label}",
                    before=change.before or _official("no_answer"),
                    after=change.after or _official("no_answer"),
                )
                for change in sent.changes
            ],
        }
        for sent in receipt.corrections
    ]


def ways_to_send(receipt: Receipt, level: ReadingLevel) -> list[str]:
    """Return the three ways to send a document that is missing, each one sentence."""
    values = {
        "reference": receipt.reference,
        "service": receipt.service.name,
        "postal": receipt.service.address,
        "phone": receipt.service.phone,
        "address": f"{settings.PUBLIC_URL}/reprendre",
    }
    return [interface.text(f"receipt.{way}", level, **values) for way in ("way_online", "way_post", "way_bring")]


def _official(key: str) -> str:
    return interface.text(f"receipt.{key}", ReadingLevel.STANDARD)


def _fact(key: str, value: str) -> dict[str, str]:
    return {"name": _official(key), "value": value}


def _received_facts(receipt: Receipt) -> list[dict[str, str]]:
    moment = interface.text("receipt.received_value", ReadingLevel.STANDARD, moment=receipt.received)
    facts = [_fact("reference_label", receipt.reference), _fact("received_label", moment)]
    if receipt.document["form"].get("reference"):
        facts.append(_fact("reference_form_label", receipt.document["form"]["reference"]))
    if receipt.filled_by:
        facts.append(_fact("filled_by_label", receipt.filled_by))
    return facts


def _service_facts(receipt: Receipt) -> list[dict[str, str]]:
    service = receipt.service
    facts = [
        ("service_name", service.name),
        ("service_address", service.address),
        ("service_phone", service.phone),
        ("service_relay", service.relay),
        ("service_email", service.email),
    ]
    return [_fact(key, value) for key, value in facts if value]
