"""Where people say that they are: postal codes, communes, and distances, without any network."""

import pytest

from accessform.handoff.geography import Point, find_origin, measure_km
from accessform.handoff.geography.distances import Neighbourhood, find_middle
from accessform.handoff.geography.locating import locate, read_communes, read_towns
from accessform.handoff.geography.origins import commune_points, find_department_of

PARIS, LYON = Point(48.8534, 2.3488), Point(45.7485, 4.8467)


def test_distances_are_those_of_the_globe():
    assert measure_km(PARIS, LYON) == pytest.approx(392, abs=2)
    assert measure_km(PARIS, PARIS) == 0
    assert measure_km(Point(0, 179.9), Point(0, -179.9)) == pytest.approx(22.2, abs=0.1)


def test_the_list_holds_the_population_and_marks_what_is_approximate():
    points = commune_points()
    whole = [commune for commune in points.values() if not commune.postal_codes]
    people = sum(commune.population for commune in whole)
    exact = sum(commune.population for commune in whole if not commune.point.is_approximate)
    assert len(points) == 35_008
    assert 68_000_000 < people < 70_000_000
    assert exact / people == pytest.approx(0.848, abs=0.001)


@pytest.mark.parametrize(
    ("typed", "department", "near"),
    [
        ("75011", "75", Point(48.857, 2.380)),
        ("35 000", "35", Point(48.112, -1.674)),
        ("F-97400", "974", Point(-20.88, 55.45)),
        ("20000", "2A", Point(41.92, 8.74)),
        ("rennes", "35", Point(48.112, -1.674)),
        ("35000 Rennes", "35", Point(48.112, -1.674)),
        ("St Denis (974)", "974", Point(-20.88, 55.45)),
        ("Saint-Denis, 93", "93", Point(48.936, 2.354)),
        ("97150", "978", Point(18.07, -63.07)),
    ],
)
def test_a_postal_code_or_a_commune_leads_to_a_point(typed, department, near):
    origin = find_origin(typed)
    assert origin is not None
    assert origin.department == department
    assert origin.point is not None
    assert measure_km(origin.point, near) < 6


def test_homonyms_ask_instead_of_guessing():
    origin = find_origin("Saint-Denis")
    assert origin is not None
    assert origin.point is None
    assert {"93", "974"} <= set(origin.homonyms)


@pytest.mark.parametrize("typed", ["", " ", "00000", "99123", "Xyzville", "-", "1234", "\x00", "a" * 500])
def test_what_is_no_commune_is_not_guessed(typed):
    assert find_origin(typed) is None


def test_a_postal_code_that_only_mail_uses_still_tells_the_department():
    origin = find_origin("74003")
    assert origin is not None
    assert (origin.department, origin.point) == ("74", None)


def test_departments_are_read_from_official_codes():
    assert [find_department_of(code) for code in ("2A004", "97411", "35238")] == ["2A", "974", "35"]


def test_squares_find_what_measuring_everything_finds():
    spread = [Point(44 + row / 7, 1 + column / 7) for row in range(20) for column in range(20)]
    near = Neighbourhood(spread)
    for point in (Point(43.83, 0.9), Point(45.2, 2.04), Point(47.0, 4.0), Point(43.8, 1.0)):
        assert near.has_one_within(20, point) == any(measure_km(point, other) <= 20 for other in spread)


def test_the_middle_of_nothing_is_refused():
    with pytest.raises(ValueError, match="no point"):
        find_middle([])


def official(code, name, postal_code, **more):
    row = {"code": code, "nom": name, "type": "commune-actuelle", "departement": "35", "region": "53"}
    return {**row, "arrondissement": "351", "codesPostaux": [postal_code], "population": 1000, **more}


def town(name, latitude, longitude, **more):
    row = {"name": name, "latitude": latitude, "longitude": longitude, "countrycode": "FR", "admin1code": "53"}
    return {**row, "population": 1000, "alternatenames": [], **more}


def test_a_commune_takes_its_own_town_and_others_the_middle_of_their_area():
    rows = [
        official("35001", "Bourg-l'Exemple", "35100"),
        official("35002", "Petit-Exemple", "35100"),
        official("35003", "Val-Uni", "35200"),
        {"code": "35004", "nom": "Ancien-Bourg", "type": "commune-deleguee", "chefLieu": "35003"},
    ]
    towns = [
        town("Bourg l’Exemple".replace("’", "'"), 48.1, -1.6),
        town("Ancien-Bourg", 48.2, -1.7),
        town("Petit-Exemple", 43.0, 5.0, admin1code="93"),
    ]
    points = locate(read_communes(rows, []), read_towns(towns))
    assert points["35001"] == Point(48.1, -1.6)
    assert points["35002"] == Point(48.1, -1.6, is_approximate=True)
    assert points["35003"] == Point(48.2, -1.7, is_approximate=True)


def test_a_town_of_that_name_in_another_department_is_another_town():
    rows = [official(f"3500{n}", f"Ville {name}", "35100") for n, name in enumerate(("Une", "Deux", "Trois", "Loin"))]
    towns = [town("Ville Une", 48.1, -1.6), town("Ville Deux", 48.2, -1.6), town("Ville Trois", 48.3, -1.6)]
    points = locate(read_communes(rows, []), read_towns([*towns, town("Ville Loin", 44.0, -1.6)]))
    assert points["35003"].is_approximate
    assert points["35003"].latitude == pytest.approx(48.2)
