"""Whatever is POSTed to any page of a citizen: a right status, a clear page in French, never a failure of ours."""

import uuid

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accessform.journeys.models import Journey, StepAnswers
from tests.journeys.citizen_doors import VALID, Door, citizen_patterns, doors_of, views_of
from tests.journeys.filling import Citizen
from tests.journeys.hostile import BODIES, VALUES, encoded, every, every_free_field, knock, one_by_one


@pytest.fixture
def doors(citizen: Citizen) -> dict[str, Door]:
    return doors_of(citizen)


def test_every_page_that_takes_a_post_is_here(doors: dict[str, Door]) -> None:
    known, client = views_of(doors), Client()
    values = {"journey_id": uuid.uuid4(), "appointment_id": uuid.uuid4(), "place_id": 1, "key": "0" * 64}
    takes_posts = set()
    for name, pattern in citizen_patterns():
        wanted = {key: values.get(key, "essai") for key in pattern.pattern.converters}
        request = client.post("/").wsgi_request
        try:
            if pattern.callback(request, **wanted).status_code != 405:
                takes_posts.add(name)
        except Exception:
            takes_posts.add(name)
    assert takes_posts - known <= {"home", "site_map", "privacy", "accessibility", "form_schema"}


@pytest.mark.parametrize("value", VALUES)
def test_a_hostile_value_everywhere_never_fails(doors: dict[str, Door], citizen: Citizen, value: str) -> None:
    for door in doors.values():
        knock(citizen.client, door, every(VALUES[value])(door.fields))
        knock(citizen.client, door, every_free_field(VALUES[value])(door.fields))


@pytest.mark.slow
@pytest.mark.parametrize("value", VALUES)
def test_a_hostile_value_anywhere_never_fails(doors: dict[str, Door], citizen: Citizen, value: str) -> None:
    for door in doors.values():
        for body in one_by_one(VALUES[value])(door.fields):
            knock(citizen.client, door, body)


@pytest.mark.parametrize("body", BODIES)
def test_a_hostile_body_never_fails(doors: dict[str, Door], citizen: Citizen, body: str) -> None:
    for door in doors.values():
        knock(citizen.client, door, BODIES[body](door.fields))


@pytest.mark.parametrize("value", VALUES)
def test_what_is_hostile_in_one_answer_leaves_the_others_kept(citizen: Citizen, value: str) -> None:
    fields = {**citizen.fields(), **VALID, "nom": VALUES[value], "action": "next"}
    response = knock(citizen.client, Door(citizen.path, {}), encoded(fields))
    assert response.status_code in {303, 422}
    row = StepAnswers.objects.get(step_id="vous")
    assert {**row.answers, "nom": ""} == {"nom": "", "naissance": "1948-02-03", "enfants": False}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.dictionaries(
        st.sampled_from(["nom", "naissance", "enfants", "combien", "surnom", "asked", "revision", "key", "action"]),
        st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=3),
    )
)
def test_nothing_that_is_typed_makes_a_step_fall_over(citizen: Citizen, typed: dict[str, list[str]]) -> None:
    knock(citizen.client, Door(citizen.path, {}), encoded({**citizen.fields(), **VALID, "action": "next", **typed}))
    assert Journey.objects.count() == 1


@pytest.mark.parametrize("body", ["nothing", "600 fields", "multipart, an encoding of no text"])
def test_a_refusal_is_said_at_the_level_that_the_person_reads(citizen: Citizen, body: str) -> None:
    citizen.client.post("/affichage", {"action": "simpler", "next": "/"})
    response = knock(citizen.client, Door(citizen.path, {}), BODIES[body]({"nom": "x"}))
    assert response.status_code in {400, 415}
    assert "Il y a eu un problème" in response.content.decode()
