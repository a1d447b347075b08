"""What was typed on a step, by HTML name: read from a POST, merged into what was kept, entries added, removed. Pure."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from accessform.journeys.fields.kinds import KINDS
from forms_catalog.definition import WITH_FILES, Question, Step

Typed = dict[str, list[str]]

COUNT = "-count"
FILES = "-files"
HOW = "-how"
SEEN = "_seen"
SAID = "_said"
"""The words left in the box of a step met by voice: the field that they answer, and the words."""
LONGEST_KEPT = 25_000
"""Characters of one answer that are kept: above the longest that any form may allow (20,000), so that it is refused."""
MOST_VALUES = 200
"""Values kept for one name: above the number of options of any list of choices."""


def html_name(name: str, part: str) -> str:
    """Return the HTML name of a part of the field `name`."""
    return f"{name}-{part}" if part else name


def item_name(group_id: str, index: int, child_id: str) -> str:
    """Return the field name of one question of one entry of a group."""
    return f"{group_id}-{index}-{child_id}"


def entry_count(group: Question, typed: Mapping[str, list[str]]) -> int:
    """Return how many entries a group has, within the bounds of the form."""
    written = (typed.get(group.id + COUNT) or [""])[0].strip()
    wanted = int(written) if re.fullmatch(r"[0-9]{1,3}", written) else 0
    least = max(group.constraints.min_items, 1 if group.required else 0)
    return min(max(wanted, least), group.constraints.max_items)


def field_names(step: Step, typed: Mapping[str, list[str]]) -> set[str]:
    """Return the name of every field of a step: its questions, its groups, and the questions of their entries."""
    names = {question.id for question in step.questions}
    for group in step.questions:
        for index in range(entry_count(group, typed) if group.questions else 0):
            names |= {item_name(group.id, index, child.id) for child in group.questions}
    return names


def file_fields(question: Question, typed: Mapping[str, list[str]]) -> Iterator[tuple[str, Question]]:
    """Yield the field name of each document that a question or a group's entries ask for."""
    if question.type in WITH_FILES:
        yield question.id, question
    if question.questions:
        for index in range(entry_count(question, typed)):
            for child in question.questions:
                if child.type in WITH_FILES:
                    yield item_name(question.id, index, child.id), child


def server_names(question: Question, typed: Mapping[str, list[str]]) -> set[str]:
    """Return the names that only the server writes: those that hold the ids of files."""
    return {name + FILES for name, _ in file_fields(question, typed)}


def names_of(question: Question, typed: Mapping[str, list[str]]) -> list[str]:
    """Return every HTML name that a question uses, for as many entries as `typed` says."""
    if not question.questions:
        return [html_name(question.id, part) for part in KINDS[question.type].part_names()]
    names = [question.id + COUNT]
    for index in range(entry_count(question, typed)):
        for child in question.questions:
            if child.takes_answer:
                name = item_name(question.id, index, child.id)
                names += [html_name(name, part) for part in KINDS[child.type].part_names()]
    return names


def merged(step: Step, kept: Typed, asked: Collection[str], posted: Callable[[str], Iterable[str]]) -> Typed:
    """Return `kept` with the questions that were on the page (`asked`) replaced by what was posted."""
    result = {SEEN: sorted({*kept.get(SEEN, []), *asked})}
    for question in step.questions:
        if not question.takes_answer:
            continue
        if question.id not in asked:
            result |= {name: kept[name] for name in names_of(question, kept) if name in kept}
            continue
        counts = {question.id + COUNT: list(posted(question.id + COUNT))}
        for name in names_of(question, counts):
            taken = kept.get(name, []) if name in server_names(question, counts) else posted(name)
            values = [value[:LONGEST_KEPT] for value in taken][:MOST_VALUES]
            if values:
                result[name] = values
    return result


def with_entry_added(group: Question, typed: Typed) -> Typed:
    """Return `typed` with one more empty entry in a group, if the form allows it."""
    count = entry_count(group, typed)
    return {**typed, group.id + COUNT: [str(min(count + 1, group.constraints.max_items))]}


def with_entry_removed(group: Question, typed: Typed, index: int) -> Typed:
    """Return `typed` without one entry of a group; those after it move up."""
    count = entry_count(group, typed)
    if not 0 <= index < count:
        return typed
    prefix = f"{group.id}-"
    kept = {name: values for name, values in typed.items() if not re.match(rf"{re.escape(prefix)}\d+-", name)}
    remaining = [place for place in range(count) if place != index]
    for new, old in enumerate(remaining):
        start = f"{prefix}{old}-"
        for name, values in typed.items():
            if name.startswith(start):
                kept[f"{prefix}{new}-{name.removeprefix(start)}"] = values
    kept[group.id + COUNT] = [str(len(remaining))]
    kept[SEEN] = [name for name in kept.get(SEEN, []) if not name.startswith(prefix)]
    return kept
