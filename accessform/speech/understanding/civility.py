"""Madame or Monsieur."""

from accessform.speech.understanding.choices import between
from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.phrases import phrases, question, spans
from accessform.speech.understanding.ranks import ranks_of
from accessform.speech.understanding.transcript import bare, tokenise, without, words_of
from accessform.speech.understanding.understood import NO_MATCH, Understood, answered, asked

_SAID = {
    "mme": frozenset({"madame", "mme", "dame", "femme", "feminin", "mademoiselle", "mlle", "melle"}),
    "m": frozenset({"monsieur", "m", "mr", "homme", "masculin"}),
}
_HARMLESS = frozenset({
    "c", "est", "je", "suis", "un", "une", "mettez", "moi", "pour", "la", "le", "civilite", "ma", "plutot", "oui",
    "ce", "sera", "tout", "simplement", "de", "appelez", "dites", "ca",
})  # fmt: skip


def read_civility(heard: Heard) -> Understood:
    """Understand a civility; « mademoiselle » is Madame, a greeting and both of them ask."""
    words = words_of(without(tokenise(heard.transcript), phrases("around.hesitations")))
    said = {key for key in heard.choices if _SAID.get(key, frozenset()) & set(words)}
    if said:
        clear = len(said) == 1 and not (set(words) - _HARMLESS - _SAID[next(iter(said))])
        return answered(said.pop()) if clear else asked(question("civility.which"), choices=list(heard.choices))
    ranks = ranks_of(words_of(bare(heard.tokens)), len(heard.choices), bare_numbers=True)
    if ranks and len(ranks) == 1 and ranks[0] < len(heard.choices):
        return answered(list(heard.choices)[ranks[0]])
    refused = bool(spans(words, phrases("choices.none_chosen")))
    return between(list(heard.choices), heard.choices) if ranks or refused else NO_MATCH
