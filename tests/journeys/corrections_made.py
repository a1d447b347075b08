"""A sent form and its person, for the tests of corrections."""

import uuid
from typing import Any

import lxml.html
from django.test import Client
from django.urls import reverse

from accessform.journeys.access import SESSION_KEY
from accessform.journeys.corrections.requests import Asked, ask
from accessform.journeys.models import CorrectionRequest, Submission
from tests.journeys.submissions import ANSWERS, make_submission

NORTH = {**ANSWERS, "vous": {**ANSWERS["vous"], "zone": "nord", "rue_nord": "Rue Haute"}}


def open_session(client: Client, submission: Submission) -> None:
    session = client.session
    session[SESSION_KEY] = [str(submission.journey_id)]
    session.save()


def make_sent(client: Client, **changes: Any) -> Submission:
    """Return a submission whose journey this session may open."""
    sent = make_submission(**changes)
    open_session(client, sent)
    return sent


def ask_for(submission: Submission, *questions: str, kind: str = "correction", **more: Any) -> CorrectionRequest:
    words = "Le nom n'est pas celui de votre carte.\nPouvez-vous vérifier ?"
    asked = Asked(kind, questions, more.pop("words", words), "Service du Sud", **more)
    return ask(submission=submission, asked=asked, key=uuid.uuid4())


class Corrected:
    """A citizen without JavaScript who corrects: reads the page's own form, presses its first button."""

    def __init__(self, client: Client, submission: Submission) -> None:
        self.client, self.submission = client, submission
        self.home = reverse("correct", args=[submission.journey_id])
        self.response: Any = None
        self.page: Any = None

    def get(self, address: str) -> "Corrected":
        self.response = self.client.get(address, follow=True)
        return self._read()

    def choose(self, *questions: str, **more: Any) -> "Corrected":
        self.response = self.client.post(self.home, {"question": list(questions), **more}, follow=True)
        return self._read()

    def type(self, action: str = "next", **typed: Any) -> "Corrected":
        form = self.page.get_element_by_id("step-form")
        values: dict[str, Any] = {}
        for name, value in form.form_values():
            values.setdefault(name, []).append(value)
        values |= {name.replace("__", "-"): value for name, value in typed.items()}
        self.response = self.client.post(form.get("action"), {**values, "action": action}, follow=True)
        return self._read()

    def sending(self) -> dict[str, str]:
        """Return what the check's button would send."""
        (form,) = self.page.xpath('//form[.//input[@name="base"]]')
        return {name: value for name, value in form.form_values() if name in {"key", "base"}}

    def send(self, values: dict[str, str] | None = None) -> "Corrected":
        self.response = self.client.post(f"{self.home}/verifier", values or self.sending(), follow=True)
        return self._read()

    def _read(self) -> "Corrected":
        self.page = lxml.html.fromstring(self.response.content.decode())
        return self

    @property
    def path(self) -> str:
        return self.response.request["PATH_INFO"]

    @property
    def text(self) -> str:
        return " ".join(self.page.text_content().split())
