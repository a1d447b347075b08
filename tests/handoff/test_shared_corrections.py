"""Corrections made after sending stand beside the original in a shared file; hidden answers say nothing of theirs."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from accessform.handoff.models import AccessKind, HandoverAccess, Scope
from accessform.handoff.sharing.drawing import draw_content
from accessform.handoff.sharing.reading import read_snapshot, show_content
from accessform.handoff.sharing.services import RowState, SharedFile, open_for_appointment, read_file
from accessform.handoff.sharing.shown import SharedContent, SharedRow
from accessform.journeys.corrections.drafting import find_draft
from accessform.journeys.corrections.sending import Sender, send_correction
from accessform.journeys.models import CorrectionDraft, Corrector, Journey, StepAnswers, Submission
from accessform.journeys.services.passage import load_passage
from accessform.journeys.services.submit_journey import submit_journey
from accessform.plain_language.wording import ReadingLevel
from tests.handoff.conftest import MONDAY_NINE, NOW
from tests.handoff.sharing.pages import section
from tests.handoff.sharing_made import PRIVATE, agree, make_filled_journey
from tests.journeys.corrections_made import open_session

pytestmark = pytest.mark.django_db

ADA = {"prenom": "Ada", "sante": "Diabète"}
BLAISE = {"prenom": "Blaise", "sante": "Asthme"}


@pytest.fixture
def journey(clock) -> Journey:
    """A form that was sent."""
    made = make_filled_journey()
    StepAnswers.objects.filter(journey=made).update(complete=True)
    submit_journey(passage=load_passage(made), key=uuid.uuid4())
    return made


def correct(journey: Journey, by: str = Corrector.CITIZEN, **answers: Any) -> None:
    """Send a correction of these answers."""
    submission = Submission.objects.get(journey=journey)
    desk = "" if by == Corrector.CITIZEN else "Guichet 1"
    base = submission.corrections.count()
    CorrectionDraft.objects.create(
        submission=submission, holder="citizen", questions=list(answers), answers=answers, touched_at=timezone.now()
    )
    send_correction(submission=submission, sender=Sender("citizen", by, desk), key=uuid.uuid4(), base=base)


def shown(journey: Journey, *chosen: str) -> SharedContent:
    scope = Scope.CHOSEN if chosen else Scope.ALL_BUT_SENSITIVE
    return show_content(journey, scope=scope, chosen=chosen, level=ReadingLevel.PLAIN)


def row_of(content: SharedContent, question: str) -> SharedRow:
    return next(row for step in content.steps for row in step.rows if row.question_id == question)


def test_a_correction_stands_beside_what_was_sent_first(journey):
    correct(journey, nom="Byron")
    correct(journey, Corrector.PHONE, nom="Byron-King")
    row = row_of(shown(journey), "nom")
    assert (row.answer, row.first) == ("Lovelace", "Envoyé en premier")
    assert [later.answer for later in row.later] == ["Byron", "Byron-King"]
    assert row.later[0].said.startswith("Corrigé sur ce site, le 21 novembre 2026 à ")
    assert row.later[1].said.startswith("Corrigé par téléphone, avec Guichet 1, le ")


def test_what_was_not_corrected_and_what_was_not_sent_stay_as_they_are(journey):
    before = shown(journey)
    CorrectionDraft.objects.create(
        submission=Submission.objects.get(), holder="citizen", questions=["nom"], answers={"nom": "Byron"},
        touched_at=timezone.now(),
    )  # fmt: skip
    assert shown(journey) == before
    assert find_draft(Submission.objects.get(), "citizen") is not None


def test_an_answer_that_is_emptied_says_so(journey):
    correct(journey, loyer=None)
    row = row_of(shown(journey), "loyer")
    assert row.state is RowState.ANSWERED
    assert [later.answer for later in row.later] == ["Pas de réponse"]


def test_a_hidden_answer_does_not_say_that_it_was_corrected(journey):
    before = shown(journey)
    correct(journey, numero="180037511612306", iban="FR1420041010050500013M02606")
    assert shown(journey) == before


def test_what_a_hidden_answer_takes_away_or_brings_up_is_not_told(journey):
    before = shown(journey)
    correct(journey, aide_maladie="non")
    assert shown(journey) == before
    correct(journey, aide_maladie="oui", medecin="Docteur Galien", soin="Marche")
    assert shown(journey) == before


def test_a_group_is_shown_whole_without_its_hidden_answers(journey):
    correct(journey, proches=[ADA, BLAISE, {"prenom": "Camille", "sante": "Toux"}])
    row = row_of(shown(journey), "proches")
    (later,) = row.later
    assert [entry.rows[0].answer for entry in later.entries] == ["Ada", "Blaise", "Camille"]
    assert {entry.rows[1].state for entry in later.entries} == {RowState.HIDDEN}
    assert "Toux" not in str(shown(journey))


def test_a_change_of_a_group_s_hidden_answer_alone_is_not_told(journey):
    before = shown(journey)
    correct(journey, proches=[{**ADA, "sante": "Bien"}, BLAISE])
    assert shown(journey) == before


def test_what_a_shown_answer_takes_away_and_brings_up_is_told(journey):
    names = ("aide_maladie", "medecin", "soin")
    correct(journey, aide_maladie="non")
    content = shown(journey, *names)
    assert [later.answer for later in row_of(content, "medecin").later] == ["Cette question ne se pose plus"]
    correct(journey, aide_maladie="oui", medecin="Docteur Galien", soin="Marche")
    content = shown(journey, *names)
    assert [later.answer for later in row_of(content, "soin").later] == ["Cette question ne se pose plus", "Marche"]


def test_a_question_that_only_a_correction_brought_up_stands_at_its_place(clock):
    made = make_filled_journey()
    StepAnswers.objects.filter(journey=made).update(complete=True)
    row = StepAnswers.objects.get(journey=made, step_id="vous")
    row.answers = {**row.answers, "aide_maladie": "non"}
    row.save()
    submit_journey(passage=load_passage(made), key=uuid.uuid4())
    correct(made, aide_maladie="oui", medecin="Docteur Galien", soin="Marche")
    content = shown(made, "nom", "aide_maladie", "medecin", "soin")
    assert [step.id for step in content.steps] == ["pour-qui", "vous", "soins", "foyer"]
    soin = row_of(content, "soin")
    assert (soin.state, soin.answer) == (RowState.BLANK, "Pas demandé au moment de l'envoi")
    assert [later.answer for later in soin.later] == ["Marche"]


def test_the_agent_sees_exactly_what_the_preview_shows(client, journey, appointment, agent, place):
    type(appointment).objects.filter(pk=appointment.pk).update(journey=journey)
    type(agent).objects.filter(pk=agent.pk).update(user=User.objects.create_user("guichet"))
    appointment.refresh_from_db()
    correct(journey, nom="Byron", proches=[ADA, {**BLAISE, "prenom": "Basile"}], iban=None)
    handover = agree(journey, place, NOW, appointment=appointment)
    opened = open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE)
    read = read_file(handover=opened.handover, agent=agent, now=MONDAY_NINE)
    assert isinstance(read, SharedFile)
    assert read.content == shown(journey)

    open_session(client, Submission.objects.get())
    preview = client.get(f"/d/{journey.pk}/partage/apercu?rendez-vous={appointment.pk}&quoi=tout")
    drawn = str(draw_content(read.content)).strip()
    assert section(preview.content.decode()).startswith(drawn)
    for words in ("Lovelace", "Byron", "Basile", "Envoyé en premier"):
        assert words in drawn
    assert not any(private in drawn for private in PRIVATE)
    line = HandoverAccess.objects.get(handover=handover, kind=AccessKind.READ)
    assert read_snapshot(line) == read.content
