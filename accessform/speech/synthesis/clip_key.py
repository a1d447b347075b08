"""The name of a clip: everything its sound depends on, hashed."""

import hashlib
import json

from accessform.speech.normalising.text import rules_version
from accessform.speech.synthesis.engine import VoiceIdentity
from accessform.speech.synthesis.mp3 import CODING
from accessform.speech.synthesis.silence import END_SECONDS, PAUSE_SECONDS

RATE = f"1 {CODING} {PAUSE_SECONDS} s {END_SECONDS} s"
"""One rendering serves every speed: the player changes the pace. Then what is done to a sound before it is kept."""


def clip_key(text: str, identity: VoiceIdentity) -> str:
    """Return the 64 hexadecimal digits of sha256(engine, version, voice, normaliser and lexicon, rate, text)."""
    parts = [identity.engine, identity.version, identity.voice, rules_version(), RATE, " ".join(text.split())]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
