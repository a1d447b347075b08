"""The moment at which these tests happen: a Saturday at noon in Paris."""

import datetime as dt
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
NOON = dt.datetime(2026, 11, 21, 12, tzinfo=PARIS)
