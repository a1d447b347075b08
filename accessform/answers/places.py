"""Postal codes, addresses, communes, departments and countries."""

import functools
import json
import re
import unicodedata
from pathlib import Path

from accessform.answers.refusals import Raw, Refused, first
from accessform.answers.texts import clean

DATA = Path(__file__).parent / "data"
LINE_MAX = 120
"""Longest line of an address that is taken; envelopes carry 38 characters, people write more."""


def parse_postal_code(raw: Raw, part: str = "") -> str:
    """Read a French postal code: « 35 000 », « F-35000 »."""
    number = re.sub(r"[\s.\-]", "", clean(first(raw, part))).upper().removeprefix("FR").removeprefix("F")
    if not number.isascii() or not number.isdigit():
        raise Refused("postal_code_characters", part)
    if len(number) != 5:
        raise Refused("postal_code_length", part, count=len(number))
    if not "01" <= number[:2] <= "98":
        raise Refused("postal_code_unknown", part)
    return number


def parse_address(raw: Raw) -> dict[str, str]:
    """Read a French address in its four parts; only the complement may be empty."""
    address = {part: _line(raw, part) for part in ("street", "complement")}
    if not address["street"]:
        raise Refused("address_street", "street")
    if not first(raw, "postal_code").strip():
        raise Refused("address_postal_code", "postal_code")
    address["postal_code"] = parse_postal_code(raw, "postal_code")
    address["city"] = _line(raw, "city")
    if not address["city"]:
        raise Refused("address_city", "city")
    return address


def _line(raw: Raw, part: str) -> str:
    line = clean(first(raw, part))
    if len(line) > LINE_MAX:
        raise Refused("too_long", part, max=LINE_MAX, over=len(line) - LINE_MAX)
    return line


def parse_commune(raw: Raw) -> dict[str, str | None]:
    """Read the name of a commune, and its postal code or department where several bear that name.

    A name that today's list does not hold (merged since, or abroad) is taken as written: its code stays None.
    """
    name = _line(raw, "")
    if not any(character.isalpha() for character in name):
        raise Refused("commune_name")
    homonyms = communes().get(commune_key(name), ())
    if len(homonyms) > 1:
        homonyms = _near(homonyms, re.sub(r"\s", "", clean(first(raw, "postcode"))).upper())
    return {"code": homonyms[0][0], "name": homonyms[0][1]} if homonyms else {"code": None, "name": name}


def _near(homonyms: tuple["Commune", ...], where: str) -> tuple["Commune", ...]:
    """Keep the commune that a postal code, or the number of a department, points to; asks where none or several do."""
    if not where:
        raise Refused("commune_several", "postcode", count=len(homonyms), name=homonyms[0][1])
    by_postcode = tuple(commune for commune in homonyms if where in commune[2])
    found = by_postcode or tuple(commune for commune in homonyms if commune[0].startswith(where[:2]))
    if len(found) != 1:
        raise Refused("commune_elsewhere", "postcode", name=homonyms[0][1])
    return found


Commune = tuple[str, str, tuple[str, ...]]
"""Official code, name, postal codes."""


@functools.cache
def communes() -> dict[str, tuple[Commune, ...]]:
    """Return the communes of today by folded name (data/README.md says whence); read once, at first use."""
    found: dict[str, list[Commune]] = {}
    for line in (DATA / "communes.tsv").read_text(encoding="utf-8").splitlines():
        code, name, postcodes = line.split("\t")
        found.setdefault(commune_key(name), []).append((code, name, tuple(postcodes.split())))
    return {key: tuple(homonyms) for key, homonyms in found.items()}


def commune_key(name: str) -> str:
    """Return the folded name: « St » is « Saint », « Ste » is « Sainte », an arrondissement is dropped."""
    words = re.sub(r"[-'’]", " ", name.lower()).split()
    if len(words) > 1 and re.fullmatch(r"\d{1,2}(?:er|e|eme|ème)?", words[-1]):
        words = words[:-1]
    return fold(" ".join({"st": "saint", "ste": "sainte"}.get(word.rstrip("."), word) for word in words))


@functools.cache
def departments() -> dict[str, str]:
    """Return the names of the departments by code, in the order of their codes (data/README.md says whence)."""
    return _read("departments")


@functools.cache
def countries() -> dict[str, str]:
    """Return the French names of countries by ISO 3166-1 code, France first, then in alphabetical order."""
    return _read("countries")


def _read(name: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return found


def fold(text: str) -> str:
    """Return letters and digits only, without case or accents, to compare names as people write them."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    return "".join(character for character in decomposed if character.isalnum())


def parse_department(raw: Raw) -> str:
    """Read a department by its code (« 1 », « 2a ») or its name."""
    return _listed(clean(first(raw)), departments(), "department_unknown", code_width=2)


def parse_country(raw: Raw) -> str:
    """Read a country by its code or its French name."""
    return _listed(clean(first(raw)), countries(), "country_unknown", code_width=2)


def _listed(said: str, names: dict[str, str], refusal: str, code_width: int) -> str:
    code = said.upper().zfill(code_width)
    if code in names:
        return code
    folded = fold(said)
    matching = [known for known, name in names.items() if fold(name) == folded]
    if len(matching) != 1:
        raise Refused(refusal)
    return matching[0]
