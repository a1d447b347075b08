"""From a bare machine to a running command: find a Python, make the environment, check the lock, then hand on.

Runs before anything is installed, as a script, on whatever python3 the machine has: only the standard library,
and no syntax newer than Python 3.8.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv"
SUPPORTED = ((3, 11), (3, 12), (3, 13))

RUNTIME = "requirements.txt"
BUILD = "requirements-build.txt"
WORDING = "requirements-wording.txt"
VOICE = "requirements-voice.txt"
VOICE_MODEL = "requirements-voice-model.txt"
DEVELOPMENT = "requirements-dev.txt"
LOCKS = {
    "run": [RUNTIME],
    "serve": [RUNTIME],
    "wording-tools": [BUILD, WORDING],
    "voice-tools": [VOICE],
    "voice-demo": [VOICE, VOICE_MODEL],
    "bench": [BUILD, DEVELOPMENT, VOICE, VOICE_MODEL],
}
"""What each command needs; any other one needs BUILD and DEVELOPMENT."""
WHERE_POSSIBLE = [VOICE, VOICE_MODEL]
"""What CI's tests use beside it; without it, the tests that listen are skipped and say why."""

ONLY_AS_SOURCE = "pyrealb"
"""The one dependency without a wheel; what builds it is locked too, and installed before it."""

MODULES = {
    "run": ["accessform.operations.launch", "run"],
    "voice-demo": ["accessform.operations.launch", "voice-demo"],
    "serve": ["accessform.operations.launch", "serve"],
    "test": ["accessform.operations.testing"],
    "a11y": ["accessform.operations.testing", "--a11y"],
    "lint": ["accessform.operations.testing", "--lint"],
    "lock": ["accessform.operations.locking"],
    "bench": ["accessform.operations.bench"],
    "wording-figures": ["accessform.plain_language.evaluation"],
    "voice-figures": ["accessform.speech.understanding.evaluation"],
    "struggle-figures": ["accessform.adaptation.evaluation"],
}


class CannotStart(Exception):
    """Something is missing that this script cannot provide; the message says what to do."""


def say(message):
    """Print one line of progress at once."""
    print("accessform: " + message, flush=True)  # noqa: T201


def version_of(executable):
    """Return (major, minor) of a Python, or None where it does not run."""
    try:
        answer = subprocess.run(
            [executable, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, check=True, timeout=20
        )
        major, minor = answer.stdout.split()
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def find_python():
    """Return the path of a supported Python: this one, else the newest supported on the PATH."""
    if sys.version_info[:2] in SUPPORTED:
        return sys.executable
    for major, minor in reversed(SUPPORTED):
        executable = shutil.which(f"python{major}.{minor}")
        if executable and version_of(executable) == (major, minor):
            return executable
    raise CannotStart("Python 3.11, 3.12 or 3.13 is needed, and none was found. Install one, then try again.")


def environment_python():
    """Return the path of the environment's Python, whether it exists or not."""
    return ENVIRONMENT / "bin" / "python"


def make_environment():
    """Create .venv unless a working one of a supported version is there."""
    if version_of(str(environment_python())) in SUPPORTED:
        return
    if ENVIRONMENT.exists():
        shutil.rmtree(str(ENVIRONMENT))
    python = find_python()
    say("creating the virtual environment (.venv)")
    made = subprocess.run([python, "-m", "venv", str(ENVIRONMENT)], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        shutil.rmtree(str(ENVIRONMENT), ignore_errors=True)
        raise CannotStart(
            "the virtual environment could not be made. On Debian, install the package python3-venv.\n"
            + (made.stdout + made.stderr).strip()
        )


def install(lock):
    """Install exactly what `lock` lists, every file checked by its hash; nothing where that is done already."""
    stamp = ENVIRONMENT / (".installed-" + lock.stem)
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    say(f"installing the locked dependencies of {lock.name}, checked by hash")
    started = time.monotonic()
    command = [str(environment_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-input", "--require-hashes", "--only-binary", ":all:"]
    command += ["--no-binary", ONLY_AS_SOURCE, "--no-build-isolation", "-r", str(lock)]
    if subprocess.run(command, check=False).returncode != 0:
        raise CannotStart("the dependencies could not be installed; the lines above say why.")
    stamp.write_text(digest)
    say(f"dependencies installed in {time.monotonic() - started:.0f} s")


def install_where_possible(locks):
    """Install what only some tests use; a registry without it is said, and is no failure."""
    try:
        for lock in locks:
            install(ROOT / lock)
    except CannotStart:
        say("the recognition model could not be installed: the tests that listen will be skipped")


def main(arguments):
    """Prepare what the command needs and become it; returns an exit code only on failure."""
    if not arguments or arguments[0] not in {*MODULES, *LOCKS}:
        say("usage: bootstrap.py " + "|".join(sorted({*MODULES, *LOCKS})))
        return 2
    command, rest = arguments[0], arguments[1:]
    try:
        make_environment()
        for lock in LOCKS.get(command, [BUILD, DEVELOPMENT]):
            install(ROOT / lock)
    except CannotStart as reason:
        say(str(reason))
        return 1
    if command == "test" and os.environ.get("CI") == "true":
        install_where_possible(WHERE_POSSIBLE)
    if command not in MODULES:
        return 0
    os.chdir(str(ROOT))
    python = str(environment_python())
    os.execv(python, [python, "-m", *MODULES[command], *rest])  # noqa: S606
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
