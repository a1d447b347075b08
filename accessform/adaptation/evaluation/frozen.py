"""What the figures were measured with: the invented people, by their hash, and the part of the policy that decides."""

import hashlib
import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from accessform.adaptation.policy_file import Policy

RECORD = Path(__file__).parent / "frozen.toml"


def record() -> Sequence[dict[str, Any]]:
    """Return every freezing of the people, the first one first: `on`, `sha256`, `why`."""
    people: Sequence[dict[str, Any]] = tomllib.loads(RECORD.read_text(encoding="utf-8"))["people"]
    return people


def policy_fingerprint(policy: Policy) -> str:
    """Return the SHA-256 of what decides in a policy: neither its version nor its comments, nor what the browser counts
    with, none of which can move a figure.
    """
    file = policy.file
    parts = {"limits", "error_help", "hand_off", "probability", "adaptations"}
    signals = {
        name: signal.model_dump(mode="json", exclude={"counter": {"browser"}}) for name, signal in file.signals.items()
    }
    # The adaptations' own order settles ties: it must stay, so that keys are not sorted.
    told = [file.model_dump(mode="json", include=parts), sorted(signals.items())]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
