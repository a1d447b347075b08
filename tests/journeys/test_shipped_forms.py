"""Every form that ships can be filled in from its first page to its receipt, without JavaScript."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accessform.journeys.document import all_entries
from accessform.journeys.models import Journey, Submission
from forms_catalog.definition import Question, QuestionType
from forms_catalog.versioning import publish_source
from tests.journeys.filling import ANSWERS, PARTS, Citizen
from tests.journeys.test_documents import picture

FORMS = sorted((Path(__file__).resolve().parents[2] / "forms_catalog/fr").glob("*/form.yaml"))


@pytest.mark.django_db
@pytest.mark.parametrize("file", FORMS, ids=lambda path: path.parent.name)
def test_a_citizen_goes_from_the_first_page_to_the_receipt(file: Path, client: Client) -> None:
    version = publish_source(source=file.read_bytes(), file=file.name).version
    citizen = Citizen(client).start(version.form.slug).press(filled_for_who="self")
    for _ in range(60):
        if citizen.path.endswith("/verifier"):
            break
        step = version.definition.step(citizen.path.rstrip("/").rpartition("/")[2])
        asked = set(citizen.fields().get("asked", []))
        typed = {name: value for q in step.questions if q.id in asked for name, value in answer(q).items()}
        citizen.press(**typed)
        assert citizen.response.status_code == 200, citizen.page.xpath("string(//*[@id='problems'])")
    assert citizen.path.endswith("/verifier")
    form = citizen.page.forms[-1]
    response = client.post(citizen.path, dict(form.form_values()))
    assert (response.status_code, response.headers["Location"].endswith("/recu")) == (303, True)
    submission = Submission.objects.get()
    assert submission.journey == Journey.objects.get()
    papers = {
        name: client.get(f"/d/{submission.journey_id}/{name}") for name in ("recu", "recu.pdf", "pieces", "imprimer")
    }
    assert {name: paper.status_code for name, paper in papers.items()} == dict.fromkeys(papers, 200)
    official = {question.label.standard for question in version.definition.questions()}
    assert {entry["label"] for entry in all_entries(submission.document)} <= official
    assert papers["recu.pdf"].content.startswith(b"%PDF-")
    assert submission.reference in papers["recu"].content.decode()


def answer(question: Question, name: str = "") -> dict[str, object]:  # noqa: PLR0911
    """Return what a person would type for a question."""
    name = name or question.id
    kind = question.type
    if kind is QuestionType.GROUP:
        return {k: v for child in question.questions for k, v in answer(child, f"{question.id}-0-{child.id}").items()}
    if kind in {QuestionType.SINGLE_CHOICE, QuestionType.MULTIPLE_CHOICE}:
        return {name: question.choices[0].key}
    if kind is QuestionType.ADDRESS:
        return {f"{name}-{part}": PARTS[part] for part in ("street", "postal_code", "city")}
    if kind is QuestionType.DATETIME:
        return {f"{name}-{part}": PARTS[part] for part in ("date", "time")}
    if kind in {QuestionType.FILE, QuestionType.IDENTITY_DOCUMENT}:
        return given_now(name) if question.required_by_law else {f"{name}-how": "later"}
    simple = {
        "yes_no": "non",
        "checkbox": "oui",
        "civility": "mme",
        "department": "35",
        "country": "FR",
        "commune": "Rennes",
    }
    if question.example:
        return {name: question.example}
    if kind is QuestionType.DATE and question.constraints.max is None:
        return {name: "12 janvier 2027"}
    return {name: simple.get(kind.value) or ANSWERS[kind.value]}


def given_now(name: str) -> dict[str, object]:
    """Return a photograph given with the step, as a document that the law requires must be."""
    photograph = SimpleUploadedFile("papier.jpg", picture("JPEG"))
    return {f"{name}-how": "now", f"{name}-upload": photograph}
