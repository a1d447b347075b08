"""`manage.py submissions`: what the service is given, and nothing of how a person was helped."""

import csv
import datetime as dt
import io
import json
import stat

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accessform.journeys.export import harmless
from accessform.journeys.models import Delivery, DeliveryState, Submission, UploadedFile
from accessform.trust.files import store_file
from tests.journeys.submissions import ANSWERS, MARCH, SOURCE, make_journey, make_submission, make_version

HOW_PEOPLE_WERE_HELPED = (
    "level",
    "modality",
    "modalit",
    "difficult",
    "difficile",
    "struggle",
    "voice",
    "spoken",
    "easy",
)


def _run(*arguments):
    out = io.StringIO()
    call_command("submissions", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def _rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def _with_name(name):
    return {**ANSWERS, "vous": {**ANSWERS["vous"], "nom": name}}


@pytest.mark.django_db
def test_json_holds_the_official_wording_and_both_values():
    make_submission()
    (submission,) = json.loads(_run("export", "--since", "2026-03-01"))
    assert submission["reference"] == "AF-TEST-0001"
    question = submission["steps"][0]["questions"][2]
    assert (question["label"], question["value"], question["printed"]) == (
        "Date de naissance",
        "1948-03-03",
        "3 mars 1948",
    )


@pytest.mark.django_db
def test_an_empty_export_is_still_json_and_csv():
    assert json.loads(_run("export", "--since", "2026-03-01")) == []
    assert _rows(_run("export", "--since", "2026-03-01", "--format", "csv")) == []


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["json", "csv"])
def test_no_export_says_how_a_person_was_helped(form):
    make_submission()
    text = _run("export", "--since", "2026-03-01", "--format", form).lower()
    assert "secteur" in text
    for word in (*HOW_PEOPLE_WERE_HELPED, "où habitez-vous", "demander la petite aide"):
        assert word not in text


@pytest.mark.django_db
def test_days_are_those_of_paris_and_the_last_one_is_included():
    make_submission(at=MARCH)
    assert len(json.loads(_run("export", "--since", "2026-03-04"))) == 1
    assert len(json.loads(_run("export", "--since", "2026-03-04", "--until", "2026-03-04"))) == 1
    assert json.loads(_run("export", "--since", "2026-03-01", "--until", "2026-03-03")) == []
    assert json.loads(_run("export", "--since", "2026-03-05")) == []


@pytest.mark.django_db
def test_one_form_can_be_asked_for():
    make_submission()
    make_submission(make_version(slug="autre"), reference="AF-TEST-0002")
    found = json.loads(_run("export", "--since", "2026-03-01", "--form", "autre"))
    assert [submission["reference"] for submission in found] == ["AF-TEST-0002"]


@pytest.mark.django_db
def test_csv_has_a_column_for_every_question_and_every_entry_of_a_group():
    make_submission()
    (row,) = _rows(_run("export", "--since", "2026-03-01", "--format", "csv"))
    assert row["submission.reference"] == "AF-TEST-0001"
    assert row["submission.received"] == "2026-03-04T00:30:00+01:00"
    assert row["zone"] == "Secteur sud"
    assert row["rue_nord"] == ""
    assert row["gens"] == "2"
    assert (row["gens.1.prenom"], row["gens.2.prenom"]) == ("Léa", "Paul")
    names = list(row)
    assert names.index("zone") < names.index("nom") < names.index("gens") < names.index("gens.1.prenom")
    assert names.index("gens.2.revenu") < names.index("avis")


@pytest.mark.django_db
def test_columns_stay_the_same_whatever_was_answered_and_grow_with_versions():
    version = make_version()
    make_submission(version, {"vous": {"zone": "sud"}, "foyer": {}})
    first = list(_rows(_run("export", "--since", "2026-03-01", "--format", "csv"))[0])
    steps = [{**SOURCE["steps"][0]}, SOURCE["steps"][1]]
    steps[0]["questions"] = [*steps[0]["questions"], {"id": "courriel", "type": "email", "label": "Courriel"}]
    newer = make_version(steps=steps)
    make_submission(newer, reference="AF-TEST-0002")
    rows = _rows(_run("export", "--since", "2026-03-01", "--format", "csv"))
    second = list(rows[0])
    assert [name for name in second if name in first] == first
    assert second.index("courriel") == second.index("rue_nord") + 1
    assert [row["submission.version"] for row in rows] == ["1", "2"]


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "@SUM(A1)", "-2+3", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "-", "=cmd|' /C calc'!A0"],
)
def test_a_cell_that_a_spreadsheet_would_compute_is_made_text(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Martin", "-12,50", "-1\u00a0234,50\u00a0€", "06 12", "a=b", "'"])
def test_other_cells_are_left_as_they_are(cell):
    assert harmless(cell) == cell


@pytest.mark.django_db
def test_an_injected_answer_is_harmless_in_csv_and_whole_in_json():
    attack = '=HYPERLINK("http://x.example";"cliquez")\n@a,"b"'
    make_submission(answers=_with_name(attack))
    (row,) = _rows(_run("export", "--since", "2026-03-01", "--format", "csv"))
    assert row["nom"] == f"'{attack}"
    (submission,) = json.loads(_run("export", "--since", "2026-03-01"))
    assert submission["steps"][0]["questions"][1]["value"] == attack


@pytest.mark.django_db
def test_a_file_is_written_for_its_owner_alone_and_never_over_another(tmp_path):
    make_submission()
    target = tmp_path / "out.csv"
    _run("export", "--since", "2026-03-01", "--format", "csv", "--output", str(target), "--bom")
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="exists"):
        _run("export", "--since", "2026-03-01", "--output", str(target))


@pytest.mark.django_db
def test_a_date_that_is_none_is_refused():
    with pytest.raises(CommandError, match="is not a date"):
        _run("export", "--since", "hier")


@pytest.mark.django_db
def test_show_prints_one_submission_as_people_read_it():
    submission = make_submission()
    Delivery.objects.create(
        submission=submission, target="nord", next_attempt_at=timezone.now(), state=DeliveryState.DELIVERED, attempts=1
    )
    text = _run("show", "af-test-0001")
    assert "1.3 Date de naissance: 3 mars 1948" in text
    assert "2.1.1 Prénom: Paul" in text
    assert "nord: delivered, 1 attempt(s)" in text
    for word in HOW_PEOPLE_WERE_HELPED:
        assert word not in text.lower()


@pytest.mark.django_db
def test_an_unknown_reference_is_said_so():
    with pytest.raises(CommandError, match="no submission"):
        _run("show", "AF-NONE")


def _submission_with_file(content=b"%PDF-1.7 secret"):
    journey = make_journey()
    file = UploadedFile.objects.create(
        journey=journey,
        question_id="avis",
        name="../../etc/passwd",
        content_type="application/pdf",
        size=len(content),
        digest="d",
    )
    store_file(file.pk, content)
    submission = make_submission(journey.version)
    submission.journey = journey
    entry = submission.document["steps"][1]["questions"][1]
    entry["files"] = [{"id": str(file.pk), "name": file.name, "content_type": file.content_type, "size": file.size}]
    submission.save()
    return submission, file


@pytest.mark.django_db
def test_files_are_decrypted_under_their_ids_whatever_their_names_say(tmp_path):
    _, file = _submission_with_file()
    folder = tmp_path / "clear"
    _run("files", "AF-TEST-0001", "--to", str(folder))
    (written,) = folder.iterdir()
    assert written.name == f"avis-{file.pk}.pdf"
    assert written.read_bytes() == b"%PDF-1.7 secret"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


@pytest.mark.django_db
def test_files_are_listed_with_their_ids_in_exports():
    _, file = _submission_with_file()
    (row,) = _rows(_run("export", "--since", "2026-03-01", "--format", "csv"))
    assert str(file.pk) in row["avis"]


@pytest.mark.django_db
def test_a_file_that_was_erased_is_said_so(tmp_path):
    _, file = _submission_with_file()
    file.delete()
    with pytest.raises(CommandError, match="erased"):
        _run("files", "AF-TEST-0001", "--to", str(tmp_path / "clear"))


@pytest.mark.django_db
def test_deliver_opens_failed_deliveries_again_and_sends_what_is_due(settings):
    settings.WEBHOOKS = json.dumps(
        [{"name": "nord", "url": "http://127.0.0.1:1/", "secret": "a-secret-of-sixteen-signs"}]
    )
    submission = make_submission()
    delivery = Delivery.objects.create(
        submission=submission, target="nord", next_attempt_at=timezone.now(), state=DeliveryState.FAILED, attempts=9
    )
    assert "0 enqueued" in _run("deliver")
    text = _run("deliver", "--failed", "--now")
    assert "1 failed delivery(ies) due again" in text
    assert "0 delivered" in text
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.DUE, 1)
    assert delivery.next_attempt_at > timezone.now() + dt.timedelta(seconds=30)


@pytest.mark.django_db
def test_a_long_export_reads_a_few_submissions_at_a_time(django_assert_max_num_queries):
    journey = make_submission().journey
    version = journey.version
    for number in range(2, 10):
        make_submission(version, reference=f"AF-TEST-000{number}")
    with django_assert_max_num_queries(11):
        rows = _rows(_run("export", "--since", "2026-03-01", "--format", "csv"))
    assert len(rows) == Submission.objects.count() == 9
