"""`manage.py import_places`: twice is once, half is nothing, and every odd row is told."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from accessform.handoff.imported.reading import SOURCES, read_places
from accessform.handoff.imported.rows import FileRefused
from accessform.handoff.management.commands.import_places import find_date
from accessform.handoff.models import Place, PlaceFeature, PlaceImport
from accessform.handoff.services import importing

DATA = Path(__file__).parent / "data"
FRANCE_SERVICES = DATA / "france-services-20260301.csv"
MEDIATION = DATA / "mediation-numerique.json"
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "places"
REAL_TOO = Path(__file__).resolve().parents[4] / "shared" / "data" / "places"
HEADER = FRANCE_SERVICES.read_text(encoding="utf-8").splitlines()[0]


def run(path: Path, source: str = "france-services", **options) -> str:
    out = io.StringIO()
    call_command("import_places", str(path), source=source, stdout=out, **options)
    return out.getvalue()


def write(folder: Path, lines: list[str], name: str = "lieux.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def row(number: int, **cells: str) -> str:
    values = {
        "id_fs": str(number),
        "insee_dep": "35",
        "lib_fs": f"Lieu {number}",
        "adresse": "1 rue du Test",
        "insee_com": "35238",
        "code_postal": "35000",
        "lib_com": "Rennes",
        "latitude": "48.11",
        "longitude": "-1.68",
        "h_lundi": "09:00 - 12:00",
        **cells,
    }
    return ",".join(values.get(name, "") for name in HEADER.split(","))


@pytest.mark.django_db
def test_places_arrive_whole_with_their_provenance_and_nobody_s_address():
    said = run(FRANCE_SERVICES)
    assert "5 créés, 0 modifiés, 0 inchangés, 0 fermés, 3 refusés, 4 réparés." in said
    first = Place.objects.get(source="france-services", source_id="1")
    assert (first.licence, first.source_date) == ("Licence Ouverte 2.0", dt.date(2026, 3, 1))
    assert first.hours == "Mo-Tu 09:00-12:00,14:00-17:00; We 09:00-12:00; Th-Fr 09:00-12:00,14:00-17:00"
    assert (first.department, first.insee_code, first.phone) == ("35", "35238", "01 99 00 10 01")
    assert first.address == "1 place de l'Exemple, Rez-de-chaussée"
    assert first.email == ""
    assert "@" not in first.note
    assert list(first.features.values_list("feature", "present", "source")) == [("form_help", True, "france-services")]
    bus = Place.objects.get(source_id="2")
    assert (bus.is_itinerant, bus.email, bus.note) == (True, "accueil@landes.exemple.fr", "")
    assert bus.hours == "Tu 09:00-16:30"
    assert Place.objects.get(source_id="3").hours == ""
    assert Place.objects.get(source_id="4").is_approximate
    assert Place.objects.get(source_id="5").latitude == pytest.approx(45.764)


@pytest.mark.django_db
def test_each_odd_row_says_why(tmp_path):
    report = tmp_path / "rapport.csv"
    said = run(FRANCE_SERVICES, report=report)
    assert "ligne 6, lieu 6 : refusé. commune inconnue" in said
    assert "ligne 7, lieu 1 : refusé. même identifiant que la ligne 1" in said
    assert "ligne 8, lieu ? : refusé. la ligne n'a pas le même nombre de colonnes" in said
    assert "ligne 2, lieu 2 : réparé. horaires du lundi : « 00:00 - 00:00 » enlevé" in said
    assert "Horaires lus : 4 lieux ; sans horaires : 1." in said
    rows = list(csv.DictReader(report.read_text(encoding="utf-8").splitlines()))
    assert [line["outcome"] for line in rows] == ["created"] * 5 + ["refused"] * 3


@pytest.mark.django_db
def test_digital_mediation_declares_needs_and_nothing_more_is_believed():
    said = run(MEDIATION, "mediation-numerique")
    assert "3 créés" in said
    declared = PlaceFeature.objects.filter(place__source_id="a").values_list("feature", flat=True)
    assert set(declared) == {"deaf_welcome", "disability_welcome", "writing_help", "low_vision_welcome", "form_help"}
    second = Place.objects.get(source_id="b")
    assert (second.name, second.insee_code) == ("Médiathèque du Test", "74010")
    assert (second.email, second.hours) == ("mediatheque.annecy@exemple.fr", "Tu 14:00-18:00")
    assert list(second.features.values_list("feature", flat=True)) == ["other_languages"]
    third = Place.objects.get(source_id="c")
    assert (third.is_approximate, third.hours, third.address) == (True, "", "")


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "source"), [(FRANCE_SERVICES, "france-services"), (MEDIATION, "mediation-numerique")])
def test_twice_is_once(path, source, django_assert_max_num_queries):
    run(path, source)
    before = list(Place.objects.order_by("pk").values()), list(PlaceFeature.objects.order_by("pk").values())
    with django_assert_max_num_queries(8):
        said = run(path, source)
    assert "0 créés, 0 modifiés" in said
    assert (list(Place.objects.order_by("pk").values()), list(PlaceFeature.objects.order_by("pk").values())) == before
    assert PlaceImport.objects.count() == 1


@pytest.mark.django_db
def test_a_change_a_closing_and_a_return_are_told_apart(tmp_path):
    run(write(tmp_path, [row(1), row(2)]))
    said = run(write(tmp_path, [row(1, telephone="0199001009")]))
    assert "0 créés, 1 modifiés, 0 inchangés, 1 fermés" in said
    assert not Place.objects.open().filter(source_id="2").exists()
    said = run(write(tmp_path, [row(1, telephone="0199001009"), row(2)]))
    assert "0 créés, 1 modifiés, 1 inchangés, 0 fermés" in said
    assert Place.objects.open().filter(source_id="2").exists()
    assert [run.counts["closed"] for run in PlaceImport.objects.order_by("pk")] == [0, 1, 0]


@pytest.mark.django_db
def test_a_place_that_the_operator_closed_stays_closed_and_their_word_wins(tmp_path):
    path = write(tmp_path, [row(1), row(2)])
    run(path)
    Place.objects.filter(source_id="1").update(is_active=False, directions="Sonnez deux fois.")
    Place.objects.get(source_id="2").features.update(source="", present=False, evidence="Appel du 3 mars")
    assert "0 créés, 0 modifiés, 2 inchangés" in run(path)
    run(write(tmp_path, [row(1, telephone="0199001009"), row(2, telephone="0199001009")]))
    first = Place.objects.get(source_id="1")
    assert (first.is_active, first.directions, first.phone) == (False, "Sonnez deux fois.", "01 99 00 10 09")
    assert list(PlaceFeature.objects.filter(place__source_id="2").values_list("present", "evidence")) == [
        (False, "Appel du 3 mars")
    ]


@pytest.mark.django_db
def test_a_refused_row_leaves_the_place_that_it_is(tmp_path):
    run(write(tmp_path, [row(1), row(2)]))
    said = run(write(tmp_path, [row(1), row(2, insee_com="99999", code_postal="99999")]))
    assert "0 fermés, 1 refusés" in said
    assert Place.objects.open().filter(source_id="2").exists()


@pytest.mark.django_db
def test_a_file_cut_short_closes_nothing_unless_it_is_said(tmp_path):
    run(write(tmp_path, [row(number) for number in range(1, 31)]))
    short = write(tmp_path, [row(1)])
    with pytest.raises(CommandError, match="fermerait 29 lieux sur 30"):
        run(short)
    assert Place.objects.open().count() == 30
    assert "29 fermés" in run(short, allow_closing=True)


@pytest.mark.django_db
def test_an_appointment_in_a_place_that_closes_is_told(tmp_path, appointment):
    Place.objects.filter(pk=appointment.place_id).update(source="france-services", source_id="99")
    said = run(write(tmp_path, [row(1)]))
    assert "1 rendez-vous à venir : prévenez ces personnes" in said
    appointment.refresh_from_db()
    assert appointment.status == "booked"


@pytest.mark.django_db
def test_a_try_writes_nothing():
    assert "Essai, rien n’est écrit : 5 créés" in run(FRANCE_SERVICES, dry_run=True)
    assert not Place.objects.exists()
    assert not PlaceImport.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_failure_half_way_writes_nothing(tmp_path, monkeypatch):
    run(write(tmp_path, [row(1)]))

    def fail(*args, **options):
        raise DatabaseError("disk full")

    monkeypatch.setattr(importing, "_write_features", fail)
    with pytest.raises(CommandError, match="rien n'a changé"):
        run(write(tmp_path, [row(1, telephone="0199001009"), row(2)]))
    assert [(place.source_id, place.phone) for place in Place.objects.all()] == [("1", "")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "vide"),
        (b"   \n", "vide"),
        (b"id_fs,lib_fs\n1,x\n", "Colonnes absentes : adresse"),
        (HEADER.encode(), "aucun lieu"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"PK\x03\x04\x00\x00\x00", "octets nuls"),
        (b"\x81\x8d\x8f\x90", "encodage"),
        (b'{"places": []}', "liste de lieux"),
        (b'[{"id": 1}, ', "JSON lisible"),
        (b"[" * 100_000, "JSON lisible"),
        (b"[1, 2, null]", "Colonnes absentes"),
        (b"a,a\n1,2\n", "même nom"),
        (b'id_fs,b\n"1,2\n', "CSV lisible"),
        (("\n".join([HEADER, row(1, insee_com="0", code_postal="0")])).encode(), "Aucun lieu n'a pu être lu"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_clearly(tmp_path, content, why):
    path = tmp_path / "lieux"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=why):
        run(path)
    assert not Place.objects.exists()


@pytest.mark.django_db
def test_a_file_that_does_not_open_says_so(tmp_path):
    with pytest.raises(CommandError, match="ne s'ouvre pas"):
        run(tmp_path / "absent.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_separators_that_offices_write_are_read(encoding, delimiter):
    text = "\r\n".join([HEADER, row(1, lib_fs="Maison d'Évreux")]).replace(",", delimiter)
    read = read_places(text.encode(encoding), SOURCES["france-services"])
    assert [place.place.name for place in read.rows] == ["Maison d'Évreux"]
    assert bool(read.notes) == (encoding in ("utf-16", "cp1252"))


def test_a_hostile_row_harms_itself_alone():
    rows = [{"id": "1", "nom": "Bon", "commune": "Rennes", "code_postal": "35000", "adresse": "", "latitude": 48.11}]
    deep: dict = {}
    for _ in range(50):
        deep = {"id": deep}
    rows += [deep, {"id": "2", "nom": ["<script>"], "commune": "Rennes", "code_postal": "35000"}, {"id": "3"}]
    rows[0]["longitude"] = -1.68
    read = read_places(json.dumps(rows).encode(), SOURCES["mediation-numerique"])
    assert [place.place.source_id for place in read.rows] == ["1", "2"]
    assert len(read.refused) == 2


def test_a_file_without_a_single_place_is_refused():
    with pytest.raises(FileRefused, match="aucun lieu"):
        read_places(b"[]", SOURCES["mediation-numerique"])


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("france-services-20240801.csv", dt.date(2024, 8, 1)),
        ("lieux_2026-03-01.json", dt.date(2026, 3, 1)),
        ("lieux-20261399.csv", None),
        ("lieux.csv", None),
    ],
)
def test_the_day_of_a_file_is_read_in_its_name(name, day):
    assert find_date(name) == day


def real(name: str) -> Path:
    path = next((folder / name for folder in (REAL, REAL_TOO) if (folder / name).exists()), None)
    if path is None:
        pytest.skip(f"{name} is not beside this checkout (../shared/data/places)")
    return path


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "source", "count", "hours"),
    [
        ("france-services-20240801.csv", "france-services", 2845, 2797),
        ("hinaura-mediation-numerique.json", "mediation-numerique", 687, 617),
    ],
)
def test_every_row_of_the_real_files_goes_through(name, source, count, hours):
    said = run(real(name), source)
    assert f"{count} créés" in said
    assert " 0 refusés" in said
    assert f"Horaires lus : {hours} lieux" in said
    assert Place.objects.filter(source=source, latitude__isnull=False).count() == count
    assert not Place.objects.filter(note__regex=r"\w@\w+\.\w").exists()
    assert f"{count} inchangés" in run(real(name), source)
