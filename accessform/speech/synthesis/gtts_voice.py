"""Google's voice through gTTS: the operator's choice, for the published texts of forms and nothing else.

The package sends its requests with TLS verification off and waits for ever by default; here the certificate is
verified, the wait is bounded, requests are spaced, and an answer counts only when it holds sound.
"""

import base64
import binascii
import re
import time
from collections.abc import Callable

import requests
from gtts import gTTS

from accessform.speech.prompts import SpokenPrompt
from accessform.speech.synthesis.engine import NothingSaid, SynthesisError

CONNECT_SECONDS, READ_SECONDS = 5.0, 15.0
SECONDS_BETWEEN_REQUESTS = 1.5
SMALLEST_SOUND = 500
"""Bytes. The shortest word comes back as some 4,000."""
STARTS_OF_MP3 = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa", b"\xff\xe3")
ANSWER = re.compile(r'jQ1olc","\[\\"(.*?)\\"]')


class GttsVoice:
    """Asks Google to say prompts. `session` and `sleep` are given by tests."""

    def __init__(self, session: requests.Session | None = None, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self.session = session or requests.Session()
        self.sleep = sleep
        self._asked = False

    def say(self, prompt: SpokenPrompt) -> bytes:
        """Return the MP3 of a prompt.

        Raises TypeError for anything but a SpokenPrompt, NothingSaid for an answer without sound, SynthesisError.
        """
        if not isinstance(prompt, SpokenPrompt):
            raise TypeError(f"only the published texts of forms may leave this machine, not {type(prompt).__name__}")
        requests_to_send = gTTS(prompt.text, lang="fr", lang_check=False)._prepare_requests()
        return b"".join(self._sound(request) for request in requests_to_send)

    def _sound(self, request: requests.PreparedRequest) -> bytes:
        if self._asked:
            self.sleep(SECONDS_BETWEEN_REQUESTS)
        self._asked = True
        environment = self.session.merge_environment_settings(request.url or "", {}, False, True, None)
        try:
            answer = self.session.send(request, **environment, timeout=(CONNECT_SECONDS, READ_SECONDS))
            answer.raise_for_status()
        except requests.RequestException as error:
            raise SynthesisError(f"gTTS: {error}") from error
        return _audio_in(answer.text)


def _audio_in(answer: str) -> bytes:
    """Return the MP3 in Google's answer; raises NothingSaid, since a 200 without sound is no error to the package."""
    found = ANSWER.search(answer)
    try:
        audio = base64.b64decode(found[1], validate=True) if found else b""
    except binascii.Error as error:
        raise NothingSaid("gTTS answered with something that is not base64") from error
    if len(audio) < SMALLEST_SOUND or not audio.startswith(STARTS_OF_MP3):
        raise NothingSaid("gTTS answered without sound")
    return audio
