"""Versions of a form: register a draft, publish it, retire it; and find what a new journey starts on.

Publishing freezes: a published version never changes, and a journey stays on the version that it began with.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.dispatch import Signal
from django.utils import timezone

from forms_catalog.compiling import Compiled
from forms_catalog.findings import Finding
from forms_catalog.loading import LoadedForm, load_form
from forms_catalog.models import Form, FormVersion, VersionStatus, digest_of
from forms_catalog.thorough_reading import UNVERIFIED

version_published = Signal()
"""Sent once the transaction that published a version is committed, with `version`."""


class FormRefused(Exception):
    """A form file that may not be registered or published; `findings` say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(str(finding) for finding in findings))
        self.findings = findings


class NothingToPublish(Exception):
    """The form has no draft."""


@dataclass(frozen=True)
class Registration:
    """What registering did: the version, whether anything is new, and what was found in the file."""

    version: FormVersion
    changed: bool
    findings: tuple[Finding, ...]


def register_form(*, source: bytes, file: str) -> Registration:
    """Keep a form file as the draft of its form, in place of an earlier draft.

    A file that says the same as the published version leaves no draft. Raises FormRefused.
    """
    first_look = load_form(source, file=file)
    if not first_look.may_be_registered or first_look.definition is None:
        raise FormRefused(first_look.findings)
    with transaction.atomic():
        form = _lock_form(first_look.definition.slug, create=True)
        loaded = load_form(source, file=file, previous=_compiled_before(form))
        return _store_draft(form, loaded, source.decode("utf-8-sig"))


def publish_form(*, slug: str) -> FormVersion:
    """Publish the draft of a form; the version published until now is superseded.

    Raises Form.DoesNotExist, NothingToPublish, and FormRefused where the draft does not meet what publishing asks.
    Two publications at once leave one published version: the second one finds no draft.
    """
    _read_before_locking(slug)
    with transaction.atomic():
        form = _lock_form(slug)
        draft = form.versions.filter(status=VersionStatus.DRAFT).first()
        if draft is None:
            raise NothingToPublish(slug)
        loaded = load_form(draft.source.encode(), file=slug, previous=draft.compiled)
        if not loaded.may_be_published:
            raise FormRefused(loaded.findings)
        form.versions.published().update(status=VersionStatus.SUPERSEDED)
        draft.status = VersionStatus.PUBLISHED
        draft.published_at = timezone.now()
        draft.save(update_fields=["status", "published_at"])
        transaction.on_commit(lambda: version_published.send(sender=FormVersion, version=draft), robust=True)
    return draft


def publish_source(*, source: bytes, file: str) -> Registration:
    """Register a form file and publish it; nothing new happens where it says the same as the published version.

    Raises FormRefused, and then neither draft nor version is left behind.
    """
    published = _published_from(source)
    if published is not None:
        return Registration(published, changed=False, findings=())
    first_look = load_form(source, file=file)
    if any(finding.code == UNVERIFIED for finding in first_look.findings):
        raise FormRefused(first_look.findings)
    with transaction.atomic():
        registered = register_form(source=source, file=file)
        if registered.version.status != VersionStatus.DRAFT:
            return registered
        if any(finding.stops_publishing for finding in registered.findings):
            raise FormRefused(registered.findings)
        version = publish_form(slug=registered.version.form.slug)
        return Registration(version, changed=True, findings=registered.findings)


def retire_form(*, slug: str) -> None:
    """Take a form out of the catalogue. Journeys begun on it go on. Raises Form.DoesNotExist."""
    with transaction.atomic():
        _lock_form(slug).versions.published().update(status=VersionStatus.RETIRED)


def discard_draft(*, slug: str) -> None:
    """Forget the draft of a form, if it has one. Raises Form.DoesNotExist."""
    with transaction.atomic():
        _lock_form(slug).versions.filter(status=VersionStatus.DRAFT).delete()


def find_version(*, slug: str, number: int | None = None) -> FormVersion:
    """Return the version of that number, or without a number the published one, else the latest.

    Raises FormVersion.DoesNotExist.
    """
    versions = FormVersion.objects.select_related("form").filter(form__slug=slug)
    if number is not None:
        return versions.get(number=number)
    return versions.published().first() or versions.latest("number")


def _published_from(source: bytes) -> FormVersion | None:
    """Return the published version that holds exactly this file, or None; a draft beside it is left as it is."""
    text = source.decode("utf-8-sig", "replace")
    return FormVersion.objects.published().select_related("form").filter(source=text).first()


def _read_before_locking(slug: str) -> None:
    """Read the draft once outside the transaction: comparing its texts takes seconds, and is remembered.

    Raises FormRefused where it may not be published: tools that hang must not hang again with the form locked.
    """
    draft = FormVersion.objects.filter(form__slug=slug, status=VersionStatus.DRAFT).first()
    if draft is not None:
        loaded = load_form(draft.source.encode(), file=slug, previous=draft.compiled)
        if not loaded.may_be_published:
            raise FormRefused(loaded.findings)


def _lock_form(slug: str, *, create: bool = False) -> Form:
    """Take the form's row for the length of the transaction, so that registering and publishing queue up."""
    if create:
        Form.objects.get_or_create(slug=slug)
    return Form.objects.select_for_update().get(slug=slug)


def _compiled_before(form: Form) -> Compiled | None:
    before = form.versions.order_by("-number").first()
    return before.compiled if before else None


def _store_draft(form: Form, loaded: LoadedForm, source: str) -> Registration:
    if loaded.compiled is None:
        raise FormRefused(loaded.findings)
    digest = digest_of(loaded.compiled)
    published = form.versions.published().first()
    draft = form.versions.filter(status=VersionStatus.DRAFT).first()
    if published and published.digest == digest:
        if draft:
            draft.delete()
        return Registration(published, changed=draft is not None, findings=loaded.findings)
    if draft and draft.digest == digest and draft.source == source:
        return Registration(draft, changed=False, findings=loaded.findings)
    if draft is None:
        last = form.versions.aggregate(last=Max("number"))["last"] or 0
        draft = FormVersion(form=form, number=last + 1)
    draft.source, draft.compiled, draft.digest = source, loaded.compiled, digest
    draft.save()
    return Registration(draft, changed=True, findings=loaded.findings)
