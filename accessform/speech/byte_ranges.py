"""One byte range of a whole answer, as HTTP asks for it (RFC 9110, section 14). Pure."""

import re

RANGE = re.compile(r"bytes=(?:(\d+)-(\d*)|-(\d+))")


class Unsatisfiable(ValueError):
    """The range starts beyond the end: 416."""


def wanted_range(header: str, size: int) -> tuple[int, int] | None:
    """Return first and last byte, both included; None where the header is absent, plural or not understood.

    Raises Unsatisfiable.
    """
    match = RANGE.fullmatch(header.strip())
    if match is None:
        return None
    start, end, suffix = match.groups()
    if suffix is not None:
        if int(suffix) == 0 or size == 0:
            raise Unsatisfiable
        return max(0, size - int(suffix)), size - 1
    first, last = int(start), min(int(end), size - 1) if end else size - 1
    if end and int(end) < int(start):
        return None
    if first >= size:
        raise Unsatisfiable
    return first, last
