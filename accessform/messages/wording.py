"""The words of a message: neutral texts of the interface, at the person's reading level, with the stop link."""

from collections.abc import Mapping
from dataclasses import dataclass

from accessform.messages.models import Channel
from accessform.messages.signs import to_gsm
from accessform.plain_language.interface import text
from accessform.plain_language.wording import ReadingLevel


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it leaves; a text message has no title."""

    title: str | None
    body: str


def write_message(
    kind: str, channel: Channel, level: ReadingLevel, words: Mapping[str, str], *, stop_link: str
) -> Written:
    """Return the texts `<kind>_subject` and `<kind>_body`, or `<kind>_sms`, filled with `words`.

    A kind without a dot is one of messages.yaml. Raises UnknownText, or KeyError for a word that is missing.
    """
    start = kind if "." in kind else f"messages.{kind}"
    if channel == Channel.SMS:
        said = text(f"{start}_sms", level).format(**words)
        return Written(None, to_gsm(f"{said} {text('messages.stop_sms', level, link=stop_link)}"))
    body = text(f"{start}_body", level).format(**words)
    stop = text("messages.stop_line", level, link=stop_link)
    return Written(text(f"{start}_subject", level).format(**words), f"{body.strip()}\n\n{stop}\n")
