"""What is known of French words: lemma, part of speech, syllables, how common they are; an extract of Lexique 3.83."""

from accessform.plain_language.lexicon.entries import Entry, entries, is_known, lemma_frequency
from accessform.plain_language.lexicon.syllables import syllables

__all__ = ["Entry", "entries", "is_known", "lemma_frequency", "syllables"]
