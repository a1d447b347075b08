"""Text cut into pieces short enough for an engine and long enough to sound right. Pure."""

import re

LONGEST_PIECE = 300
"""Characters before normalising: figures grow when said (« 1 234,50 € » by six), the engine takes 1,000."""

NOT_AN_END = "".join(
    rf"(?<!\b{short}\.)" for short in ("[A-Z]", "MM", "[aA]rt", "[eE]x", "[aA]v", "[pP]l", "[aA]l", "[tT]él", "[rR]éf")
)
END = re.compile(rf"(?<=[.!?…]){NOT_AN_END}\s+(?=[A-ZÀ-ÖØ-Þ0-9«(\"])")
SOFTER = (re.compile(r"(?<=[;:])\s+"), re.compile(r"(?<=,)\s+"), re.compile(r"\s+"))


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, none above LONGEST_PIECE characters; blank ones are left out."""
    pieces = [piece for sentence in END.split(" ".join(text.split())) for piece in _shortened(sentence, SOFTER)]
    return [piece for piece in pieces if any(character.isalnum() for character in piece)]


def _shortened(text: str, separators: tuple[re.Pattern[str], ...]) -> list[str]:
    """Cut at the strongest separator that helps, else at LONGEST_PIECE."""
    if len(text) <= LONGEST_PIECE:
        return [text]
    if not separators:
        return [text[start : start + LONGEST_PIECE] for start in range(0, len(text), LONGEST_PIECE)]
    pieces: list[str] = []
    for part in separators[0].split(text):
        if pieces and len(pieces[-1]) + len(part) < LONGEST_PIECE:
            pieces[-1] = f"{pieces[-1]} {part}"
        else:
            pieces.extend(_shortened(part, separators[1:]))
    return pieces
