"""Exceptions, restrictions and « even if »: lost when nothing on the other side plays their part, added likewise."""

from accessform.plain_language.facts.alignment import Group
from accessform.plain_language.facts.differences import Differences, Fact
from accessform.plain_language.facts.negation import denials, restrictions
from accessform.plain_language.facts.reading import Line, Reading, carries_content, data, patterns

ALONE_AFTER = {"un", "une", "personne", "vivez", "vis", "vit", "êtes", "parent", "tout", "tous", "toute", "toutes"}
KINDS = {"except": "exception", "only": "restriction", "even": "condition"}


def compare_limits(group: Group, standard: Reading, variant: Reading) -> Differences:
    """Compare the limits that the two sides of a group set, `standard` and `variant` being the whole texts."""
    found = Differences()
    for name, kind in KINDS.items():
        before, after = _marks(name, group.standard), _marks(name, group.variant)
        moved = bool(_marks(name, standard.lines)) and bool(_marks(name, variant.lines))
        if moved and (before or after) and len(_marks(name, standard.lines)) == len(_marks(name, variant.lines)):
            continue
        denied = name == "except" and _denied(variant) > _denied(standard)
        verbal = bool(name == "only" and before and before[0].lower().startswith("n"))
        demanded = verbal and _demands(group.variant) > _demands(group.standard)
        denied = denied or (name == "except" and _told_as_case(group.standard, variant))
        if before and not after and not denied and not demanded and not _softened(name, group.variant):
            found.lost.append(Fact(kind, before[0]))
        ordered = name == "only" and _orders(group.variant) and _orders(standard.lines)
        if after and not before and not ordered and not _softened(f"{name}_added", group.standard):
            found.added.append(Fact(kind, after[0]))
    return found


def _told_as_case(standard: tuple[Line, ...], variant: Reading) -> bool:
    """Tell whether what « sauf en cas de » excepts is asked instead: « Vous avez perdu la carte ? Payez. »."""
    excepted: set[str] = set()
    for line in standard:
        for match in patterns("markers", "limits.excepted_case").finditer(line.low):
            behind = line.tokens[line.token_at(match.end() - 1) + 1 :]
            end = next((at for at, token in enumerate(behind) if token.low in (",", ".", ";", ":")), len(behind))
            excepted |= {token.stem for token in behind[:end] if carries_content(token.low)}
    asked = [line.stems for line in variant.lines if line.question]
    return bool(excepted) and any(excepted <= stems for stems in asked)


def _demands(lines: tuple[Line, ...]) -> int:
    """Count what is told as a condition to meet: « ne peut… que par » becomes « pour…, il faut »."""
    return sum(len(patterns("markers", "limits.demands").findall(line.low)) for line in lines)


def _orders(lines: tuple[Line, ...]) -> bool:
    """Tell whether what comes first is told: « ensuite seulement », « avant de », « préalable »."""
    return any(patterns("markers", "limits.ordered").search(line.low) for line in lines)


def _denied(reading: Reading) -> int:
    return sum(len(denials(line)) for line in reading.lines)


def _marks(name: str, lines: tuple[Line, ...]) -> list[str]:
    found = []
    for line in lines:
        found += [
            line.surface(line.token_at(match.start()), line.token_at(match.end() - 1))
            for match in patterns("markers", f"limits.{name}").finditer(line.low)
            if not _is_of_number(line, line.token_at(match.start()))
        ]
        if name == "only":
            found += [line.surface(at, min(at + 1, len(line.tokens) - 1)) for at in restrictions(line)]
    return found


def _is_of_number(line: Line, at: int) -> bool:
    """Tell whether « seul » only counts: « une seule fois », « une personne seule »."""
    return (
        line.tokens[at].low.startswith("seul")
        and line.tokens[at].low != "seulement"
        and at > 0
        and (line.tokens[at - 1].low in ALONE_AFTER or line.low[: line.offsets[at]].endswith("à vous "))
    )


def _softened(name: str, lines: tuple[Line, ...]) -> bool:
    key = f"{name.removesuffix('_added')}_soft"
    key = f"{key}_added" if name.endswith("_added") and f"{key}_added" in data("markers")["limits"] else key
    return any(patterns("markers", f"limits.{key}").search(line.low) for line in lines)
