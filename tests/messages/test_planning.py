"""When reminders leave: ahead, by day, three at most, whatever the hour, the zone and the clock changes."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from accessform.messages.hours import is_night, wait_for_day
from accessform.messages.planning import DEADLINE_DAYS, SHORTEST, plan_before_appointment, plan_before_day
from accessform.messages.signs import GSM, to_gsm

ZONES = st.sampled_from([ZoneInfo(name) for name in ("Europe/Paris", "Indian/Reunion", "America/Cayenne", "UTC")])
NEW_YEAR = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: NEW_YEAR + dt.timedelta(minutes=minutes))


@given(starts_at=MOMENTS, now=MOMENTS, zone=ZONES)
def test_an_appointment_has_three_reminders_at_most_each_ahead_by_day_and_in_time(starts_at, now, zone):
    planned = plan_before_appointment(starts_at, zone=zone, now=now)
    assert len({one.name for one in planned}) == len(planned) <= 3
    for one in planned:
        assert now < one.send_at <= one.expires_at == starts_at - SHORTEST
        assert not is_night(one.send_at, zone)


@given(day=st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)), now=MOMENTS, zone=ZONES)
def test_a_deadline_is_told_at_ten_on_its_days(day, now, zone):
    planned = plan_before_day(day, DEADLINE_DAYS, zone=zone, now=now)
    for one in planned:
        local = one.send_at.astimezone(zone)
        assert (local.hour, (day - local.date()).days) in {(10, before) for before in DEADLINE_DAYS}
        assert now < one.send_at < one.expires_at


@given(instant=MOMENTS, zone=ZONES)
def test_what_waits_for_the_day_waits_less_than_a_night(instant, zone):
    day = wait_for_day(instant, zone)
    assert not is_night(day, zone)
    assert dt.timedelta(0) <= day - instant <= dt.timedelta(hours=13)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=383)))
def test_what_is_written_in_french_fits_the_signs_of_text_messages(text):
    kept = to_gsm(text)
    assert to_gsm(kept) == kept
    if all(sign.isascii() or sign in "éèêëàâäîïôöùûüçœÉÈÀÇ«»’ ’" for sign in text):
        assert set(kept) <= GSM | {"`", "\x7f"}
