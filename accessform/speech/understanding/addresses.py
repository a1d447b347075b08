"""Postal addresses as one line: the street, the postal code and the town; what misses is asked."""

import re

from accessform.answers.places import commune_key, communes
from accessform.speech.understanding.figures import cuts
from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.numerals import is_numeric, readings
from accessform.speech.understanding.phrases import phrases, question, spans
from accessform.speech.understanding.texts import LONGEST_NAME, checked, lead_of, without_hesitations
from accessform.speech.understanding.transcript import Token, Tokens, composed, tokenise, words_of
from accessform.speech.understanding.understood import NO_MATCH, Understood, asked

_AFTER_NUMBER = frozenset({"bis", "ter", "quater"})
_STREET = frozenset({
    "rue", "avenue", "boulevard", "place", "impasse", "allee", "allees", "chemin", "route", "quai", "cours",
    "square", "passage", "residence", "lotissement", "hameau", "lieu", "cite", "sentier", "faubourg", "villa",
    "esplanade", "ruelle", "rond", "bd", "av", "chaussee", "montee", "voie", "clos", "domaine", "promenade",
    "venelle", "cour",
})  # fmt: skip
_POSTAL = 5
_CODE_IN_LINE = re.compile(r"(?<!\d)\d{2} ?\d{3}(?!\d)")


def read_address(heard: Heard) -> Understood:
    """Understand an address as one line, alone or with what the previous question kept."""
    tokens = tokenise(without_hesitations(heard.transcript))
    if not tokens:
        return NO_MATCH
    if spans(words_of(tokens), phrases("unknown.phrases")):
        return asked(question("any.again"))
    line = _line_of(heard.transcript)
    street, place = heard.pending.get("street"), heard.pending.get("place")
    if _missing(line) and isinstance(street, str):
        line = _line_of(f"{street}, {line}")
    elif _missing(line) and isinstance(place, str):
        line = _line_of(f"{line}, {place}")
    missing = _missing(line)
    if missing:
        return asked(question(f"address.{missing}"), **{"place" if missing == "street" else "street": line})
    return checked(heard, line)


def _line_of(transcript: str) -> str:
    """Return the line without what introduces it, its number and its postal code in figures."""
    text = composed(without_hesitations(transcript))
    tokens = tokenise(text)
    body = tokens[lead_of(tokens, "text.introductions_of_addresses") :] or tokens
    changes = [*_street_number(body), *_postal_code(body)] if len(body) <= LONGEST_NAME else []
    line, last = "", body[0].start
    for start, end, figures in changes:
        line += text[last : body[start].start] + figures
        last = body[end - 1].end
    return line + text[last : body[-1].end]


def _missing(line: str) -> str:
    """Return what an envelope lacks: "place" (postal code and town), "street", "town", or "" where it is whole."""
    found = _CODE_IN_LINE.search(line)
    if found is None:
        return "place"
    before, after = line[: found.start()], line[found.end() :]
    if not any(map(str.isalpha, before)):
        return "street"
    return "" if any(map(str.isalpha, after)) or _ends_with_town(before, found.group()) else "town"


def _ends_with_town(text: str, code: str) -> bool:
    """Tell whether the words before the postal code end with a town that has it."""
    words = words_of(tokenise(text))
    ends = (commune_key(" ".join(words[place:]) + " ") for place in range(1, len(words)))
    return any(code.replace(" ", "") in commune[2] for end in ends for commune in communes().get(end, ()))


def _street_number(tokens: Tokens) -> list[tuple[int, int, str]]:
    """Return the number that opens an address, where a street's kind follows it."""
    found = [
        (0, end, str(value))
        for value, end in readings(tokens, 0)
        if end < len(tokens)
        and (tokens[end].word in _STREET or tokens[end].word in _AFTER_NUMBER)
        and not tokens[0].is_figure
    ]
    return found[-1:]


def _postal_code(tokens: Tokens) -> list[tuple[int, int, str]]:
    """Return the postal code in words that stands last but for the town; the town that has it tells where it begins."""
    found = []
    for start in range(1, len(tokens)):
        for end in range(start + 1, len(tokens) + 1):
            if not _is_run(tokens, start, end):
                continue
            codes = [cut for cut in cuts(tokens[start:end], _POSTAL) if len(cut.text) == _POSTAL]
            town = commune_key(" ".join(words_of(tokens[end:])) + " ") if end < len(tokens) else ""
            found += [
                (start, end, cut.text)
                for cut in codes
                if any(cut.text in commune[2] for commune in communes().get(town, ()))
            ]
    return found if len({text for _, _, text in found}) == 1 and len(found) == 1 else []


def _is_run(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether these tokens are numbers in words, and the neighbours are none."""
    inside: list[Token] = list(tokens[start:end])
    if all(token.is_figure for token in inside):
        return False
    if not all(is_numeric(token) or token.word == "et" for token in inside):
        return False
    return not (end < len(tokens) and is_numeric(tokens[end]))
