"""The re-reading link: signed, ending after a fortnight, it shows one version to colleagues without an account."""

from datetime import timedelta

from django.core import signing

from forms_catalog.models import FormVersion

OPEN_FOR = timedelta(days=14)
SALT = "forms_catalog.rereading"


class LinkEnded(Exception):
    """The link was good, and its fortnight is over."""


class LinkUnknown(Exception):
    """No such link was ever given, or its version is gone."""


def rereading_token(version: FormVersion) -> str:
    """Return the token of a link to re-read `version` as it is today."""
    return signing.dumps([version.pk, version.digest[:16]], salt=SALT, compress=True)


def open_token(token: str) -> tuple[FormVersion, bool]:
    """Return the version of a link, and whether its text changed since; raises LinkEnded and LinkUnknown."""
    try:
        primary_key, digest = signing.loads(token, salt=SALT, max_age=OPEN_FOR)
    except signing.SignatureExpired as error:
        raise LinkEnded from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkUnknown from error
    version = FormVersion.objects.select_related("form").filter(pk=primary_key).first()
    if version is None:
        raise LinkUnknown
    return version, not version.digest.startswith(digest)
