"""Which provider the operator chose, from the settings."""

from urllib.parse import urlsplit

from django.conf import settings

from accessform.messages.sms.gateway import HttpSms
from accessform.messages.sms.local import ConsoleSms, FileSms, NoSms
from accessform.messages.sms.protocol import SmsProvider

KINDS = ("none", "console", "file", "http")
SHORTEST_TOKEN = 16


class SmsSettingsError(ValueError):
    """The settings for text messages do not fit together; never holds the token."""


def sms_provider() -> SmsProvider:
    """Return what carries text messages. Raises SmsSettingsError."""
    kind = settings.SMS
    if kind == "none":
        return NoSms()
    if kind == "console":
        return ConsoleSms()
    if kind == "file":
        return FileSms(settings.SMS_DIR, drops_repeats=settings.SMS_DROPS_REPEATS)
    if kind == "http":
        return _gateway()
    raise SmsSettingsError(f"ACCESSFORM_SMS is {kind!r}; it must be one of {', '.join(KINDS)}")


def _gateway() -> HttpSms:
    parts = urlsplit(settings.SMS_URL)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.fragment:
        raise SmsSettingsError("ACCESSFORM_SMS_URL must be http(s)://host/path, without user name or fragment")
    if settings.PRODUCTION and parts.scheme != "https":
        raise SmsSettingsError("ACCESSFORM_SMS_URL must begin with https:// in production")
    if len(settings.SMS_TOKEN) < SHORTEST_TOKEN:
        raise SmsSettingsError(f"ACCESSFORM_SMS_TOKEN must have {SHORTEST_TOKEN} signs or more")
    return HttpSms(settings.SMS_URL, settings.SMS_TOKEN, settings.SMS_SENDER, settings.SMS_DROPS_REPEATS)


def sms_is_offered() -> bool:
    """Tell whether people may choose to be written to by text message."""
    return bool(settings.SMS != "none")
