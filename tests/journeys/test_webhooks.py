"""Webhook settings and signatures, without a network."""

import json

import pytest

from accessform.journeys.checks import webhooks_are_readable
from accessform.journeys.webhooks import BadSignature, WebhookSettingsError, check_signature, read_webhooks, sign

SECRET = "a-secret-of-sixteen-signs"
HOOK = {"name": "nord", "url": "https://nord.example/in", "secret": SECRET}


def _read(*hooks, https_only=True):
    return read_webhooks(json.dumps(hooks), https_only=https_only)


def test_nothing_configured_is_no_webhook():
    assert read_webhooks("", https_only=True) == ()


def test_a_webhook_takes_every_form_unless_it_names_some():
    every, some = _read(HOOK, {**HOOK, "name": "sud", "forms": ["apa"]})
    assert every.wants("apa")
    assert every.wants("autre")
    assert some.wants("apa")
    assert not some.wants("autre")


@pytest.mark.parametrize(
    "hook",
    [
        {**HOOK, "secret": "short"},
        {**HOOK, "url": "ftp://nord.example"},
        {**HOOK, "url": "https://user@nord.example"},
        {**HOOK, "url": "/in"},
        {**HOOK, "name": "Nord !"},
        {**HOOK, "colour": "blue"},
        {"name": "nord"},
    ],
)
def test_malformed_settings_are_refused_without_repeating_the_secret(hook):
    with pytest.raises(WebhookSettingsError) as refusal:
        _read(hook)
    assert hook.get("secret", SECRET) not in str(refusal.value)


def test_two_webhooks_of_one_name_are_refused():
    with pytest.raises(WebhookSettingsError, match="same name"):
        _read(HOOK, HOOK)


def test_production_requires_https():
    plain = {**HOOK, "url": "http://nord.example/in"}
    assert len(_read(plain, https_only=False)) == 1
    with pytest.raises(WebhookSettingsError, match="https is required"):
        _read(plain)


def test_the_system_check_reports_settings_that_cannot_be_read(settings):
    settings.WEBHOOKS = "not json"
    assert [message.id for message in webhooks_are_readable(None)] == ["journeys.E001"]
    settings.WEBHOOKS = ""
    assert webhooks_are_readable(None) == []


def test_the_secret_is_not_shown_when_a_webhook_is_printed():
    assert SECRET not in repr(_read(HOOK)[0])


def test_a_signature_is_accepted_for_five_minutes():
    header = sign(b"{}", secret=SECRET, at=1000)
    check_signature(header, b"{}", secret=SECRET, now=1299)
    with pytest.raises(BadSignature, match="too old"):
        check_signature(header, b"{}", secret=SECRET, now=1301)


@pytest.mark.parametrize(
    ("header", "body", "secret"),
    [
        (sign(b"{}", secret=SECRET, at=1000), b"{ }", SECRET),
        (sign(b"{}", secret=SECRET, at=1000), b"{}", "another-secret-of-some-length"),
        (sign(b"{}", secret=SECRET, at=1000).replace("t=1000", "t=1001"), b"{}", SECRET),
        ("", b"{}", SECRET),
        ("t=x,v1=y", b"{}", SECRET),
        ("t=1000,v1=é", b"{}", SECRET),
    ],
)
def test_anything_else_is_refused(header, body, secret):
    with pytest.raises(BadSignature):
        check_signature(header, body, secret=secret, now=1000)


def test_the_signature_is_the_documented_one():
    assert sign(b'{"id":"1"}', secret="0123456789abcdef", at=1700000000) == (
        "t=1700000000,v1=" + _reference_mac(b'1700000000.{"id":"1"}')
    )


def _reference_mac(message):
    import hashlib
    import hmac

    return hmac.digest(b"0123456789abcdef", message, hashlib.sha256).hex()
