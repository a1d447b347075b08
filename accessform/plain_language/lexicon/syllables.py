"""How many syllables a French word has when read aloud: the lexicon's count, else its groups of vowels."""

import functools
import re

from accessform.plain_language.lexicon.entries import entries, normalised

ELIDED = re.compile(r"^(?:[ldjmtsnc]|qu)'(?=\w)")
JOINED = re.compile(r"[-'/.·+@_:,\s]+")

SILENT_U = re.compile(r"(?<=q)u(?=[aeiouyàâéèêëîïôœ])|(?<=g)u(?=[eiyéèê])")
SILENT_E = re.compile(r"(?<=g)e(?=[aouâôû])")
GLIDE_OF_Y = re.compile(r"(?<=[aeou])y(?=[aeiouéèê])")
MUTE_ENDING = re.compile(
    r"(?<=ai)ent$|(?<=èr)ent$|(?<=iss)ent$|(?<=[^aeiouyàâéèêëîïôöùûü])(?:e|es)$|(?<=[aiouyéèêîïû])(?:e|es)$"
)
MUTE_INSIDE = re.compile(r"(?<=[aeiouyàâéèêëîïôùû][bcdfgklmnprstvz])e(?=[bcdfgjlmpstv][aeiouyàâéèêîôû])")
AFTER_A_CLUSTER = re.compile(r"(?<=[bcdfgptv][lr])([iu])(?=[aeoéèê])")
GLIDE = re.compile(r"(?:i|u|ou)(?=[aeiouâéèêôœ])")
NUCLEUS = re.compile(r"eau|œu|oeu|eu|eû|aî|ai|au|ei|eî|oî|oi|où|oû|ou|ay|ey|oy|[aeiouyàâäéèêëîïôöùûüÿœæ]")


@functools.lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Return how many syllables `word` has, at least 1; a word elided before it ("l'aide") adds none.

    A number or a sign counts for one: nobody knows how it will be read. Where the lexicon lacks the word, its parts are
    looked up, then its groups of vowels are counted.
    """
    found = entries(word)
    if found:
        return found[0].syllables
    if not any(map(str.isalpha, word)):
        return 1
    written = normalised(word)
    rest = ELIDED.sub("", written)
    if rest != written:
        return syllables(rest)
    parts = [part for part in JOINED.split(written) if part]
    if len(parts) > 1:
        return sum(syllables(part) for part in parts)
    return max(1, vowel_groups(written))


def vowel_groups(word: str) -> int:
    """Return how many vowels sound in `word`, in small letters: no mute e, no i or u that only leans on a vowel."""
    sounds = GLIDE_OF_Y.sub("j", SILENT_E.sub("", SILENT_U.sub("", word)))
    sounds = AFTER_A_CLUSTER.sub(r"\1j", MUTE_INSIDE.sub("", MUTE_ENDING.sub("", sounds)))
    return len(NUCLEUS.findall(_without_glides(sounds)))


def _without_glides(sounds: str) -> str:
    return GLIDE.sub(lambda found: "w" if found.end() > 1 else "", sounds) if sounds[1:] else sounds
