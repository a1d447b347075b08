"""People who fill in a form in a browser: each a small script of how they point, type, wait and err.

Nobody was measured: a person here is what a hand or a habit does to a page (people_equipped.py: a device, a line),
always in the same way, so that what the product does and does not do about it can be asserted. docs/struggle.md says
which one proves what. What they see is kept as pictures in var/artefacts/people, which git ignores; `make test` says
where.
"""

import base64
import json
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

from accessform.operations.testing import PICTURES
from tests.browser import focus
from tests.browser.citizen import Citizen

IMPOSSIBLE = "31/02/1978"
NIR = "2 78 05 44 109 025 17"
# Whether the focus reached what is wanted, and the element that has it where that is covered or out of the window.
STOP = f"""wanted => {{
  const e = document.activeElement;
  const covered = e !== document.body && ({focus.OBSCURED})(e);
  return [e.matches(wanted), covered ? [e.outerHTML.slice(0, 90)] : []];
}}"""
Place = tuple[float, float]


class Person(Citizen):
    """Somebody whose journey can be looked into: what was counted and decided, from their own copy of it."""

    name = "person"

    def __init__(self, page: Page, *, scripts: bool = True) -> None:
        super().__init__(page)
        self.scripts = scripts

    def show(self, seen: str, at: str = "h1") -> None:
        """Keep a picture of the window, with this element in its middle, in real pixels whatever the zoom."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.locator(at).first.evaluate("e => e.scrollIntoView({ block: 'center', behavior: 'instant' })")
        camera = self.page.context.new_cdp_session(self.page)
        taken = camera.send("Page.captureScreenshot", {"format": "png"})
        camera.detach()
        ending = "" if self.scripts else "-without-scripts"
        (PICTURES / f"{self.name}-{seen}{ending}.png").write_bytes(base64.b64decode(taken["data"]))

    def switch_on(self, *switches: str) -> None:
        """Tick boxes of the panel: `counters`, `auto_adapt`."""
        self.page.goto("/affichage")
        for switch in switches:
            self.page.locator(f"input[name={switch}]").check()
        self.page.locator("button[value=save]").click()
        self.page.wait_for_load_state("networkidle")

    def identify(self, born: str = "4 mai 1958") -> None:
        """Fill in the first step of « complémentaire santé solidaire »."""
        self.choose("civilite", "mme")
        self.write(nom_naissance="Benali", prenoms="Leïla", date_naissance=born, numero_securite_sociale=NIR)

    def wait(self, seconds: float) -> None:
        """Let time pass for the page; without scripts no page knows the time, and the server asks nobody for it."""
        if self.scripts:
            self.page.clock.fast_forward(int(seconds * 1000))

    @property
    def noticed(self) -> dict[str, Any]:
        """The person's own copy of what was counted, decided and changed."""
        answer = self.page.context.request.get(f"{self.journey}pourquoi.json")
        assert answer.ok, answer.status
        return json.loads(answer.text())

    @property
    def decided(self) -> list[tuple[str, str | None]]:
        """Every decision of the policy, in order: action and help."""
        return [(decision["action"], decision["adaptation"]) for decision in self.noticed["decisions"]]

    def count(self, signal: str) -> int:
        """Return how often a signal was counted, wherever it was."""
        return sum(tally[0] for tally in self.noticed["counts"].get(signal, {}).values())

    def expect_no_help(self) -> None:
        """See that nothing is offered, nothing has changed, and no person is proposed."""
        for card in ("#offer", "#une-personne", ".notice"):
            expect(self.page.locator(card)).to_have_count(0)
        assert self.decided == []

    def middle(self, target: Locator) -> Place:
        """Return the middle of an element, once it is in the window."""
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def height(self, selector: str) -> float:
        """Return the height of the first such element, in CSS pixels."""
        box = self.page.locator(selector).first.bounding_box()
        assert box
        return box["height"]


class TremblingHand(Person):
    """A hand that shakes at the mouse: the pointer goes there in a wavering line, presses fall beside, figures double.

    It wants the little circle of an answer and takes its time: more than a second between two presses.
    """

    name = "tremor"
    BESIDE: Sequence[Place] = ((-36, 7), (-40, -6), (-34, 11))
    """Presses that miss: from the middle of the circle, over the left edge of its answer."""
    SHAKES: Sequence[Place] = ((6, 27), (-5, -26), (9, 8), (-7, 27), (4, -27), (-3, -11))
    """How far presses fall from the middle of an answer, in pixels."""

    def press_at(self, x: float, y: float) -> None:
        """Waver to a place and press there, the hand still moving."""
        for part, drift in ((0.3, 14), (0.6, -11), (0.8, 9), (0.95, -5)):
            self.page.mouse.move(x * part, y * part + drift)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + 2, y + 1)
        self.page.mouse.up()
        self.wait(1.2)

    def choose_with_misses(self, name: str, key: str) -> None:
        """Miss the answer as often as the hand does, then hit it."""
        circle = self.page.locator(f"#step-form [name='{name}'][value='{key}']")
        x, y = self.middle(circle)
        for dx, dy in self.BESIDE:
            self.press_at(x + dx, y + dy)
            assert not circle.is_checked(), "a press beside an answer must miss it"
        self.press_at(x + 3, y - 2)
        expect(circle).to_be_checked()

    def hits(self, name: str, keys: tuple[str, str]) -> int:
        """Press on two answers in turn, the hand shaking; return how many presses reached the one that was meant."""
        reached = 0
        for number, (dx, dy) in enumerate(self.SHAKES):
            circle = self.page.locator(f"#step-form [name='{name}'][value='{keys[number % 2]}']")
            x, y = self.middle(circle.locator("xpath=ancestor::label"))
            self.press_at(x + dx, y + dy)
            reached += circle.is_checked()
        return reached

    def type_doubling(self, name: str, text: str) -> None:
        """Press into a box and type; the last key is struck twice, unseen."""
        self.press_at(*self.middle(self.page.locator(f"#step-form [name='{name}']")))
        self.page.keyboard.type(text + text[-1], delay=40)


class HesitantReader(Person):
    """Reads slowly, opens an explanation, closes it, opens it again; writes a date as it comes to mind."""

    name = "hesitant-reader"

    def read_help(self, question: str) -> None:
        """Open the help of a question, read it, close it."""
        self.press(f"help:{question}")
        expect(self.page.locator(f"#{question}-help")).to_be_visible()
        self.wait(20)
        self.press("help")
        expect(self.page.locator(f"#{question}-help")).to_have_count(0)

    def error(self, question: str) -> str:
        """Return what is said at a refused answer."""
        return self.page.locator(f"#{question}-error").inner_text()


class KeyboardOnly(Person):
    """Tab, Shift+Tab, arrows, Space, Enter: no pointer at all. Notes every stop where focus is covered or outside."""

    name = "keyboard"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.lost: list[str] = []

    def tab_to(self, selector: str, *, back: bool = False, most: int = 60) -> None:
        """Press Tab, or Shift+Tab, until that element has the focus."""
        for _ in range(most):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            reached, covered = self.page.evaluate(STOP, selector)
            self.lost += covered
            if reached:
                return
        raise AssertionError(f"{selector} was not reached in {most} presses on {self.page.url}")

    def press_key(self, selector: str, key: str = "Enter", *, back: bool = False) -> None:
        """Go to an element and press a key on it."""
        self.tab_to(selector, back=back)
        self.page.keyboard.press(key)

    def type_into(self, name: str, text: str) -> None:
        """Go to a box and type."""
        self.tab_to(f"[name='{name}']")
        self.page.keyboard.type(text)

    def begin(self, slug: str, *, whom: str = "self") -> None:
        """Start a form from its own page, by keys."""
        self.page.goto(f"/demarches/{slug}/")
        self.press_key("form[action$=commencer] button")
        self.page.wait_for_url("**/pour-qui/")
        self.press_key(f"[name=filled_for_who][value={whom}]", "Space")
        self.press_key("#continue")
        self.page.wait_for_url(lambda address: "/pour-qui/" not in address)


class Hurried(Person):
    """Fast and careless: passes over what is asked, sends with two quick clicks, looks at the summary only then."""

    name = "hurried"

    def send(self) -> None:
        """Click « Continuer » twice in one movement, as people do who double-click everything."""
        key = self.page.locator("#step-form [name=key]").get_attribute("value")
        self.page.locator("#continue").dblclick()
        expect(self.page.locator(f"#step-form [name=key][value='{key}']")).to_have_count(0)


class Unhurried(Person):
    """Slow and fine: three quarters of a minute before each answer, two seconds and a half for each key, no mistake."""

    name = "unhurried"

    def write(self, **values: str) -> None:
        """Type letter by letter."""
        for name, value in values.items():
            box = self.page.locator(f"#step-form [name='{name.replace('__', '-')}']")
            self.wait(45)
            box.click()
            for letter in value:
                box.press_sequentially(letter)
                self.wait(2.5)

    def choose(self, name: str, *keys: str) -> None:
        """Read every answer, then pick."""
        self.wait(45)
        super().choose(name, *keys)
