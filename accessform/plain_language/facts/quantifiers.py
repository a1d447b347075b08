"""Each, all, some, none: a quantifier may not become another before the same noun, nor come from nowhere."""

from accessform.plain_language.facts.alignment import Group
from accessform.plain_language.facts.differences import Change, Differences, Fact
from accessform.plain_language.facts.reading import Line, carries_content, patterns

KIND = "quantity"
REACH = 2


def compare_quantifiers(group: Group) -> Differences:
    """Compare the quantifiers of the two sides of a group."""
    found = Differences()
    all_before, all_after = _marks("all", group.standard), _marks("all", group.variant)
    part_before, part_after = _marks("part", group.standard), _marks("part", group.variant)
    if part_after and not part_before:
        found.added.append(Fact(KIND, part_after[0][1]))
        return found
    some_before, some_after = _marks("some", group.standard), _marks("some", group.variant)
    if some_after and not some_before and not _soft(group.standard):
        kind = [words for _, words in all_before]
        if kind and len(all_after) < len(all_before):
            found.changed.append(Change(KIND, kind[0], some_after[0][1]))
    elif some_before and not some_after and not _soft(group.variant):
        if len(all_after) > len(all_before):
            found.changed.append(Change(KIND, some_before[0][1], all_after[0][1]))
        else:
            found.lost.append(Fact(KIND, some_before[0][1]))
    every = all_before or _marks("both", group.standard)
    one_after = _marks("one", group.variant)
    if every and one_after and len(all_after) < len(every) and not _marks("one", group.standard):
        found.changed.append(Change(KIND, every[0][1], one_after[0][1]))
    return found


def _marks(name: str, lines: tuple[Line, ...]) -> list[tuple[list[str], str]]:
    found = []
    for line in lines:
        for match in patterns("markers", f"quantifiers.{name}").finditer(line.low):
            first, last = line.token_at(match.start()), line.token_at(match.end() - 1)
            behind = [token.stem for token in line.tokens[last + 1 : last + 5] if carries_content(token.low)][:REACH]
            found.append((behind, line.surface(first, min(last + 1, len(line.tokens) - 1))))
    return found


def _soft(lines: tuple[Line, ...]) -> bool:
    return any(patterns("markers", "quantifiers.some_soft").search(line.low) for line in lines)
