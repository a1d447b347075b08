"""Hand-off figures: a national list of places imported, and the places that fit one person chosen among all."""

import datetime as dt
import io
import time
from collections.abc import Iterator
from typing import Any

from accessform.operations.bench.figures import Figure, median

PLACES = 2845
"""As many as France services in August 2024; a made-up place in each of the most populous communes stands for one."""
ROUNDS = 9


def measure_places() -> Iterator[Figure]:
    """Import a list (seconds), match among its places (milliseconds, median), and load what matching needs."""
    from django.utils import timezone

    from accessform.handoff.geography import find_origin
    from accessform.handoff.matching import match_places
    from accessform.handoff.place_facts import Feature, Wish
    from accessform.handoff.services.importing import import_file
    from accessform.handoff.services.matches import gather_facts

    content = _write_list()
    for name, expected in (("import", "created"), ("import again, nothing changed", "unchanged")):
        started = time.perf_counter()
        report = import_file(content, source="france-services", file_date=dt.date(2026, 3, 1))
        seconds = time.perf_counter() - started
        if report.counts[expected] != PLACES:
            raise RuntimeError(f"{name}: {report.counts}")
        yield Figure(f"places: {name}, {PLACES} rows", seconds, "s", at_most=20)
    now, origin = timezone.now(), find_origin("35000")
    needs = frozenset({Feature.WHEELCHAIR, Feature.WRITING_HELP, Feature.QUIET})
    wish = Wish(needs=needs, postal_code="35000", department="35", point=origin.point if origin else None)
    facts = [fact for fact in gather_facts(now=now) if fact.point]
    matched = _time(lambda: match_places(facts, wish, today=now.date()))
    yield Figure(f"places: matching among {len(facts)}, three needs, one commune", matched, "ms", at_most=100)
    everywhere = _time(lambda: match_places(facts, Wish(needs=needs), today=now.date()))
    yield Figure("places: matching, nowhere said", everywhere, "ms", at_most=100)
    yield Figure("places: loading what matching needs", _time(lambda: gather_facts(now=now)), "ms")


def _time(act: Any) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        act()
        times.append((time.perf_counter() - started) * 1000)
    return median(times)


def _write_list() -> bytes:
    """Write a list in the form of France services': a place in each of the most populous communes."""
    import csv

    from accessform.answers.places import communes
    from accessform.handoff.geography.origins import commune_points

    named = {code: (name, codes[0]) for homonyms in communes().values() for code, name, codes in homonyms}
    points = sorted(commune_points().values(), key=lambda commune: -commune.population)
    days = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")
    out = io.StringIO()
    columns = (
        "id_fs",
        "lib_fs",
        "adresse",
        "insee_com",
        "code_postal",
        "lib_com",
        "latitude",
        "longitude",
        "telephone",
    )
    writer = csv.writer(out)
    writer.writerow([*columns, *(f"h_{day}" for day in days)])
    for number, commune in enumerate((point for point in points if point.code in named), start=1):
        if number > PLACES:
            break
        city, postal_code = named[commune.code]
        where = (f"{commune.point.latitude:.5f}", f"{commune.point.longitude:.5f}")
        hours = ["09:00 - 12:00 / 14:00 - 17:00"] * 5 + ["00:00 - 00:00" if number % 40 == 0 else ""]
        about = (number, f"Lieu {number}", "1 rue du Test", commune.code, postal_code, city, *where, "0199001010")
        writer.writerow([*about, *hours])
    return out.getvalue().encode()
