"""Rows of open files: hours, positions, addresses of people, phones. What is mended is said."""

import pytest

from accessform.handoff.imported.hours import HoursUnreadable, read_day, read_notation, read_week
from accessform.handoff.imported.phones import read_place_phone
from accessform.handoff.imported.positions import settle_position
from accessform.handoff.imported.rows import RowRefused
from accessform.handoff.imported.texts import clean, drop_addresses, keep_desk_address
from accessform.handoff.service_hours import can_read_hours

WEEK = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")


def test_a_week_is_written_in_osm_notation():
    cells = dict.fromkeys(WEEK[:5], "09:00 - 12:00 / 13:30 - 17:00") | {"mercredi": "9h - 12h30", "samedi": ""}
    hours, repairs = read_week(cells)
    assert hours == "Mo-Tu 09:00-12:00,13:30-17:00; We 09:00-12:30; Th-Fr 09:00-12:00,13:30-17:00"
    assert repairs == []
    assert can_read_hours(hours)


@pytest.mark.parametrize(
    ("cell", "spells", "repair"),
    [
        ("00:00 - 00:00", [], "enlevé"),
        ("00:00 - 00:00 / 09:00 - 12:00", [(540, 720)], "enlevé"),
        ("12:00 - 12:00 / 14:00 - 16:00", [(840, 960)], "plage vide"),
        ("09:00 - 12:00 / 09:00 - 16:30 / 14:00 - 16:30", [(540, 990)], "réunies"),
        ("09:00 - 11:00 / 11:00 - 12:00", [(540, 720)], "réunies"),
        ("14:00 - 17:00 / 09:00 - 12:00", [(540, 720), (840, 1020)], "ordre"),
        ("14:00 - 00:00", [(840, 1440)], None),
        ("fermé", [], None),
    ],
)
def test_hours_of_a_day_are_mended_and_told(cell, spells, repair):
    read, repairs = read_day(cell)
    assert read == spells
    assert [repair in said for said in repairs] == ([True] if repair else [])


@pytest.mark.parametrize(
    "cell", ["17:00 - 09:00", "08:00 - 25:00", "08:61 - 12:00", "matin", "09:00", "9 - 12", "1" * 9000]
)
def test_hours_that_say_nothing_sure_are_refused(cell):
    with pytest.raises(HoursUnreadable):
        read_day(cell)


def test_one_unreadable_day_leaves_no_hours_rather_than_a_false_closing():
    hours, repairs = read_week({"lundi": "09:00 - 12:00", "mardi": "matin"})
    assert hours == ""
    assert "mardi" in repairs[0]


@pytest.mark.parametrize(
    ("text", "hours", "count"),
    [
        ("Mo-Fr 09:00-12:00; We off", "Mo-Fr 09:00-12:00; We off", 0),
        ("Tu 14h00–18h00", "Tu 14:00-18:00", 1),
        ("quand on veut", "", 1),
        ("", "", 0),
        ("Mo " + "09:00-10:00," * 100 + "11:00-12:00", "", 1),
    ],
)
def test_osm_hours_are_kept_only_where_they_can_be_read(text, hours, count):
    read, repairs = read_notation(text)
    assert (read, len(repairs)) == (hours, count)


def settle(latitude, longitude, *, insee_code="13055", postal_code="13001"):
    return settle_position(
        insee_code=insee_code, postal_code=postal_code, city="Essai", latitude=latitude, longitude=longitude
    )


def test_a_point_near_its_commune_is_believed():
    position = settle("43,2965", "5.3698")
    assert (position.point.latitude, position.point.is_approximate, position.repairs) == (43.2965, False, ())


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [
        ("42.0", "5.0", "de la commune"),
        ("0", "0", "illisibles"),
        ("", "", "illisibles"),
        ("nan", "inf", "illisibles"),
        ("95", "5.3", "hors du globe"),
        ("1e400", "5.3", "illisibles"),
        ("ici", "là", "illisibles"),
    ],
)
def test_a_place_at_sea_or_nowhere_stands_in_its_commune_and_it_is_said(latitude, longitude, said):
    position = settle(latitude, longitude)
    assert position.point.is_approximate
    assert position.department == "13"
    assert said in position.repairs[0]


def test_latitude_and_longitude_that_were_exchanged_are_put_right():
    position = settle("5.3698", "43.2965")
    assert (position.point.latitude, position.point.longitude) == (43.2965, 5.3698)
    assert "échangées" in position.repairs[0]


def test_a_former_commune_keeps_its_postal_code_s_position():
    position = settle("48.9633", "2.3611", insee_code="93059", postal_code="93380")
    assert (position.insee_code, position.department) == ("", "93")
    assert not position.point.is_approximate


def test_a_row_of_no_known_commune_is_refused():
    with pytest.raises(RowRefused, match="commune inconnue"):
        settle("48.1", "-1.6", insee_code="99999", postal_code="99999")


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("camille.martin@exemple.fr", ""),
        ("c.martin@exemple.fr", ""),
        ("martin@exemple.fr", ""),
        ("rennes@exemple.fr", ""),
        ("accueil.camille@exemple.fr", ""),
        ("accueil@exemple.fr", "accueil@exemple.fr"),
        ("mairie.rennes@exemple.fr", "mairie.rennes@exemple.fr"),
        ("france-services35@exemple.fr", "france-services35@exemple.fr"),
        ("j.exemple@exemple.fr|contact@exemple.fr", "contact@exemple.fr"),
        ("", ""),
        ("accueil", ""),
    ],
)
def test_only_a_desk_s_address_is_kept(raw, kept):
    assert keep_desk_address(raw, place_words="France services Saint-Martin Rennes") == kept


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("RDV auprès de c.martin@exemple.fr le lundi", "RDV auprès de le lundi"),
        ("Écrire à c.martin [at] exemple.fr", "Écrire à"),
        ("mail : maisondeservices@ville-sainte marie.re", "mail : marie.re"),
        ("Vendredi visioconf@ct", "Vendredi visioconf@ct"),
    ],
)
def test_free_text_keeps_no_address_at_all(text, left):
    assert drop_addresses(text, is_comment=True) == left


@pytest.mark.parametrize("name", ["L'@telier d'Aurillac", "LE LOC@L DES JEUNES", "Clic@Rosières", "esp@ceC2R"])
def test_names_that_play_with_the_sign_stay(name):
    assert drop_addresses(name, is_comment=False) == name


def test_texts_are_one_clean_line():
    assert clean("  MÃ©diathÃ¨que ", 100) == "Médiathèque"
    assert clean("Lieu\x00\n du\u202e Test ", 100) == "Lieu du Test"
    assert clean("un deux trois quatre", 12) == "un deux…"
    assert clean(True, 10) == ""
    assert clean("Ã l'ouest", 20) == "Ã l'ouest"


@pytest.mark.parametrize(
    ("raw", "phone", "count"),
    [
        ("+33199001001", "01 99 00 10 01", 0),
        ("01.99.00.10.01 / 01 99 00 10 02", "01 99 00 10 01", 0),
        ("3639", "3639", 0),
        ("appelez Camille", "", 1),
        ("02 62 00 00 00 00", "", 1),
        ("", "", 0),
    ],
)
def test_phones_are_written_as_they_are_dialled(raw, phone, count):
    read, repairs = read_place_phone(raw)
    assert (read, len(repairs)) == (phone, count)
