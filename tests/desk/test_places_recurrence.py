"""Openings in plain words, and rules made and ended: what is said is what the agenda does."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accessform.desk.places.opening_changes import find_overlap
from accessform.desk.places.recurrence import end_rule, find_first_day, find_last_day, make_rule, say_opening
from accessform.handoff.slots import OpeningRule, RuleError, check_rule, list_occurrences

MONDAY = dt.date(2026, 1, 5)
TODAY = dt.date(2026, 3, 2)


def opening(rule: str, *, day: dt.date = MONDAY, hour: int = 9, hours: int = 3, **more) -> OpeningRule:
    return OpeningRule(1, dt.datetime.combine(day, dt.time(hour)), dt.timedelta(hours=hours), rule, **more)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("", "le lundi 5 janvier, 9 h – 12 h"),
        ("FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20260630T235959", "chaque lundi et jeudi, 9 h – 12 h, jusqu'au mardi 30 juin"),
        ("FREQ=WEEKLY;BYDAY=FR,TH,WE,TU,MO", "chaque jour du lundi au vendredi, 9 h – 12 h"),
        ("FREQ=WEEKLY", "chaque lundi, 9 h – 12 h"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "une semaine sur deux, mercredi, 9 h – 12 h"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=WE", "toutes les 3 semaines, mercredi, 9 h – 12 h"),
        ("FREQ=DAILY;COUNT=100", "chaque jour, 9 h – 12 h, jusqu'au mardi 14 avril"),
        ("FREQ=MONTHLY;BYDAY=1MO", "le premier lundi de chaque mois, 9 h – 12 h"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "le dernier vendredi de chaque mois, 9 h – 12 h"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "le 1er de chaque mois, 9 h – 12 h"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "répétition particulière (FREQ=MONTHLY;BYMONTHDAY=1,15), 9 h – 12 h"),
        ("FREQ=YEARLY;BYMONTH=5", "répétition particulière (FREQ=YEARLY;BYMONTH=5), 9 h – 12 h"),
        ("FREQ=WEEKLY;BYMONTH=5", "répétition particulière (FREQ=WEEKLY;BYMONTH=5), 9 h – 12 h"),
    ],
)
def test_an_opening_is_said_in_words(rule, said):
    check_rule(rule)
    assert say_opening(opening(rule), today=TODAY).replace("\u00a0", " ") == said


def test_what_begins_later_and_what_is_left_out_are_said():
    row = opening("FREQ=WEEKLY", day=dt.date(2026, 4, 6), except_days=frozenset({dt.date(2026, 5, 4)}))
    said = say_opening(row, today=TODAY).replace("\u00a0", " ")
    assert said == "chaque lundi, 9 h – 12 h, à partir du lundi 6 avril, sauf le lundi 4 mai"


calm = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
days = st.sets(st.integers(0, 6), min_size=1)
starts = st.dates(dt.date(2024, 1, 1), dt.date(2030, 1, 1))


@calm
@given(days, starts, st.integers(0, 400), st.sampled_from([1, 2]))
def test_a_rule_of_days_happens_on_these_days_from_the_first_to_the_last(chosen, start, length, every):
    until = start + dt.timedelta(days=length)
    first = find_first_day(chosen, start, until)
    if first is None:
        assert not any((start + dt.timedelta(days=number)).weekday() in chosen for number in range(min(length, 6) + 1))
        return
    row = opening(make_rule(chosen, until=until, every=every), day=first)
    check_rule(row.rule)
    found = [moment.date() for moment in list_occurrences(row, dt.date(2023, 1, 1), dt.date(2032, 1, 1))]
    week = dt.timedelta(days=first.weekday())
    turns = [(day - (first - week)).days // 7 for day in found]
    assert found[0] == first >= start
    assert found[-1] <= until == find_last_day(row)
    assert {day.weekday() for day in found} <= chosen
    assert all(turn % every == 0 for turn in turns)
    assert every > 1 or len(found) == sum(
        (start + dt.timedelta(days=number)).weekday() in chosen for number in range(length + 1)
    )


@calm
@given(days, starts, st.integers(0, 300))
def test_an_ended_rule_is_the_same_rule_cut(chosen, start, after):
    first = find_first_day(chosen, start, None)
    row = opening(make_rule(chosen, until=None), day=first)
    last = first + dt.timedelta(days=after)
    far = first + dt.timedelta(days=700)
    cut = list_occurrences(opening(end_rule(row, last), day=first), start, far)
    assert cut == [moment for moment in list_occurrences(row, start, far) if moment.date() <= last]


@pytest.mark.parametrize(
    ("rule", "last", "why"),
    [
        ("", MONDAY, "qu'une fois"),
        ("FREQ=WEEKLY", dt.date(2026, 1, 4), "jamais eu lieu"),
        ("FREQ=WEEKLY;UNTIL=20260201", dt.date(2026, 2, 1), "se termine déjà"),
        ("FREQ=WEEKLY;COUNT=2", dt.date(2026, 2, 1), "se termine déjà le lundi 12 janvier 2026"),
    ],
)
def test_an_end_that_ends_nothing_is_refused(rule, last, why):
    with pytest.raises(RuleError) as refused:
        end_rule(opening(rule), last)
    assert why in str(refused.value).replace("\u00a0", " ")


@calm
@given(st.integers(0, 20), st.integers(1, 3), st.integers(0, 20), st.integers(1, 3))
def test_two_openings_overlap_where_they_share_a_moment(one_hour, one_length, other_hour, other_length):
    one = opening("FREQ=WEEKLY", hour=one_hour, hours=one_length)
    other = opening("FREQ=DAILY", hour=other_hour, hours=other_length)
    until = MONDAY + dt.timedelta(days=20)
    met = find_overlap(one, list_occurrences(one, MONDAY, until), other, list_occurrences(other, MONDAY, until))
    shared = set(range(one_hour, one_hour + one_length)) & set(range(other_hour, other_hour + other_length))
    assert met == (MONDAY if shared else None)
