"""What somebody with a microphone does in a browser, and the sounds that the browser is given to hear."""

import math
import re
import wave
from array import array
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import FLAGS
from tests.browser.site import Site

FAKE_DEVICE = "--use-fake-device-for-media-stream"
ALLOWED = "--use-fake-ui-for-media-stream"
RATE = 16_000
OBSERVED = """
window.streams = [];
window.players = [];
const open = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
if (open) navigator.mediaDevices.getUserMedia = async (wanted) => {
  const stream = await open(wanted);
  window.streams.push(stream);
  return stream;
};
const Original = window.Audio;
window.Audio = function () { const made = new Original(); window.players.push(made); return made; };
"""
LIVE = "window.streams.filter((stream) => stream.getTracks().some((track) => track.readyState === 'live')).length"


def humming(path: Path, seconds: float = 20.0) -> Path:
    """Write a steady tone, for a microphone that hears something."""
    tone = array("h", (int(9_000 * math.sin(place * 2 * math.pi * 220 / RATE)) for place in range(int(RATE * seconds))))
    with wave.open(str(path), "wb") as writing:
        writing.setnchannels(1)
        writing.setsampwidth(2)
        writing.setframerate(RATE)
        writing.writeframes(tone.tobytes())
    return path


def launched(browser: Browser, path: str, *flags: str, sound: Path | None = None) -> Browser:
    """Return another browser from the same `path`, with these flags; its microphone plays `sound` once."""
    heard = [f"--use-file-for-fake-audio-capture={sound}%noloop"] if sound else []
    return browser.browser_type.launch(executable_path=path, args=[*FLAGS, *flags, *heard])


class Voice:
    """Somebody who answers by voice, on one page."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        context.set_default_timeout(10_000)
        context.add_init_script(OBSERVED)
        self.site = site
        self.page: Page = context.new_page()

    def begin(self, slug: str = "demonstration") -> "Voice":
        """Start a journey and choose the voice in the panel."""
        self.page.goto(f"{self.site.address}/demarches/{slug}/")
        self.page.locator("main form[action$=commencer] button").click()
        expect(self.page).to_have_url(re.compile("/pour-qui/"))
        return self.choose_voice()

    def choose_voice(self) -> "Voice":
        """Choose the voice, and come back."""
        here = self.page.url
        self.page.goto(f"{self.site.address}/affichage")
        self.page.locator("[name=modality][value=voice]").check()
        self.page.locator("[name=action][value=save]").first.click()
        self.page.wait_for_load_state()
        self.page.goto(here)
        return self

    @property
    def place(self) -> Locator:
        """The microphone."""
        return self.page.locator("[data-microphone]")

    @property
    def button(self) -> Locator:
        """Its one button."""
        return self.page.locator("[data-microphone-button]")

    @property
    def told(self) -> Locator:
        """What it says of itself."""
        return self.page.locator("[data-microphone-state]")

    @property
    def box(self) -> Locator:
        """The box for words."""
        return self.page.locator("[data-voice-text]")

    def expect_state(self, state: str) -> None:
        """See the microphone in this state."""
        expect(self.place).to_have_attribute("data-state", state)

    def tap(self) -> None:
        """Tap its button, later than a trembling hand would."""
        self.page.wait_for_timeout(750)
        self.button.click()

    def listen(self) -> None:
        """Open the microphone and let it hear something."""
        self.tap()
        self.expect_state("listening")
        self.page.wait_for_timeout(400)

    def sounds_kept(self) -> int:
        """Return how many sounds the page's form would send."""
        return int(self.page.locator("[data-microphone-sound]").evaluate("(field) => field.files.length"))
