"""Many processes POST to one journey at the same instant. Run as a program: it prints what came of it as JSON.

    python -m tests.storms.journey_storm SCENARIO PROCESSES ROUNDS

DATABASE_URL names a database that is this program's own. Every round has a fresh journey, and every process is one
more tab of the same person. Scenarios: `same` (one page sent many times: same key, same answers), `tabs` (one page
open in many tabs, another answer in each), `send` (« Envoyer » in every tab), `late` (half of the tabs send the form
while the others still change an answer), `start` (the catalogue's button pressed many times).
"""

import json
import multiprocessing
import os
import sys
import traceback
import uuid
from collections import Counter
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import django

FORM = Path(__file__).parents[1] / "journeys/forms/essai.yaml"
HOOKS = [{"name": name, "url": "http://127.0.0.1:9/", "secret": "0123456789abcdef"} for name in ("un", "deux")]
FIRST = {"nom": "Durand", "naissance": "3/2/48", "enfants": "non"}

Post = tuple[str, dict[str, Any]]
"""An address and what is posted there."""


def prepare() -> None:
    """Create the tables and publish the form."""
    from django.core.management import call_command

    from forms_catalog.versioning import publish_source

    call_command("migrate", verbosity=0)
    publish_source(source=FORM.read_bytes(), file=FORM.name)


def new_client(cookies: dict[str, str] | None = None) -> Any:
    """Return a browser with the given cookies."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.cookies.load(cookies or {})
    return client


def open_journey(scenario: str) -> tuple[Any, list[Post]]:
    """Return a person in a fresh journey, and the POSTs between which the tabs share themselves."""
    from tests.journeys.filling import Citizen

    if scenario == "start":
        client = new_client()
        client.get("/demarches/essai/")
        client.post("/affichage", {"action": "larger", "next": "/"})
        return client, [("/demarches/essai/commencer", {"start_key": str(uuid.uuid4())})]
    citizen = Citizen(new_client()).start("essai").press(filled_for_who="self")
    if scenario in {"same", "tabs"}:
        first = {**citizen.fields(), **FIRST, "action": "next"}
        tabs = range(64) if scenario == "tabs" else ()
        others = [(citizen.path, {**first, "nom": f"Onglet {n}", "key": str(uuid.uuid4())}) for n in tabs]
        return citizen.client, others or [(citizen.path, first)]
    papers = citizen.press(**FIRST).path
    citizen.press(piece__how="later", accord="oui", avis="au début")
    sends = [(citizen.path, {"key": str(uuid.uuid4())}) for _ in range(64)]
    if scenario == "send":
        return citizen.client, sends
    shown = Citizen(citizen.client).get(papers).fields() | {"action": "next"}
    changes = [(papers, {**shown, "avis": f"changé {n}", "key": str(uuid.uuid4())}) for n in range(64)]
    return citizen.client, [post for pair in zip(sends, changes, strict=True) for post in pair]


def live(number: int, rounds: list[tuple[dict[str, str], list[Post]]], barrier: Barrier, results: Any) -> None:
    """One process: at each round, wait for the others, then POST; tell what was posted and answered."""
    told = []
    for place, (cookies, posts) in enumerate(rounds):
        address, values = posts[number % len(posts)]
        barrier.wait(120)
        try:
            answer = new_client(cookies).post(address, values)
            page = answer.content.decode() if answer.status_code == 409 else ""
            told.append([place, address, values, answer.status_code, answer.headers.get("Location", ""), page])
        except Exception:
            traceback.print_exc()
            told.append([place, address, values, 500, "", ""])
    results.put(told)


def rows_of(place: int, journey_id: str) -> dict[str, Any]:
    """Return what the database holds of a journey."""
    from accessform.journeys.models import Delivery, StepAnswers, Submission

    sent = Submission.objects.filter(journey_id=journey_id)
    return {
        "round": place,
        "steps": {
            row.step_id: {"answers": row.answers, "revision": row.revision, "last_key": str(row.last_key)}
            for row in StepAnswers.objects.filter(journey_id=journey_id)
        },
        "references": [row.reference for row in sent],
        "documents": [json.dumps(row.document, ensure_ascii=False) for row in sent],
        "deliveries": sorted(Delivery.objects.filter(submission__in=sent).values_list("target", flat=True)),
    }


def run(scenario: str, processes: int, rounds: int) -> dict[str, Any]:
    """Fork the processes once Django is ready, let them POST, and report."""
    from django.db import connections

    from accessform.journeys.models import Journey

    prepare()
    opened = []
    for _ in range(rounds):
        client, posts = open_journey(scenario)
        opened.append(({name: morsel.value for name, morsel in client.cookies.items()}, posts))
    connections.close_all()
    forks = multiprocessing.get_context("fork")
    barrier, results = forks.Barrier(processes), forks.Queue()
    crowd = [forks.Process(target=live, args=(n, opened, barrier, results)) for n in range(processes)]
    for process in crowd:
        process.start()
    answers = [told for _ in crowd for told in results.get(timeout=200)]
    for process in crowd:
        process.join(30)
    ids = {} if scenario == "start" else {n: posts[0][0].split("/")[2] for n, (_, posts) in enumerate(opened)}
    return {
        "statuses": dict(Counter(str(told[3]) for told in answers)),
        "answers": answers,
        "journeys": Journey.objects.count(),
        "rows": [rows_of(place, journey_id) for place, journey_id in ids.items()],
    }


def settle() -> None:
    """Make settings fit a program without collected static files, whose webhooks are never reached."""
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.WEBHOOKS = json.dumps(HOOKS)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accessform.settings")
    django.setup()
    settle()
    print(json.dumps(run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201
