"""Words understood as an answer to the question that is put."""

from collections.abc import Mapping
from typing import Any

from accessform.speech.dialogue.states import Asked
from accessform.speech.understanding.understanding import understand
from accessform.speech.understanding.understood import Understood


def understood(words: str, asked: Asked, pending: Mapping[str, Any] | None = None) -> Understood:
    """Return what `words` answer to `asked`."""
    return understand(
        asked.kind,
        words,
        choices=asked.choices or None,
        today=asked.today,
        constraints=asked.constraints,
        pending=pending,
    )
