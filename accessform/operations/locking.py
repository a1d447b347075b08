"""Write the lock again from pyproject.toml: every platform, hashes, no registry address."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = ["--universal", "--generate-hashes", "--python-version", "3.11", "--no-emit-index-url", "--no-header"]
SAME_VERSIONS = ["--constraint", "requirements.txt"]
LOCKS = {
    "requirements.txt": ["pyproject.toml"],
    "requirements-build.txt": ["--group", "build"],
    "requirements-wording.txt": ["pyproject.toml", "--extra", "wording", *SAME_VERSIONS],
    "requirements-dev.txt": ["pyproject.toml", "--extra", "wording", "--group", "dev", *SAME_VERSIONS],
    "requirements-voice.txt": ["pyproject.toml", "--extra", "voice", "--constraint", "requirements-dev.txt"],
    "requirements-voice-model.txt": ["--group", "voice-model"],
}


def main(arguments: list[str]) -> int:
    """Compile every lock file; arguments such as `--upgrade` go to uv."""
    for name, sources in LOCKS.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", *OPTIONS, *sources, *arguments]
        done = subprocess.run([*command, "--output-file", name], cwd=ROOT, check=False)
        if done.returncode != 0:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
