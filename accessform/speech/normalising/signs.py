"""Tags, brackets, slashes, quotation marks and every other sign that an engine would stumble on."""

import re
import unicodedata

TAG = re.compile(r"</?[A-Za-z][^<>]*>")
UNSAID = re.compile(r"[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
EURO_CODE = re.compile(r"(?<=\d) ?EUR\b")
SPACES = re.compile(r"\s+")
SIGNS = {
    "&": " et ", "=": " égale ", "×": " fois ", "÷": " divisé par ", "±": " plus ou moins ", "≤": " au plus ",
    "≥": " au moins ", "<": " inférieur à ", ">": " supérieur à ", "→": ", ", "⇒": ", ", "§": " paragraphe ",
    "…": ".", "•": ", ", "·": " ", "#": " dièse ", "@": " arobase ", "€": " euros ", "%": " pour cent ",
    "’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "°": " degrés ", "²": " au carré ", "³": " au cube ",
}  # fmt: skip
NEITHER_NOR = re.compile(r"\bet ?/ ?ou\b", re.IGNORECASE)
OR_SLASH = re.compile(r"(?<=[^\W\d])\s?/\s?(?=[^\W\d])")
PLURAL_AFTER_FEMININE = re.compile(r"(?<=\w\([a-zè]e\))\(s\)|(?<=\w\(e\))\(s\)")
OPTIONAL_PLURAL = re.compile(r"(?<=\w)\((s|x)\)")
OPTIONAL_FEMININE = re.compile(r"\b(\w+)\((e|ne|le)\)(s?)(?!\w)")
FEMININE_ENDING = re.compile(r"\b([^\W\d]+)\((euse|rice|ère|ive|trice|se|ve|sse|te|tes)\)(s)?(?!\w)")
MIDDLE_DOT = re.compile(r"\b([^\W\d]+)[·•]([^\W\d]+)(?:[·•](s))?\b")
ENDINGS = {
    "euse": "eur",
    "trice": "teur",
    "rice": "eur",
    "ère": "er",
    "ive": "if",
    "elle": "el",
    "enne": "en",
    "onne": "on",
    "se": "x",
    "ve": "f",
    "tes": "s",
}
OPENING = re.compile(r"\s*[(\[{]\s*")
CLOSING = re.compile(r"\s*[)\]}]")
QUOTES = re.compile(r"[«»“”„\"]")
DASH = re.compile(r"(?:^|(?<=\s))-+(?=\s|$)")
LETTER_HYPHEN = re.compile(r"(?<![^\W\d_])-|-(?![^\W\d_])")
LEFT_OVER = re.compile(r"[^\w\s.,;:!?'-]|_")
DOUBLED = re.compile(r"\s*([,;:])(?:\s*[,;:])+")
WEAK_BEFORE_STRONG = re.compile(r"\s*[,;:]+\s*(?=[.!?])")
STRONG_DOUBLED = re.compile(r"([.!?])(?:\s*[.!?,;:])+")
BEFORE_MARK = re.compile(r"\s+(?=[.,])")


def clean(text: str) -> str:
    """Return `text` in composed form without tags, invisible characters and doubled spaces; thin spaces kept."""
    text = TAG.sub(" ", unicodedata.normalize("NFC", text))
    text = UNSAID.sub(lambda match: " " if match.group() in "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85" else "", text)
    text = EURO_CODE.sub(" €", text)
    text = re.sub(r"[\u2028\u2029\t\n\r]", " ", text)
    text = text.replace("’", "'").replace("‑", "-")
    return re.sub(r"[ \u00a0\u2000-\u200a\u202f\u205f\u3000]+", " ", text).strip()


def say_gendered(text: str) -> str:
    """Return « né(e) » as « né ou née », « acteur·rice » as « acteur ou actrice », « pièce(s) » as « pièces »."""
    text = PLURAL_AFTER_FEMININE.sub("s", text)
    text = OPTIONAL_PLURAL.sub(r"\1", text)
    text = OPTIONAL_FEMININE.sub(r"\1\3 ou \1\2\3", text)
    return MIDDLE_DOT.sub(_both_forms, FEMININE_ENDING.sub(_both_forms, text))


def _both_forms(match: re.Match[str]) -> str:
    stem, ending, plural = match.groups()
    if ending == "s":
        return f"{stem}s"
    if ending in ("es", "s"):
        ending, plural = ending.removesuffix("s"), "s"
    masculine_ending = ENDINGS.get(ending)
    if masculine_ending and stem.endswith(masculine_ending):
        feminine = stem[: -len(masculine_ending)] + ending
    else:
        feminine = stem + ending
    return f"{stem}{plural or ''} ou {feminine}{plural or ''}"


def say_slashes(text: str) -> str:
    """Return « et/ou » as « et ou », « oui/non » as « oui ou non »."""
    return OR_SLASH.sub(" ou ", NEITHER_NOR.sub("et ou", text))


def say_signs(text: str) -> str:
    """Return `text` with only words and the punctuation that makes pauses."""
    text = QUOTES.sub(" ", text)
    text = re.sub(r"\+(?=\s?\w)", " plus ", text)
    for sign, said in SIGNS.items():
        text = text.replace(sign, said)
    text = CLOSING.sub(",", OPENING.sub(", ", text))
    text = LETTER_HYPHEN.sub(" ", DASH.sub(",", text))
    text = LEFT_OVER.sub(" ", text)
    text = "".join(character if _is_sayable(character) else " " for character in text)
    return _tidy(text)


def _is_sayable(character: str) -> bool:
    """Tell whether a French engine knows the character: Latin letters up to U+017F and plain punctuation, no figure."""
    return ord(character) < 0x180 and not character.isdigit()


def _tidy(text: str) -> str:
    text = STRONG_DOUBLED.sub(r"\1", WEAK_BEFORE_STRONG.sub("", DOUBLED.sub(r"\1", text)))
    text = BEFORE_MARK.sub("", SPACES.sub(" ", text))
    return text.strip().lstrip(",;:.!? ").rstrip(",;: ")
