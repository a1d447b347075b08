"""The workbench: a fact that a simpler text loses is shown, and acknowledged with a reason that stays."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from forms_catalog.models import FormVersion, VersionStatus
from forms_catalog.versioning import register_form
from tests.forms_catalog.written_forms import small_form
from tests.staff import sign_in

pytestmark = pytest.mark.django_db

PAGE = "/catalogue/petite-demarche/ecarts"
LOSING = (
    "label: Motif",
    "label: Motif\n        hint: {standard: Répondez dans un délai de deux mois., plain: Répondez dans les 3 mois.}",
)


@pytest.fixture
def workbench(client: Client) -> Client:
    user = User.objects.create_user("lea", first_name="Léa", last_name="Martin")
    user.groups.add(Group.objects.create(name="designers"))
    return sign_in(client, user)


def draft() -> FormVersion:
    return FormVersion.objects.get(status=VersionStatus.DRAFT)


def reasons(client: Client, text: str) -> dict[str, str]:
    texts = client.get(PAGE).context["texts"]
    return {f"reason-{line['gap'].key}": text for item in texts for line in item["gaps"]}


def test_it_shows_what_is_lost_beside_both_texts(workbench):
    register_form(source=small_form(LOSING), file="f")
    page = workbench.get(PAGE).content.decode()
    assert "dans un délai de deux mois" in page
    assert "Répondez dans les 3 mois." in page


def test_a_reason_is_kept_with_who_and_when_and_the_form_may_be_published(workbench):
    register_form(source=small_form(LOSING), file="f")
    assert "Reconnaître les écarts" in workbench.get("/catalogue/petite-demarche/").content.decode()
    response = workbench.post(PAGE, reasons(workbench, "Le délai a changé."))
    assert response.status_code == 303
    kept = draft().definition.steps[1].questions[0].hint.plain.acknowledged
    assert {word.reason for word in kept} == {"Le délai a changé."}
    assert {word.by for word in kept} == {"Léa Martin"}
    assert {word.on for word in kept} == {timezone.localdate()}
    assert isinstance(kept[0].on, dt.date)
    page = workbench.get("/catalogue/petite-demarche/").content.decode()
    assert "Publier la version 1" in page


def test_no_reason_keeps_nothing(workbench):
    register_form(source=small_form(LOSING), file="f")
    before = draft().source
    assert workbench.post(PAGE, reasons(workbench, "  ")).status_code == 422
    assert draft().source == before


def test_nothing_lost_says_so(workbench):
    register_form(source=small_form(), file="f")
    assert "pas d'écart" in workbench.get(PAGE).content.decode().replace("&#x27;", "'")


def test_without_a_draft_there_is_no_page(workbench):
    assert workbench.get(PAGE).status_code == 404


def test_the_three_levels_carry_the_advice(workbench):
    register_form(source=small_form(LOSING), file="f")
    assert "ne dit plus" in workbench.get("/catalogue/petite-demarche/1/textes").content.decode() or (
        "dit autrement" in workbench.get("/catalogue/petite-demarche/1/textes").content.decode()
    )
