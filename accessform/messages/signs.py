"""The signs that a text message carries at its ordinary length (GSM 03.38, 160 a message). Pure."""

import unicodedata

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)
REPLACED = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "’": "'", "«": '"', "»": '"', "…": "...", "–": "-", "—": "-", "œ": "oe", "Œ": "Oe"}
)
LONGEST = 160


def to_gsm(text: str) -> str:
    """Return `text` in signs that fit: « fête » becomes « fete », since one such sign would halve what a message holds.

    A sign that has no near one stays: the gateway then sends the whole text in its longer alphabet.
    """
    return "".join(map(_nearest, text.translate(REPLACED)))


def _nearest(sign: str) -> str:
    if sign in GSM:
        return sign
    bare = "".join(part for part in unicodedata.normalize("NFD", sign) if not unicodedata.combining(part))
    return bare if bare and all(part in GSM for part in bare) else sign
