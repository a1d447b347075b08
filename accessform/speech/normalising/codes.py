"""What is said sign by sign: addresses of mail and web, phone numbers, account and file numbers, articles of law."""

import re

from accessform.speech.normalising import numbers

SIGNS = {"@": "arobase", ".": "point", "-": "tiret", "_": "tiret bas", "+": "plus", "/": "barre oblique"}
SAID_DOMAINS = frozenset({"com", "org", "net", "gouv", "info", "asso", "paris", "bzh"})
LONGEST_PATH_SAID = 30

EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
URL = re.compile(
    r"\b(?:https?://|www\.)[^\s<>«»]+|\b[\w-]+(?:\.[\w-]+)*\.(?:fr|gouv\.fr|eu|org|com|net)\b(?:/[^\s<>«»]*)?"
)
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
NIR = re.compile(
    r"\b([1-478]) ?(\d{2}) ?(0\d|1[0-2]|[23]\d|4[0-2]|[5-9]\d) ?(\d{2}|2[AB]) ?(\d{3}) ?(\d{3})(?: ?(\d{2}))?\b"
)
PHONE = re.compile(
    r"(?<!\d)(?:(?:\+|00)33 ?(?:\(0\) ?)?([1-9])|(0[1-79]))[ .-]?(\d{2})[ .-]?(\d{2})[ .-]?(\d{2})[ .-]?(\d{2})(?!\d)"
)
FREE_PHONE = re.compile(r"(?<!\d)0 ?(8\d{2})[ .]?(\d{3}|\d{2}[ .]\d{2})[ .]?(\d{3}|\d{2})(?:[ .](\d{2}))?(?!\d)")
SHORT_PHONE = re.compile(r"\b(3[0-9])[ .](\d{2})\b(?! ?\d)")
CALLED = re.compile(
    r"((?:ppele[zr]|ompose[zr]|aire|aites|oindre|éléphone[zr]) (?:le |au )|\bau numéro )(3\d)(\d\d)\b(?! ?\d)"
)
MIXED = re.compile(r"\b[A-Z]{1,3}\d[A-Z]{1,3}\b")
ABROAD = re.compile(r"(?<![\w+])(?:\+|00)(?!33)([1-9]\d{0,2})((?: \d{1,4}){3,6})(?!\d)")
SIRET = re.compile(r"\b(\d{3}) ?(\d{3}) ?(\d{3}) ?(\d{5})\b")
ARTICLE = re.compile(r"\b([LRDA])(?:\.|\*)? ?(\d+(?:-\d+)*)\b")
LAW = re.compile(r"(?:(?<=n° )|(?<=N° ))(\d{2,4})-(\d{2,5})\b")
CODE = re.compile(r"\b(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])(?:[A-Z0-9]{5,}|[A-Z0-9]{1,}(?:-[A-Z0-9]+)+)\b")
SHORT_CODE = re.compile(r"\b(?:([A-Z]{1,2})(\d{1,4})|(\d{1,2})([A-Z]))\b")
LONG_DIGITS = re.compile(r"(?<![\d,.])\d{9,}(?![\d,])")


def say_codes(text: str) -> str:
    """Return `text` with every address, number to dial and code in words; commas make the pauses."""
    text = EMAIL.sub(lambda match: _spoken_address(match.group()), text)
    text = URL.sub(lambda match: _spoken_url(match.group()), text)
    text = IBAN.sub(lambda match: _in_groups(match.group(), 4), text)
    text = PHONE.sub(_spoken_phone, text)
    text = FREE_PHONE.sub(_spoken_free_phone, text)
    text = SHORT_PHONE.sub(lambda match: f"{numbers.pair(match[1])} {numbers.pair(match[2])}", text)
    text = CALLED.sub(_spoken_called, text)
    text = ABROAD.sub(_spoken_abroad, text)
    text = NIR.sub(_by_groups, text)
    text = SIRET.sub(_by_groups, text)
    text = ARTICLE.sub(_spoken_article, text)
    text = LAW.sub(lambda match: f"{numbers.cardinal(int(match[1]))} tiret {numbers.cardinal(int(match[2]))}", text)
    text = CODE.sub(_spoken_code, text)
    text = MIXED.sub(lambda match: numbers.spell(match.group()), text)
    text = SHORT_CODE.sub(_spoken_short_code, text)
    return LONG_DIGITS.sub(lambda match: _in_groups(match.group(), 2), text)


def _spoken_address(address: str) -> str:
    """Return an e-mail address or a host's name: words as they are, signs by name, short endings spelled."""
    said = []
    for part in re.findall(r"[^\W\d_]+|\d+|\S", address):
        if part in SIGNS:
            said.append(SIGNS[part])
        elif part.isdecimal() and part.isascii():
            said.append(numbers.cardinal(int(part)) if re.fullmatch(r"[1-9]\d{0,3}", part) else numbers.digits(part))
        elif len(part) <= 2:
            said.append(numbers.spell(part))
        else:
            said.append(part.lower() if part.lower() in SAID_DOMAINS else part)
    return " ".join(word for word in said if word)


def _spoken_url(url: str) -> str:
    trailing = url[len(url.rstrip(".,;:!?)]")) :]
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", url.rstrip(".,;:!?)]")).rstrip("/")
    host, _, path = bare.partition("/")
    if path and (len(path) > LONGEST_PATH_SAID or re.search(r"[?#%=&]", path)):
        return f"{_spoken_address(host)}, suite de l'adresse à l'écran{trailing}"
    return _spoken_address(bare) + trailing


def _in_groups(code: str, size: int) -> str:
    compact = re.sub(r"[\s.-]", "", code)
    groups = [compact[start : start + size] for start in range(0, len(compact), size)]
    return ", ".join(numbers.spell(group) for group in groups)


def _by_groups(match: re.Match[str]) -> str:
    return ", ".join(numbers.spell(group) for group in match.groups() if group)


def _spoken_phone(match: re.Match[str]) -> str:
    first = f"plus trente-trois, {numbers.digits(match[1])}" if match[1] else numbers.pair(match[2])
    return ", ".join([first, *(numbers.pair(match[place]) for place in range(3, 7))])


def _spoken_free_phone(match: re.Match[str]) -> str:
    """Return 0 800 123 456 as « zéro, huit cents, cent vingt-trois, … », 0 806 00 12 34 in pairs."""
    groups = [group for part in match.groups()[1:] if part for group in re.split(r"[ .]", part)]
    said = [numbers.digits(group) if group.startswith("0") else numbers.cardinal(int(group)) for group in groups]
    return ", ".join(["zéro", numbers.cardinal(int(match[1])), *said])


def _spoken_called(match: re.Match[str]) -> str:
    return f"{match[1]}{numbers.pair(match[2])} {numbers.pair(match[3])}"


def _spoken_abroad(match: re.Match[str]) -> str:
    """Return « +32 2 123 45 67 » by the groups in which it is written."""
    groups = [numbers.digits(part) if part[0] == "0" else numbers.cardinal(int(part)) for part in match[2].split()]
    return ", ".join([f"plus {numbers.cardinal(int(match[1]))}", *groups])


def _spoken_article(match: re.Match[str]) -> str:
    """Return « L. 123-4 » as « elle cent vingt-trois, tiret quatre »."""
    said = " tiret ".join(numbers.cardinal(int(part)) for part in match[2].split("-"))
    return f"{numbers.spell(match[1])} {said}"


def _spoken_code(match: re.Match[str]) -> str:
    if match.group().startswith("COVID"):
        return match.group()
    groups = match.group().split("-")
    return ", ".join(numbers.spell(group) for group in groups)


def _spoken_short_code(match: re.Match[str]) -> str:
    """Return « A4 » as « a quatre », « 2A » as « deux a »."""
    if match[1]:
        return f"{numbers.spell(match[1])} {numbers.cardinal(int(match[2]))}"
    return f"{numbers.cardinal(int(match[3]))} {numbers.spell(match[4])}"
