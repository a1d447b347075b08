"""« Ouvert maintenant » : by the clocks and the holidays of where the service is."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from accessform.handoff.dates_in_words import say_day, say_moment, say_near_day, say_time, say_time_of
from accessform.handoff.service_hours import DoorState, read_door, read_service_door
from accessform.handoff.territories import find_department, find_postal_code, find_time_zone

PARIS = ZoneInfo("Europe/Paris")
OFFICE = "Mo-Fr 09:00-12:00,14:00-17:00"


def paris(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=PARIS)


def door(hours: str, at: dt.datetime, department: str = "75") -> tuple[bool | None, str]:
    state = read_door(hours=hours, at=at, department=department)
    return state.is_open, state.changes_at.isoformat()[:16] if state.changes_at else ""


def test_it_is_open_until_noon():
    assert door(OFFICE, paris(2026, 11, 23, 10)) == (True, "2026-11-23T12:00")


def test_it_is_closed_at_the_very_minute_it_closes():
    assert door(OFFICE, paris(2026, 11, 23, 12)) == (False, "2026-11-23T14:00")


def test_on_friday_evening_it_opens_on_monday():
    assert door(OFFICE, paris(2026, 11, 20, 18)) == (False, "2026-11-23T09:00")


def test_a_public_holiday_is_closed_though_it_falls_on_a_friday():
    assert door(OFFICE, paris(2026, 12, 25, 10)) == (False, "2026-12-28T09:00")


def test_hours_that_name_public_holidays_are_believed():
    assert door(f"{OFFICE}; PH 10:00-11:00", paris(2026, 12, 25, 10)) == (True, "2026-12-25T11:00")


def test_good_friday_is_a_holiday_in_moselle_only():
    assert door(OFFICE, paris(2026, 4, 3, 10), "57")[0] is False
    assert door(OFFICE, paris(2026, 4, 3, 10), "75")[0] is True


def test_a_service_that_never_closes_has_no_closing_time():
    assert read_door(hours="24/7; PH 00:00-24:00", at=paris(2026, 11, 23, 10)) == DoorState(is_open=True)


def test_an_evening_past_midnight_closes_the_next_day():
    assert door("Mo-Su 20:00-02:00", paris(2026, 11, 23, 23)) == (True, "2026-11-24T02:00")


@pytest.mark.parametrize("hours", ["", "   ", "lundi de 9h à 12h", "Mo-Fr 9-12-14", "{}"])
def test_hours_that_cannot_be_read_are_unknown_not_closed(hours):
    assert read_door(hours=hours, at=paris(2026, 11, 23, 10)) == DoorState(is_open=None)


def test_a_service_without_any_hours_for_weeks_is_closed_without_a_date():
    assert read_door(hours="2030 Mo-Fr 09:00-12:00", at=paris(2026, 11, 23, 10)) == DoorState(is_open=False)


@pytest.mark.parametrize(("day", "hour"), [((2026, 3, 28), 8), ((2026, 3, 30), 7), ((2026, 10, 26), 8)])
def test_the_opening_keeps_its_wall_clock_across_changes(day, hour):
    state = read_door(hours="Mo-Su 09:00-12:00", at=paris(*day, 1))
    assert state.changes_at == paris(*day, 9)
    assert state.changes_at.astimezone(dt.UTC).hour == hour


def test_an_address_in_reunion_is_read_by_the_clocks_of_reunion():
    morning = dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC)
    address = "2 rue de l'exemple, 97400 Saint-Denis"
    assert read_service_door(hours=OFFICE, address=address, at=morning).is_open is True
    assert read_service_door(hours=OFFICE, address="75011 Paris", at=morning).is_open is False


@pytest.mark.parametrize(
    ("code", "department"),
    [("75011", "75"), ("97400", "974"), ("97133", "977"), ("97150", "978"), ("20000", "20"), ("", ""), ("7501", "")],
)
def test_a_postal_code_tells_the_department(code, department):
    assert find_department(code) == department


def test_the_postal_code_is_the_last_of_the_address():
    assert find_postal_code("12345 boîte postale, 80000 Amiens") == "80000"
    assert find_postal_code("sans adresse") == ""


def test_guadeloupe_has_its_own_clock():
    assert str(find_time_zone("971")) == "America/Guadeloupe"


def test_moments_are_said_as_people_say_them():
    assert say_moment(dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC), PARIS) == (
        "lundi\u00a023\u00a0novembre à 9\u00a0h\u00a030"
    )
    assert say_time(dt.time(14)) == "14\u00a0h"
    assert say_time(dt.time(0)) == "minuit"
    assert say_day(dt.date(2026, 12, 1)) == "mardi\u00a01er\u00a0décembre"
    assert say_day(dt.date(2027, 1, 4), today=dt.date(2026, 11, 21)).endswith("2027")


def test_near_days_have_their_own_words():
    today = dt.date(2026, 11, 21)
    assert say_near_day(today, today=today) == "aujourd'hui"
    assert say_near_day(dt.date(2026, 11, 22), today=today) == "demain"
    assert say_near_day(dt.date(2026, 11, 23), today=today) == "lundi\u00a023\u00a0novembre"


def test_the_hour_that_clocks_show_twice_says_which_one_it_is():
    first = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    assert say_time_of(first, PARIS) == "2\u00a0h\u00a030 (heure d'été)"
    assert say_time_of(first + dt.timedelta(hours=1), PARIS) == "2\u00a0h\u00a030 (heure d'hiver)"
