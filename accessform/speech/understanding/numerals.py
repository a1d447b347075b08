"""French numbers as they are said: every way to read them from a place, in all the systems of the language."""

from collections.abc import Iterator

from accessform.speech.understanding.transcript import Token, Tokens

UNITS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
}  # fmt: skip
TEENS = {"dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16}
TENS = {
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
    "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
ZEROS = frozenset({"zero", "zeros"})
HUNDREDS = frozenset({"cent", "cents"})
THOUSANDS = frozenset({"mille", "mil", "milles"})
LARGE = {"million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}
NUMBER_WORDS = frozenset({*UNITS, *TEENS, *TENS, *ZEROS, *HUNDREDS, *THOUSANDS, *LARGE})

Reading = tuple[int, int]
"""A value, and the place after its last word."""


def is_numeric(token: Token) -> bool:
    """Tell whether the token is a figure or a number's word."""
    return token.is_figure or token.word in NUMBER_WORDS


def readings(tokens: Tokens, start: int) -> tuple[Reading, ...]:
    """Return every number that begins at `start`, the longest last; a pause never stands inside one."""
    if start >= len(tokens):
        return ()
    if tokens[start].word in ZEROS:
        return ((0, start + 1),)
    return tuple(sorted(set(_large(tokens, start)), key=lambda reading: (reading[1], reading[0])))


def whole_number(tokens: Tokens) -> int | None:
    """Return the number that all of these tokens make together, None where they make none or two."""
    values = {value for value, end in readings(tokens, 0) if end == len(tokens)}
    return values.pop() if len(values) == 1 else None


def _word(tokens: Tokens, place: int) -> str:
    """Return the word that may continue a number at `place`, "" after a pause or at the end."""
    return tokens[place].word if place < len(tokens) and not tokens[place].pause else ""


def _figure(tokens: Tokens, place: int, *, first: bool) -> int | None:
    """Return a figure that may take part in a number in words: without leading zero."""
    if place >= len(tokens) or not tokens[place].is_figure or (tokens[place].pause and not first):
        return None
    word = tokens[place].word
    return int(word) if len(word) == 1 or word[0] != "0" else None


def _large(tokens: Tokens, start: int) -> Iterator[Reading]:
    yield from _below_million(tokens, start)
    for count, end in _below_million(tokens, start):
        size = LARGE.get(_word(tokens, end))
        if not size or not count or count > 999:
            continue
        yield count * size, end + 1
        if end + 1 >= len(tokens) or tokens[end + 1].pause:
            continue
        for rest, after in _large(tokens, end + 1):
            if rest < size:
                yield count * size + rest, after


def _below_million(tokens: Tokens, start: int) -> Iterator[Reading]:
    yield from _spaced_figures(tokens, start)
    if (figure := _figure(tokens, start, first=True)) is not None:
        yield figure, start + 1
    for value, end in _below_thousand(tokens, start):
        yield value, end
        if _word(tokens, end) in THOUSANDS and value:
            yield from _after_thousand(tokens, value * 1000, end + 1)
    if tokens[start].word in THOUSANDS:
        yield from _after_thousand(tokens, 1000, start + 1)


def _after_thousand(tokens: Tokens, value: int, place: int) -> Iterator[Reading]:
    yield value, place
    if place < len(tokens) and not tokens[place].pause:
        for rest, end in _below_thousand(tokens, place):
            if rest:
                yield value + rest, end


def _spaced_figures(tokens: Tokens, start: int) -> Iterator[Reading]:
    """Yield « 1 200 », « 1 234 567 » as one number."""
    first = _figure(tokens, start, first=True)
    if not first or len(tokens[start].word) > 3:
        return
    value, place = first, start + 1
    while place < len(tokens) and _word(tokens, place).isdigit() and len(tokens[place].word) == 3:
        value, place = value * 1000 + int(tokens[place].word), place + 1
        yield value, place


def _below_thousand(tokens: Tokens, start: int) -> Iterator[Reading]:
    for value, end in _below_hundred(tokens, start):
        yield value, end
        if _word(tokens, end) in HUNDREDS and (2 <= value <= 9 or 11 <= value <= 19):
            yield from _after_hundred(tokens, value * 100, end + 1)
    figure = _figure(tokens, start, first=True)
    if figure is not None and 100 <= figure <= 999:
        yield figure, start + 1
    if tokens[start].word == "cent":
        yield from _after_hundred(tokens, 100, start + 1)


def _after_hundred(tokens: Tokens, value: int, place: int) -> Iterator[Reading]:
    yield value, place
    if place < len(tokens) and not tokens[place].pause:
        for rest, end in _below_hundred(tokens, place):
            yield value + rest, end


def _below_hundred(tokens: Tokens, start: int) -> Iterator[Reading]:
    figure = _figure(tokens, start, first=True)
    if figure is not None and 0 < figure < 100:
        yield figure, start + 1
        if figure == 4 and _word(tokens, start + 1) in {"vingt", "vingts"}:
            yield from _after_tens(tokens, 80, start + 2)
        return
    yield from _below_twenty(tokens, start)
    word = tokens[start].word
    if word in TENS:
        yield from _after_tens(tokens, TENS[word], start + 1)
    if word == "quatre" and _word(tokens, start + 1) in {"vingt", "vingts"}:
        yield from _after_tens(tokens, 80, start + 2)


def _below_twenty(tokens: Tokens, start: int) -> Iterator[Reading]:
    """Yield one to nineteen."""
    word = tokens[start].word
    if word in UNITS:
        yield UNITS[word], start + 1
    elif word in TEENS:
        yield TEENS[word], start + 1
        unit = UNITS.get(_word(tokens, start + 1), 0)
        if word == "dix" and unit >= 7:
            yield 10 + unit, start + 2


def _after_tens(tokens: Tokens, tens: int, place: int) -> Iterator[Reading]:
    yield tens, place
    linked = _word(tokens, place) == "et"
    place += linked
    if place >= len(tokens) or tokens[place].pause:
        return
    for rest, end in _below_twenty(tokens, place):
        fits = rest < 10 or tens in {60, 80}
        if fits and (not linked or rest in {1, 11}):
            yield tens + rest, end
