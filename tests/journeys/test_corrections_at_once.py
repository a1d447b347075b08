"""Two tabs of one correction: what is typed while the other sends begins a new one, or is sent with it."""

import threading
import time

import pytest
from django.db import transaction
from django.test import Client

from accessform.journeys.corrections.drafting import CITIZEN, Saved, choose_questions, find_draft, save_answer
from accessform.journeys.models import CorrectionDraft
from tests.handoff.test_sharing_at_once import at_once
from tests.journeys.corrections_made import make_sent

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_answer_typed_while_the_other_tab_sends_is_not_lost():
    submission = make_sent(Client())
    choose_questions(submission=submission, holder=CITIZEN, questions=["nom"], request=None)
    sending = threading.Barrier(2)

    def send() -> None:
        with transaction.atomic():
            draft = find_draft(submission, CITIZEN, locking=True)
            sending.wait(timeout=30)
            time.sleep(0.5)
            assert draft is not None
            draft.delete()

    def save() -> CorrectionDraft:
        sending.wait(timeout=30)
        saved = Saved("naissance", {"naissance": ["4 mars 1948"]}, "1948-03-04", accepted=True, revision=0)
        return save_answer(submission=submission, holder=CITIZEN, saved=saved)

    sent, kept = at_once(send, save)
    assert sent is None
    assert not isinstance(kept, Exception), kept
    assert CorrectionDraft.objects.get().answers == {"naissance": "1948-03-04"}
