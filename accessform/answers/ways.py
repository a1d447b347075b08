"""The three equal ways to give a document: now, later with the code, or in hand or by post."""

from typing import Any

from accessform.answers.refusals import Raw, Refused, first
from forms_catalog.definition import Question

NOW, LATER, BRING = "now", "later", "bring"
WAYS = (NOW, LATER, BRING)


def ways_open(question: Question) -> tuple[str, ...]:
    """Return the ways that a document may come: one that the law requires (`required_by_law`) must come now."""
    return (NOW,) if question.required_by_law else WAYS


def parse_way(question: Question, raw: Raw) -> dict[str, Any]:
    """Read how a document comes, with the ids of the files that are already here."""
    how, files = first(raw, "how").strip(), list(raw.get("files", []))
    if how not in WAYS:
        raise Refused("choice_unknown", "how")
    if how == NOW and not files:
        raise Refused("file_law" if question.required_by_law else "file_missing", "upload")
    if how not in ways_open(question):
        raise Refused("file_law", "how")
    return {"how": how, "files": files if how == NOW else []}
