"""One person, many tabs, one instant: one submission, one reference, no answer lost, nothing doubled, no error."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import lxml.html
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, ROUNDS = 8, 10

pytestmark = [pytest.mark.storm, pytest.mark.slow]


def storm(scenario: str, database: str, tmp_path: Path) -> Any:
    environment = {**os.environ, "DATABASE_URL": database, "ACCESSFORM_VAR": str(tmp_path / "var")}
    command = [sys.executable, "-m", "tests.storms.journey_storm", scenario, str(PROCESSES), str(ROUNDS)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    result = json.loads(done.stdout.splitlines()[-1])
    assert "500" not in result["statuses"], done.stderr[-4000:]
    assert sum(result["statuses"].values()) == PROCESSES * ROUNDS
    return result


def of_round(result: Any, place: int) -> list[Any]:
    """Return the answers of one round, without their round."""
    return [told[1:] for told in result["answers"] if told[0] == place]


def test_one_page_sent_many_times_is_saved_once(storm_database, tmp_path):
    result = storm("same", storm_database, tmp_path)
    assert result["statuses"] == {"303": PROCESSES * ROUNDS}
    for row in result["rows"]:
        saved = row["steps"]["vous"]
        assert saved["revision"] == 1
        assert saved["answers"] == {"nom": "Durand", "naissance": "1948-02-03", "enfants": False}
        assert len({told[3] for told in of_round(result, row["round"])}) == 1


def test_of_many_tabs_one_writes_and_the_others_see_both_answers(storm_database, tmp_path):
    result = storm("tabs", storm_database, tmp_path)
    assert result["statuses"] == {"303": ROUNDS, "409": (PROCESSES - 1) * ROUNDS}
    for row in result["rows"]:
        saved, told = row["steps"]["vous"], of_round(result, row["round"])
        written = next(values for _, values, status, _, _ in told if status == 303)
        assert saved["revision"] == 1
        assert (saved["answers"]["nom"], saved["last_key"]) == (written["nom"], written["key"])
        for _, values, status, _, page in told:
            if status == 409:
                drawn = lxml.html.fromstring(page)
                assert drawn.xpath('//input[@name="nom"]/@value') == [values["nom"]]
                assert written["nom"] in drawn.get_element_by_id("stale").text_content()


def test_a_form_sent_from_every_tab_is_sent_once(storm_database, tmp_path):
    result = storm("send", storm_database, tmp_path)
    assert result["statuses"] == {"303": PROCESSES * ROUNDS}
    references = [reference for row in result["rows"] for reference in row["references"]]
    assert len(references) == len(set(references)) == ROUNDS
    assert all(row["deliveries"] == ["deux", "un"] for row in result["rows"])
    assert all(told[4].endswith("/recu") for told in result["answers"])


def test_an_answer_that_was_acknowledged_is_in_what_was_sent(storm_database, tmp_path):
    result = storm("late", storm_database, tmp_path)
    assert set(result["statuses"]) <= {"303", "409"}
    for row in result["rows"]:
        assert len(row["references"]) == 1
        assert row["steps"]["papiers"]["answers"]["avis"] in row["documents"][0]
        for _, values, status, leads, _ in of_round(result, row["round"]):
            if "avis" in values and status == 303 and not leads.endswith("/recu"):
                assert values["avis"] in row["documents"][0]


def test_a_button_pressed_many_times_starts_one_journey(storm_database, tmp_path):
    result = storm("start", storm_database, tmp_path)
    assert result["statuses"] == {"303": PROCESSES * ROUNDS}
    assert result["journeys"] == ROUNDS
    assert len({told[4] for told in result["answers"]}) == ROUNDS
