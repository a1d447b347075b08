"""Questions about wording as plain JSON objects, and their answers: what the command and a separate process speak."""

from collections.abc import Callable, Mapping
from typing import Any

from accessform.plain_language.wording import ReadingLevel

Request = Mapping[str, object]
Answer = dict[str, Any]


class BadRequest(ValueError):
    """A request that cannot be answered; the message says what is wrong with it, in French."""


def answer(verb: str, request: object) -> Answer:
    """Answer one request to `score`, `lint`, `draft` or `verify`; an `id` comes back as it was given.

    Raises BadRequest, or `parsing.ToolsMissing` where the answer needs tools that are not installed.
    """
    if not isinstance(request, Mapping):
        raise BadRequest("La demande n'est pas un objet JSON.")
    try:
        answered = ANSWERS[verb](request)
    except BadRequest:
        raise
    except ValueError as error:
        raise BadRequest(str(error)) from error
    return {"id": request["id"], **answered} if "id" in request else answered


def _score(request: Request) -> Answer:
    from accessform.plain_language.readability import score_texts

    texts = request.get("texts", [request.get("text")])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise BadRequest("Il manque « text », un texte, ou « texts », une liste de textes lus comme une page.")
    found = score_texts(texts)
    return {"level": found.level, "flesch": found.flesch, "words": found.words, "sentences": found.sentences}


def _lint(request: Request) -> Answer:
    from accessform.plain_language.linting import Role, lint

    try:
        role = Role(str(request.get("role", Role.HELP)))
    except ValueError as error:
        raise BadRequest(f"« role » vaut {', '.join(Role)}.") from error
    terms = request.get("terms", [])
    if not isinstance(terms, list):
        raise BadRequest("« terms » est une liste de mots déjà expliqués.")
    level = _level(request, *ReadingLevel)
    findings = lint(_text(request, "text"), role=role, level=level, known_terms=frozenset(map(str, terms)))
    return {
        "findings": [
            {
                "rule": finding.rule,
                "start": finding.start,
                "end": finding.end,
                "severity": str(finding.severity),
                "reason": finding.reason,
                "suggestion": finding.suggestion,
                "source": finding.source,
            }
            for finding in findings
        ]
    }


def _draft(request: Request) -> Answer:
    from accessform.plain_language.drafting import draft

    domain = request.get("domain")
    made = draft(
        _text(request, "text"),
        _level(request, ReadingLevel.PLAIN, ReadingLevel.EASY),
        domain=None if domain is None else str(domain),
    )
    verdict = None if made.verdict is None else str(made.verdict)
    return {"text": made.text, "verdict": verdict, "rules": [edit.rule for edit in made.edits]}


def _verify(request: Request) -> Answer:
    from accessform.plain_language.verification import verify

    found = verify(_text(request, "standard"), _text(request, "variant"))
    return {
        "verdict": str(found.verdict),
        "lost": [{"kind": fact.kind, "text": fact.text} for fact in found.lost],
        "added": [{"kind": fact.kind, "text": fact.text} for fact in found.added],
        "changed": [{"kind": change.kind, "from": change.before, "to": change.after} for change in found.changed],
    }


ANSWERS: dict[str, Callable[[Request], Answer]] = {"score": _score, "lint": _lint, "draft": _draft, "verify": _verify}


def _text(request: Request, name: str) -> str:
    value = request.get(name)
    if not isinstance(value, str):
        raise BadRequest(f"Il manque « {name} », un texte.")
    return value


def _level(request: Request, *levels: ReadingLevel) -> ReadingLevel:
    value = request.get("level", ReadingLevel.PLAIN)
    if value not in levels:
        raise BadRequest(f"« level » vaut {', '.join(levels)}.")
    return ReadingLevel(str(value))
