"""Compiling a printed document with typst."""

import datetime as dt
import functools
import json
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent


@functools.cache
def _fonts() -> typst.Fonts:
    """Return the shipped font and typst's own; the machine's fonts would make documents differ."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[HERE / "fonts"])


def compile_pdf(template: Path, data: dict[str, Any], *, at: dt.datetime) -> bytes:
    """Return `template` (it may read its own folder) filled with `data`, as tagged PDF/UA-1 dated `at` (aware).

    `data` reaches typst as JSON input, so nothing in it is ever read as source. Its texts must have been made
    printable first: PDF/UA refuses a character that no font holds. Raises typst.TypstError.
    """
    compiler = typst.Compiler(input=template, root=template.parent, font_paths=_fonts())
    pdf = compiler.compile(
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned several documents")
    return pdf
