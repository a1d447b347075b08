"""Who wants an earlier slot, which one fits, and until when it is kept: rules without a database."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessform.handoff.waiting.rules import ANSWER_TIME, SHORTEST, DayPart, EarlierWish, fits, plan_end
from accessform.messages.hours import is_night

PARIS = ZoneInfo("Europe/Paris")
REUNION = ZoneInfo("Indian/Reunion")
FRIDAY = dt.datetime(2026, 11, 27, 9, tzinfo=PARIS)
HOUR = dt.timedelta(hours=1)


def paris(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("start", "wish", "suits"),
    [
        (paris(26, 9), EarlierWish(), True),
        (paris(27, 8), EarlierWish(), False),
        (paris(28, 9), EarlierWish(), False),
        (paris(24, 9), EarlierWish(days=frozenset({1})), True),
        (paris(24, 9), EarlierWish(days=frozenset({2, 3})), False),
        (paris(24, 11, 55), EarlierWish(part=DayPart.MORNING), True),
        (paris(24, 12), EarlierWish(part=DayPart.MORNING), False),
        (paris(24, 12), EarlierWish(part=DayPart.AFTERNOON), True),
        (paris(24, 9), EarlierWish(part=DayPart.AFTERNOON), False),
    ],
)
def test_a_slot_suits_a_day_before_on_a_day_and_at_an_hour_wished(start, wish, suits):
    assert fits(start, wish, present=FRIDAY, zone=PARIS) is suits


def test_the_day_before_is_the_day_of_the_place():
    present = dt.datetime(2026, 11, 27, 1, tzinfo=REUNION)
    evening_before = dt.datetime(2026, 11, 26, 23, tzinfo=REUNION)
    assert fits(evening_before, EarlierWish(), present=present, zone=REUNION)
    assert not fits(evening_before, EarlierWish(), present=present, zone=PARIS)


@pytest.mark.parametrize(
    ("now", "start", "end"),
    [
        (paris(23, 9), paris(26, 9), paris(23, 13)),
        (paris(23, 17), paris(26, 9), paris(24, 10)),
        (paris(23, 9), paris(23, 14), paris(23, 12)),
        (paris(23, 9), paris(23, 11, 30), None),
        (paris(23, 7, 59), paris(26, 9), None),
        (paris(23, 20), paris(26, 9), None),
    ],
)
def test_a_slot_is_kept_four_waking_hours_and_nobody_is_told_at_night(now, start, end):
    assert plan_end(now=now, start=start, notice=2 * HOUR, zone=PARIS) == end


FIRST = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: FIRST + dt.timedelta(minutes=minutes))


@given(moments, st.integers(0, 60 * 24 * 60), st.integers(0, 72), st.sampled_from([PARIS, REUNION]))
def test_whoever_is_told_has_time_to_answer_by_day_and_never_past_the_notice(now, minutes, notice, zone):
    start = now + dt.timedelta(minutes=minutes)
    end = plan_end(now=now, start=start, notice=notice * HOUR, zone=zone)
    if end is None:
        return
    assert not is_night(now, zone)
    assert SHORTEST <= end - now <= dt.timedelta(hours=20)
    assert end <= start - notice * HOUR
    assert end == start - notice * HOUR or (end - now >= ANSWER_TIME and not is_night(end, zone))
