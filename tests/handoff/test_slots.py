"""Free slots: what an agenda offers, by the clocks of its place."""

import datetime as dt
import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accessform.handoff.slots import (
    Agenda,
    OpeningRule,
    RuleError,
    Slot,
    Span,
    Window,
    cell_number,
    cell_start,
    check_rule,
    find_nearest,
    group_by_day,
    list_cells,
    list_free_slots,
)
from accessform.handoff.territories import list_public_holidays

PARIS = ZoneInfo("Europe/Paris")
REUNION = ZoneInfo("Indian/Reunion")
GUADELOUPE = ZoneInfo("America/Guadeloupe")
MONDAY = dt.datetime(2026, 11, 23, 9, 0)
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


def hours(number: float) -> dt.timedelta:
    return dt.timedelta(hours=number)


def opening(first: dt.datetime = MONDAY, length: float = 3, rule: str = WEEKDAYS, agent: int = 1) -> OpeningRule:
    return OpeningRule(agent, first, hours(length), rule)


def window(first: dt.datetime, last: dt.datetime, zone: ZoneInfo = PARIS, minutes: int = 30) -> Window:
    return Window(minutes, first.replace(tzinfo=zone), last.replace(tzinfo=zone))


def whole_day(day: dt.date, zone: ZoneInfo = PARIS, minutes: int = 30) -> Window:
    start = dt.datetime.combine(day, dt.time())
    return window(start, start + dt.timedelta(hours=23, minutes=59), zone, minutes)


def local_times(slots: list[Slot], zone: ZoneInfo = PARIS) -> list[str]:
    return [slot.start.astimezone(zone).strftime("%H:%M") for slot in slots]


def test_starts_are_aligned_on_the_opening():
    agenda = Agenda(PARIS, [opening(MONDAY.replace(minute=10), length=1)])
    slots = list_free_slots(agenda, whole_day(MONDAY.date(), minutes=20))
    assert local_times(slots) == ["09:10", "09:30", "09:50"]


def test_the_last_slot_ends_with_the_opening():
    slots = list_free_slots(Agenda(PARIS, [opening(length=1.25)]), whole_day(MONDAY.date()))
    assert local_times(slots) == ["09:00", "09:30"]


def test_capacity_is_the_number_of_agents_and_each_start_appears_once():
    agenda = Agenda(PARIS, [opening(length=1), opening(length=0.5, agent=2)])
    slots = list_free_slots(agenda, whole_day(MONDAY.date()))
    assert [(slot.agents, slot.capacity) for slot in slots] == [((1, 2), 2), ((1,), 1)]


def test_two_openings_of_one_agent_that_overlap_count_once():
    agenda = Agenda(PARIS, [opening(length=1), opening(length=1)])
    assert [slot.capacity for slot in list_free_slots(agenda, whole_day(MONDAY.date()))] == [1, 1]


def test_a_taken_cell_removes_every_slot_that_touches_it():
    taken = {1: [cell_number(dt.datetime(2026, 11, 23, 9, 25, tzinfo=PARIS))]}
    agenda = Agenda(PARIS, [opening(length=1.5)], taken=taken)
    assert local_times(list_free_slots(agenda, whole_day(MONDAY.date()))) == ["09:30", "10:00"]


def test_an_absence_removes_what_it_touches_and_keeps_the_alignment():
    absence = Span(1, dt.datetime(2026, 11, 23, 9, 40, tzinfo=PARIS), dt.datetime(2026, 11, 23, 10, 5, tzinfo=PARIS))
    agenda = Agenda(PARIS, [opening(length=2)], absences=[absence])
    assert local_times(list_free_slots(agenda, whole_day(MONDAY.date()))) == ["09:00", "10:30"]


def test_the_notice_bounds_are_both_included():
    asked = window(dt.datetime(2026, 11, 23, 9, 30), dt.datetime(2026, 11, 23, 10, 30))
    slots = list_free_slots(Agenda(PARIS, [opening()]), asked)
    assert local_times(slots) == ["09:30", "10:00", "10:30"]


def test_a_public_holiday_is_closed():
    closed = list_public_holidays(department="75", first=dt.date(2026, 12, 24), last=dt.date(2026, 12, 28))
    agenda = Agenda(PARIS, [opening()], closed_days=closed)
    asked = window(dt.datetime(2026, 12, 24), dt.datetime(2026, 12, 28, 23))
    days = group_by_day(list_free_slots(agenda, asked), PARIS)
    assert list(days) == [dt.date(2026, 12, 24), dt.date(2026, 12, 28)]


@pytest.mark.parametrize("department", ["57", "67", "68"])
def test_alsace_and_moselle_keep_good_friday_and_the_day_after_christmas(department):
    local = list_public_holidays(department=department, first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31))
    national = list_public_holidays(department="75", first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31))
    assert local - national == {dt.date(2026, 4, 3), dt.date(2026, 12, 26)}


def test_reunion_keeps_the_abolition_of_slavery():
    assert dt.date(2027, 12, 20) in list_public_holidays(
        department="974", first=dt.date(2027, 12, 1), last=dt.date(2027, 12, 31)
    )


@pytest.mark.parametrize(("change", "before", "after"), [("2026-03-29", 8, 7), ("2026-10-25", 7, 8)])
def test_nine_o_clock_stays_nine_o_clock_across_a_clock_change(change, before, after):
    sunday = dt.date.fromisoformat(change)
    saturday, monday = sunday - dt.timedelta(days=1), sunday + dt.timedelta(days=1)
    daily = opening(dt.datetime(2026, 1, 5, 9), length=0.5, rule="FREQ=DAILY")
    asked = window(dt.datetime.combine(saturday, dt.time()), dt.datetime.combine(monday, dt.time(23)))
    slots = list_free_slots(Agenda(PARIS, [daily]), asked)
    assert local_times(slots) == ["09:00", "09:00", "09:00"]
    assert [slot.start.hour for slot in slots] == [before, after, after]


def test_the_night_of_march_has_one_hour_less():
    night = opening(dt.datetime(2026, 3, 29, 0), length=6, rule="")
    slots = list_free_slots(Agenda(PARIS, [night]), whole_day(dt.date(2026, 3, 29), minutes=60))
    assert local_times(slots) == ["00:00", "01:00", "03:00", "04:00", "05:00"]


def test_the_night_of_october_has_one_hour_more_and_no_start_twice():
    night = opening(dt.datetime(2026, 10, 25, 0), length=6, rule="")
    slots = list_free_slots(Agenda(PARIS, [night]), whole_day(dt.date(2026, 10, 25), minutes=60))
    assert local_times(slots) == ["00:00", "01:00", "02:00", "02:00", "03:00", "04:00", "05:00"]
    assert len({slot.start for slot in slots}) == 7


def test_an_opening_in_the_skipped_hour_starts_when_clocks_have_moved():
    skipped = opening(dt.datetime(2026, 3, 29, 2, 30), length=2, rule="")
    slots = list_free_slots(Agenda(PARIS, [skipped]), whole_day(dt.date(2026, 3, 29)))
    assert local_times(slots) == ["03:30", "04:00"]


def test_the_day_in_reunion_is_the_day_of_reunion():
    agenda = Agenda(REUNION, [opening(dt.datetime(2026, 11, 23, 2), length=1, rule=WEEKDAYS)])
    slots = list_free_slots(agenda, whole_day(dt.date(2026, 11, 23), REUNION))
    assert [slot.start for slot in slots] == [
        dt.datetime(2026, 11, 22, 22, 0, tzinfo=dt.UTC),
        dt.datetime(2026, 11, 22, 22, 30, tzinfo=dt.UTC),
    ]
    assert list(group_by_day(slots, REUNION)) == [dt.date(2026, 11, 23)]


def test_guadeloupe_does_not_change_its_clocks():
    daily = opening(dt.datetime(2026, 3, 1, 9), length=0.5, rule="FREQ=DAILY")
    asked = window(dt.datetime(2026, 3, 28), dt.datetime(2026, 3, 30, 23), GUADELOUPE)
    slots = list_free_slots(Agenda(GUADELOUPE, [daily]), asked)
    assert [slot.start.hour for slot in slots] == [13, 13, 13]


def test_an_agenda_that_never_ends_still_has_slots_in_ten_years():
    agenda = Agenda(PARIS, [opening(dt.datetime(2020, 1, 6, 9))])
    assert list_free_slots(agenda, whole_day(dt.date(2036, 11, 24)))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;COUNT=40",
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=WEEKLY;UNTIL=20270630",
    ],
)
def test_skipping_ahead_changes_no_occurrence(rule):
    first = dt.datetime(2025, 1, 6, 9)
    agenda = Agenda(PARIS, [opening(first, length=0.5, rule=rule)])
    asked = window(dt.datetime(2025, 1, 1), dt.datetime(2027, 12, 31))
    from_the_start = [slot.start for slot in list_free_slots(agenda, asked)]
    late = window(dt.datetime(2026, 9, 1), dt.datetime(2027, 12, 31))
    bound = dt.datetime(2026, 9, 1, tzinfo=PARIS)
    assert [slot.start for slot in list_free_slots(agenda, late)] == [s for s in from_the_start if s >= bound]


@pytest.mark.parametrize(
    "rule",
    [
        "",
        WEEKDAYS,
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=WEEKLY;UNTIL=20270630",
        "FREQ=WEEKLY;UNTIL=20200630",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=MONTHLY;BYDAY=-1FR;BYMONTHDAY=24",
    ],
)
def test_it_accepts_ordinary_rules(rule):
    check_rule(rule)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=HOURLY;BYDAY=MO",
        "BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=LUNDI",
        "FREQ=WEEKLY;BYHOUR=9",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY\nEXDATE:20260101",
        "FREQ=DAILY;" + "BYMONTH=1;" * 60,
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
    ],
)
def test_it_refuses_a_rule_that_would_run_wild(rule):
    with pytest.raises(RuleError):
        check_rule(rule)


@pytest.mark.parametrize("minutes", [0, -5, 7])
def test_it_refuses_a_length_that_cells_cannot_hold(minutes):
    with pytest.raises(ValueError, match="multiple of 5"):
        list_free_slots(Agenda(PARIS, []), whole_day(MONDAY.date(), minutes=minutes))


def test_a_cell_is_five_minutes_of_the_one_clock_of_the_world():
    instant = dt.datetime(2026, 11, 23, 9, 7, tzinfo=PARIS)
    assert cell_start(cell_number(instant)) == dt.datetime(2026, 11, 23, 8, 5, tzinfo=dt.UTC)
    assert len(list_cells(instant, instant + dt.timedelta(minutes=20))) == 5


def test_nearest_slots_are_three_and_in_order():
    slots = list_free_slots(Agenda(PARIS, [opening()]), whole_day(MONDAY.date()))
    nearest = find_nearest(slots, dt.datetime(2026, 11, 23, 10, 0, tzinfo=PARIS))
    assert local_times(nearest) == ["09:30", "10:00", "10:30"]
    assert find_nearest([], dt.datetime.now(dt.UTC)) == []


agenda_strategy = st.builds(
    Agenda,
    zone=st.sampled_from([PARIS, REUNION, GUADELOUPE]),
    openings=st.lists(
        st.builds(
            OpeningRule,
            agent=st.integers(1, 3),
            first=st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 11, 30)).map(
                lambda moment: moment.replace(minute=moment.minute // 5 * 5, second=0, microsecond=0)
            ),
            length=st.integers(1, 60).map(lambda number: dt.timedelta(minutes=5 * number)),
            rule=st.sampled_from(["", "FREQ=DAILY", WEEKDAYS, "FREQ=WEEKLY;INTERVAL=2"]),
        ),
        max_size=4,
    ),
    absences=st.lists(
        st.builds(
            lambda agent, start, minutes: Span(agent, start, start + dt.timedelta(minutes=minutes)),
            st.integers(1, 3),
            st.datetimes(dt.datetime(2026, 10, 20), dt.datetime(2026, 10, 30), timezones=st.just(dt.UTC)),
            st.integers(1, 2000),
        ),
        max_size=3,
    ),
)


@settings(max_examples=60, deadline=None)
@given(agenda_strategy, st.sampled_from([5, 15, 40]), st.data())
def test_a_slot_is_free_bounded_unique_and_inside_an_opening(agenda, minutes, data):
    """Around the change of October: whatever is taken is never offered again, and nothing else disappears."""
    asked = window(dt.datetime(2026, 10, 23), dt.datetime(2026, 10, 28), agenda.zone, minutes)
    slots = list_free_slots(agenda, asked)
    starts = [slot.start for slot in slots]
    assert starts == sorted(set(starts))
    for slot in slots:
        assert asked.earliest <= slot.start <= asked.latest
        assert slot.end - slot.start == dt.timedelta(minutes=minutes)
        for absence in agenda.absences:
            away = absence.start < slot.end and slot.start < absence.end
            assert not (away and absence.agent in slot.agents)
    if not slots:
        return
    booked = data.draw(st.sampled_from(slots))
    agent = booked.agents[0]
    cells = list_cells(booked.start, booked.end)
    after = list_free_slots(Agenda(agenda.zone, agenda.openings, agenda.absences, taken={agent: cells}), asked)
    seats = {(slot.start, free) for slot in slots for free in slot.agents}
    left = {(slot.start, free) for slot in after for free in slot.agents}
    gone = seats - left
    assert left < seats
    assert all(
        free == agent and not set(cells).isdisjoint(list_cells(start, start + (booked.end - booked.start)))
        for start, free in gone
    )


def test_thirty_agents_over_six_weeks_take_less_than_150_ms():
    openings = [
        opening(dt.datetime(2024, 1, 1, hour, 5 * (agent % 3)), length=3.5, agent=agent)
        for agent in range(30)
        for hour in (9, 14)
    ]
    cells = list_cells(dt.datetime(2026, 11, 24, 10, tzinfo=PARIS), dt.datetime(2026, 11, 24, 12, tzinfo=PARIS))
    agenda = Agenda(PARIS, openings, taken=dict.fromkeys(range(30), cells))
    asked = window(MONDAY, MONDAY + dt.timedelta(weeks=6), minutes=20)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        slots = list_free_slots(agenda, asked)
        times.append(time.perf_counter() - start)
    assert sum(slot.capacity for slot in slots) > 15_000
    assert min(times) <= 0.150, times
