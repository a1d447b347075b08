"""A citizen who answers in words, without JavaScript: the box, « Oui », « Non », the card as it stands."""

from typing import Any

from tests.journeys.filling import Citizen


class Speaker(Citizen):
    """One browser without scripts, in voice mode."""

    def choose_voice(self) -> "Speaker":
        """Choose the voice in the panel, as a person does."""
        here = self.path
        chosen = {"modality": "voice", "reading_level": "plain", "voice_autoplay": "on", "help_offers": "on"}
        self.client.post("/affichage", {"action": "save", "next": here, **chosen})
        self.get(here)
        return self

    @property
    def card(self) -> Any:
        """The card, None where the page has none."""
        found = self.page.xpath("//*[@id='voice'][@data-voice-question]")
        return found[0] if found else None

    @property
    def phase(self) -> str:
        """What the card waits for, "" without a card."""
        return self.card.get("data-voice") if self.card is not None else ""

    @property
    def asked(self) -> str:
        """The field that is asked about."""
        return self.card.get("data-voice-question")

    @property
    def told(self) -> str:
        """The words of the card."""
        return " ".join(self.card.text_content().split())

    @property
    def understood(self) -> str:
        """What waits for its yes."""
        return " ".join(self.page.xpath("string(//*[@data-voice-said])").split())

    def say(self, words: str, action: str = "say", **typed: Any) -> "Speaker":
        """Give words."""
        self.press(action, **{"voice-words": words, **typed})
        return self

    def yes(self) -> "Speaker":
        """Press « Oui, c'est exact »."""
        self.press("reply:oui")
        return self

    def no(self) -> "Speaker":
        """Press « Non »."""
        self.press("reply:non")
        return self
