"""Answers about wording as lines that a designer reads in a terminal."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

LEVELS_OF_LANGUAGE = ("A1", "A2", "B1", "B2", "C1", "C2")
SEVERITIES = {"error": "erreur", "warning": "attention"}
VERDICTS = {
    "ACCEPTED": "Le sens est gardé.",
    "REFUSED": "Le sens n'est pas gardé.",
    "INCONCLUSIVE": "Le sens n'a pas pu être comparé en entier : relisez.",
}


def tell(verb: str, request: Mapping[str, Any], answered: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines that say `answered`, the answer to `request`."""
    yield from TOLD[verb](request, answered)


def _score(request: Mapping[str, Any], answered: Mapping[str, Any]) -> Iterator[str]:
    from accessform.plain_language.readability import score

    found = score(str(request["text"]))
    counted = f"{_counted(found.words, 'mot')}, {_counted(found.sentences, 'phrase')}"
    if found.level is None or found.flesch is None:
        yield f"{found.refusal} ({counted})"
        return
    yield f"Niveau {_number(found.level)} ({language_level(found.level)}), sur une échelle de 1 à 6"
    yield f"Flesch {_number(found.flesch)}, sur 100 ; plus haut est plus facile"
    yield counted
    yield from (f"  {cost.reason}" for cost in found.costs)


def _lint(request: Mapping[str, Any], answered: Mapping[str, Any]) -> Iterator[str]:
    for finding in answered["findings"]:
        place, severity = f"{finding['start']}-{finding['end']}", SEVERITIES[finding["severity"]]
        found = str(request["text"])[finding["start"] : finding["end"]]
        yield f"{place} {severity} [{finding['rule']}] « {' '.join(found.split())} »"
        yield f"  {finding['reason']} {finding['suggestion']}"
        yield f"  Source : {finding['source']}"
    if not answered["findings"]:
        yield "Rien à signaler."


def _draft(request: Mapping[str, Any], answered: Mapping[str, Any]) -> Iterator[str]:
    yield answered["text"]
    if answered["verdict"] is None:
        yield "(Aucune simplification sûre : le texte est inchangé.)"
    else:
        yield f"(Règles : {', '.join(dict.fromkeys(answered['rules']))}. À relire par une personne.)"


def _verify(request: Mapping[str, Any], answered: Mapping[str, Any]) -> Iterator[str]:
    yield VERDICTS[answered["verdict"]]
    yield from (f"  perdu : {fact['text']} [{fact['kind']}]" for fact in answered["lost"])
    yield from (f"  ajouté : {fact['text']} [{fact['kind']}]" for fact in answered["added"])
    yield from (f"  changé : {change['from']} → {change['to']} [{change['kind']}]" for change in answered["changed"])


TOLD: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Iterator[str]]] = {
    "score": _score,
    "lint": _lint,
    "draft": _draft,
    "verify": _verify,
}


def language_level(level: float) -> str:
    """Return the CEFR name nearest to `level` (1 to 6)."""
    return LEVELS_OF_LANGUAGE[min(max(round(level), 1), 6) - 1]


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
