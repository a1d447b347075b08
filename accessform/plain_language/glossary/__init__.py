"""Words of French administration explained, and acronyms spelt out; found in any text without a parser.

The entries are data: data/fr/glossary/terms/<domain>.yaml and data/fr/glossary/acronyms/<domain>.yaml.
"""

from accessform.plain_language.glossary.acronyms import Acronym, AcronymFound, acronyms, find_acronyms, meaning_of
from accessform.plain_language.glossary.explaining import WordExplained, is_explained, words_explained
from accessform.plain_language.glossary.finding import TermFound, find_terms
from accessform.plain_language.glossary.terms import Term, own_term, terms

__all__ = [
    "Acronym",
    "AcronymFound",
    "Term",
    "TermFound",
    "WordExplained",
    "acronyms",
    "find_acronyms",
    "find_terms",
    "is_explained",
    "meaning_of",
    "own_term",
    "terms",
    "words_explained",
]
