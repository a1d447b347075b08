"""The one door: `understand` what was said in answer to a question of a type."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from accessform.answers.choices import CIVILITIES
from accessform.speech.readback import spoken_value
from accessform.speech.understanding import taking_back
from accessform.speech.understanding.addresses import read_address
from accessform.speech.understanding.addressing import read_addressed
from accessform.speech.understanding.amounts import read_number
from accessform.speech.understanding.choices import marker_in_labels, read_choice
from accessform.speech.understanding.civility import read_civility
from accessform.speech.understanding.codes import CODES, read_code
from accessform.speech.understanding.commands import begins_unknown, command_of, is_unknown
from accessform.speech.understanding.communes import read_commune
from accessform.speech.understanding.dates import read_date
from accessform.speech.understanding.emails import read_email
from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.moments import read_datetime
from accessform.speech.understanding.numerals import is_numeric
from accessform.speech.understanding.phrases import phrases, question, spans
from accessform.speech.understanding.polarity import polarity, read_yes_no
from accessform.speech.understanding.ranks import ranks_of
from accessform.speech.understanding.regions import read_country, read_department
from accessform.speech.understanding.repairs import split_at_repair, without_doubt
from accessform.speech.understanding.several_choices import read_choices
from accessform.speech.understanding.texts import read_text
from accessform.speech.understanding.transcript import Tokens, bare, composed, tokenise, words_of
from accessform.speech.understanding.understood import (
    NO_INPUT,
    NO_MATCH,
    UNKNOWN,
    Outcome,
    Understood,
    answered,
    asked,
)
from forms_catalog.definition import WITH_FILES, WITHOUT_ANSWER, Constraints, QuestionType

_T = QuestionType
Family = Callable[[Heard], Understood]
FAMILIES: dict[QuestionType, Family] = {
    _T.TEXT: read_text,
    _T.LONG_TEXT: read_text,
    _T.ADDRESS: read_address,
    _T.INTEGER: read_number,
    _T.DECIMAL: read_number,
    _T.MONEY: read_number,
    _T.DATE: read_date,
    _T.DATETIME: read_datetime,
    _T.YES_NO: read_yes_no,
    _T.CHECKBOX: read_yes_no,
    _T.SINGLE_CHOICE: read_choice,
    _T.MULTIPLE_CHOICE: read_choices,
    _T.CIVILITY: read_civility,
    _T.EMAIL: read_email,
    _T.PHONE: read_code,
    _T.POSTAL_CODE: read_code,
    _T.SIRET: read_code,
    _T.NIR: read_code,
    _T.IBAN: read_code,
    _T.COMMUNE: read_commune,
    _T.DEPARTMENT: read_department,
    _T.COUNTRY: read_country,
}
NOT_SPOKEN = WITH_FILES | WITHOUT_ANSWER | {_T.GROUP}
AS_SAID = frozenset({_T.TEXT, _T.LONG_TEXT, _T.ADDRESS})
"""Types whose answer is the words themselves: a doubt or a retraction in them is theirs."""
OF_CHOICES = frozenset({_T.SINGLE_CHOICE, _T.MULTIPLE_CHOICE, _T.CIVILITY})
OF_POLARITY = frozenset({_T.YES_NO, _T.CHECKBOX})
NUMERIC = frozenset({_T.INTEGER, _T.DECIMAL, _T.MONEY})
OF_FIGURES = frozenset(CODES)
OF_DATES = frozenset({_T.DATE, _T.DATETIME})

MOST_WORDS = 80
"""Words of the longest answer to a closed question that is looked into; an IBAN told figure by figure has thirty."""


def understand(
    type: QuestionType | str,
    transcript: str,
    *,
    choices: Mapping[str, str] | None = None,
    today: dt.date | None = None,
    constraints: Constraints | None = None,
    pending: Mapping[str, Any] | None = None,
) -> Understood:
    """Return what `transcript` answers to a question of this type; a value only where nothing else is meant.

    `choices` are key → label; without `today` no day is told from today; `pending` is the previous ask as it was given
    (`Understood.as_json()`), or what it kept. Raises ValueError where `type` is no type of the catalogue.
    """
    kind = QuestionType(type)
    tokens = tokenise(transcript)
    if not tokens:
        return NO_INPUT
    if len(tokens) > MOST_WORDS and kind not in AS_SAID:
        return NO_MATCH
    heard = Heard(
        kind, composed(transcript), tokens, _labels(kind, choices), constraints or Constraints(), today, _kept(pending)
    )
    if kind in OF_CHOICES:
        found = _closed(heard)
        if found.outcome is Outcome.NO_MATCH:
            found = read_addressed(heard)
        if found.outcome is Outcome.VALUE or (found.outcome is Outcome.ASK and not _is_about_dialogue(tokens)):
            return found
    if command := command_of(tokens):
        return Understood(Outcome.COMMAND, command=command)
    if is_unknown(tokens):
        return UNKNOWN
    if kind in NOT_SPOKEN:
        return NO_MATCH
    found = FAMILIES[kind](heard) if kind in AS_SAID else _closed(heard)
    return UNKNOWN if begins_unknown(tokens) and kind not in AS_SAID and _says_nothing_else(found, tokens) else found


def _says_nothing_else(found: Understood, tokens: Tokens) -> bool:
    """Tell whether what follows « je ne me souviens plus… » holds no answer."""
    if found.outcome is Outcome.NO_MATCH:
        return True
    offers = bool(found.pending) and "candidate" in (found.pending or {})
    return found.outcome is Outcome.ASK and not offers and not any(is_numeric(token) for token in tokens)


def _labels(kind: QuestionType, choices: Mapping[str, str] | None) -> Mapping[str, str]:
    if kind is QuestionType.CIVILITY and not choices:
        return dict(zip(CIVILITIES, ("Madame", "Monsieur"), strict=True))
    return choices or {}


def _kept(pending: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return what the previous ask kept, given whole or alone."""
    inner = (pending or {}).get("pending", None if "outcome" in (pending or {}) else pending)
    return inner if isinstance(inner, Mapping) else {}


def _is_about_dialogue(tokens: Tokens) -> bool:
    """Tell whether the utterance is a command or « je ne sais pas » that no label answers to."""
    return command_of(tokens) is not None or is_unknown(tokens)


def _closed(heard: Heard) -> Understood:
    """Understand an answer that is one of a closed kind: doubt makes it asked, what is taken back does not count."""
    tokens = bare(heard.tokens)
    if not tokens and heard.type not in OF_POLARITY | {_T.CIVILITY}:
        return NO_MATCH
    if reply := _to_candidate(heard, tokens):
        return reply
    if heard.type in OF_POLARITY or heard.type is QuestionType.CIVILITY or heard.type is QuestionType.EMAIL:
        return _plain_or_repaired_email(replace(heard, tokens=tokens))
    sure, doubtful = _without_doubt(heard, tokens)
    found = _repaired(replace(heard, tokens=_without_no(heard, sure)))
    if doubtful and found.outcome is Outcome.VALUE:
        return _confirm(heard, found)
    return found


def _plain_or_repaired_email(heard: Heard) -> Understood:
    """Understand what has its own way with doubt; an address taken back is asked whole."""
    if heard.type is QuestionType.EMAIL and spans(heard.words, phrases("text.retractions")):
        return asked(question("email.again"))
    return FAMILIES[heard.type](heard)


def _without_doubt(heard: Heard, tokens: Tokens) -> tuple[Tokens, bool]:
    labels = [word for label in heard.choices.values() for word in words_of(tokenise(label))]
    if heard.type in OF_CHOICES and spans(labels, phrases("doubt.hedges")):
        return tokens, False
    own = ["doubt.of_dates"] if heard.type in OF_DATES else ["doubt.of_numbers"] if heard.type in NUMERIC else []
    sure, doubtful = without_doubt(tokens, *own)
    return (bare(sure), doubtful) if sure else (tokens, False)


def _without_no(heard: Heard, tokens: Tokens) -> Tokens:
    """Drop the « non » that answers the question asked before: « non, deux mille »."""
    opens = len(tokens) > 1 and tokens[0].word == "non" and heard.type not in OF_CHOICES
    return bare(tokens[1:]) if opens else tokens


def _to_candidate(heard: Heard, tokens: Tokens) -> Understood | None:
    """Return the answer to « Est-ce bien … ? », None where no such question was asked or another answer comes."""
    if chosen := _by_rank(heard, tokens):
        return chosen
    if "candidate" not in heard.pending or heard.type in OF_POLARITY:
        return None
    said = polarity(words_of(tokens)) if tokens else None
    if said is True:
        return answered(heard.pending["candidate"])
    only_no = said is False and all(
        word in {"non", "pas", "du", "tout", "c", "est", "ca", "nan"} for word in words_of(tokens)
    )
    return asked(question("any.not_kept")) if only_no else None


def _by_rank(heard: Heard, tokens: Tokens) -> Understood | None:
    """Return « la deuxième » of the places that the question before listed."""
    listed = heard.pending.get("candidates")
    if not isinstance(listed, list) or not tokens:
        return None
    ranks = ranks_of(words_of(tokens), len(listed), bare_numbers=False)
    return answered(str(listed[ranks[0]])) if ranks and len(ranks) == 1 and ranks[0] < len(listed) else None


def _confirm(heard: Heard, found: Understood) -> Understood:
    """Return the question whether a doubtful answer is exact."""
    assert found.value is not None  # noqa: S101 - an outcome VALUE carries one
    name = "any.confirm_exact" if heard.type in NUMERIC else "any.confirm"
    return asked(question(name, value=spoken_value(heard.type, found.value, heard.choices)), candidate=found.value)


def _is_idle(kind: QuestionType, before: Tokens) -> bool:
    """Tell whether nothing before could be taken back: no figure, where the answer is made of them."""
    return kind in NUMERIC | OF_FIGURES and not any(is_numeric(token) for token in before)


def _repaired(heard: Heard) -> Understood:
    """Understand what is left once what was taken back is set aside."""
    family = FAMILIES[heard.type]
    is_choice = heard.type in OF_CHOICES
    parts = None if is_choice and marker_in_labels(heard.choices) else split_at_repair(heard.tokens, weak=not is_choice)
    if parts is None:
        return family(heard)
    before, after = parts
    if not after:
        return asked(question("any.repaired")) if before else NO_MATCH
    corrected = family(replace(heard, tokens=after))
    if not before or corrected.outcome is Outcome.VALUE or _is_idle(heard.type, before):
        return corrected
    return taking_back.corrected_part(heard, before, after, family) or asked(question("any.repaired"))
