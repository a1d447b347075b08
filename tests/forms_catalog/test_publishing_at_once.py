"""Two people publish at the same instant: one version is published, and nobody sees an error page."""

import threading

import pytest
from django.db import connection

from forms_catalog.models import FormVersion, VersionStatus
from forms_catalog.versioning import NothingToPublish, publish_form, publish_source, register_form
from tests.forms_catalog.written_forms import small_form

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 6


def at_once(work) -> list[object]:
    """Run `work(rank)` in threads that start together; return what each returned or raised."""
    barrier = threading.Barrier(PEOPLE)
    results: list[object] = [None] * PEOPLE

    def run(rank: int) -> None:
        barrier.wait()
        try:
            results[rank] = work(rank)
        except Exception as error:
            results[rank] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(rank,)) for rank in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_one_draft_is_published_once():
    register_form(source=small_form(), file="petite.yaml")
    results = at_once(lambda _rank: publish_form(slug="petite-demarche"))
    assert sum(isinstance(result, FormVersion) for result in results) == 1
    assert sum(isinstance(result, NothingToPublish) for result in results) == PEOPLE - 1
    assert FormVersion.objects.published().count() == 1


def test_different_files_published_together_leave_one_published_and_every_number_once():
    results = at_once(
        lambda rank: publish_source(source=small_form(("label: Motif", f"label: Motif {rank}")), file="f.yaml")
    )
    assert [result for result in results if isinstance(result, Exception)] == []
    assert FormVersion.objects.published().count() == 1
    assert sorted(FormVersion.objects.values_list("number", flat=True)) == list(range(1, PEOPLE + 1))
    assert FormVersion.objects.published().get().number == PEOPLE


def test_one_file_registered_together_leaves_one_draft():
    results = at_once(lambda _rank: register_form(source=small_form(), file="f.yaml"))
    assert [result for result in results if isinstance(result, Exception)] == []
    assert FormVersion.objects.get().status == VersionStatus.DRAFT
