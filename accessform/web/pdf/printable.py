"""Text that the fonts can print: control and unknown characters shown as [U+XXXX], endless answers cut. Pure."""

import functools
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

COVERAGE = Path(__file__).parent / "coverage.txt"

LINE_LENGTH = 80
MAX_LINES_AN_ANSWER = 250
"""About five pages: more than the 20,000 signs that the longest question takes, unless they are line ends."""
MAX_LINES = 3000
"""About sixty pages a document."""
MAX_WORD = 40
ZERO_WIDTH_SPACE = "\u200b"

LATIN_1 = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)])) - {"\u00ad"}
"""What remains when a document is refused for a character that a font lists but cannot set alone."""


@functools.cache
def covered() -> frozenset[str]:
    """Return every character that the fonts of printed documents hold."""
    characters: set[str] = set()
    for line in COVERAGE.read_text(encoding="ascii").splitlines():
        if line and not line.startswith("#"):
            first, _, last = line.partition("-")
            characters.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(characters)


@dataclass
class Printable:
    """Makes texts printable and remembers what had to be replaced or cut, so that the document can say so."""

    cut_text: str
    replaced: bool = False
    cut: bool = False
    lines_left: int = MAX_LINES
    known: frozenset[str] = field(default_factory=covered)

    def clean(self, value: Any) -> Any:
        """Return `value` with each text in it printable, whatever lists and dictionaries hold it."""
        if isinstance(value, str):
            return self.clean_text(value)
        if isinstance(value, dict):
            return {key: self.clean(part) for key, part in value.items()}
        if isinstance(value, list | tuple):
            return [self.clean(part) for part in value]
        return value

    def clean_text(self, text: str) -> str:
        """Return `text` normalised, unknown characters named, long words breakable, endless ones cut."""
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
        lines = [self._breakable("".join(map(self._character, line))) for line in text.split("\n")]
        return "\n".join(self._within_limits(lines))

    def _character(self, character: str) -> str:
        if character in self.known:
            return character
        self.replaced = True
        return f"[U+{ord(character):04X}]"

    def _within_limits(self, lines: list[str]) -> list[str]:
        """Keep whole lines while they fit, then say that the rest is not printed."""
        room = min(MAX_LINES_AN_ANSWER, self.lines_left)
        kept: list[str] = []
        for line in lines:
            height = 1 + len(line) // LINE_LENGTH
            if height > room:
                self.cut = True
                kept.extend([line[: room * LINE_LENGTH], self.cut_text] if room > 0 else [self.cut_text])
                room = 0
                break
            kept.append(line)
            room -= height
        self.lines_left = max(0, self.lines_left - sum(1 + len(line) // LINE_LENGTH for line in kept))
        return kept

    @staticmethod
    def _breakable(line: str) -> str:
        """Let words longer than MAX_WORD break, so that none runs off the page."""
        return " ".join(
            word
            if len(word) <= MAX_WORD
            else ZERO_WIDTH_SPACE.join(word[start : start + MAX_WORD] for start in range(0, len(word), MAX_WORD))
            for word in line.split(" ")
        )
