"""What came of one recording."""

from dataclasses import dataclass
from enum import StrEnum

from accessform.speech.recognition.engine import Segment


class RecognitionOutcome(StrEnum):
    """The eight things that may come of a recording."""

    WORDS = "words"
    SILENCE = "silence"
    """Nobody spoke, or the microphone is off."""
    NO_WORDS = "no_words"
    """Something sounds (noise, music, a far voice), and no words can be made out with any certainty."""
    TOO_LONG = "too_long"
    """More than a minute of speech, ten minutes of recording, or too many bytes: never cut and taken for an answer."""
    UNREADABLE = "unreadable"
    """Empty, damaged, without sound, or of a kind that is not read."""
    BUSY = "busy"
    """Others are being listened to; try again in a moment."""
    UNAVAILABLE = "unavailable"
    """This installation does not listen."""
    FAILED = "failed"
    """The engine died or did not answer in time; the next recording finds a new one."""


@dataclass(frozen=True)
class Recognised:
    """An outcome with what belongs to it. Kept in memory only, never logged: `text` is what a person said.

    `text` is empty unless the outcome is WORDS. `beginning` holds the words of the first minute of what was TOO_LONG:
    a screen may offer them to be completed, nothing may take them for an answer. Seconds as in `engine.Heard`.
    """

    outcome: RecognitionOutcome
    text: str = ""
    beginning: str = ""
    segments: tuple[Segment, ...] = ()
    seconds: float = 0.0
    speech_seconds: float = 0.0

    def __repr__(self) -> str:
        """Tell the outcome without the words: a representation ends up in logs and tracebacks."""
        return f"<Recognised {self.outcome.value}, {self.seconds:.1f} s>"

    @property
    def confidence(self) -> float:
        """The mean log-probability of the least certain stretch: 0 is certain, −1 doubtful; 0 without words."""
        return min((segment.avg_logprob for segment in self.segments), default=0.0)
