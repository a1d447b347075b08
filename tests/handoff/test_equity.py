"""The table of who is far from help counts people where they live, and never takes silence for a refusal or a yes."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from accessform.handoff.equity import KnownPlace, measure_equity
from accessform.handoff.geography import Point
from accessform.handoff.geography.origins import CommunePoint
from accessform.handoff.place_facts import Feature
from accessform.handoff.services.importing import import_file
from tests.handoff.test_importing import FRANCE_SERVICES, MEDIATION, real

TOWN = CommunePoint("A", 900, Point(48.0, 0.0))
VILLAGE = CommunePoint("B", 100, Point(49.0, 0.0))


def line(table, feature):
    return next(found for found in table if found.feature is feature)


def test_shares_are_of_people_and_of_communes():
    table = measure_equity([KnownPlace(Point(48.1, 0.0), {})], [TOWN, VILLAGE])
    anywhere = line(table, None)
    assert (anywhere.beyond, anywhere.communes_beyond, anywhere.confirming) == (0.1, 0.5, 1)


def test_silence_is_neither_yes_nor_no():
    places = [
        KnownPlace(Point(48.0, 0.0), {Feature.WHEELCHAIR: False}),
        KnownPlace(Point(49.0, 0.0), {Feature.QUIET: True}),
    ]
    table = measure_equity(places, [TOWN, VILLAGE])
    assert (line(table, Feature.WHEELCHAIR).beyond, line(table, Feature.WHEELCHAIR).at_best) == (1.0, 0.9)
    assert (line(table, Feature.QUIET).beyond, line(table, Feature.QUIET).at_best) == (0.9, 0.0)


def test_nobody_to_measure_for_is_refused():
    with pytest.raises(ValueError, match="nobody"):
        measure_equity([], [])


def run(**options) -> str:
    out = io.StringIO()
    call_command("equity_table", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_the_table_of_a_department_from_the_database_and_from_files_is_the_same():
    import_file(FRANCE_SERVICES.read_bytes(), source="france-services")
    import_file(MEDIATION.read_bytes(), source="mediation-numerique")
    files = [("france-services", FRANCE_SERVICES), ("mediation-numerique", MEDIATION)]
    from_database = json.loads(run(department=["35"], format="json"))
    assert from_database == json.loads(run(department=["35"], format="json", file=files))
    deaf = next(found for found in from_database if found["need"] == "deaf_welcome")
    assert deaf["places"] == 1
    assert 0.4 < deaf["people_beyond_20_km"] < 0.8
    assert "habitants" in run(department=["35"])


@pytest.mark.django_db
def test_without_places_or_communes_it_says_what_to_do():
    with pytest.raises(CommandError, match="importez d'abord"):
        run()
    with pytest.raises(CommandError, match="Aucune commune"):
        run(department=["ZZ"])
    with pytest.raises(CommandError, match="SOURCE=FICHIER"):
        call_command("equity_table", "--file", "lieux.csv")


@pytest.mark.slow
def test_the_real_files_give_the_published_figures():
    names = {
        "france-services": "france-services-20240801.csv",
        "mediation-numerique": "hinaura-mediation-numerique.json",
    }
    table = json.loads(run(format="json", file=[(source, real(name)) for source, name in names.items()]))
    shares = {found["need"]: round(100 * found["people_beyond_20_km"], 1) for found in table}
    assert shares["any"] == 0.9
    assert (shares["deaf_welcome"], shares["low_vision_welcome"], shares["writing_help"]) == (89.0, 89.2, 88.3)
    assert (shares["sign_language"], shares["wheelchair"]) == (100.0, 100.0)
