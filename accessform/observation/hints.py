"""What a device may tell us about itself: the closed list of hints, in coarse steps that single nobody out."""

from collections.abc import Mapping

HintValue = bool | int | str

ALLOWED_HINTS: Mapping[str, frozenset[HintValue]] = {
    "contrast": frozenset({"no-preference", "more", "less", "custom"}),
    "forced_colors": frozenset({True, False}),
    "reduced_motion": frozenset({True, False}),
    "color_scheme": frozenset({"light", "dark"}),
    "zoom": frozenset({100, 125, 150, 200, 300, 400}),
    "text_size": frozenset({100, 125, 150, 200}),
    "touch": frozenset({True, False}),
    "keyboard_only": frozenset({True, False}),
    "language": frozenset({"fr", "other"}),
    "save_data": frozenset({True, False}),
}
"""Names and values of the hints. `zoom` and `text_size` are buckets in per cent, `language` is « fr » or « other »."""


class RefusedHint(ValueError):
    """A hint outside the list."""


def is_allowed(name: str, value: object) -> bool:
    """Tell whether `value` is one of the values of the hint `name`; a number never passes for a truth value."""
    return any(type(value) is type(allowed) and value == allowed for allowed in ALLOWED_HINTS.get(name, ()))


def parse_hints(data: object) -> dict[str, HintValue]:
    """Return the hints of a decoded JSON object; raises RefusedHint at the first unknown name or value."""
    if not isinstance(data, dict):
        raise RefusedHint("hints are an object of names and values")
    for name, value in data.items():
        if not isinstance(name, str) or not is_allowed(name, value):
            raise RefusedHint("unknown hint or value")
    return dict(data)


def hints_from_headers(headers: Mapping[str, str]) -> dict[str, HintValue]:
    """Return the hints that the request's own headers carry, without JavaScript; what is absent tells nothing."""
    hints: dict[str, HintValue] = {}
    if languages := headers.get("Accept-Language", "").strip():
        hints["language"] = "fr" if first_language(languages).startswith("fr") else "other"
    if headers.get("Save-Data", "").strip().lower() == "on":
        hints["save_data"] = True
    contrast = _unquoted(headers.get("Sec-CH-Prefers-Contrast", ""))
    if is_allowed("contrast", contrast):
        hints["contrast"] = contrast
    if _unquoted(headers.get("Sec-CH-Forced-Colors", "")) == "active":
        hints["forced_colors"] = True
    if _unquoted(headers.get("Sec-CH-Prefers-Reduced-Motion", "")) == "reduce":
        hints["reduced_motion"] = True
    scheme = _unquoted(headers.get("Sec-CH-Prefers-Color-Scheme", ""))
    if is_allowed("color_scheme", scheme):
        hints["color_scheme"] = scheme
    return hints


def first_language(accept_language: str) -> str:
    """Return the language that an Accept-Language header puts first, in lower case; "fr" where it says nothing."""
    best, best_weight = "fr", 0.0
    for part in accept_language[:500].split(","):
        tag, _, parameter = part.strip().partition(";")
        weight = _weight(parameter)
        if tag and tag != "*" and weight > best_weight:
            best, best_weight = tag.lower(), weight
    return best


def _weight(parameter: str) -> float:
    """Return the q-value of a header parameter, 1 where absent, 0 where unreadable."""
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0) if name == "q" else 0.0
    except ValueError:
        return 0.0


def _unquoted(value: str) -> str:
    """Return a client-hint header without its quotation marks."""
    return value.strip().strip('"').lower()
