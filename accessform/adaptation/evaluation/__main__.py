"""`python -m accessform.adaptation.evaluation`: run the policy over the invented people, write the page of figures."""

import datetime as dt
import json
import sys
from pathlib import Path

from accessform.adaptation.error_rates import RATES_FILE
from accessform.adaptation.evaluation import figures, published

DOCS = Path(__file__).resolve().parents[3] / "docs"


def main() -> int:
    """Write docs/struggle-figures.md, its charts, and the error rates of /algorithmes."""
    (DOCS / "struggle-figures.md").write_text(figures.page(), encoding="utf-8")
    for name, drawing in figures.drawings().items():
        (DOCS / "images" / name).write_text(drawing, encoding="utf-8")
    rates = published.error_rates(dt.datetime.now(dt.UTC).date())
    RATES_FILE.write_text(json.dumps(rates, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write("docs/struggle-figures.md\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
