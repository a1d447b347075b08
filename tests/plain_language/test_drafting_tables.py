"""Every entry of the tables of drafting does what its own example says, and none does what was ruled out."""

from collections import Counter

import pytest

from accessform.plain_language.drafting import phrases, substitutions
from accessform.plain_language.drafting.phrases import Phrase
from accessform.plain_language.drafting.substitutions import Pair
from accessform.plain_language.wording import ReadingLevel

pytestmark = pytest.mark.slow

RULED_OUT = [
    "Vous résidez à Lyon.",
    "La caisse verse l'aide.",
    "La mairie délivre la carte.",
    "L'aide est versée à hauteur de 300 €.",
    "Une personne vous aide lors de la visite.",
]
ENTRIES = {phrase.id: phrase for phrase in phrases.phrases()}


def _level(phrase: Phrase) -> ReadingLevel:
    return ReadingLevel.PLAIN if "plain" in phrase.levels else ReadingLevel.EASY


@pytest.mark.parametrize("phrase", ENTRIES.values(), ids=lambda phrase: phrase.id)
def test_a_phrase_does_what_its_examples_say(phrase: Phrase) -> None:
    for before, after in phrase.examples:
        made = [one.applied(before) for one in phrases.proposals(before, _level(phrase)) if one.rule == phrase.id]
        assert after in made


@pytest.mark.parametrize("pair", substitutions.pairs(), ids=lambda pair: pair.id)
def test_a_lemma_does_what_its_example_says(pair: Pair) -> None:
    before, after = pair.example
    proposals = substitutions.proposals(before, ReadingLevel.PLAIN)
    assert after in [one.applied(before) for one in proposals if one.rule == pair.id]


def test_the_tables_are_as_large_as_was_asked_and_name_each_entry_once() -> None:
    assert len(ENTRIES) >= 250
    assert len(substitutions.pairs()) >= 120
    names = Counter(pair.id for pair in substitutions.pairs())
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("text", RULED_OUT)
def test_words_whose_sense_would_change_are_never_replaced(text: str) -> None:
    found = [*phrases.proposals(text, ReadingLevel.EASY), *substitutions.proposals(text, ReadingLevel.EASY)]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "Vous n'êtes pas tenu de répondre.",
        "Nul n'est tenu de répondre.",
        "Vous n'avez pas l'obligation de répondre.",
        "L'héritier ne peut être obligé de prendre parti.",
        "L'aide n'est pas susceptible d'être refusée.",
        "L'indemnité est supérieure au minimum légal.",
        "La caisse verse l'aide à l'aide à domicile.",
    ],
)
def test_a_denied_or_different_sense_is_left(text: str) -> None:
    kept = ("etre-tenu-de", "avoir-l-obligation-de", "etre-susceptible-de", "au-minimum", "a-l-aide-de")
    assert [one.rule for one in phrases.proposals(text, ReadingLevel.PLAIN) if one.rule in kept] == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Payez préalablement aux travaux.", "Payez avant les travaux."),
        ("Vous n'êtes pas en mesure d'écrire.", "Vous ne pouvez pas écrire."),
        ("Afin de ne pas perdre vos droits, signez.", "Pour ne pas perdre vos droits, signez."),
        ("Signez afin de l'obtenir.", "Signez pour l'obtenir."),
        ("Écrivez afin de lire et de signer.", "Écrivez pour lire et signer."),
        ("Afin d'être aidé, écrivez.", "Pour être aidé, écrivez."),
        ("Écrivez au sein de l'école.", "Écrivez dans l'école."),
        ("Ils étaient tenus de répondre.", "Ils devaient répondre."),
        ("Il ne s'acquitte pas de la taxe.", "Il ne paie pas la taxe."),
    ],
)
def test_articles_elisions_and_forms_follow(before: str, after: str) -> None:
    assert after in [one.applied(before) for one in phrases.proposals(before, ReadingLevel.PLAIN)]
