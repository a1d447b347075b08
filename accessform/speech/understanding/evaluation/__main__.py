"""`python -m accessform.speech.understanding.evaluation`: measure what is understood, and write the page of figures."""

import argparse
import sys
from pathlib import Path

from accessform.speech.understanding.evaluation import figures

PAGE = Path(__file__).resolve().parents[4] / "docs" / "voice-figures.md"


def main() -> int:
    """Write the page, or print what goes wrong in the tuning half."""
    parser = argparse.ArgumentParser(prog="python -m accessform.speech.understanding.evaluation", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print the tuning half's misses, write nothing")
    if parser.parse_args().misses:
        sys.stdout.write(figures.misses() + "\n")
        return 0
    PAGE.write_text(figures.page(), encoding="utf-8")
    sys.stdout.write(f"docs/{PAGE.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
