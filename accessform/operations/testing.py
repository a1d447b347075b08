"""Run the tests: everything on SQLite, in a real browser, then the database half on PostgreSQL."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from accessform.operations.browser import NoBrowser, find_or_install_browser

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "var" / "artefacts" / "people"
DEFAULT_POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"
TESTS_FAILED = 1
HANGS = ["-o", "faulthandler_timeout=600", "-o", "faulthandler_exit_on_timeout=true"]
"""Some calls of a browser have no limit of their own: a test of ten minutes is ended, its stack shown, and fails."""
PARALLEL = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile"]
LINTERS = (
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy"],
    ["djlint", "templates", "--lint", "--quiet"],
)


def say(message: str) -> None:
    """Print one line of progress at once."""
    print(f"accessform: {message}", flush=True)  # noqa: T201


def pytest(*arguments: str, **environment: str) -> int:
    """Run pytest with `arguments`, more environment added; returns its exit code: nothing found to run is a failure."""
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


def postgres_url() -> str | None:
    """Return the address of a PostgreSQL server that answers, or None."""
    import psycopg

    url = os.environ.get("ACCESSFORM_TEST_POSTGRES", DEFAULT_POSTGRES)
    try:
        psycopg.connect(url.replace("postgres://", "postgresql://", 1), connect_timeout=3).close()
    except psycopg.OperationalError:
        return None
    return url


def lint() -> int:
    """Run every linter; returns the first exit code that is not 0."""
    codes = []
    for command in LINTERS:
        say(" ".join(command))
        program = Path(sys.executable).with_name(command[0])
        codes.append(subprocess.run([program, *command[1:]], cwd=ROOT, check=False).returncode)
    return next((code for code in codes if code), 0)


def run_all() -> int:
    """Run the whole suite, each part in its own process; returns the first exit code that is not 0."""
    strict = os.environ.get("CI") == "true"
    try:
        browser = find_or_install_browser()
    except NoBrowser as reason:
        say(str(reason))
        return 1
    parts = [
        ("tests on SQLite", ["-m", "not browser and not storm", *PARALLEL], {}),
        ("tests in a browser", ["-m", "browser", *PARALLEL, *HANGS], {"CHROMIUM": browser}),
        ("storms: many processes at once", ["-m", "storm"], {}),
    ]
    url = postgres_url()
    if url:
        marks = "(database or postgres) and not browser and not storm and not slow"
        parts.append(("tests on PostgreSQL", ["-m", marks, *PARALLEL], {"DATABASE_URL": url}))
    forget_undecided()
    shutil.rmtree(PICTURES, ignore_errors=True)
    codes = [_timed(name, arguments, environment) for name, arguments, environment in parts]
    say_undecided()
    say_pictures()
    if not url:
        say("tests on PostgreSQL skipped: no server answers (set ACCESSFORM_TEST_POSTGRES to its address)")
        codes.append(1 if strict else 0)
    return next((code for code in codes if code), 0)


def _timed(name: str, arguments: list[str], environment: dict[str, str]) -> int:
    """Run one part of the suite and print how long it took.

    A real browser on a busy machine may miss a deadline: what failed there gets a second try, alone, and says so.
    """
    say(name)
    started = time.monotonic()
    code = pytest(*arguments, **environment)
    if code == TESTS_FAILED and "CHROMIUM" in environment:
        say(f"{name}: once more, those that failed")
        code = pytest(*arguments[:2], "--last-failed", "--last-failed-no-failures", "none", **environment)
    say(f"{name}: {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - started:.0f} s")
    return code


def say_undecided() -> None:
    """Print how many elements axe could not judge; tests/browser/test_axe.py lists them, one file a process."""
    lists = sorted((ROOT / "var").glob("axe-incomplete-*.txt"))
    count = sum(len(listed.read_text().splitlines()) for listed in lists)
    if lists:
        say(f"axe left {count} elements for a person to judge: {', '.join(map(str, lists))}")


def say_pictures() -> None:
    """Print where the pictures of what scripted people saw are (tests/browser/people.py)."""
    if count := len(list(PICTURES.glob("*.png"))):
        say(f"{count} pictures of what people in the browser saw: {PICTURES}")


def forget_undecided() -> None:
    """Remove the lists of an earlier run."""
    for listed in (ROOT / "var").glob("axe-incomplete-*.txt"):
        listed.unlink()


def main(arguments: list[str]) -> int:
    """Choose what to run from the command line."""
    parser = argparse.ArgumentParser(prog="make test")
    parser.add_argument("--fast", action="store_true", help="only the quick tests, on SQLite, without a browser")
    parser.add_argument("--a11y", action="store_true", help="the full accessibility matrix in a browser")
    parser.add_argument("--lint", action="store_true", help="only the linters")
    chosen = parser.parse_args(arguments)
    if chosen.lint:
        return lint()
    if chosen.fast:
        return _timed("fast tests", ["-m", "not browser and not storm and not slow", *PARALLEL], {})
    if chosen.a11y:
        environment = {"CHROMIUM": find_or_install_browser(), "ACCESSFORM_FULL_MATRIX": "1"}
        forget_undecided()
        each = ["-n", PARALLEL[1]]  # by test, not by file: there is only one file
        code = _timed("accessibility matrix", ["-m", "browser", "tests/browser/test_axe.py", *each], environment)
        say_undecided()
        return code
    return run_all()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
