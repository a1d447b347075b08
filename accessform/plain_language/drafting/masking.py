"""The atoms of a text that no edit may touch: figures, dates, references, acronyms, names, addresses, terms of art."""

import re
from collections import Counter
from dataclasses import dataclass

from accessform.plain_language.glossary import find_terms

OPEN, CLOSE = "⟦", "⟧"

CAPITAL = "A-ZÀ-ÖØ-Þ"
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
GAP = r"[ \u00a0\u202f]"

ATOM = re.compile(
    rf"""
    [{OPEN}{CLOSE}]                                                            # the marks of masks, if a text has them
    | \{{[^{{}}\n]*\}}                                                         # a placeholder
    | https?://[^\s»"]*[^\s»".,;:!?)]                                          # addresses
    | www\.[^\s»"]*[^\s»".,;:!?)]
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | \b(?:[\w-]+\.)+(?:gouv\.fr|fr|com|org|net|eu)\b
    | \b(?:[Aa]rticles?|[Aa]rt\.){GAP}+[LRD]?\.?{GAP}?\*?\d[\d\-.]*\d*
        (?:{GAP}+(?:à|et|ou){GAP}+[LRD]?\.?{GAP}?\d[\d\-.]*\d|\b)
    | \b[LRD]\.{GAP}?\*?\d+(?:-\d+)*
    | \b(?:1er|\d{{1,2}}){GAP}+(?:{MONTHS})(?:{GAP}+\d{{4}})?\b                # dates
    | \d{{1,3}}(?:[ \u00a0\u202f.]\d{{3}})+(?!\d)(?:,\d+)?(?:{GAP}?[€%])?      # figures
    | \d+(?:[.,:/°h-]\d+)*(?:er|e|re|ème|nd|nde)?(?:{GAP}?[€%°])?
    | n°
    | \b[{CAPITAL}](?:[a-zà-ÿ]?[{CAPITAL}\d])+[a-zà-ÿ]?\b                      # acronyms: RSA, CNAPS, DALO
    | \b(?:Caf|Pacs|Urssaf|Cada|Crous|Insee|Assedic|Siret|Siren|Iban|Casa|Esat|Maif)\b
    | (?<=[a-zà-ÿ,»\d]{GAP})(?:[{CAPITAL}][\w’'-]*(?:{GAP}(?=[{CAPITAL}])|\b))+ # names, inside a sentence
    | (?<=[ldLD]['’])[{CAPITAL}][\w-]+
    | «[^«»\n]*»                                                               # words quoted
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Atom:
    """A span, in code points, that must come out of a draft as it went in."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Masked:
    """A text whose atoms are replaced by ⟦1⟧, ⟦2⟧…, and these atoms in order."""

    text: str
    atoms: tuple[str, ...]


def atoms_of(text: str) -> list[Atom]:
    """Return the atoms of `text` in order; they do not overlap. Terms of art come from the glossary."""
    found = [Atom(match.start(), match.end(), match.group()) for match in ATOM.finditer(text)]
    found += [Atom(term.start, term.end, text[term.start : term.end]) for term in find_terms(text)]
    kept: list[Atom] = []
    for atom in sorted(found, key=lambda atom: (atom.start, -atom.end)):
        if not kept or atom.start >= kept[-1].end:
            kept.append(atom)
    return kept


def counted(text: str) -> Counter[str]:
    """Return how many times each atom stands in `text`; a capital at the head of a term does not count."""
    return Counter(" ".join(_small(atom.text).split()) for atom in atoms_of(text))


def _small(atom: str) -> str:
    return atom if len(atom) > 1 and atom[1:2].isupper() else atom[:1].lower() + atom[1:]


def mask(text: str) -> Masked:
    """Replace each atom of `text` by its mask; `unmask` gives the text back, whatever it holds."""
    pieces: list[str] = []
    atoms = atoms_of(text)
    end = 0
    for number, atom in enumerate(atoms, 1):
        pieces += [text[end : atom.start], f"{OPEN}{number}{CLOSE}"]
        end = atom.end
    return Masked("".join([*pieces, text[end:]]), tuple(atom.text for atom in atoms))


def unmask(masked: Masked) -> str:
    """Return the text with its atoms back in place."""
    return re.sub(
        rf"{OPEN}(\d+){CLOSE}",
        lambda found: masked.atoms[int(found.group(1)) - 1],
        masked.text,
    )


def masks_kept(masked: Masked, text: str) -> bool:
    """Tell whether each mask stands exactly once in `text`, and no other."""
    found = Counter(re.findall(rf"{OPEN}(\d+){CLOSE}", text))
    return found == Counter(str(number) for number in range(1, len(masked.atoms) + 1)) and (
        text.count(OPEN) == text.count(CLOSE) == len(masked.atoms)
    )
