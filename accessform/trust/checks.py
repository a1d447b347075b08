"""System checks: what retention.toml promises is what the code does."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from accessform.trust import retention


@register()
def retention_is_enforced(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse an entry that nothing enforces, a handler that the public is not told of, and longer sessions."""
    promised = {entry.name for entry in retention.schedule()}
    unkept = sorted(promised - retention.registered())
    untold = sorted(retention.registered() - promised)
    errors: list[CheckMessage] = [
        Error(f"retention.toml promises {name!r}, and nothing enforces it.", id="trust.E001") for name in unkept
    ]
    errors += [Error(f"{name!r} is purged, but retention.toml does not say so.", id="trust.E002") for name in untold]
    if retention.kept("sessions").keep.total_seconds() < settings.SESSION_COOKIE_AGE:
        errors.append(Error("SESSION_COOKIE_AGE is longer than retention.toml says.", id="trust.E003"))
    return errors
