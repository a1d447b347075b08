"""System checks: what is promised about data is what the settings and the code do."""

from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from accessform.trust import retention
from accessform.trust.operator import BadOperatorFile, operator


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


@register()
def data_keys_are_keys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse data keys that are none, or that anybody who holds SECRET_KEY would hold too."""
    errors: list[CheckMessage] = []
    if not settings.DATA_KEYS:
        errors.append(Error("ACCESSFORM_DATA_KEYS is empty.", id="trust.E004"))
    for place, key in enumerate(settings.DATA_KEYS, start=1):
        try:
            Fernet(key)
        except ValueError:
            errors.append(Error(f"Key {place} of ACCESSFORM_DATA_KEYS is not a Fernet key.", id="trust.E004"))
        if key == settings.SECRET_KEY:
            errors.append(Error("The data keys must differ from the secret key.", id="trust.E005"))
    return errors


@register()
def operator_is_named(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse an operator's file that cannot be read, or that claims a conformity without an audit."""
    try:
        operator()
    except (BadOperatorFile, OSError) as error:
        return [Error(f"ACCESSFORM_OPERATOR: {error}", id="trust.E006")]
    return []


@register(deploy=True)
def production_is_in_earnest(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to deploy with a demonstration's values."""
    if not settings.PRODUCTION:
        return [Warning("ACCESSFORM_MODE is not production.", id="trust.W001")]
    errors: list[CheckMessage] = []
    if operator_is_named(None):
        return errors
    if operator().is_demonstration:
        errors.append(Error("ACCESSFORM_OPERATOR must name a file of your own: who answers here.", id="trust.E007"))
    if not settings.PUBLIC_URL.startswith("https://"):
        errors.append(Error("ACCESSFORM_PUBLIC_URL must begin with https://.", id="trust.E008"))
    if settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "locmem.EmailBackend", "dummy.EmailBackend")):
        errors.append(Error("ACCESSFORM_EMAIL_BACKEND sends nothing; people would wait for links.", id="trust.E009"))
    if not settings.TRUSTED_PROXIES:
        said = "ACCESSFORM_TRUSTED_PROXIES is empty: behind a proxy that ends TLS, every page would redirect to itself."
        errors.append(Warning(said, id="trust.W002"))
    return errors
