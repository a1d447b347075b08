"""The timer does what is due, and one failure stops nothing else."""

import logging

import pytest

from accessform.web import periodic


@pytest.fixture(autouse=True)
def _no_other_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periodic, "_jobs", {})


def test_a_job_runs_at_once_then_when_its_time_has_passed() -> None:
    calls: list[int] = []
    periodic.register("count", seconds=60, do=lambda: calls.append(1))
    assert periodic.run_due_jobs(now=100) == ["count"]
    assert periodic.run_due_jobs(now=159) == []
    assert periodic.run_due_jobs(now=160) == ["count"]
    assert len(calls) == 2


def test_a_failing_job_is_logged_and_the_next_one_runs(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise RuntimeError("no")

    calls: list[int] = []
    periodic.register("fails", seconds=60, do=fail)
    periodic.register("works", seconds=60, do=lambda: calls.append(1))
    with caplog.at_level(logging.ERROR):
        assert periodic.run_due_jobs(now=1) == ["fails", "works"]
    assert calls == [1]
    assert "periodic job fails failed" in caplog.text
