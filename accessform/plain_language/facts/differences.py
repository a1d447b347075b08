"""What a comparison of two texts gives: facts lost, added, changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fact:
    """One fact of a text: its kind (a name of docs/plain-language.md) and the words that state it."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One fact that both texts state, differently."""

    kind: str
    before: str
    after: str


@dataclass
class Differences:
    """What one family of facts found; `doubts` are what it could not decide."""

    lost: list[Fact] = field(default_factory=list)
    added: list[Fact] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lost or self.added or self.changed)

    def take(self, other: "Differences") -> None:
        """Add what another family found."""
        self.lost += other.lost
        self.added += other.added
        self.changed += other.changed
        self.doubts += other.doubts


def of_sets(kind: str, before: dict[str, str], after: dict[str, str]) -> Differences:
    """Compare two sets of facts, each a canonical key and its words; one lost and one added are one changed."""
    lost = [key for key in before if key not in after]
    added = [key for key in after if key not in before]
    pairs = list(zip(lost, added, strict=False)) if len(lost) == len(added) else []
    if pairs:
        return Differences(changed=[Change(kind, before[one], after[other]) for one, other in pairs])
    return Differences([Fact(kind, before[key]) for key in lost], [Fact(kind, after[key]) for key in added])


def first_words(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return canonical key → the words that state it first."""
    kept: dict[str, str] = {}
    for key, words in found:
        kept.setdefault(key, words)
    return kept
