"""What a citizen does in a browser, in the words of the story; the same with and without JavaScript."""

import io
import re
import struct
import zlib
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

STEP = re.compile(r"/d/[0-9a-f-]{36}/([a-z-]+)")


class Citizen:
    """Somebody who fills in a form."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def step(self) -> str:
        """The step that the browser shows, from its address."""
        found = STEP.search(self.page.url)
        assert found, self.page.url
        return found.group(1)

    @property
    def journey(self) -> str:
        """The address of the journey, without its step: /d/<id>/."""
        found = re.search(r"/d/[0-9a-f-]{36}/", self.page.url)
        assert found, self.page.url
        return found.group(0)

    @property
    def offer(self) -> Locator:
        """The one offer of help that may stand on the page."""
        return self.page.locator("#offer")

    def begin(self, slug: str, *, whom: str = "self") -> None:
        """Find a form in the catalogue, start it and say for whom."""
        self.page.goto("/")
        self.page.locator(f"main a[href='/demarches/{slug}/']").click()
        self.page.get_by_role("button", name="Commencer").click()
        expect(self.page).to_have_url(re.compile("/pour-qui/"))
        self.page.wait_for_load_state()
        self.choose("filled_for_who", whom)
        if whom == "self":
            self.go_on()
        self.page.wait_for_load_state()

    def choose(self, name: str, *keys: str) -> None:
        """Check a radio button, or several boxes."""
        for key in keys:
            self.page.locator(f"#step-form [name='{name}'][value='{key}']").check()

    def write(self, **values: str) -> None:
        """Type into text boxes; `__` in a name stands for the dash of a part."""
        for name, value in values.items():
            self.page.locator(f"#step-form [name='{name.replace('__', '-')}']").fill(value)

    def press(self, verb: str) -> None:
        """Press one of the step's buttons and wait for the page that it leads to."""
        button = self.page.locator(f"button[name=action][value='{verb}']:not([aria-hidden])").first
        key = self.page.locator("#step-form [name=key]").first
        before = key.get_attribute("value") if key.count() else None
        button.click()
        if before:
            expect(self.page.locator(f"#step-form [name=key][value='{before}']")).to_have_count(0)

    def go_on(self) -> None:
        """Press « Continuer »."""
        self.press("next")

    def expect_step(self, step: str) -> None:
        """See that the browser shows this step."""
        expect(self.page).to_have_url(re.compile(f"/{step}/"))

    def refused(self) -> Locator:
        """Return the summary of what is to be corrected."""
        return self.page.locator("main .card.summary")

    def say_who(self) -> None:
        """Fill in the first step of « changement d'adresse »."""
        self.choose("civilite", "mme")
        self.write(nom_naissance="Benali", prenoms="Leïla", date_naissance="4 mai 1978")

    def say_where(self) -> None:
        """Fill in the addresses, written as people write them."""
        self.write(
            ancienne_adresse__street="12 rue des Lilas",
            ancienne_adresse__postal_code="35 000",
            ancienne_adresse__city="Rennes",
            nouvelle_adresse__street="3 place du Marché",
            nouvelle_adresse__postal_code="44000",
            nouvelle_adresse__city="Nantes",
            date_demenagement="03/11/2026",
        )
        self.choose("duree", "definitif")


def png(folder: Path, name: str = "facture.png", shade: int = 200) -> Path:
    """Write a small true PNG and return its path."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + bytes([shade]) * 40 for _ in range(40))
    picture = io.BytesIO()
    picture.write(b"\x89PNG\r\n\x1a\n")
    picture.write(chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 40, 8, 0, 0, 0, 0)))
    picture.write(chunk(b"IDAT", zlib.compress(rows)))
    picture.write(chunk(b"IEND", b""))
    path = folder / name
    path.write_bytes(picture.getvalue())
    return path
