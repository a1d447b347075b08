"""Registering and publishing: drafts are replaced, versions are frozen, journeys stay where they began."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from accessform.journeys.models import Journey
from accessform.plain_language.apart import ToolsFailed
from accessform.plain_language.wording import ReadingLevel
from forms_catalog import thorough_reading
from forms_catalog.models import Form, FormVersion, VersionStatus
from forms_catalog.versioning import (
    FormRefused,
    NothingToPublish,
    discard_draft,
    find_version,
    publish_form,
    publish_source,
    register_form,
    retire_form,
    version_published,
)
from tests.forms_catalog.written_forms import small_form

pytestmark = pytest.mark.django_db

RENAMED = ("label: Motif", "label: Raison de la demande")


def register(*changes: tuple[str, str]):
    return register_form(source=small_form(*changes), file="petite.yaml")


def publish(*changes: tuple[str, str]) -> FormVersion:
    return publish_source(source=small_form(*changes), file="petite.yaml").version


def test_registering_keeps_a_draft_that_nobody_can_start():
    version = register().version
    assert version.status == VersionStatus.DRAFT
    assert version.number == 1
    assert not FormVersion.objects.published().exists()


def test_registering_again_replaces_the_draft():
    register()
    again = register(RENAMED)
    assert again.changed
    assert FormVersion.objects.count() == 1
    assert again.version.definition.steps[1].questions[0].label.standard == "Raison de la demande"


def test_the_source_is_kept_as_it_was_given():
    assert register().version.source == small_form().decode()


def test_publishing_freezes_the_draft_and_supersedes_the_version_before():
    first = publish()
    second = publish(RENAMED)
    first.refresh_from_db()
    assert (first.number, first.status) == (1, VersionStatus.SUPERSEDED)
    assert (second.number, second.status) == (2, VersionStatus.PUBLISHED)
    assert second.published_at is not None


def test_a_file_that_says_the_same_publishes_nothing_new():
    first = publish()
    again = publish_source(source=small_form() + b"# a remark\n", file="petite.yaml")
    assert not again.changed
    assert again.version == first
    assert FormVersion.objects.count() == 1


def test_a_file_that_says_the_same_as_the_published_one_drops_the_draft():
    published = publish()
    register(RENAMED)
    assert register().version == published
    assert FormVersion.objects.count() == 1


def test_publishing_without_a_draft_says_so():
    publish()
    with pytest.raises(NothingToPublish):
        publish_form(slug="petite-demarche")


def test_publishing_an_unknown_form_says_so():
    with pytest.raises(Form.DoesNotExist):
        publish_form(slug="inconnue")


def test_a_draft_without_its_legal_basis_is_kept_and_not_published():
    registered = register(('legal_basis: "Code de l\'essai, article 1"\n', ""))
    assert "publish.legal_basis" in {finding.code for finding in registered.findings}
    with pytest.raises(FormRefused) as refused:
        publish_form(slug="petite-demarche")
    assert [finding.code for finding in refused.value.findings if finding.stops_publishing] == ["publish.legal_basis"]
    assert registered.version.status == VersionStatus.DRAFT


def test_a_refused_file_leaves_nothing_behind():
    with pytest.raises(FormRefused):
        publish(("retention_days: 90\n", ""))
    with pytest.raises(FormRefused):
        register(("type: yes_no", "type: peut-etre"))
    assert not Form.objects.exists()


def test_a_journey_in_progress_stays_on_its_version_when_a_new_one_is_published():
    journey = Journey.objects.create(version=publish(), start_key=uuid.uuid4())
    publish(RENAMED)
    stays = Journey.objects.get(pk=journey.pk)
    assert stays.version.number == 1
    assert stays.version.definition.steps[1].questions[0].label.standard == "Motif"
    assert find_version(slug="petite-demarche").definition.steps[1].questions[0].label.standard == (
        "Raison de la demande"
    )


def test_a_journey_in_progress_stays_open_when_the_form_is_retired():
    journey = Journey.objects.create(version=publish(), start_key=uuid.uuid4())
    retire_form(slug="petite-demarche")
    assert not FormVersion.objects.published().exists()
    assert Journey.objects.get(pk=journey.pk).version.definition.slug == "petite-demarche"


def test_a_variant_left_as_it_was_while_its_official_text_changed_is_stale_and_not_served():
    publish()
    changed = register(
        ("Cette démarche permet de demander un essai.", "Cette démarche permet de demander deux essais.")
    )
    summary = changed.version.definition.summary
    assert summary.is_stale(ReadingLevel.PLAIN)
    assert summary.at(ReadingLevel.EASY) == "Cette démarche permet de demander deux essais."
    assert {"variant.stale_plain", "variant.stale_easy"} <= {finding.code for finding in changed.findings}


def test_a_stale_variant_stays_stale_until_someone_touches_it():
    new = ("permet de demander un essai", "permet de demander deux essais")
    publish()
    publish(new)
    again = publish(new, RENAMED)
    assert again.definition.summary.is_stale(ReadingLevel.PLAIN)
    touched = publish(new, RENAMED, ('plain: "Vous demandez un essai."', 'plain: "Vous demandez deux essais."'))
    assert not touched.definition.summary.is_stale(ReadingLevel.PLAIN)
    assert touched.definition.summary.is_stale(ReadingLevel.EASY)


def test_a_stale_variant_may_be_confirmed_by_naming_its_source():
    new = ("Cette démarche permet de demander", "Cette démarche vous permet de demander")
    publish()
    stale = publish(new)
    finding = next(f for f in register(new, RENAMED).findings if f.code == "variant.stale_easy")
    source = finding.message.split("source: ")[1].split(" ")[0].strip("\u00a0»")
    assert stale.definition.summary.is_stale(ReadingLevel.EASY)
    confirmed = publish(
        new,
        RENAMED,
        ('easy: "Vous demandez un essai."', f'easy: {{text: "Vous demandez un essai.", source: "{source}"}}'),
    )
    assert not confirmed.definition.summary.is_stale(ReadingLevel.EASY)


def test_a_published_version_never_changes():
    version = publish()
    version.compiled = {**version.compiled, "title": {"standard": "Autre"}}
    with pytest.raises(ValueError, match="frozen"):
        version.save()


def test_the_database_keeps_one_published_version_of_a_form():
    version = publish()
    with pytest.raises(IntegrityError), transaction.atomic():
        FormVersion.objects.create(
            form=version.form, number=9, status=VersionStatus.PUBLISHED, source="", compiled={}, digest=""
        )


def test_discarding_forgets_the_draft_only():
    published = publish()
    register(RENAMED)
    discard_draft(slug="petite-demarche")
    assert list(FormVersion.objects.all()) == [published]


def test_speech_is_told_once_the_version_is_committed(django_capture_on_commit_callbacks):
    told = []

    def listen(sender, version, **_kwargs):
        told.append(version)

    version_published.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            version = publish()
            assert told == []
    finally:
        version_published.disconnect(listen)
    assert told == [version]


def test_publishing_the_published_file_again_leaves_a_colleague_s_draft_alone():
    published = publish()
    draft = register(RENAMED).version
    again = publish_source(source=small_form(), file="petite.yaml")
    assert (again.version, again.changed) == (published, False)
    assert FormVersion.objects.get(status=VersionStatus.DRAFT) == draft


def test_tools_that_hang_are_not_waited_for_again_with_the_form_locked(monkeypatch):
    depths: list[int] = []

    def hang(*_asked: object) -> None:
        depths.append(len(transaction.get_connection().savepoint_ids))
        raise ToolsFailed("no answer")

    monkeypatch.setattr(thorough_reading, "ask", hang)
    made = "label: {standard: Votre raison de venir, plain: {text: Votre raison, origin: rules, status: approved}}"
    source = small_form(("label: Motif", made))
    with pytest.raises(FormRefused) as refused:
        publish_source(source=source, file="petite.yaml")
    assert "publish.machine_unverified" in [finding.code for finding in refused.value.findings]
    register_form(source=source, file="petite.yaml")
    asked = len(depths)
    with pytest.raises(FormRefused):
        publish_form(slug="petite-demarche")
    assert len(depths) == asked + 1
    assert depths[-1] == depths[0]
