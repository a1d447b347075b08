"""Openings, absences, closures: nothing saved that was not shown, nothing lost between two people, nobody deleted."""

import datetime as dt
import threading

import pytest
from django.db import connection, connections
from django.test import Client

from accessform.handoff.models import Absence, Appointment, Opening, PlaceClosure
from tests.desk.places import administer, agree, save, words
from tests.handoff.conftest import MONDAY_NINE, add_agent

pytestmark = pytest.mark.django_db
HOURS = {"starts": "14 h", "ends": "17h", "weeks": "1"}


@pytest.fixture
def root(place) -> str:
    return f"/guichet/lieux/{place.pk}/"


@pytest.fixture
def claire(client, clock, place) -> Client:
    return administer(place, client=client)


def bulk(*agents, **changes) -> dict:
    return {
        "agents": [str(agent.pk) for agent in agents],
        "days": ["0", "3"],
        "first": "01/12/2026",
        "until": "30/06/2027",
        **HOURS,
        **changes,
    }


def test_openings_for_many_agents_and_days_are_shown_then_saved_once(claire, place, motif, agent, root):
    address, second = f"{root}plages/ajouter", add_agent(place, motif, "Guichet 2")
    data = bulk(agent, second, starts="9h", ends="12h", starts2="14h", ends2="17h30", weeks="2", days=["3", "0"])
    shown = claire.post(address, data)
    page = words(shown)
    assert shown.status_code == 200
    assert "Guichet 2 recevra une semaine sur deux, lundi et jeudi, 14 h – 17 h 30" in page
    assert "jusqu'au mercredi 30 juin 2027" in page
    assert Opening.objects.count() == 2
    done = agree(claire, address, shown, data)
    assert done["Location"] == f"{root}plages/"
    assert Opening.objects.count() == 6
    made = Opening.objects.filter(agent=second, starts_at=dt.time(14)).get()
    assert (made.first_day, made.ends_at) == (dt.date(2026, 12, 3), dt.time(17, 30))
    assert made.rule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20270630T235959"
    assert agree(claire, address, shown, data).status_code == 303
    assert Opening.objects.count() == 6
    assert "Une semaine sur deux, lundi et jeudi, 14 h – 17 h 30" in words(claire.get(f"{root}plages/"))


def test_overlaps_public_holidays_and_closures_are_told_before_saving(claire, place, agent, root):
    PlaceClosure.objects.create(
        place=place, first_day=dt.date(2026, 12, 28), last_day=dt.date(2027, 1, 1), reason="Fermeture d'hiver"
    )
    data = bulk(agent, days=["3", "4"], starts="11h", ends="13h")
    page = words(claire.post(f"{root}plages/ajouter", data))
    assert "Guichet 1 reçoit déjà chaque jour du lundi au vendredi, 9 h – 12 h" in page
    assert "Premier jour commun : jeudi 3 décembre 2026." in page
    assert "vendredi 25 décembre 2026" in page
    assert "Fermeture d'hiver : du lundi 28 décembre 2026 au vendredi 1er janvier 2027." in page
    assert "Aucun rendez-vous n'est touché." in page


def test_hours_beside_each_other_do_not_overlap(claire, agent, root):
    page = words(claire.post(f"{root}plages/ajouter", bulk(agent, starts="12h", ends="13h")))
    assert "se recouvrent" not in page


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"agents": []}, "agents", "Cochez au moins une case."),
        ({"days": []}, "days", "Cochez au moins une case."),
        ({"days": ["9", "x"]}, "days", "Cochez au moins une case."),
        ({"weeks": "7"}, "weeks", "Choisissez une réponse."),
        ({"starts": "neuf heures"}, "starts", "« neuf heures » n'est pas une heure"),
        ({"starts": "9h03"}, "starts", "de 5 en 5 minutes"),
        ({"ends": "8h"}, "ends", "La fin vient avant le début"),
        ({"starts2": "16h", "ends2": "18h"}, "starts2", "déjà dans la première plage"),
        ({"starts2": "18h"}, "ends2", "Écrivez aussi l'heure de fin."),
        ({"first": ""}, "first", "Remplissez cette case."),
        ({"first": "31/02/2027"}, "first", "n'est pas un jour"),
        ({"first": "01/12/9999"}, "first", "trop loin"),
        ({"until": "01/11/2026"}, "until", "Ce jour est passé."),
        ({"until": "02/12/2026"}, "until", "Aucun des jours cochés"),
    ],
)
def test_what_cannot_be_an_opening_is_refused_beside_its_field(claire, agent, root, changes, field, said):
    data = bulk(agent, **changes)
    response = claire.post(f"{root}plages/ajouter", data)
    page = words(response)
    assert response.status_code == 422
    assert f'id="{field}-error">' in page
    assert said in page
    assert all(f'value="{data[name]}"' in page for name in ("starts", "ends", "first", "until"))
    assert Opening.objects.count() == 1


def test_going_back_from_what_is_shown_keeps_what_was_typed(claire, agent, root):
    response = claire.post(f"{root}plages/ajouter", {**bulk(agent), "again": "1"})
    page = words(response)
    assert response.status_code == 200
    assert 'value="14 h"' in page
    assert 'id="days-3" name="days" value="3" checked' in page
    assert "À corriger" not in page


def test_an_agent_of_another_place_receives_nothing_from_here(claire, motif, agent, root):
    from accessform.handoff.models import Place

    other = Place.objects.create(
        source="t", source_id="9", name="X", postal_code="75012", city="Paris", department="75"
    )
    stranger = add_agent(other, motif, "Guichet voisin")
    assert claire.post(f"{root}plages/ajouter", bulk(stranger)).status_code == 422
    assert save(claire, f"{root}plages/ajouter", bulk(agent, stranger)).status_code == 303
    assert stranger.openings.count() == 1


def test_removing_an_opening_lists_whom_to_tell_and_leaves_the_appointment(claire, appointment, agent, root):
    row = agent.openings.get()
    address = f"{root}plages/{row.pk}/retirer"
    shown = claire.post(address)
    page = words(shown)
    assert "Un rendez-vous déjà pris n'aurait plus personne pour recevoir" in page
    assert "lundi 23 novembre à 9 h" in page
    assert 'href="tel:0199001010">Prévenir au 01 99 00 10 10' in page
    assert Opening.objects.filter(pk=row.pk).exists()
    assert agree(claire, address, shown, {})["Location"] == f"{root}a-prevenir"
    assert not Opening.objects.exists()
    assert Appointment.objects.get().status == "booked"
    assert Appointment.objects.get().cells.exists()
    assert agree(claire, address, shown, {})["Location"] == f"{root}plages/"
    assert "n'est plus dans la liste" in words(claire.get(f"{root}plages/"))
    assert "1 rendez-vous est à une heure où personne ne reçoit" in words(claire.get(root))


def test_an_opening_is_ended_on_a_day(claire, appointment, agent, root):
    row = agent.openings.get()
    address = f"{root}plages/{row.pk}/"
    assert "ce jour" not in words(claire.get(address))
    assert "n'aurait jamais eu lieu" in words(claire.post(address, {"last": "01/01/2025"}))
    shown = claire.post(address, {"last": "20/11/2026"})
    assert "Camille Exemple" in words(shown)
    assert agree(claire, address, shown, {"last": "20/11/2026"}).status_code == 303
    row.refresh_from_db()
    assert row.rule == "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261120T235959"
    later = claire.post(address, {"last": "20/12/2026"})
    assert later.status_code == 422
    assert "se termine déjà le vendredi 20 novembre 2026" in words(later)


def test_an_imported_opening_says_that_its_file_may_bring_it_back(claire, agent, root):
    Opening.objects.update(is_imported=True)
    page = words(claire.post(f"{root}plages/{agent.openings.get().pk}/retirer"))
    assert "Le prochain import la remettra si le fichier la dit encore." in page


def test_an_absence_is_of_the_place_s_clocks_and_shown_before(claire, appointment, agent, root):
    address, day = f"{root}absences/ajouter", {"first": "23/11/2026", "last": "23/11/2026", "agents": [str(agent.pk)]}
    assert "Camille Exemple" in words(claire.post(address, day))
    afternoon = {**day, "starts": "14h"}
    shown = claire.post(address, afternoon)
    assert "Aucun rendez-vous n'est touché." in words(shown)
    for _ in range(2):
        assert agree(claire, address, shown, afternoon)["Location"] == f"{root}plages/"
    absence = Absence.objects.get()
    assert absence.starts_at == MONDAY_NINE.replace(hour=14)
    assert absence.ends_at == MONDAY_NINE.replace(hour=0) + dt.timedelta(days=1)
    backwards = claire.post(address, {**day, "starts": "14h", "ends": "9h"})
    assert 'href="#ends"' in words(backwards)
    save(claire, f"{root}absences/{absence.pk}/retirer", {"x": "1"})
    assert not Absence.objects.exists()
    assert claire.post(f"{root}absences/{absence.pk}/retirer").status_code == 303


def test_a_closure_tells_whom_it_meets(claire, appointment, root):
    address, data = f"{root}fermetures/ajouter", {"first": "23/11/2026", "last": "", "reason": "Travaux"}
    shown = claire.post(address, data)
    assert "Camille Exemple" in words(shown)
    assert agree(claire, address, shown, data)["Location"] == f"{root}a-prevenir"
    closure = PlaceClosure.objects.get()
    assert (closure.first_day, closure.last_day, closure.reason) == (dt.date(2026, 11, 23),) * 2 + ("Travaux",)
    assert claire.post(address, {"first": "24/11/2026", "last": "23/11/2026"}).status_code == 422
    save(claire, f"{root}fermetures/{closure.pk}/retirer", {"x": "1"})
    assert not PlaceClosure.objects.exists()


def test_what_changes_between_showing_and_saving_is_shown_again(claire, place, agent, root):
    """Two administrators at once: the second is told, and both changes stay."""
    address, data = f"{root}plages/ajouter", bulk(agent)
    shown = claire.post(address, data)
    save(administer(place, "bruno"), address, bulk(agent, starts="16h", ends="18h"))
    late = agree(claire, address, shown, data)
    assert late.status_code == 409
    assert "L'agenda a changé entre-temps" in words(late)
    assert "16 h – 18 h" in words(late)
    assert agree(claire, address, late, data).status_code == 303
    assert sorted(agent.openings.values_list("starts_at", flat=True)) == [dt.time(9), dt.time(14), dt.time(16)]


def test_an_appointment_booked_meanwhile_is_shown_before_it_is_left_alone(claire, agent, root, request):
    address = f"{root}plages/{agent.openings.get().pk}/retirer"
    shown = claire.post(address)
    assert "Aucun rendez-vous n'est touché." in words(shown)
    request.getfixturevalue("appointment")
    late = agree(claire, address, shown, {})
    assert late.status_code == 409
    assert "Camille Exemple" in words(late)
    assert agent.openings.exists()


def test_a_token_of_another_change_saves_nothing(claire, agent, root):
    address = f"{root}plages/ajouter"
    shown = claire.post(address, bulk(agent))
    assert agree(claire, address, shown, bulk(agent, ends="18h")).status_code == 409
    assert Opening.objects.count() == 1


def test_showing_writes_nothing_and_frees_nothing(claire, agent, root, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as told:
        shown = claire.post(f"{root}plages/ajouter", bulk(agent))
    assert told == []
    with django_capture_on_commit_callbacks() as told:
        agree(claire, f"{root}plages/ajouter", shown, bulk(agent))
    assert len(told) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_agree_at_the_same_moment_add_the_openings_once(clock, place, agent, root):
    people = [administer(place, name) for name in ("claire", "bruno")]
    shown = [person.post(f"{root}plages/ajouter", bulk(agent)) for person in people]
    gate, answers = threading.Barrier(2), []

    def press(person, page):
        gate.wait(10)
        answers.append(agree(person, f"{root}plages/ajouter", page, bulk(agent)).status_code)
        connections.close_all()

    threads = [threading.Thread(target=press, args=pair) for pair in zip(people, shown, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == [303, 303]
    assert agent.openings.count() == 2
    connection.close()
