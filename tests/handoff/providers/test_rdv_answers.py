"""Reading with mistrust: whatever comes, a value that was checked or a refusal; waits stay within their bounds."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessform.handoff.checks import rdv_settings_are_whole
from accessform.handoff.providers.protocol import BadEvent, Status
from accessform.handoff.providers.rdv_service_public import answers, pacing
from accessform.handoff.providers.rdv_service_public.answers import Unbelievable
from accessform.handoff.providers.rdv_service_public.events import check_signature, read_event, sign
from accessform.handoff.providers.rdv_service_public.pacing import next_wait, read_retry_after

HOSTS = frozenset({"rdv.example.fr"})
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
SECRETS = ("first-secret-of-sixteen", "second-secret-of-sixteen")

TEXT = st.text("aé0:-/", max_size=8)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
PLANS = st.fixed_dictionaries(
    {},
    optional={
        "id": st.integers(1, 9) | ANYTHING,
        "user_id": ANYTHING,
        "url": st.sampled_from(["https://rdv.example.fr/1", "https://rdv.example.fr@mal.fr/", "//x"]) | ANYTHING,
        "rdv": ANYTHING
        | st.fixed_dictionaries(
            {"id": ANYTHING, "status": st.sampled_from(["seen", "unknown", "x"]), "starts_at": ANYTHING}
        ),
    },
)


@given(PLANS)
def test_a_plan_is_whole_or_refused(content):
    try:
        plan = answers.read_plan(json.dumps({"rdv_plan": content}).encode(), hosts=HOSTS)
    except Unbelievable:
        return
    assert plan.id > 0
    assert plan.url.startswith("https://rdv.example.fr/")
    assert (plan.rdv is None) == (plan.situation.status is Status.WAITING)
    assert plan.rdv is None or plan.situation.starts_at is not None


@given(ANYTHING | st.fixed_dictionaries({"meta": ANYTHING, "data": ANYTHING}))
def test_an_event_is_understood_or_refused(content):
    try:
        event = read_event(json.dumps(content).encode(), digest="x", now=NOW)
    except BadEvent:
        return
    assert event is None or event.reference


@given(st.binary(max_size=200), st.text("0af é", max_size=80))
def test_no_signature_but_the_right_one_is_accepted(body, given_signature):
    right = {sign(body, secret) for secret in SECRETS}
    for signature in right:
        assert len(check_signature(body, signature, SECRETS)) == 64
    if given_signature.strip() not in right:
        with pytest.raises(BadEvent):
            check_signature(body, given_signature, SECRETS)


@given(st.sampled_from(list(Status)), st.integers(0, 10_000), st.integers(0, 100), st.none() | st.floats(0, 1e9))
def test_a_wait_is_never_nothing_and_never_more_than_its_longest(status, polls, failures, asked):
    wait = next_wait(status=status, polls=polls, failures=failures, asked=asked)
    assert dt.timedelta(seconds=20) < wait <= pacing.LONGEST
    if asked and asked < pacing.LONGEST.total_seconds():
        assert wait >= dt.timedelta(seconds=asked)


def test_waits_grow_and_differ():
    seen = {next_wait(status=Status.WAITING, polls=9, failures=0) for _ in range(20)}
    assert len(seen) > 10
    means = [
        sum(next_wait(status=Status.WAITING, polls=0, failures=n).total_seconds() for _ in range(50)) for n in (1, 3, 5)
    ]
    assert means == sorted(means)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("99999999", 86400),
        ("Sat, 21 Nov 2026 12:01:00 GMT", 60),
        ("Sat, 21 Nov 2020 12:01:00 GMT", 0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("1" * 5000, None),
        ("٣", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(text, seconds):
    assert read_retry_after(text, now=NOW) == seconds


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23T09:00:00+01:00", dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)),
        ("2026-11-23T08:00:00Z", dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)),
        ("2026-11-23 09:00:00 +0100", dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)),
        ("2026-11-23 08:00:00 UTC", dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)),
        ("2026-11-23T09:00:00.123+01:00", dt.datetime(2026, 11, 23, 8, 0, 0, 123000, tzinfo=dt.UTC)),
    ],
)
def test_moments_are_read(text, moment):
    assert answers.read_moment(text) == moment


@pytest.mark.parametrize("text", ["2026-11-23 09:00:00", "", "0001-01-01T00:00:00+14:00", None, 12])
def test_moments_without_a_zone_are_refused(text):
    with pytest.raises(Unbelievable):
        answers.read_moment(text)


GOOD = {"RDV_URL": "https://rdv.example.fr", "RDV_CLIENT_ID": "accessform", "RDV_CLIENT_SECRET": "un-secret-de-client"}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, []),
        (GOOD, []),
        ({**GOOD, "RDV_URL": "http://127.0.0.1:9"}, []),
        ({**GOOD, "RDV_URL": "http://rdv.example.fr"}, ["handoff.E001"]),
        ({**GOOD, "RDV_URL": "http://127.0.0.1:9", "PRODUCTION": True}, ["handoff.E001"]),
        ({**GOOD, "RDV_URL": "https://user@rdv.example.fr"}, ["handoff.E001"]),
        ({**GOOD, "RDV_URL": "https://rdv.example.fr/api"}, ["handoff.E001"]),
        ({**GOOD, "RDV_URL": "https://[::1"}, ["handoff.E001"]),
        ({**GOOD, "RDV_CLIENT_SECRET": ""}, ["handoff.E001"]),
        ({**GOOD, "RDV_WEBHOOK_SECRETS": ["short-secret"]}, ["handoff.E001"]),
        ({**GOOD, "RDV_HOSTS": ["https://rdv.example.fr"]}, ["handoff.E001"]),
        ({"RDV_CLIENT_ID": "accessform"}, ["handoff.W001"]),
    ],
)
def test_settings_are_checked_and_no_secret_is_repeated(settings, said, found):
    for name in ("RDV_URL", "RDV_CLIENT_ID", "RDV_CLIENT_SECRET"):
        setattr(settings, name, "")
    settings.RDV_WEBHOOK_SECRETS, settings.RDV_HOSTS = [], []
    for name, value in said.items():
        setattr(settings, name, value)
    messages = rdv_settings_are_whole(None)
    assert [message.id for message in messages] == found
    assert not any(secret in message.msg for message in messages for secret in ("un-secret-de-client", "short-secret"))
