"""The numbers of a date: every way to cut them, and what each may be as a day or a year."""

from collections.abc import Iterator

from accessform.speech.understanding.numerals import readings
from accessform.speech.understanding.transcript import Tokens

FIRST = frozenset({"premier", "1er", "1ere", "1e", "premiere"})
_CENTURY_WORDS = frozenset({19, 20})
_LONGEST_RUN = 14
"""Words of the longest date in numbers alone, « trente et un zéro trois mille neuf cent quatre vingt dix-neuf »."""


def years_of(run: Tokens) -> set[tuple[int | None, int | None]]:
    """Return the years that a run may be, as (whole, None) or (None, two figures)."""
    found: set[tuple[int | None, int | None]] = set()
    for values in splits(run):
        found |= year_of(values)
    return _preferred(found)


def year_of(values: tuple[tuple[int, int], ...]) -> set[tuple[int | None, int | None]]:
    """Return the year that these pieces are: 1948, 48, « zéro cinq », « dix-neuf quarante-huit »."""
    numbers = [value for value, _ in values]
    if len(values) == 1:
        value, width = values[0]
        if 1000 <= value <= 2999:
            return {(value, None)}
        return {(None, value)} if value < 100 and (value >= 10 or width == 2) else set()
    if len(values) == 2 and numbers[0] == 0 and 0 <= numbers[1] < 10:
        return {(None, numbers[1])}
    if len(values) == 2 and numbers[0] in _CENTURY_WORDS and (10 <= numbers[1] < 100 or values[1][1] == 2):
        return {(numbers[0] * 100 + numbers[1], None)}
    if len(values) == 3 and numbers[0] in _CENTURY_WORDS and numbers[1] == 0 and 0 <= numbers[2] < 10:
        return {(numbers[0] * 100 + numbers[2], None)}
    if len(values) == 4 and all(value < 10 for value in numbers) and numbers[0] in {1, 2}:
        return {(int("".join(str(value) for value in numbers)), None)}
    return set()


def _preferred(found: set[tuple[int | None, int | None]]) -> set[tuple[int | None, int | None]]:
    """Keep the whole years where both readings exist: « vingt vingt-quatre » has one, « quatre-vingt » has one."""
    whole = {year for year in found if year[0] is not None}
    return whole or found


def splits(run: Tokens) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield every way to cut a run into numbers, each as (value, figures written or 0); none breaks a hyphen."""
    if not run:
        yield ()
        return
    if len(run) > _LONGEST_RUN:
        return
    first = run[0]
    ways = [(value, end) for value, end in readings(run, 0)]
    if first.is_figure and not ways:
        ways = [(int(first.word), 1)]
    for value, end in ways:
        if end < len(run) and run[end].joined and not run[end].is_figure and _spans(run, end):
            continue
        width = len(first.word) if end == 1 and first.is_figure else 0
        for rest in splits(run[end:]):
            yield ((value, width), *rest)


def _spans(run: Tokens, end: int) -> bool:
    """Tell whether one number goes on over the hyphen before `end`."""
    return any(after > end for start in range(end) for _, after in readings(run, start) if start < end)


def zeros_joined(values: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Join « zéro trois » into 03 for the day and the month; those of the year stay apart."""
    joined: list[tuple[int, int]] = []
    place = 0
    while place < len(values):
        value, width = values[place]
        opens = value == 0 and width < 2 and place + 1 < len(values) and 0 < values[place + 1][0] < 10
        if opens and values[place + 1][1] < 2:
            joined.append((values[place + 1][0], 2))
            place += 2
        else:
            joined.append((value, width))
            place += 1
    return tuple(joined)


def only_one(values: tuple[tuple[int, int], ...]) -> int:
    """Return the value of a row of one number, 0 where there are more."""
    return values[0][0] if len(values) == 1 else 0


def days_of(run: Tokens) -> set[int | None]:
    """Return the days of a month that a run may be, as a single number."""
    if len(run) == 1 and run[0].word in FIRST:
        return {1}
    return {value for values in splits(run) if len(values) == 1 for value, _ in values if 1 <= value <= 31}
