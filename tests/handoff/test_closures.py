"""Days when nobody receives: a closed place, an exception of an opening, public holidays by department."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accessform.handoff.models import Absence, Motif, Opening, Place, PlaceClosure
from accessform.handoff.services.agendas import list_first_slots, list_slots
from accessform.handoff.services.booking import Outcome, book_appointment
from accessform.handoff.slots import group_by_day
from accessform.handoff.territories import find_time_zone, list_public_holidays
from tests.handoff.conftest import MONDAY_NINE, add_agent

YEAR = {"first": dt.date(2027, 1, 1), "last": dt.date(2027, 12, 31)}

NAMED_DAYS = {
    "57": {"good friday": (3, 26), "saint stephen": (12, 26)},
    "67": {"good friday": (3, 26), "saint stephen": (12, 26)},
    "68": {"good friday": (3, 26), "saint stephen": (12, 26)},
    "971": {"abolition": (5, 27), "schoelcher": (7, 21), "mid-lent": (3, 4), "good friday": (3, 26)},
    "972": {"abolition": (5, 22), "schoelcher": (7, 21)},
    "973": {"abolition": (6, 10)},
    "974": {"abolition": (12, 20)},
    "976": {"abolition": (4, 27)},
    "977": {"abolition": (10, 9)},
    "978": {"abolition": (5, 28), "schoelcher": (7, 21)},
    "2A": {},
    "75": {},
}


@pytest.mark.parametrize("department", NAMED_DAYS)
def test_a_department_keeps_its_own_days_and_no_other(department):
    national = list_public_holidays(department="", **YEAR)
    own = list_public_holidays(department=department, **YEAR) - national
    assert own == {dt.date(2027, month, day) for month, day in NAMED_DAYS[department].values()}


@pytest.mark.parametrize(
    "day",
    ["01-01", "03-29", "05-01", "05-06", "05-08", "05-17", "07-14", "08-15", "11-01", "11-11", "12-25"],
)
def test_the_eleven_days_of_the_whole_country(day):
    assert dt.date.fromisoformat(f"2027-{day}") in list_public_holidays(department="33", **YEAR)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("department", "day", "free"),
    [
        ("57", "2027-03-26", False),
        ("54", "2027-03-26", True),
        ("971", "2027-05-27", False),
        ("972", "2027-05-27", True),
        ("974", "2027-12-20", False),
        ("975", "2027-12-20", True),
    ],
)
def test_an_agenda_closes_on_the_days_of_its_department(clock, place, motif, agent, department, day, free):
    Place.objects.filter(pk=place.pk).update(department=department)
    place.refresh_from_db()
    nine = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(9), tzinfo=find_time_zone(department))
    clock.move_to(nine - dt.timedelta(days=3))
    starts = [slot.start for slot in list_slots(place=place, motif=motif)]
    assert (nine in starts) is free


@pytest.mark.django_db
class TestClosures:
    @pytest.fixture(autouse=True)
    def _agenda(self, clock, place, motif, agent, contact):
        self.place, self.motif, self.agent, self.contact = place, motif, agent, contact

    def days(self) -> list[str]:
        slots = list_slots(place=self.place, motif=self.motif)
        return [f"{day:%m-%d}" for day in group_by_day(slots, self.place.zone)][:4]

    def close(self, first: str, last: str, reason: str = "Fermeture d'été") -> PlaceClosure:
        days = {"first_day": dt.date.fromisoformat(first), "last_day": dt.date.fromisoformat(last)}
        return PlaceClosure.objects.create(place=self.place, reason=reason, **days)

    def test_a_closed_place_offers_nothing_on_its_first_and_last_day(self):
        self.close("2026-11-24", "2026-11-25")
        assert self.days() == ["11-23", "11-26", "11-27", "11-30"]

    def test_a_closure_closes_every_agent_and_no_other_place(self):
        add_agent(self.place, self.motif, "Guichet 2")
        other = Place.objects.create(source="test", source_id="2", name="Ailleurs", department="75")
        add_agent(other, self.motif)
        self.close("2026-11-23", "2026-12-31", "Travaux")
        assert self.days() == []
        first = list_first_slots(places=[self.place, other], motifs=[self.motif])
        assert {pk: found.slot.start for pk, found in first.items()} == {other.pk: MONDAY_NINE}

    def test_nobody_books_on_a_closed_day(self):
        import uuid

        self.close("2026-11-23", "2026-11-23", "Saint patron")
        asked = {"place": self.place, "motif": self.motif, "contact": self.contact, "key": uuid.uuid4()}
        assert book_appointment(**asked, start=MONDAY_NINE).outcome is Outcome.SLOT_GONE

    def test_a_day_in_reunion_is_closed_by_its_own_midnight(self):
        Place.objects.filter(pk=self.place.pk).update(department="974")
        self.place.refresh_from_db()
        self.agent.openings.update(starts_at=dt.time(0), ends_at=dt.time(1))
        self.close("2026-11-24", "2026-11-24")
        assert self.days() == ["11-23", "11-25", "11-26", "11-27"]

    def test_an_opening_does_not_happen_on_its_excepted_days(self):
        self.agent.openings.update(except_days=["2026-11-23", "2026-11-25"])
        assert self.days() == ["11-24", "11-26", "11-27", "11-30"]

    def test_an_absence_of_one_agent_leaves_the_other(self):
        second = add_agent(self.place, self.motif, "Guichet 2")
        Absence.objects.create(agent=self.agent, starts_at=MONDAY_NINE, ends_at=MONDAY_NINE + dt.timedelta(days=1))
        assert list_slots(place=self.place, motif=self.motif)[0].agents == (second.pk,)

    def test_the_database_refuses_days_in_the_wrong_order_and_the_same_closure_twice(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            self.close("2026-11-25", "2026-11-24")
        self.close("2026-11-24", "2026-11-25")
        with pytest.raises(IntegrityError), transaction.atomic():
            self.close("2026-11-24", "2026-11-25")

    @pytest.mark.parametrize("days", ["2026-11-23", [20261123], ["demain"], ["20261123"], {"a": 1}])
    def test_an_exception_that_is_no_day_is_refused(self, days):
        opening = Opening.objects.first()
        opening.except_days = days
        with pytest.raises(ValidationError):
            opening.full_clean()


@pytest.mark.django_db
class TestTravel:
    @pytest.fixture(autouse=True)
    def _agenda(self, clock, place, motif, agent, contact):
        Motif.objects.filter(pk=motif.pk).update(mode="home", travel_minutes=20)
        motif.refresh_from_db()
        self.place, self.motif, self.agent, self.contact = place, motif, agent, contact

    def test_the_way_there_and_back_is_the_agent_s_time(self):
        starts = [slot.start for slot in list_slots(place=self.place, motif=self.motif)][:3]
        first = MONDAY_NINE + dt.timedelta(minutes=20)
        assert starts == [first, first + dt.timedelta(minutes=70), first + dt.timedelta(days=1)]

    def test_a_visit_takes_the_cells_of_its_way_and_keeps_them_when_the_motif_changes(self):
        import uuid

        start = MONDAY_NINE + dt.timedelta(minutes=20)
        asked = {"place": self.place, "motif": self.motif, "contact": self.contact, "key": uuid.uuid4()}
        visit = book_appointment(**asked, start=start).appointment
        cells = sorted(visit.cells.values_list("at", flat=True))
        assert (len(cells), cells[0], visit.travel_minutes) == (14, MONDAY_NINE, 20)
        assert cells[-1] == MONDAY_NINE + dt.timedelta(minutes=65)
        office = Motif.objects.create(slug="bureau", label=self.motif.label, minutes=10, notice_hours=0)
        self.agent.motifs.add(office)
        assert list_slots(place=self.place, motif=office)[0].start == MONDAY_NINE + dt.timedelta(minutes=70)

    def test_only_a_visit_at_home_travels(self):
        self.motif.mode = "office"
        with pytest.raises(ValidationError):
            self.motif.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            self.motif.save()
