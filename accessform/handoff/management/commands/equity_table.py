"""`manage.py equity_table`: who lives far from help, need by need."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accessform.handoff.equity import Distance, KnownPlace, measure_equity
from accessform.handoff.geography import Point
from accessform.handoff.geography.origins import commune_points, find_department_of
from accessform.handoff.imported.reading import SOURCES, read_places
from accessform.handoff.imported.rows import FileRefused
from accessform.handoff.management.commands.import_places import read_file
from accessform.handoff.models import Place
from accessform.handoff.models.places import FEATURES
from accessform.handoff.place_facts import Feature

LABELS = {None: "Un lieu, quel qu'il soit", **{Feature(value): label for value, label in FEATURES}}


def _source_and_path(text: str) -> tuple[str, Path]:
    source, _, path = text.partition("=")
    if source not in SOURCES or not path:
        raise ArgumentTypeError(f"écrivez SOURCE=FICHIER, SOURCE parmi {', '.join(sorted(SOURCES))}")
    return source, Path(path)


class Command(BaseCommand):
    """Print, for each need, the share of people beyond 20 km of a place that says it meets it."""

    help = "Part de la population à plus de 20 km d'un lieu qui confirme chaque besoin (base, ou fichiers publics)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file", type=_source_and_path, action="append", help="SOURCE=FICHIER, répétable ; rien n'est écrit"
        )
        parser.add_argument("--department", action="append", help="seulement ces départements (35, 2A, 974)")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = {department.upper() for department in options["department"] or ()}
        communes = [
            commune
            for commune in commune_points().values()
            if not commune.postal_codes and (not asked or find_department_of(commune.code) in asked)
        ]
        if not communes:
            raise CommandError(f"Aucune commune dans : {', '.join(sorted(asked))}.")
        places = _read(options["file"]) if options["file"] else _load()
        if not places:
            raise CommandError("Aucun lieu situé : importez d'abord (import_places), ou nommez des fichiers (--file).")
        table = measure_equity(places, communes)
        if options["format"] == "json":
            self.stdout.write(json.dumps([_to_json(line) for line in table], ensure_ascii=False, indent=2))
            return
        people = sum(commune.population for commune in communes)
        self.stdout.write(f"{len(places)} lieux, {len(communes)} communes, {people:,} habitants.".replace(",", " "))
        self.stdout.write(f"{'besoin':52}{'lieux':>7}{'au-delà de 20 km':>18}{'communes':>10}{'au mieux':>10}")
        for line in table:
            shares = f"{line.beyond:>17.1%} {line.communes_beyond:>9.1%} {line.at_best:>9.1%}"
            self.stdout.write(f"{LABELS[line.feature]:52}{line.confirming:>7}{shares} ".rstrip())
        self.stdout.write("Population par commune, comptée au point de la commune ; distances à vol d'oiseau.")
        self.stdout.write(
            "« Au mieux » : si chaque lieu qui ne dit rien avait aussi ce qui aide. Non dit n'est pas « non »."
        )


def _read(files: list[tuple[str, Path]]) -> list[KnownPlace]:
    found = []
    for source, path in files:
        try:
            rows = read_places(read_file(path), SOURCES[source]).rows
        except FileRefused as error:
            raise CommandError(f"{path.name} : {error}") from error
        found += [KnownPlace(Point(row.place.latitude, row.place.longitude), row.place.features) for row in rows]
    return found


def _load() -> list[KnownPlace]:
    return [
        KnownPlace(
            Point(place.latitude, place.longitude),
            {Feature(row.feature): row.present for row in place.features.all()},
        )
        for place in Place.objects.open().exclude(source="demonstration").prefetch_related("features")
        if place.latitude is not None and place.longitude is not None
    ]


def _to_json(line: Distance) -> dict[str, Any]:
    return {
        "need": line.feature or "any",
        "places": line.confirming,
        "people_beyond_20_km": round(line.beyond, 4),
        "communes_beyond_20_km": round(line.communes_beyond, 4),
        "people_beyond_20_km_at_best": round(line.at_best, 4),
    }
