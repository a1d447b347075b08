"""« l'ensemble des ressources » → « toutes les ressources »: the gender comes from the noun."""

import re
from collections.abc import Iterator

from accessform.plain_language.drafting.edits import Proposal
from accessform.plain_language.drafting.reading import gender_of, number_of, read
from accessform.plain_language.wording import ReadingLevel

WHOLE = re.compile(
    r"\b(?P<all>[Ll]['’]ensemble|[Ll]a totalité|[Ll]['’]intégralité) "
    r"(?P<of>des|de (?:vos|ses|leurs|ces|nos|mes)) (?=[a-zà-ÿ])"
)


def proposals(text: str, level: ReadingLevel) -> Iterator[Proposal]:
    """Propose « tous » or « toutes » where the parse tells the noun's gender, at both levels."""
    for one in read(text):
        for found in WHOLE.finditer(one.sentence.text):
            noun = next((token for token in one.doc if token.idx >= found.end() and token.pos_ == "NOUN"), None)
            if noun is None or noun.idx > found.end() + 12 or number_of(noun) != "p":
                continue
            gender = gender_of(noun)
            if gender:
                word = "toutes" if gender == "f" else "tous"
                which = "les" if found.group("of") == "des" else found.group("of")[3:]
                made = f"{word} {which} "
                start = one.sentence.start
                yield Proposal(
                    "whole",
                    start + found.start(),
                    start + found.end(),
                    made[:1].upper() + made[1:] if found.group()[0] == "L" else made,
                )
