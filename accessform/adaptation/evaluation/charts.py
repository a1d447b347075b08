"""Small charts as SVG with a title and a description; each stands beside its table, which says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from accessform.adaptation.evaluation.estimates import Figure

WIDTH, ROW, LEFT, RIGHT, TOP, BOTTOM = 760, 34, 300, 40, 70, 50
INK, SOFT, ACCENT = "#1a1a1a", "#595959", "#00458a"


@dataclass(frozen=True)
class Line:
    """One line of a chart: its name and its figure."""

    name: str
    figure: Figure


def intervals(name: str, title: str, about: str, lines: Sequence[Line], *, bound: float, most: float) -> str:
    """Return a chart of figures with their intervals on one axis from 0 to `most`, and a dashed line at `bound`.

    `name` makes the ids; a figure beyond the axis is written at its end.
    """
    told = [line for line in lines if line.figure.value is not None]
    height = TOP + ROW * len(told) + BOTTOM
    parts = [_axis(most, height), _bound(bound, most, height)]
    parts += [_line(line, TOP + ROW * index + ROW // 2, most) for index, line in enumerate(told)]
    return _document(name, title, about, height, parts)


def _document(name: str, title: str, about: str, height: int, parts: Sequence[str]) -> str:
    """Return the whole drawing."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" font-family="sans-serif" font-size="15">\n'
        f'<title id="{name}-title">{escape(title)}</title>\n'
        f'<desc id="{name}-desc">{escape(about)}</desc>\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>\n'
        f'<text x="16" y="32" font-size="18" font-weight="bold" fill="{INK}">{escape(title)}</text>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _x(value: float, most: float) -> float:
    """Return where a value stands on the axis."""
    return round(LEFT + (WIDTH - LEFT - RIGHT) * min(max(value, 0), most) / most, 1)


def _axis(most: float, height: int) -> str:
    """Return the axis with five figures."""
    y = height - BOTTOM
    marks = [most * part / 4 for part in range(5)]
    figures = [
        f'<text x="{_x(mark, most)}" y="{y + 24}" text-anchor="middle" fill="{SOFT}">{mark:g}</text>' for mark in marks
    ]
    base = f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="{SOFT}"/>'
    return "\n".join([base, *figures])


def _bound(bound: float, most: float, height: int) -> str:
    """Return the goal as a dashed line, told in words at its top."""
    x = _x(bound, most)
    return (
        f'<path d="M{x} {TOP - 6}V{height - BOTTOM}" stroke="{INK}" stroke-dasharray="6 4"/>\n'
        f'<text x="{x}" y="{TOP - 12}" text-anchor="middle" fill="{INK}">{bound:g}</text>'
    )


def _line(line: Line, y: int, most: float) -> str:
    """Return one figure: its name, its interval, its dot."""
    value, low, high = line.figure.value or 0.0, line.figure.low, line.figure.high
    name = f'<text x="{LEFT - 14}" y="{y + 5}" text-anchor="end" fill="{INK}">{escape(line.name)}</text>'
    if value > most:
        beyond = f'<text x="{WIDTH - RIGHT}" y="{y + 5}" text-anchor="end" fill="{ACCENT}">{value:.0f} →</text>'
        return f"{name}\n{beyond}"
    dot = f'<circle cx="{_x(value, most)}" cy="{y}" r="6" fill="{ACCENT}"/>'
    if low is None or high is None:
        return f"{name}\n{dot}"
    span = f'<path d="M{_x(low, most)} {y}H{_x(high, most)}" stroke="{ACCENT}" stroke-width="3"/>'
    return f"{name}\n{span}\n{dot}"
