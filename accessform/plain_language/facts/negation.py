"""What is denied: the tokens under a negation, grammatical (ne… pas) or lexical (sans, à défaut de, impossible)."""

import functools
from collections.abc import Iterator

from accessform.plain_language.facts.reading import Line, Reading, carries_content, data, patterns

PARTICLES = {"pas", "plus", "jamais", "aucun", "aucune", "rien", "personne", "ni", "guère", "point", "nul", "nulle"}
SUBJECTS_DENIED = {"aucun", "aucune", "nul", "nulle", "rien", "personne"}
WITHOUT_PARTICLE = {
    "peut",
    "peuvent",
    "pouvez",
    "peux",
    "saurait",
    "sauraient",
    "sauriez",
    "cesse",
    "pourra",
    "pourront",
    "pourrait",
    "puisse",
    "puissent",
    "saurez",
}
ENDS = {",", ";", ".", ":", "?", "!", "si", "mais", "lorsque", "quand", "sauf", "car", "(", ")", "afin"}
NOT_LACKED = {"interruption", "préjudice", "effet", "attendre", "tarder", "délai"}
"""Behind « sans », these deny nothing: « sans préjudice de » adds, « sans effet » and « sans délai » tell how."""
ANSWER = 4
"""Tokens of an answer that say yes or no: « Oui, mais pas… »."""
FARTHEST_PARTICLE = 7
FARTHEST_QUE = 25
WIDEST = 9
SUBJECT = 3
"""Tokens before « ne » in which its subject stands: an article, a noun, an adjective."""
FARTHEST_NOUN = 2
"""Words of content that a word such as « sans » denies, one more per « de »: « sans titre de transport valable »."""
DETERMINERS = frozenset("de des du la le les un une votre vos son sa ses ce cette ces notre leur à sur".split())  # noqa: SIM905
AFTER_A_NOUN = {
    "qui",
    "que",
    "par",
    "dans",
    "au",
    "est",
    "sont",
    "doit",
    "doivent",
    "peut",
    "peuvent",
    "vaut",
    "a",
    "ont",
}
MODALS = {"peut", "peuvent", "doit", "doivent", "faut"}
BEFORE_QUE = {
    "avant",
    "après",
    "afin",
    "pour",
    "alors",
    "tant",
    "dès",
    "lors",
    "sans",
    "moins",
    "ainsi",
    "parce",
    "bien",
    "fois",
    "plus",
    "même",
    "autre",
    "autres",
}
PERSONS = {"il", "ils", "elle", "elles", "on", "vous", "nous", "je", "tu", "celui", "celle", "ceux", "celles"}
"""Behind « que », these make a clause of their own: « la pension qu'ils versent » restricts nothing."""
EXPLETIVE_AFTER = ("avant que", "à moins que", "de peur que", "de crainte que")


@functools.lru_cache(maxsize=4_000)
def negated_tokens(line: Line) -> frozenset[int]:
    """Return the tokens that stand in the scope of a negation."""
    found: set[int] = set()
    for start, end in lexical(line):
        found.update(_following(line, start, end))
    for match in patterns("markers", "denial.excluding").finditer(line.low):
        found.update(_following(line, line.token_at(match.start()), line.token_at(match.end() - 1)))
    found.update(at for at, token in enumerate(line.tokens) if token.opposed)
    if patterns("markers", "denial.whole").search(line.low) and not firmly_negated(line):
        found.update(range(len(line.tokens)))
    return frozenset(found) | firmly_negated(line)


def negated_in(reading: Reading) -> Iterator[tuple[Line, frozenset[int]]]:
    """Yield each sentence with its tokens denied: by itself, by what opens its list, or by a « Non » for an answer."""
    opened = False
    for at, line in enumerate(reading.lines):
        following = reading.lines[at + 1].tokens[:ANSWER] if at + 1 < len(reading.lines) else ()
        answered = line.question and bool({"non", "pas"} & {token.low for token in following})
        opened = opened and line.item
        yield line, frozenset(range(len(line.tokens))) if answered or opened else negated_tokens(line)
        denies = bool(firmly_negated(line)) and line.text.rstrip().endswith(":")
        opened = opened or denies


@functools.lru_cache(maxsize=4_000)
def firmly_negated(line: Line) -> frozenset[int]:
    """Return the tokens under « ne… pas », « sans » or « ni »."""
    found: set[int] = set()
    for at, token in enumerate(line.tokens):
        if token.low == "ne":
            kind, particle = _kind_of_ne(line, at)
            if kind == "not":
                found.update(_scope(line, at, max(particle, at)))
                if line.tokens[particle].low in ("aucun", "aucune", "nul", "nulle") and particle < at:
                    found.update(range(particle, at))
        elif (
            token.low in ("sans", "ni", "pas") and line.tokens[min(at + 1, len(line.tokens) - 1)].low not in NOT_LACKED
        ):
            following = line.tokens[min(at + 1, len(line.tokens) - 1)].low
            found.update(_scope(line, at, at + 1) if following == "que" else _following(line, at, at))
    return frozenset(found)


@functools.lru_cache(maxsize=4_000)
def passive_subjects(line: Line) -> frozenset[int]:
    """Return the tokens before « ne peut être », « n'est pas »: « Le mariage ne peut être célébré »."""
    found: set[int] = set()
    for start, _ in denials(line):
        if line.tokens[start].low == "ne":
            begin = max((at for at in range(start) if line.tokens[at].low in ENDS | {"et", "ou"}), default=-1)
            found.update(range(max(begin + 1, start - SUBJECT), start))
    return frozenset(found)


@functools.lru_cache(maxsize=4_000)
def restrictions(line: Line) -> tuple[int, ...]:
    """Return the tokens « ne » that belong to « ne… que »: only."""
    return tuple(at for at, token in enumerate(line.tokens) if token.low == "ne" and _kind_of_ne(line, at)[0] == "only")


def denials(line: Line) -> list[tuple[int, int]]:
    """Return the spans of tokens that deny, one each: « ne… pas », « aucun », « sans »."""
    found = []
    for at, token in enumerate(line.tokens):
        if token.low == "ne":
            kind, particle = _kind_of_ne(line, at)
            if kind == "not":
                found.append((min(at, particle), max(at, particle)))
    found += [(at, at) for at, token in enumerate(line.tokens) if token.opposed]
    covered = {position for start, end in found for position in range(start, end + 1)}
    found += [(start, end) for start, end in lexical(line) if not covered & set(range(start, end + 1))]
    return found


def _kind_of_ne(line: Line, at: int) -> tuple[str, int]:
    """Tell what « ne » at token `at` makes: "not" (with the place of its particle), "only", or "nothing"."""
    lows = [token.low for token in line.tokens]
    before = " ".join(lows[max(0, at - 6) : at])
    nonetheless = patterns("markers", "denial.nonetheless").match(" ".join(lows[at:]))
    if nonetheless or any(phrase in before for phrase in EXPLETIVE_AFTER):
        return "nothing", at
    for position in range(at + 1, min(len(lows), at + FARTHEST_PARTICLE)):
        low = lows[position]
        if low in (",", ";", ".") and position > at + 4:
            break
        if low in PARTICLES and not (low == "plus" and _compares(lows, position)):
            if low in ("plus", "jamais") and _restricts(lows, position + 1):
                return "only", position
            return "not", position
        if _restricts(lows, position):
            return "only", position
    comma = next((place for place in range(at + 1, len(lows)) if lows[place] in (",", ";")), len(lows))
    places = range(at + 1, min(comma, at + FARTHEST_QUE))
    if any(_restricts(lows, place) for place in places):
        return "only", at
    return _ne_alone(lows, at)


def _restricts(lows: list[str], place: int) -> bool:
    """Tell whether the word at `place` is a « que » that may end « ne… que »."""
    return (
        lows[place : place + 1] == ["que"]
        and lows[place - 1] not in BEFORE_QUE | PERSONS
        and not PERSONS & set(lows[place + 1 : place + 2])
    )


def _ne_alone(lows: list[str], at: int) -> tuple[str, int]:
    """Tell what « ne » makes without a particle behind: « aucun… ne », « ne peut », « ne… ni »."""
    subject = next((place for place in range(at - 1, max(-1, at - 7), -1) if lows[place] in SUBJECTS_DENIED), None)
    if subject is not None:
        return "not", subject
    verb = lows[at + 1] if at + 1 < len(lows) else ""
    if verb in ("le", "la", "en", "y", "se", "lui") and at + 2 < len(lows):
        verb = lows[at + 2]
    if verb in ("ayant", "avoir", "a", "ont") and "pu" in lows[at + 2 : at + 4]:
        return "not", at
    return ("not", at) if verb in WITHOUT_PARTICLE or "ni" in lows[at + 1 : at + 12] else ("nothing", at)


def _compares(lows: list[str], position: int) -> bool:
    """Tell « plus de 10 », « plus tard » and « plus que » from the end of « ne… plus »."""
    following = lows[position + 1] if position + 1 < len(lows) else ""
    counted = lows[position + 2] if position + 2 < len(lows) else ""
    if following == "de":
        return counted[:1].isdigit() or counted in data("numbers")["cardinals"]
    return following in ("tard", "tôt", "élevé", "élevée", "que")


def _scope(line: Line, start: int, particle: int) -> set[int]:
    """Return what « ne… pas » denies: from « ne » to the end of the clause, not beyond a few words."""
    found = set(range(start, particle + 1))
    position = _behind_an_aside(line, particle + 1)
    goes_on = line.tokens[min(start + 1, len(line.tokens) - 1)].low.startswith(("peu", "pou", "doi", "dev"))
    widest = WIDEST * 2 if goes_on else WIDEST
    while position < len(line.tokens) and position <= particle + widest:
        low = line.tokens[position].low
        if (
            (low in ENDS and not (low == "," and goes_on))
            or (low in ("que", "qui") and position > start + 1)
            or (low in MODALS and position > particle + 1)
        ):
            break
        found.add(position)
        position += 1
    return found


def _behind_an_aside(line: Line, position: int) -> int:
    """Return where the clause goes on behind « , sauf cas grave, » right after the verb denied, else `position`."""
    lows = [token.low for token in line.tokens]
    for start in (position, position + 1):
        if lows[start : start + 1] == [","] and "," in lows[start + 1 : start + WIDEST]:
            return lows.index(",", start + 1) + 1
    return position


def _following(line: Line, start: int, end: int) -> set[int]:
    """Return what a lexical negation denies: the words up to its noun, or the verb behind."""
    found = set(range(start, end + 1))
    position = end + 1
    contents, widest = 0, FARTHEST_NOUN
    while position < len(line.tokens) and contents < widest:
        low = line.tokens[position].low
        content = carries_content(low)
        if low in ENDS or low in AFTER_A_NOUN or (contents and not content and low not in DETERMINERS):
            break
        widest += contents == 1 and low == "de"
        contents += content
        found.add(position)
        position += 1
    return found


@functools.lru_cache(maxsize=4_000)
def lexical(line: Line) -> tuple[tuple[int, int], ...]:
    """Return the spans of tokens of the words that deny by themselves."""
    return tuple(
        (line.token_at(match.start()), line.token_at(match.end() - 1))
        for match in patterns("markers", "denial.lexical").finditer(line.low)
    )
