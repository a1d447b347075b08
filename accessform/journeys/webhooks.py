"""Webhooks: which systems of the service are told of a submission, and how a message to them is signed. Pure."""

import functools
import hashlib
import hmac
import time
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

SIGNATURE_HEADER = "X-Accessform-Signature"
IDEMPOTENCY_HEADER = "Idempotency-Key"
TOLERANCE_SECONDS = 300
"""How old a signature may be: as Stripe and the Standard Webhooks text recommend, against replays."""


class WebhookSettingsError(ValueError):
    """ACCESSFORM_WEBHOOKS does not say what it must; the message says where."""


class BadSignature(ValueError):
    """A message that was not signed with the shared secret, or too long ago."""


class Webhook(BaseModel):
    """One system to tell: at `url`, of submissions to `forms` (every form where empty)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]
    url: str
    secret: Annotated[str, Field(min_length=16, repr=False)]
    forms: tuple[str, ...] = ()

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.fragment:
            raise ValueError("the address must be http(s)://host/path, without user name or fragment")
        return url

    def wants(self, form_slug: str) -> bool:
        """Tell whether submissions to this form go there."""
        return not self.forms or form_slug in self.forms


_LIST = TypeAdapter(tuple[Webhook, ...])


@functools.lru_cache(maxsize=8)
def read_webhooks(text: str, *, https_only: bool) -> tuple[Webhook, ...]:
    """Return the webhooks of a JSON list, none for an empty text.

    Raises WebhookSettingsError, whose message never repeats a secret.
    """
    try:
        webhooks = _LIST.validate_json(text or "[]")
    except ValidationError as error:
        where = "; ".join(
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_input=False)
        )
        raise WebhookSettingsError(f"ACCESSFORM_WEBHOOKS: {where}") from None
    names = [webhook.name for webhook in webhooks]
    if len(names) != len(set(names)):
        raise WebhookSettingsError("ACCESSFORM_WEBHOOKS: two webhooks have the same name")
    plain = [webhook.name for webhook in webhooks if not webhook.url.startswith("https://")]
    if https_only and plain:
        raise WebhookSettingsError(f"ACCESSFORM_WEBHOOKS: https is required in production ({', '.join(plain)})")
    return webhooks


def sign(body: bytes, *, secret: str, at: int) -> str:
    """Return the signature header of `body`, made at `at` (seconds since 1970)."""
    return f"t={at},v1={_mac(body, secret, at)}"


def check_signature(header: str, body: bytes, *, secret: str, now: float | None = None) -> None:
    """Raise BadSignature unless `header` signs `body` with `secret`, at most five minutes ago."""
    try:
        parts = dict(part.split("=", 1) for part in header.split(","))
        at, given = int(parts["t"]), parts["v1"]
    except (ValueError, KeyError) as error:
        raise BadSignature("the signature header is not t=…,v1=…") from error
    if abs((time.time() if now is None else now) - at) > TOLERANCE_SECONDS:
        raise BadSignature("the signature is too old")
    if not hmac.compare_digest(given.encode(), _mac(body, secret, at).encode()):
        raise BadSignature("the signature does not match")


def _mac(body: bytes, secret: str, at: int) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
