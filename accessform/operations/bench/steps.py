"""Step page figures: the product against the same page written by hand, in one run, in turns."""

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from accessform.operations.bench.figures import Figure, median
from accessform.operations.bench.visitor import Transport, Visitor, hidden, over_http

SLUG = "changement-adresse"
ROUNDS = 20
REQUESTS = 15
CLIENTS = 16
CROWDS = 10
VALUES = {
    "civilite": "mme",
    "nom_naissance": "Benali",
    "prenoms": "Leïla",
    "date_naissance": "04/05/1978",
    "courriel": "leila.benali@example.fr",
    "telephone": "",
}
Turn = Callable[[], float]


class Filling:
    """One person on the first step of the form, able to draw and save it in the product and in each control."""

    def __init__(self, send: Transport) -> None:
        self.visitor = Visitor(send)
        _, _, page = self.visitor.get(f"/demarches/{SLUG}/")
        start = {"start_key": hidden(page, "start_key")}
        _, lines, _ = self.visitor.post(f"/demarches/{SLUG}/commencer", start)
        first = lines["Location"]
        _, lines, _ = self.save(first, {"filled_for_who": "self"})
        self.path = lines["Location"]
        self.journey = self.path.split("/")[2]
        self.by_hand = f"/bench/main/{self.journey}/"
        self.bound = f"/bench/borne/{self.journey}/"

    def save(self, path: str, values: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        """Draw a step of the product (not timed), then send it back; raises AssertionError where it is refused."""
        _, _, page = self.visitor.get(path)
        sent = {"key": hidden(page, "key"), "revision": hidden(page, "revision"), "asked": list(values)}
        answer = self.visitor.post(path, {**sent, "action": "next", **values})
        if answer[0] != 303:  # noqa: PLR2004
            raise AssertionError(f"{path} answered {answer[0]} to a valid step")
        return answer

    def draw(self, path: str) -> float:
        """Return the seconds that a page takes."""
        status, _, _ = self.visitor.get(path)
        if status != 200:  # noqa: PLR2004
            raise AssertionError(f"{path} answered {status}")
        return self.visitor.seconds

    def save_product(self) -> float:
        """Return the seconds of a POST that saves the product's step; what is typed differs each time."""
        self.save(self.path, {**VALUES, "prenoms": f"Leïla {uuid.uuid4().hex[:6]}"})
        return self.visitor.seconds

    def save_control(self, path: str) -> float:
        """Return the seconds of a POST that saves a control."""
        self.visitor.get(self.by_hand)
        sent = {"key": uuid.uuid4(), "revision": 0, "action": "next"}
        status, _, _ = self.visitor.post(path, {**VALUES, **sent, "prenoms": f"Leïla {uuid.uuid4().hex[:6]}"})
        if status != 302:  # noqa: PLR2004
            raise AssertionError(f"{path} answered {status} to a valid step")
        return self.visitor.seconds


def ratio(ours: Turn, theirs: Turn) -> float:
    """Return the median of ROUNDS ratios, each of the medians of REQUESTS turns taken by both, one after the other."""
    for _ in range(REQUESTS):
        ours(), theirs()
    rounds = []
    for _ in range(ROUNDS):
        pairs = [(ours(), theirs()) for _ in range(REQUESTS)]
        rounds.append(median(ours for ours, _ in pairs) / median(theirs for _, theirs in pairs))
    return median(rounds)


def measure_one_client(send: Transport) -> Iterator[Figure]:
    """Compare, inside this process, the time of one request at a time."""
    one = Filling(send)
    product, by_hand, bound = one.path, one.by_hand, one.bound
    yield Figure(
        "step GET ÷ hand-written, one client", ratio(lambda: one.draw(product), lambda: one.draw(by_hand)), "×", 1.25
    )
    yield Figure(
        "step POST ÷ hand-written, one client",
        ratio(one.save_product, lambda: one.save_control(by_hand)),
        "×",
        1.25,
    )
    wizard = "/bench/assistant/"
    yield Figure("step GET ÷ formtools wizard", ratio(lambda: one.draw(product), lambda: one.draw(wizard)), "×")
    yield Figure("step GET ÷ pre-rendered bound", ratio(lambda: one.draw(product), lambda: one.draw(bound)), "×")
    yield Figure("step POST ÷ one-write bound", ratio(one.save_product, lambda: one.save_control(bound)), "×")
    yield Figure("adapted ÷ unadapted, requests a second", _adapted_ratio(one), "×", at_least=0.95)


def _adapted_ratio(one: Filling) -> float:
    """Compare a page whose person chose large and easy text with the page as everybody starts."""
    other = Filling(one.visitor.send)
    for action in ("larger", "larger", "simpler"):
        _, _, page = other.visitor.get(other.path)
        sent = {"key": hidden(page, "key"), "revision": hidden(page, "revision"), "asked": list(VALUES)}
        other.visitor.post(other.path, {**sent, "action": action, **VALUES})
    _, _, page = other.visitor.get(other.path)
    if b'data-reading-level="easy"' not in page or b'data-text-size="150"' not in page:
        raise AssertionError("the page did not adapt")
    other.save(other.path, VALUES)
    one.save(one.path, VALUES)
    return ratio(lambda: one.draw(one.path), lambda: other.draw(other.path))


def measure_many_clients(host: str, port: int) -> Iterator[Figure]:
    """Compare, over HTTP with sixteen people at once, the time that the same number of requests takes."""
    people = [Filling(over_http(host, port)) for _ in range(CLIENTS)]

    def together(turn: Callable[[Filling], float]) -> float:
        """Return the seconds that REQUESTS turns of everybody take."""
        threads = [threading.Thread(target=lambda p=p: [turn(p) for _ in range(REQUESTS)]) for p in people]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - started

    turns: dict[str, tuple[Callable[[Filling], float], Callable[[Filling], float]]] = {
        "GET": (lambda p: p.draw(p.path), lambda p: p.draw(p.by_hand)),
        "GET and POST": (Filling.save_product, lambda p: p.save_control(p.by_hand)),
    }
    for name, (ours, theirs) in turns.items():
        together(ours), together(theirs)
        ratios = []
        for number in range(CROWDS):
            first, second = (ours, theirs) if number % 2 else (theirs, ours)
            times = {first: together(first), second: together(second)}
            ratios.append(times[ours] / times[theirs])
        yield Figure(f"step {name} ÷ hand-written, {CLIENTS} clients", median(ratios), "×", 1.25)
