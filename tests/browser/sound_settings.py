"""What the browser's own sound cleaning does to recognition: `python -m tests.browser.sound_settings` prints a table.

Synthetic answers, played through Chromium's microphone with each setting, heard by the recognition model of the tests.
"""

import base64
import http.server
import os
import tempfile
import threading
from pathlib import Path

import django
import numpy as np
from playwright.sync_api import sync_playwright

from accessform.operations.browser import find_or_install_browser
from tests.browser.conftest import FLAGS
from tests.browser.speaking import ALLOWED, FAKE_DEVICE
from tests.speech.recordings import RATE, installed_model, said, silence, wav

ANSWERS = (
    "oui",
    "douze mars mille neuf cent quarante-huit",
    "quatre cent cinquante euros",
    "quarante-quatre mille",
    "zéro, six, trois, neuf, neuf, huit, un, deux, trois, quatre",
    "je suis célibataire",
)
PLACES = {"close": (1.0, 0.0), "far": (0.05, 0.0), "noisy": (0.3, 0.01)}
"""Gain of the voice, and standard deviation of white noise; 1 is full scale."""
SETTINGS = {
    "all": (True, True, True),
    "echo and noise": (True, True, False),
    "noise": (False, True, False),
    "none": (False, False, False),
}
"""Echo cancellation, noise suppression, gain control."""
RECORD = """async ([ms, [echoCancellation, noiseSuppression, autoGainControl]]) => {
  const audio = { echoCancellation, noiseSuppression, autoGainControl, channelCount: 1 };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  const recorder = new MediaRecorder(stream, { mimeType: "audio/webm;codecs=opus", audioBitsPerSecond: 32000 });
  const pieces = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  recorder.start();
  await new Promise((resume) => { setTimeout(resume, ms); });
  const stopped = new Promise((resume) => { recorder.onstop = resume; });
  recorder.stop();
  await stopped;
  stream.getTracks().forEach((track) => track.stop());
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
}"""


class BlankPage(http.server.BaseHTTPRequestHandler):
    """A page that may use the microphone."""

    def do_GET(self) -> None:
        """Answer it."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def recorded(folder: Path) -> "list[tuple[str, str, str, bytes]]":
    """Return place, answer, setting and recording, for each."""
    found = []
    sound, path = folder / "answer.wav", find_or_install_browser()
    with http.server.HTTPServer(("127.0.0.1", 0), BlankPage) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        flags = [*FLAGS, FAKE_DEVICE, ALLOWED, f"--use-file-for-fake-audio-capture={sound}%noloop"]
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        for place, (gain, noise) in PLACES.items():
            for answer in ANSWERS:
                clean = np.frombuffer(silence(1.2) + said(answer) + silence(0.5), np.int16) * gain
                heard = clean + np.random.default_rng(1).normal(0, noise * 32_767, len(clean))
                sound.write_bytes(wav(heard.clip(-32_767, 32_767).astype(np.int16).tobytes()))
                for setting, switches in SETTINGS.items():
                    told = page.evaluate(RECORD, [1000 * len(clean) / RATE, switches])
                    found.append((place, answer, setting, base64.b64decode(told)))
        browser.close()
        server.shutdown()
    return found


def main() -> None:
    """Print the table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "accessform.settings"
    os.environ["ACCESSFORM_RECOGNITION_MODEL"] = str(installed_model())
    django.setup()
    from accessform.speech.recognising import recognise, recogniser

    with tempfile.TemporaryDirectory() as folder:
        for place, answer, setting, audio in recorded(Path(folder)):
            heard = recognise(audio)
            print(f"{place} | {answer} | {setting} | {heard.text or heard.outcome} | {heard.confidence:.2f}")  # noqa: T201
    recogniser().stop()


if __name__ == "__main__":
    main()
