"""Text messages that stay on this machine: to try the product, and to hand them to a gateway by files."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from accessform.messages.outcomes import NotTaken
from accessform.trust.files import write_whole


@dataclass(frozen=True)
class ConsoleSms:
    """Writes messages to the terminal, for a demonstration."""

    drops_repeats: bool = False

    def send(self, *, number: str, text: str, key: str) -> None:
        """Show one message."""
        sys.stdout.write(f"--- SMS {key}\nTo: {number}\n{text}\n---\n")
        sys.stdout.flush()


@dataclass(frozen=True)
class FileSms:
    """Writes each message as <key>.json into a folder; the same message again is the same file again."""

    folder: Path
    drops_repeats: bool = False

    def send(self, *, number: str, text: str, key: str) -> None:
        """Write one file, whole or not at all. Raises NotTaken."""
        content = json.dumps({"id": key, "to": number, "text": text}, ensure_ascii=False).encode()
        try:
            write_whole(self.folder / f"{key}.json", content)
        except OSError as error:
            raise NotTaken(f"{type(error).__name__} while writing") from None


class NoSms:
    """No gateway: nothing is offered, and what was queued before waits for one."""

    drops_repeats = False

    def send(self, *, number: str, text: str, key: str) -> None:
        """Take nothing. Raises NotTaken."""
        raise NotTaken("no SMS gateway is configured")
