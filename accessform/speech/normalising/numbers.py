"""French numbers in words, with the hyphens of before 1990, which engines' dictionaries know best."""

UNITS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 7: "soixante", 8: "quatre-vingt"}
LETTERS = {
    "A": "a", "B": "bé", "C": "cé", "D": "dé", "E": "e", "F": "effe", "G": "gé", "H": "hache", "I": "i",
    "J": "ji", "K": "ka", "L": "elle", "M": "emme", "N": "enne", "O": "o", "P": "pé", "Q": "ku", "R": "erre",
    "S": "esse", "T": "té", "U": "u", "V": "vé", "W": "double vé", "X": "ixe", "Y": "i grec", "Z": "zède",
}  # fmt: skip
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
LARGEST = 10**12 - 1


def _below_hundred(number: int) -> str:
    if number < 20:
        return UNITS[number]
    tens, unit = divmod(number, 10)
    if tens in (7, 9):
        tens, unit = tens - 1, unit + 10
    if unit == 0:
        return "quatre-vingts" if tens == 8 else TENS[tens]
    if unit in (1, 11) and tens != 8:
        return f"{TENS[tens]} et {UNITS[unit]}"
    return f"{TENS[tens]}-{UNITS[unit]}"


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    start = "cent" if hundreds == 1 else f"{UNITS[hundreds]} cent"
    if not rest:
        return start if hundreds == 1 else f"{start}s"
    return f"{start} {_below_hundred(rest)}"


def _before_thousand(words: str) -> str:
    """Return the words as they stand before « mille »: quatre-vingt mille, deux cent mille."""
    return words[:-1] if words.endswith(("vingts", "cents")) else words


def cardinal(number: int, *, feminine: bool = False) -> str:
    """Return `number` in words; above 999 999 999 999 its digits one by one."""
    if number < 0:
        return f"moins {cardinal(-number, feminine=feminine)}"
    if number > LARGEST:
        return digits(str(number))
    parts = []
    for size, name in ((10**9, "milliard"), (10**6, "million")):
        count, number = divmod(number, size)
        if count:
            parts.append(f"{_below_thousand(count)} {name}{'s' if count > 1 else ''}")
    thousands, rest = divmod(number, 1000)
    if thousands:
        parts.append("mille" if thousands == 1 else f"{_before_thousand(_below_thousand(thousands))} mille")
    if rest or not parts:
        parts.append(_below_thousand(rest))
    words = " ".join(parts)
    if feminine and rest % 10 == 1 and words.endswith("un"):
        words += "e"
    return words


def ordinal(number: int, *, feminine: bool = False) -> str:
    """Return premier, deuxième, vingt et unième…"""
    if number == 1:
        return "première" if feminine else "premier"
    words = cardinal(number)
    if words.endswith(("vingts", "cents")):
        words = words[:-1]
    if words.endswith("cinq"):
        return f"{words}uième"
    if words.endswith("neuf"):
        return f"{words[:-1]}vième"
    return f"{words.removesuffix('e')}ième"


def digits(text: str) -> str:
    """Return each digit of `text` in words, one by one."""
    return " ".join(UNITS[int(character)] for character in text if character.isdecimal() and character.isascii())


def pair(text: str) -> str:
    """Return two digits as one says them in a phone number: 05 → zéro cinq, 42 → quarante-deux."""
    return digits(text) if text.startswith("0") else cardinal(int(text))


def decimal(whole: str, fraction: str) -> str:
    """Return « trois virgule quatorze », keeping the leading zeros of the fraction."""
    stripped = fraction.lstrip("0")
    zeros = ["zéro"] * (len(fraction) - len(stripped))
    said = [cardinal(int(stripped))] if stripped and len(stripped) <= 3 else ([digits(stripped)] if stripped else [])
    return " ".join([cardinal(int(whole)), "virgule", *zeros, *said])


def spell(text: str) -> str:
    """Return letters by name and digits one by one; other characters are left out."""
    named = (LETTERS.get(character.upper(), "") or digits(character) for character in text)
    return " ".join(name for name in named if name)


def roman(text: str) -> int | None:
    """Return the value of a Roman numeral, or None where `text` is not a well-formed one."""
    total = 0
    for place, character in enumerate(text):
        value = ROMAN.get(character)
        if value is None:
            return None
        following = ROMAN.get(text[place + 1], 0) if place + 1 < len(text) else 0
        total += -value if value < following else value
    return total if total and _as_roman(total) == text else None


def _as_roman(number: int) -> str:
    steps = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
    written = ""
    for value, letters in steps:
        count, number = divmod(number, value)
        written += letters * count
    return written
