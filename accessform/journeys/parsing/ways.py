"""The three equal ways to give a document: now, later with the code, or in hand or by post."""

from typing import Any

from accessform.journeys.parsing.refusals import Raw, Refused, first
from forms_catalog.definition import Question

NOW, LATER, BRING = "now", "later", "bring"
WAYS = (NOW, LATER, BRING)


def parse_way(question: Question, raw: Raw) -> dict[str, Any]:
    """Read how a document comes, with the ids of the files that are already here.

    Only a document that the law requires (`required_by_law`) must come now; any other may wait.
    """
    how, files = first(raw, "how").strip(), list(raw.get("files", []))
    if how not in WAYS:
        raise Refused("choice_unknown", "how")
    if how == NOW and not files:
        raise Refused("file_missing", "upload")
    if how != NOW and question.required_by_law:
        raise Refused("file_law", "how")
    return {"how": how, "files": files if how == NOW else []}
