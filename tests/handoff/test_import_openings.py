"""Openings from a file: once, twice, with mistakes, and never at the cost of an appointment."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from accessform.handoff.imported.openings import RowRefused, read_hour, read_opening
from accessform.handoff.imported.rows import FileRefused
from accessform.handoff.models import AgentProfile, Appointment, Opening, PlaceClosure
from accessform.handoff.services.agendas import list_slots
from accessform.handoff.services.conflicts import list_conflicts
from accessform.handoff.services.opening_imports import import_openings
from tests.handoff.conftest import MONDAY_NINE

ROW = {"place": "1", "agent": "Guichet 1", "motifs": "remplir", "first_day": "2026-11-02", "starts": "09:00"}
ROW |= {"ends": "12:00", "rule": "FREQ=WEEKLY", "except": ""}


def make_file(*rows: dict[str, str]) -> bytes:
    lines = [",".join(ROW), *(",".join(f'"{cell}"' for cell in {**ROW, **row}.values()) for row in rows)]
    return "\n".join(lines).encode()


def bring(*rows: dict[str, str], **options):
    return import_openings(make_file(*rows), source="test", **options)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"agent": " "}, "Il faut un lieu, un agent et au moins un motif"),
        ({"agent": "a" * 81}, "dépasse 80"),
        ({"first_day": "demain"}, "n'est pas un jour"),
        ({"first_day": "2026-02-30"}, "n'est pas un jour"),
        ({"starts": "9"}, "n'est pas une heure"),
        ({"starts": "25:00"}, "n'est pas une heure"),
        ({"starts": "09:07"}, "n'est pas une heure"),
        ({"ends": "08:00"}, "ne vient pas après le début"),
        ({"rule": "FREQ=SECONDLY"}, "doit commencer par FREQ"),
        ({"except": "2026-11-09 noël"}, "n'est pas un jour"),
    ],
)
def test_a_wrong_row_is_refused_with_its_reason(row, why):
    with pytest.raises(RowRefused, match=why):
        read_opening({**ROW, **row})


def test_hours_and_days_are_read_as_people_write_them():
    assert [read_hour(text) for text in ("9h", "9h30", "09:30", "14 h 05")] == [
        dt.time(9), dt.time(9, 30), dt.time(9, 30), dt.time(14, 5)
    ]  # fmt: skip
    row = read_opening(
        {**ROW, "first_day": "02/11/2026", "rule": "RRULE:freq=daily", "except": "2026-11-09;10/11/2026"}
    )
    assert (row.first_day, row.rule) == (dt.date(2026, 11, 2), "FREQ=DAILY")
    assert row.except_days == ("2026-11-09", "2026-11-10")


@pytest.mark.django_db
class TestImport:
    @pytest.fixture(autouse=True)
    def _place(self, clock, place, motif):
        self.place, self.motif = place, motif

    def test_it_creates_agents_and_openings_and_twice_is_once(self):
        rows = ({}, {"agent": "Guichet 2", "starts": "14h", "ends": "16h", "except": "2026-11-23"})
        first, again = bring(*rows), bring(*rows)
        assert (first.created, first.kept, first.removed) == (2, 0, 0)
        assert (again.created, again.kept, again.removed) == (0, 2, 0)
        assert AgentProfile.objects.count() == 2
        assert list_slots(place=self.place, motif=self.motif)[0].start == MONDAY_NINE

    def test_the_same_row_twice_is_one_opening(self):
        assert bring({}, {}).created == 1

    def test_what_the_file_says_no_more_goes_and_what_a_hand_wrote_stays(self):
        bring({}, {"starts": "14:00", "ends": "16:00"})
        by_hand = {"first_day": dt.date(2026, 11, 7), "starts_at": dt.time(9), "ends_at": dt.time(10)}
        Opening.objects.create(agent=AgentProfile.objects.get(), **by_hand)
        assert bring({}).removed == 1
        assert sorted(Opening.objects.values_list("is_imported", flat=True)) == [False, True]

    def test_an_agent_whose_row_was_refused_loses_nothing(self):
        bring({}, {"starts": "14:00", "ends": "16:00"})
        report = bring({}, {"starts": "14:07", "ends": "16:00"})
        assert (report.removed, report.kept, [number for number, _ in report.refused]) == (0, 1, [3])

    def test_a_row_of_nobody_knows_whom_keeps_everything(self):
        bring({}, {"starts": "14:00", "ends": "16:00"})
        assert bring({}, {"place": "absent"}).removed == 0

    @pytest.mark.parametrize(
        ("row", "why"), [({"place": "9"}, "identifiant « 9 »"), ({"motifs": "x"}, "Motif inconnu")]
    )
    def test_an_unknown_place_or_motif_is_refused_and_the_rest_goes_on(self, row, why):
        report = bring(row, {})
        assert (report.created, len(report.refused)) == (1, 1)
        assert why in report.refused[0][1]

    def test_a_dry_run_says_all_and_writes_nothing(self):
        assert bring({}, dry_run=True).created == 1
        assert not Opening.objects.exists()
        assert not AgentProfile.objects.exists()

    @pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\x00\x01", b"place,agent\n1,x\n"])
    def test_a_file_that_is_no_such_table_is_refused_whole(self, content):
        with pytest.raises(FileRefused):
            import_openings(content, source="test")

    def test_the_command_prints_its_report(self, tmp_path, capsys):
        path = tmp_path / "plages.csv"
        path.write_bytes(make_file({}, {"starts": "midi"}))
        call_command("import_openings", str(path), "--source", "test")
        said = capsys.readouterr().out
        assert "ligne 3 : refusée. « midi » n'est pas une heure" in said
        assert "1 créées, 0 inchangées, 0 retirées, 1 refusées, 0 rendez-vous hors des plages." in said
        with pytest.raises(CommandError, match="ne s'ouvre pas"):
            call_command("import_openings", str(tmp_path / "absent.csv"), "--source", "test")


@pytest.mark.django_db
def test_appointments_outside_openings_are_listed_and_stay(appointment, agent, place):
    agent.openings.update(is_imported=True)
    report = bring({"first_day": "2026-11-03", "starts": "14:00", "ends": "16:00", "rule": "FREQ=DAILY"})
    assert report.removed == 1
    assert [(row.appointment, row.agent, row.starts_at) for row in report.conflicts] == [
        (appointment.pk, "Guichet 1", MONDAY_NINE)
    ]
    appointment.refresh_from_db()
    assert (appointment.status, appointment.cells.count()) == ("booked", 6)
    assert "Camille" not in str(report)


@pytest.mark.django_db
def test_a_closure_an_absence_and_a_gone_agent_are_conflicts_and_an_opening_is_none(appointment, agent, place):
    assert list_conflicts(agents=[agent.pk]) == []
    closure = PlaceClosure.objects.create(place=place, first_day=MONDAY_NINE.date(), last_day=MONDAY_NINE.date())
    assert len(list_conflicts(agents=[agent.pk])) == 1
    closure.delete()
    absence = agent.absences.create(starts_at=MONDAY_NINE, ends_at=MONDAY_NINE + dt.timedelta(minutes=5))
    assert len(list_conflicts(agents=[agent.pk])) == 1
    absence.delete()
    AgentProfile.objects.update(is_active=False)
    assert len(list_conflicts(agents=[agent.pk])) == 1
    Appointment.objects.update(status="cancelled_by_user")
    assert list_conflicts(agents=[agent.pk]) == []
