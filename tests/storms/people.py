"""People who fill in a form over real HTTP and, like a browser's « essayer encore », send again what got no answer."""

import http.client
import http.cookies
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import lxml.html

PATIENCE_SECONDS = 60.0
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


class NoAnswer(Exception):
    """The server gave no answer for PATIENCE_SECONDS."""


@dataclass
class Answer:
    """What came back."""

    status: int
    location: str
    body: bytes


@dataclass
class Ledger:
    """What one journey was told is kept."""

    journey_id: str
    name: str
    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)
    sent: bool = False


@dataclass
class Browser:
    """One person's browser: cookies, and the same request again until it is answered."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=dict)
    unanswered: int = 0

    def ask(self, method: str, path: str, body: bytes = b"", content_type: str = "") -> Answer:
        """Return the answer to a request, asked again, unchanged, while connections break."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                return self._once(method, path, body, content_type)
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                time.sleep(0.05)
        raise NoAnswer(f"{method} {path}")

    def _once(self, method: str, path: str, body: bytes, content_type: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if content_type:
            headers["Content-Type"] = content_type
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            read = response.read()
        finally:
            connection.close()
        for header in response.headers.get_all("Set-Cookie", []):
            for name, morsel in http.cookies.SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        self.statuses[response.status] = self.statuses.get(response.status, 0) + 1
        return Answer(response.status, response.headers.get("Location", ""), read)

    def page(self, path: str) -> Any:
        """Return a page, redirects followed."""
        answer = self.ask("GET", path)
        while answer.status in {302, 303}:
            answer = self.ask("GET", answer.location.partition("#")[0])
        return lxml.html.fromstring(answer.body.decode())

    def send(self, path: str, values: dict[str, Any], *, file: bytes = b"") -> Answer:
        """POST a form, with a document where one is given."""
        from django.core.files.uploadedfile import SimpleUploadedFile
        from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

        uploads = {"piece-upload": SimpleUploadedFile("carte.pdf", file)} if file else {}
        return self.ask("POST", path, encode_multipart(BOUNDARY, {**values, **uploads}), MULTIPART_CONTENT)


def fields_of(form: Any) -> dict[str, list[str]]:
    """Return what a form would send as it stands."""
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent


def fill_one_form(browser: Browser, slug: str, number: int) -> Ledger:
    """Fill in a whole form, writing down what was acknowledged; raises AssertionError on an answer that is none."""
    introduction = browser.page(f"/demarches/{slug}/")
    start = next(form for form in introduction.forms if (form.get("action") or "").endswith("commencer"))
    location = browser.send(start.get("action"), fields_of(start)).location
    ledger = Ledger(location.split("/")[2], f"Personne {number} {uuid.uuid4().hex[:8]}")
    for step, typed, file in (
        ("pour-qui", {"filled_for_who": "self"}, b""),
        ("vous", {"nom": ledger.name, "naissance": "3/2/1948", "enfants": "non"}, b""),
        ("papiers", {"accord": "oui", "avis": f"avis de {ledger.name}"}, PDF + ledger.name.encode()),
    ):
        address = f"/d/{ledger.journey_id}/{step}/"
        shown = fields_of(browser.page(address).get_element_by_id("step-form"))
        answer = browser.send(address, {**shown, **typed, "action": "next"}, file=file)
        assert answer.status == 303, (step, answer.status, lxml.html.fromstring(answer.body).text_content()[:800])
        ledger.acknowledged[step] = typed
    check = f"/d/{ledger.journey_id}/verifier"
    form = next(form for form in browser.page(check).forms if "key" in form.fields)
    answer = browser.send(check, fields_of(form))
    assert (answer.status, answer.location) == (303, f"/d/{ledger.journey_id}/recu"), answer.status
    ledger.sent = True
    return ledger
