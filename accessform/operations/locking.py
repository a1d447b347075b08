"""Write the lock again from pyproject.toml: every platform, hashes, no registry address."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = ["--universal", "--generate-hashes", "--python-version", "3.11", "--no-emit-index-url", "--no-header"]
LOCKS = {"requirements.txt": [], "requirements-dev.txt": ["--group", "dev"]}


def main(arguments: list[str]) -> int:
    """Compile both lock files; arguments such as `--upgrade` go to uv."""
    for name, extra in LOCKS.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", *OPTIONS, *extra, *arguments]
        done = subprocess.run([*command, "pyproject.toml", "--output-file", name], cwd=ROOT, check=False)
        if done.returncode != 0:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
