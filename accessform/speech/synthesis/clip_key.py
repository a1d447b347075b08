"""The name of a clip: everything its sound depends on, hashed."""

import hashlib
import json

from accessform.speech.normalising.text import rules_version
from accessform.speech.synthesis.engine import VoiceIdentity

RATE = "1"
"""One rendering serves every speed: the player changes the pace."""


def clip_key(text: str, identity: VoiceIdentity) -> str:
    """Return the 64 hexadecimal digits of sha256(engine, version, voice, normaliser and lexicon, rate, text)."""
    parts = [identity.engine, identity.version, identity.voice, rules_version(), RATE, " ".join(text.split())]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
