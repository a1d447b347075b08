"""The one door: `normalise` a French text for a voice."""

import hashlib
from functools import cache

from accessform.plain_language.glossary import acronyms
from accessform.speech.normalising.codes import say_codes
from accessform.speech.normalising.dates import say_dates
from accessform.speech.normalising.lexicon import lexicon
from accessform.speech.normalising.quantities import say_quantities
from accessform.speech.normalising.signs import clean, say_gendered, say_signs, say_slashes
from accessform.speech.normalising.words import say_words

NORMALISER_VERSION = "2"


def normalise(text: str) -> str:
    """Return `text` as it is to be said: words and pauses only, no figure, tag, abbreviation or sign.

    The order matters: dates and phone numbers are read before the plain numbers they are made of.
    An empty result means that nothing can be said.
    """
    text = say_gendered(clean(text))
    text = say_codes(say_dates(text))
    text = say_words(text)
    text = say_quantities(text)
    return say_signs(say_slashes(text))


@cache
def rules_version() -> str:
    """Return what the result depends on besides the text: rules, the acronyms that the glossary has, and lexicon."""
    known = hashlib.sha256(" ".join(sorted(acronyms())).encode()).hexdigest()[:8]
    return f"{NORMALISER_VERSION}.{known}.{lexicon().version}"
