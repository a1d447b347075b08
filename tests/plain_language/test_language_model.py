"""The optional model: a fake one that behaves, and that misbehaves in every way, on this machine only."""

import ast
import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from accessform.plain_language.drafting import draft
from accessform.plain_language.language_model import BadSettings, ModelSettings, draft_with_model
from accessform.plain_language.language_model.client import LARGEST_ANSWER
from accessform.plain_language.verification import Verdict
from accessform.plain_language.wording import ReadingLevel
from tests.plain_language.fake_model import KEY, Answer, FakeModel, answers, chat, running_model

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PLAIN = ReadingLevel.PLAIN
TEXT = "La personne qui souhaite partir doit en informer le gardien trois mois avant son départ."
GOOD = "La personne souhaite partir ? Elle doit en informer le gardien 3 mois avant son départ."


@pytest.fixture
def model() -> Iterator[FakeModel]:
    with running_model() as server:
        yield server


def conversation(asked: dict[str, object]) -> list[dict[str, str]]:
    messages = asked["messages"]
    assert isinstance(messages, list)
    return messages


def test_a_faithful_proposal_is_taken_and_recorded(model: FakeModel) -> None:
    model.answer = answers(chat("La personne doit danser.", GOOD, TEXT))
    made = draft_with_model(TEXT, PLAIN, model.settings())
    assert (made.text, made.verdict) == (GOOD, Verdict.ACCEPTED)
    assert made.model is not None
    assert (made.model.name, len(made.model.prompt_sha256)) == ("essai", 64)
    assert "verify" in made.model.checks
    assert KEY not in repr(made)


def test_what_is_protected_never_leaves(model: FakeModel) -> None:
    text = "Afin de recevoir le RSA, écrivez à Mme Durand avant le 1er mars 2025 au sujet de {dossier}."
    draft_with_model(text, PLAIN, model.settings())
    sent = conversation(model.asked[0])[-1]["content"]
    assert "⟦1⟧" in sent
    assert not any(atom in sent for atom in ("RSA", "Durand", "2025", "{dossier}"))


def test_masks_come_back_as_what_they_hid(model: FakeModel) -> None:
    text = "Afin de pouvoir obtenir le RSA, vous devez impérativement envoyer votre dossier avant le 1er mars 2025."

    def rewrite(handler: BaseHTTPRequestHandler, asked: dict[str, object]) -> None:
        masked = conversation(asked)[-1]["content"]
        proposed = masked.replace("Afin de pouvoir obtenir", "Pour avoir").replace(" impérativement", "")
        answers(chat(proposed, proposed, proposed))(handler, asked)

    model.answer = rewrite
    made = draft_with_model(text, PLAIN, model.settings())
    assert "le RSA" in made.text
    assert "1er mars 2025" in made.text
    assert "⟦" not in made.text


def test_the_key_and_the_model_are_sent_where_they_belong(model: FakeModel) -> None:
    draft_with_model(TEXT, PLAIN, model.settings())
    assert model.headers_seen[0]["Authorization"] == f"Bearer {KEY}"
    assert model.headers_seen[0]["path"] == "/v1/chat/completions"
    assert model.asked[0]["model"] == "essai"
    assert KEY not in json.dumps(model.asked)


DROPPED = "La personne doit en informer le gardien avant son départ."
BAD_PROPOSALS = {
    "drops an atom": lambda masked: masked.replace("⟦1⟧", ""),
    "doubles an atom": lambda masked: masked + " ⟦1⟧",
    "makes up an atom": lambda masked: masked + " ⟦99⟧",
    "breaks a mask": lambda masked: masked.replace("⟧", ""),
    "adds an obligation": lambda masked: masked + " Vous devez aussi payer une amende.",
    "adds a preamble": lambda masked: "Voici le texte réécrit : " + masked,
    "adds formatting": lambda masked: f"```{masked}```",
    "adds a page": lambda masked: masked + " Et encore." * 100,
    "changes nothing": lambda masked: masked,
    "says the contrary": lambda masked: masked.replace("doit", "ne doit pas"),
    "answers in HTML": lambda masked: f"<p>{masked}</p>",
    "answers blank": lambda masked: " ",
}
WITH_ATOM = "La personne qui souhaite partir doit en informer le gardien avant le 31 mars 2025 par courrier."


@pytest.mark.parametrize("spoil", BAD_PROPOSALS.values(), ids=BAD_PROPOSALS)
def test_a_proposal_that_misbehaves_is_never_offered(model: FakeModel, spoil: Callable[[str], str]) -> None:
    def answer(handler: BaseHTTPRequestHandler, asked: dict[str, object]) -> None:
        spoiled = spoil(conversation(asked)[1]["content"])
        answers(chat(spoiled, spoiled, spoiled))(handler, asked)

    model.answer = answer
    made = draft_with_model(WITH_ATOM, PLAIN, model.settings())
    rules = draft(WITH_ATOM, PLAIN)
    assert (made.text, made.verdict, made.edits, made.model) == (rules.text, rules.verdict, rules.edits, None)
    assert made.left[: len(rules.left)] == rules.left
    assert len(made.left) == len(rules.left) + 1


def test_it_is_told_what_was_lost_and_repairs(model: FakeModel) -> None:
    def answer(handler: BaseHTTPRequestHandler, asked: dict[str, object]) -> None:
        proposed = GOOD if len(conversation(asked)) > 2 else DROPPED
        answers(chat(proposed, proposed, proposed))(handler, asked)

    model.answer = answer
    made = draft_with_model(TEXT, PLAIN, model.settings())
    assert made.text == GOOD
    told = conversation(model.asked[1])
    assert (told[2]["role"], told[2]["content"]) == ("assistant", DROPPED)
    assert "Fait perdu" in told[3]["content"] or "mois" in told[3]["content"]


def test_two_repairs_at_most(model: FakeModel) -> None:
    model.answer = answers(chat(DROPPED, DROPPED, DROPPED))
    draft_with_model(TEXT, PLAIN, model.settings())
    assert len(model.asked) == 3


def test_an_address_that_gives_one_proposal_at_a_time_is_asked_for_three(model: FakeModel) -> None:
    model.answer = answers(chat(GOOD))
    assert draft_with_model(TEXT, PLAIN, model.settings()).text == GOOD
    assert len(model.asked) == 3


def hang(handler: BaseHTTPRequestHandler, asked: dict[str, object]) -> None:
    time.sleep(2)


def drip(handler: BaseHTTPRequestHandler, asked: dict[str, object]) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(20):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def drip_headers(handler: BaseHTTPRequestHandler, asked: dict[str, object]) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    for number in range(20):
        handler.wfile.write(f"X-{number}: x\r\n".encode())
        handler.wfile.flush()
        time.sleep(0.1)


def hang_up(handler: BaseHTTPRequestHandler, asked: dict[str, object]) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')


def no_http(handler: BaseHTTPRequestHandler, asked: dict[str, object]) -> None:
    handler.wfile.write(b"\x00\x01 junk\r\n\r\n")


def endless(handler: BaseHTTPRequestHandler, asked: dict[str, object]) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(LARGEST_ANSWER // 1024 + 10):
        handler.wfile.write(b"x" * 1024)


BROKEN = {
    "hangs": hang,
    "drips its body": drip,
    "drips its headers": drip_headers,
    "hangs up midway": hang_up,
    "speaks no HTTP": no_http,
    "never ends": endless,
    "error 500": answers(b"{}", 500),
    "too many requests": answers(b"{}", 429),
    "not authorised": answers(KEY.encode(), 401),
    "redirects": answers(b"", 302, Location="http://127.0.0.1:9/"),
    "HTML": answers(b"<html><body>Bonjour</body></html>"),
    "invalid JSON": answers(b'{"choices": ['),
    "JSON of another shape": answers(b'{"choices": [{"message": null}]}'),
    "a list": answers(b"[]"),
    "no proposal": answers(b'{"choices": []}'),
    "not UTF-8": answers(b"\xff\xfe\xff"),
    "nested for ever": answers(b"[" * 100_000),
    "a number for a text": answers(b'{"choices": [{"message": {"content": 3}}]}'),
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_whatever_goes_wrong_the_rules_draft_comes_back(
    model: FakeModel, answer: Answer, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    model.answer = answer
    began = time.monotonic()
    made = draft_with_model(TEXT, PLAIN, model.settings(timeout=0.5))
    assert time.monotonic() - began < 5
    rules = draft(TEXT, PLAIN)
    assert (made.text, made.verdict, made.edits, made.model) == (rules.text, rules.verdict, rules.edits, None)
    assert "modèle" in made.left[-1]
    shown = repr(made) + caplog.text + "".join(capfd.readouterr())
    assert KEY not in shown


def test_nobody_there() -> None:
    made = draft_with_model(TEXT, PLAIN, ModelSettings("http://127.0.0.1:9/v1", "essai", KEY, 1.0))
    assert made.text == draft(TEXT, PLAIN).text
    assert made.left[-1] == "La connexion au modèle a échoué."


def test_a_proxy_of_the_environment_is_not_used(model: FakeModel, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    model.answer = answers(chat(GOOD, GOOD, GOOD))
    assert draft_with_model(TEXT, PLAIN, model.settings()).text == GOOD


def test_without_settings_the_rules_draft() -> None:
    assert draft_with_model(TEXT, PLAIN, None) == draft(TEXT, PLAIN)
    assert ModelSettings.from_environment({}) is None


def test_the_official_text_is_never_sent(model: FakeModel) -> None:
    draft_with_model(TEXT, ReadingLevel.STANDARD, model.settings())
    draft_with_model("", PLAIN, model.settings())
    draft_with_model("Afin de signer. " * 1_000, PLAIN, model.settings())
    assert model.asked == []


def test_settings_come_from_the_environment() -> None:
    settings = ModelSettings.from_environment(
        {
            "ACCESSFORM_WORDING_MODEL_URL": "https://modele.exemple.fr/v1/",
            "ACCESSFORM_WORDING_MODEL_MODEL": "petit",
            "ACCESSFORM_WORDING_MODEL_KEY": KEY,
            "ACCESSFORM_WORDING_MODEL_TIMEOUT": "12",
        }
    )
    assert settings == ModelSettings("https://modele.exemple.fr/v1/", "petit", KEY, 12.0)
    assert settings is not None
    assert settings.endpoint == "https://modele.exemple.fr/v1/chat/completions"
    assert KEY not in repr(settings)


@pytest.mark.parametrize(
    "url",
    [
        "http://modele.exemple.fr/v1",
        "http://127.0.0.1.exemple.fr/v1",
        "ftp://127.0.0.1/v1",
        "https://",
        "modele",
        "https://nom:passe@modele.exemple.fr/v1",
        "https://modele.exemple.fr/v1?clef=1",
        "https://modele.exemple.fr:port/v1",
        "https://modele.exemple.fr/v1\nHost: autre",
        "https://[::1/v1",
    ],
)
def test_an_address_that_is_not_safe_is_refused(url: str) -> None:
    with pytest.raises(BadSettings):
        ModelSettings(url, "essai", KEY)


@pytest.mark.parametrize("timeout", ["0", "-1", "abc", "nan", "inf", "3600"])
def test_a_time_that_makes_no_sense_is_refused(timeout: str) -> None:
    with pytest.raises(BadSettings):
        ModelSettings.from_environment(
            {
                "ACCESSFORM_WORDING_MODEL_URL": "https://modele.exemple.fr/v1",
                "ACCESSFORM_WORDING_MODEL_MODEL": "petit",
                "ACCESSFORM_WORDING_MODEL_TIMEOUT": timeout,
            }
        )


@pytest.mark.parametrize(("model", "key"), [("", KEY), ("petit", "clef\r\nX: y"), ("petit", "clé")])
def test_a_name_or_a_key_that_cannot_be_sent_is_refused(model: str, key: str) -> None:
    with pytest.raises(BadSettings) as refused:
        ModelSettings("https://modele.exemple.fr/v1", model, key)
    assert not key or key not in str(refused.value)


def test_only_writing_time_knows_the_model() -> None:
    """No room that holds answers imports it: what a person typed cannot reach it."""
    wrong = []
    for path in (ROOT / "accessform").rglob("*.py"):
        if "plain_language" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            wrong += [str(path) for name in names if "language_model" in name]
    assert wrong == []
