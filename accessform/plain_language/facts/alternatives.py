"""And, or: two things linked by the one may not be linked by the other."""

from accessform.plain_language.facts.differences import Change, Differences
from accessform.plain_language.facts.negation import negated_tokens
from accessform.plain_language.facts.reading import Line, Reading, carries_content

KIND = "alternative"
REACH = 4
LINKS = {"et": "and", "ou": "or", "soit": "or"}


def compare_alternatives(standard: Reading, variant: Reading) -> Differences:
    """Compare what each text links by « et » and by « ou »."""
    found = Differences()
    before, after = _linked(standard), _linked(variant)
    for pair, (links, words) in before.items():
        others, rewords = after.get(pair, (set(), ""))
        if others and links.isdisjoint(others) and not _one_of_many(words, rewords):
            found.changed.append(Change(KIND, words, rewords))
            break
    return found


def _one_of_many(words: str, rewords: str) -> bool:
    """Tell whether « les étudiants et les apprentis » became one of them: « vous êtes étudiant ou apprenti »."""
    bare_pair = len(words.split()) == len(("père", "et", "mère"))
    if bare_pair and {"un", "une"} & set(rewords.lower().split()):
        return True
    return words.split(maxsplit=1)[0].endswith(("s", "x")) != rewords.split(maxsplit=1)[0].endswith(("s", "x"))


def _linked(reading: Reading) -> dict[frozenset[str], tuple[set[str], str]]:
    """Return for each two words linked how they are, and the words of the text."""
    found: dict[frozenset[str], tuple[set[str], str]] = {}
    for line in reading.lines:
        negated = negated_tokens(line)
        for at, token in enumerate(line.tokens):
            link = LINKS.get(token.low)
            if link is None:
                continue
            left, right = (
                _nearest(line, range(at - 1, max(-1, at - 1 - REACH), -1)),
                _nearest(line, range(at + 1, min(len(line.tokens), at + 1 + REACH))),
            )
            if left is not None and right is not None:
                if left in negated and right in negated:
                    continue
                pair = frozenset((line.tokens[left].stem, line.tokens[right].stem))
                links, _ = found.setdefault(pair, (set(), line.surface(left, right)))
                links.add(link)
    return found


def _nearest(line: Line, places: range) -> int | None:
    for at in places:
        if line.tokens[at].low in (",", ";", ".", "?", "!", ":"):
            return None
        if carries_content(line.tokens[at].low) or line.tokens[at].low[0].isdigit():
            return at
    return None
