"""The words that a person agrees to, ready to be kept with their hash. Pure.

VERSION changes with the words of sharing.consent_* and sharing.mandate_* (a test holds them together).
"""

import hashlib
from dataclasses import dataclass

from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel

VERSION = "2026-11-22"


@dataclass(frozen=True, slots=True)
class AgreedText:
    """A text as it is shown, with what proves which it was."""

    text: str
    level: ReadingLevel
    version: str = VERSION

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def as_fields(self) -> dict[str, str]:
        """Return what a row that keeps a consent stores."""
        kept = {"text": self.text, "text_sha256": self.sha256, "text_version": self.version}
        return {**kept, "reading_level": self.level.value}


def word_consent(
    *, scope: str, place: str, when: str, by_code: bool, may_write: bool, level: ReadingLevel
) -> AgreedText:
    """Return the consent to show a file: to whom, when, what, how it ends. `when` is the appointment's, in words."""
    visit = "consent_code" if by_code else "consent_appointment"
    sentences = [
        interface.text(f"sharing.{visit}", level, place=place, when=when),
        interface.text(f"sharing.consent_{scope}", level),
        interface.text("sharing.consent_write" if may_write else "sharing.consent_read", level),
        interface.text("sharing.consent_end", level),
    ]
    return AgreedText(" ".join(sentences), level)


def word_mandate(
    *, form: str, place: str, desk: str, until: str, level: ReadingLevel, corrects: bool = False
) -> AgreedText:
    """Return the mandate to send a form in the person's place: which form, to which desk, until when, in words.

    `corrects` is for a form that was sent: what is then sent is a correction of it.
    """
    name = "sharing.mandate_correction" if corrects else "sharing.mandate_text"
    return AgreedText(interface.text(name, level, form=form, place=place, desk=desk, until=until), level)
