"""`python -m accessform.plain_language.evaluation`: measure the wording tools on the corpus, and write the figures."""

import argparse
import sys
from pathlib import Path

from accessform.plain_language.parsing import available

DOCS = Path(__file__).resolve().parents[3] / "docs"
NO_TOOLS = 2


def main() -> int:
    """Write the pages, or print what the tuning half shows; 2 where the wording tools are not installed."""
    parser = argparse.ArgumentParser(prog="python -m accessform.plain_language.evaluation", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print the tuning half's wrong verdicts, write nothing")
    parser.add_argument("--practice", action="store_true", help="print those on the practice texts, write nothing")
    parser.add_argument("--drafts", action="store_true", help="print the tuning half's drafts, write nothing")
    asked = parser.parse_args()
    if not available():
        sys.stderr.write("The wording tools are not installed: run `make wording-tools` first.\n")
        return NO_TOOLS
    from accessform.plain_language.evaluation import figures, reading, tuning

    printed = {tuning.misses: asked.misses, tuning.practice: asked.practice, tuning.tuning_drafts: asked.drafts}
    if any(printed.values()):
        sys.stdout.writelines(report() + "\n" for report, wanted in printed.items() if wanted)
        return 0
    for name, page in (("figures", figures.page), ("drafts", reading.page)):
        (DOCS / f"plain-language-{name}.md").write_text(page(), encoding="utf-8")
        sys.stdout.write(f"docs/plain-language-{name}.md\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
