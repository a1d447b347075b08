"""A whole form by voice, as somebody who only taps the microphone: synthetic answers, true browser, true recognition.

No figure here is a human voice. Skipped where the recognition model of the tests is not installed.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.site import ROOT, Site, serving
from tests.browser.speaking import ALLOWED, FAKE_DEVICE, Voice, launched
from tests.speech.recordings import RATE, installed_model, said, silence, wav

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORM = Path(__file__).with_name("forms") / "voix.yaml"
ANSWERS = {
    "filled_for_who": ("pour moi", "Pour vous"),
    "naissance": ("douze mars mille neuf cent quarante-huit", "12 mars 1948"),
    "situation": ("je suis veuve", "Veuf ou veuve"),
    "loge": ("oui", ""),
    "loyer": ("quatre cent cinquante euros", "450,00 €"),
    "code_postal": ("quarante-quatre mille", "44000"),
    "telephone": ("zéro, six, trois, neuf, neuf, huit, un, deux, trois, quatre", "06 39 98 12 34"),
}
"""Question → what is said, and what the card must show before a « oui »; yes and no wait for none."""
PATIENCE = 5
"""How many times somebody says the same thing again before this test gives up; the keyboard is never used. Only the
sending, whose phrase must be exact, falls back on its button, the physical action that a person has too."""
LEAD = 2.0
"""Seconds: the browser plays the sound from the moment it opens the microphone, before the page listens."""
LEAVES = ("unshare", "-rn")
TOLD_APART = 9
"""Letters from which a transcript found in a file would be no chance: « Oui. » stands in many."""


@pytest.fixture(scope="module")
def listening_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation that listens, with a short form."""
    model = installed_model()
    with serving(tmp_path_factory.mktemp("var"), ACCESSFORM_RECOGNITION_MODEL=str(model)) as site:
        site.manage("form", "publish", str(FORM))
        yield site


class Speaker(Voice):
    """Somebody whose every answer is a sound that the browser's microphone plays."""

    sound: Path
    heard: list[str]

    def say(self, words: str) -> None:
        """Tap, say it, tap again, and wait for the page that answers."""
        pcm = silence(LEAD) + said(words) + silence(1)
        self.sound.write_bytes(wav(pcm))
        shown = self.page.locator("input[name=key]").last.get_attribute("value")
        self.tap()
        self.expect_state("listening")
        self.page.wait_for_timeout(1000 * len(pcm) / 2 / RATE)
        self.tap()
        expect(self.page.locator(f"input[name=key][value='{shown}']")).to_have_count(0, timeout=90_000)
        self.page.wait_for_load_state()
        if self.box.count():
            self.heard.append(self.box.input_value())

    @property
    def asked(self) -> str:
        """The question that the page asks, "" where it asks for none."""
        card = self.page.locator("#voice")
        return (card.get_attribute("data-voice-question") or "") if card.count() else ""

    @property
    def shown(self) -> str:
        """What waits for its yes."""
        found = self.page.locator("[data-voice-said]")
        return " ".join(found.inner_text().split()) if found.count() else ""

    def answer(self, name: str) -> None:
        """Say the answer, read what was understood, say yes or no, until the form asks for something else."""
        words, expected = ANSWERS[name]
        for _ in range(2 * PATIENCE):
            if not self.shown:
                self.say(words)
            elif self.shown == expected:
                self.say("oui")
            else:
                self.say("non")
            if self.asked != name:
                return
        pytest.fail(f"{name}: {self.heard[-2 * PATIENCE :]}")


@pytest.fixture
def speaker(listening_site: Site, browser: Browser, browser_path: str, tmp_path: Path) -> Iterator[Speaker]:
    """Somebody who has chosen the voice, at the first question."""
    sound = tmp_path / "answer.wav"
    sound.write_bytes(wav(silence(1)))
    running = launched(browser, browser_path, FAKE_DEVICE, ALLOWED, sound=sound)
    person = Speaker(running.new_context(locale="fr-FR"), listening_site)
    person.sound, person.heard = sound, []
    yield person
    running.close()


@pytest.fixture(scope="module")
def networkless() -> list[str]:
    """The command that takes the network away from another, [] where this system lets no test do it."""
    unshare = shutil.which(LEAVES[0])
    allowed = (
        unshare and not subprocess.run([unshare, *LEAVES[1:], "true"], capture_output=True, check=False).returncode
    )
    return [unshare, *LEAVES[1:]] if unshare and allowed else []


@pytest.fixture(scope="module")
def once(networkless: list[str]) -> None:
    """The long way is gone once: without network where that can be had."""
    if networkless and not os.environ.get("ACCESSFORM_LOOPBACK_ONLY"):
        pytest.skip("gone below, without network")


@pytest.mark.usefixtures("once")
def test_a_whole_form_by_voice(speaker: Speaker, listening_site: Site) -> None:
    asked: list[str] = []
    speaker.page.context.on("request", lambda request: asked.append(urlsplit(request.url).hostname or ""))
    speaker.begin("voix")
    for name in ANSWERS:
        assert speaker.asked == name
        speaker.answer(name)
    expect(speaker.page).to_have_url(re.compile("/verifier"))
    for _, shown in ANSWERS.values():
        expect(speaker.page.locator("main")).to_contain_text(shown)
    for _ in range(PATIENCE):
        speaker.say("j'envoie ma demande")
        if speaker.page.url.endswith("/recu"):
            break
    else:
        speaker.page.locator("main form .button.primary").first.click()
    expect(speaker.page).to_have_url(re.compile("/recu$"))
    assert {host for host in asked if host} == {"127.0.0.1"}
    assert_nothing_stays(Path(listening_site.environment["ACCESSFORM_VAR"]), speaker.heard)


def assert_nothing_stays(folder: Path, heard: list[str]) -> None:
    """See that no file of the installation holds a transcript or the beginning of a sound."""
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "static" not in path.parts}
    assert any(path.name == "server.log" for path in files)
    transcripts = {words.encode() for words in heard if len(words) >= TOLD_APART}
    assert transcripts
    assert [(path.name, words) for path, content in files.items() for words in transcripts if words in content] == []
    assert [path.name for path, content in files.items() if b"OpusHead" in content] == []


def test_nothing_leaves_the_machine(networkless: list[str]) -> None:
    """The same, server and browser together on a machine that has a loopback and no other network."""
    if os.environ.get("ACCESSFORM_LOOPBACK_ONLY"):
        pytest.skip("this is the run without network")
    installed_model()
    if not networkless:
        pytest.skip("this system does not let a test take the network away")
    test = f"{Path(__file__).relative_to(ROOT)}::{test_a_whole_form_by_voice.__name__}"
    command = [*networkless, sys.executable, "-m", "tests.browser.loopback_only"]
    done = subprocess.run(
        [*command, sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", test],
        cwd=ROOT,
        env={**os.environ, "ACCESSFORM_LOOPBACK_ONLY": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "1 passed" in done.stdout
