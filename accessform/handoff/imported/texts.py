"""Texts of open files: cleaned, unbroken, and without anybody's own e-mail address."""

import re
import unicodedata
from collections.abc import Callable

from accessform.answers.places import fold

ADDRESS = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
"""An e-mail address. « L'@telier », « LE LOC@L » and « Clic@Rosières » are names: no dot follows."""
DISGUISED = re.compile(r"[\w.+%-]{2,64}\s?[\[({]\s?(?:at|arobase|chez)\s?[\])}]\s?[\w.-]+", re.IGNORECASE)
HALF_WRITTEN = re.compile(r"[\w.+%-]{3,64}@[\w.-]{3,}")
"""An address whose end is missing or cut by a space: looked for in comments only, since names play with @."""

_FUNCTION_WORDS = (
    "contact contacts accueil bonjour info infos information informations mairie ville commune "
    "secretariat franceservices franceservice france services service fs efs msap maison maisons "
    "maisondeservices mds maisonfranceservices mfs mediatheque bibliotheque biblio ccas cias centre "
    "centresocial social sociale epn cyberbase cybercentre cyber numerique conseiller conseillers "
    "conseillernumerique association asso espace point permanence pij bij crij mjc administration public "
    "publics poste courrier rdv standard "
)
FUNCTIONS = frozenset(_FUNCTION_WORDS.split())
"""Words that name a desk rather than a person, folded."""


def clean(text: object, limit: int) -> str:
    """Return a text on one line, control signs out, double encoding undone, cut at `limit` characters on a word."""
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        return ""
    mended = mend_encoding(str(text))
    visible = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in mended)
    line = " ".join(unicodedata.normalize("NFC", visible).split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def mend_encoding(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 (« MÃ©diathÃ¨que »); what is not that stays as it is."""
    if "Ã" not in text and "Â" not in text and "â€" not in text:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def drop_addresses(text: str, *, is_comment: bool) -> str:
    """Return the text without any e-mail address: free text may name a person, so none is kept there."""
    patterns = (ADDRESS, DISGUISED, HALF_WRITTEN) if is_comment else (ADDRESS, DISGUISED)
    for pattern in patterns:
        text = pattern.sub("", text)
    return " ".join(text.split())


def keep_desk_address(raw: str, *, place_words: str) -> str:
    """Return the first address of a column that is a desk's, "" where none surely is.

    Cautious: before the @, every word must be a function (contact, accueil, mairie, …) or a word of the place's own
    name or town, and one at least a function. « mairie.valserhone@… » stays; « j.dupont@… », « dupont@… » and
    « martin@… » of Saint-Martin do not.
    """
    own = {fold(word) for word in re.split(r"[\s'’-]+", place_words)} | {fold(place_words)}
    return next((address for address in ADDRESS.findall(raw[:1000]) if _is_desk(address, own.__contains__)), "")


def _is_desk(address: str, is_own: Callable[[str], bool]) -> bool:
    words = [fold(word) for word in re.split(r"[\W\d_]+", address.partition("@")[0])]
    said = [word for word in words if word]
    functions = [word for word in said if word in FUNCTIONS]
    linking = {"de", "du", "des", "la", "le", "les", "d", "l"}
    return bool(functions) and all(word in FUNCTIONS or word in linking or is_own(word) for word in said)
