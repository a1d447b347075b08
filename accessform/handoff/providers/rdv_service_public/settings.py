"""Where RDV Service Public is, who we are there, and with which secrets it signs. Off unless an address is set."""

import functools
import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings

MIN_SECRET = 16
"""Characters of a webhook secret: 64 bits at least, even in hexadecimal."""


class RdvSettingsError(ValueError):
    """ACCESSFORM_RDV_… do not say what they must; the message says where, and repeats no secret."""


@dataclass(frozen=True, slots=True)
class RdvSettings:
    """One installation of RDV Service Public. `hosts`: where agents and citizens may be sent."""

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    webhook_secrets: tuple[str, ...] = field(repr=False, default=())
    hosts: frozenset[str] = frozenset()


def rdv_settings() -> RdvSettings | None:
    """Return the settings, None where RDV Service Public is off; raises RdvSettingsError."""
    return _read(
        settings.RDV_URL,
        settings.RDV_CLIENT_ID,
        settings.RDV_CLIENT_SECRET,
        tuple(settings.RDV_WEBHOOK_SECRETS),
        tuple(settings.RDV_HOSTS),
        settings.PRODUCTION,
    )


@functools.lru_cache(maxsize=8)
def _read(
    url: str, client_id: str, client_secret: str, secrets: tuple[str, ...], hosts: tuple[str, ...], production: bool
) -> RdvSettings | None:
    if not url:
        return None
    host = _check_address(url, production=production)
    if not client_id or not client_secret:
        raise RdvSettingsError("ACCESSFORM_RDV_CLIENT_ID and ACCESSFORM_RDV_CLIENT_SECRET are needed with the address")
    if any(len(secret) < MIN_SECRET for secret in secrets):
        raise RdvSettingsError(f"ACCESSFORM_RDV_WEBHOOK_SECRETS: each has at least {MIN_SECRET} characters")
    if any("/" in each or ":" in each or "." not in each for each in hosts):
        raise RdvSettingsError("ACCESSFORM_RDV_HOSTS lists hosts alone, such as www.rdv-solidarites.fr")
    return RdvSettings(url.rstrip("/"), client_id, client_secret, secrets, frozenset({host, *hosts}))


def _check_address(url: str, *, production: bool) -> str:
    """Return the host of the address; plain http is for this machine alone, and never in production."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise RdvSettingsError("ACCESSFORM_RDV_URL is no address") from None
    if not host or parts.username or parts.query or parts.fragment or parts.path.strip("/"):
        raise RdvSettingsError("ACCESSFORM_RDV_URL is https://host, without user name, path or query")
    if parts.scheme != "https" and (production or parts.scheme != "http" or not _is_this_machine(host)):
        raise RdvSettingsError("ACCESSFORM_RDV_URL must begin with https://")
    return host


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
