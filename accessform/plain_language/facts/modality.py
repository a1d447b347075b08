"""Obligation, permission, prohibition and dispensation compared, on the verb they govern and in number."""

import re
from collections import Counter
from dataclasses import dataclass

from accessform.plain_language.facts.alignment import Group
from accessform.plain_language.facts.differences import Change, Differences, Fact
from accessform.plain_language.facts.negation import denials, negated_tokens, restrictions
from accessform.plain_language.facts.polarity import COMPARED_AS_BOUNDS, bounds_follow
from accessform.plain_language.facts.reading import Line, Reading, carries_content, deed_of, patterns

KIND = "modality"
NAMES = ("free", "forbidden", "must", "may")
CLASHES = {
    frozenset(pair)
    for pair in (
        ("must", "may"), ("must", "free"), ("must", "forbidden"), ("may", "forbidden"), ("free", "forbidden"),
        ("order", "forbidden"), ("order", "free"),
    )
}  # fmt: skip
RECONCILED = {
    frozenset(pair) for pair in (("must", "may"), ("must", "forbidden"), ("order", "forbidden"), ("may", "order"))
}
"""What may say the same of one verb where just one of both says what is needed."""
VERBS = ("doi", "dev", "peu", "pou", "faut", "pui", "faud")
MUST_BE = re.compile(r"(?<![^ ])(?:doit|doivent|devez) être ([^ ]+)")
NOT_ORDERS = {"chez", "assez", "nez", "rez"}
REACH = 2


@dataclass(frozen=True)
class Modal:
    """A mark of modality (must, may, free, forbidden, or an order: imperative), the stems it governs, its words.

    `needs` tells that it says what is needed rather than what may be done: « seuls… peuvent », « ne peut… sans ».
    """

    name: str
    stems: frozenset[str]
    words: str
    needs: bool = False


def modals_of(line: Line) -> list[Modal]:
    """Return the modal marks of one sentence."""
    found: list[Modal] = []
    taken: set[int] = set()
    for name in NAMES:
        for match in patterns("markers", f"obligation.{name}").finditer(line.low):
            first, last = line.token_at(match.start()), line.token_at(match.end() - 1)
            if taken.isdisjoint(range(first, last + 1)):
                taken.update(range(first, last + 1))
                modal = _modal(line, name, first, last)
                found += [modal] if modal else []
    return found + _orders(line, taken)


def _modal(line: Line, name: str, first: int, last: int) -> Modal | None:
    low = line.tokens[first].low
    following = line.tokens[min(last + 2, len(line.tokens) - 1)]
    if name == "may" and following.low == "vous" and following.glued:
        return None
    stems = _behind(line, last)
    denied = bool(negated_tokens(line) & {first})
    verbal = low.startswith(VERBS) or low == "il"
    if not verbal:
        stems = [*stems, *_ahead(line, first)]
    if verbal and ((stems and stems[0] in COMPARED_AS_BOUNDS) or (denied and bounds_follow(line, last))):
        return None
    name = _turned(line, name, first, last, low)
    return Modal(name, frozenset(stems), line.surface(first, last), _needs(line, name))


def _turned(line: Line, name: str, first: int, last: int, low: str) -> str:
    if not negated_tokens(line) & set(range(first, last + 1)) or (restrictions(line) and _only_here(line, first)):
        return name
    if name == "must":
        return "forbidden" if low.startswith(("doi", "dev", "il", "faut", "vei")) else "free"
    if name == "free":
        return "free" if low == "pas" else "must"
    return "forbidden" if name == "may" else name


def _needs(line: Line, name: str) -> bool:
    """Tell whether a sentence allows some alone, or forbids without something else: it says what is needed."""
    if name == "forbidden":
        return bool(patterns("markers", "obligation.unless").search(line.low))
    return bool(restrictions(line) or patterns("markers", "limits.only").search(line.low))


def _clash(one: Modal, other: Modal) -> bool:
    """Tell whether two marks on one verb contradict each other; « seul… peut » and « doit » need not."""
    names = frozenset((one.name, other.name))
    if one.needs != other.needs and names in RECONCILED:
        return False
    return names in CLASHES


def _only_here(line: Line, first: int) -> bool:
    return any(0 <= first - at <= REACH for at in restrictions(line))


def _behind(line: Line, last: int) -> list[str]:
    found = []
    for token in line.tokens[last + 1 :]:
        if token.low in (",", ";", ".", "si", "lorsque", "sauf", ":"):
            break
        if carries_content(token.low):
            found.append(deed_of(token.stem))
        if len(found) == REACH:
            break
    return found


def _ahead(line: Line, first: int) -> list[str]:
    found = []
    for token in reversed(line.tokens[:first]):
        if token.low in (",", ";", ".", ":"):
            break
        if carries_content(token.low):
            found.append(deed_of(token.stem))
        if len(found) == REACH:
            break
    return found


def _orders(line: Line, taken: set[int]) -> list[Modal]:
    """Return the imperatives: « signalez-la », « n'envoyez pas »."""
    found = []
    for at, token in enumerate(line.tokens):
        before = line.tokens[at - 1].low if at else ""
        denied = before == "ne"
        start = line.tokens[at - 2].low if denied and at > 1 else ("" if denied else before)
        if at in taken or not (token.low.endswith("ez") or token.low in ("faites", "dites")) or token.low in NOT_ORDERS:
            continue
        following = line.tokens[at + 1] if at + 1 < len(line.tokens) else None
        asked = any(other.low == "vous" and other.glued for other in line.tokens[at + 1 : at + 4])
        if (
            start in ("", ",", ":", "et", "alors", "puis", "ensuite", "ou", "sinon", "abord", "aussi", "donc", "?", "!")
            and not asked
        ):
            stems = frozenset([deed_of(token.stem), *_behind(line, at)[:1]])
            found.append(Modal("forbidden" if denied else "order", stems, line.surface(at, at + bool(following))))
    return found


def compare_modality(group: Group) -> Differences:
    """Compare the modal marks of the two sides of a group."""
    found = Differences()
    before = [modal for line in group.standard for modal in modals_of(line)]
    after = [modal for line in group.variant for modal in modals_of(line)]
    told, retold = Counter(modal.name for modal in before), Counter(modal.name for modal in after)
    told["must"] += told["order"]
    retold["must"] += retold["order"]
    for modal in after:
        same = [other for other in before if other.stems & modal.stems]
        clash = same and all(_clash(other, modal) for other in same)
        if clash and retold[same[0].name] < told[same[0].name]:
            found.changed.append(Change(KIND, same[0].words, modal.words))
    if not found:
        denied = sum(len(denials(line)) for line in group.variant) - sum(len(denials(line)) for line in group.standard)
        framed = any(line.low.startswith("pour ") for line in group.standard)
        _compare_numbers(before, after, found, denied, framed=framed)
    return found


def compare_permissions(standard: Reading, variant: Reading) -> Differences:
    """Find a permission or a prohibition that the standard nowhere gives, or one that the variant no longer gives."""
    found = Differences()
    before = [modal for line in standard.lines for modal in modals_of(line)]
    after = [modal for line in variant.lines for modal in modals_of(line)]
    told, retold = Counter(modal.name for modal in before), Counter(modal.name for modal in after)
    more = {name: retold[name] - told[name] for name in ("may", "forbidden", "must")}
    fewer_duties = more["must"] + retold["order"] - told["order"] < 0
    denied = _count_denials(variant) - _count_denials(standard)
    freed = [modal for modal in after if modal.name == "may" and not modal.needs]
    obliged = told["must"] + told["order"] > 0 or _obliges_as_forms_do(standard)
    unsaid = not told["may"] and not told["free"] and not _softened(standard)
    if (more["may"] > 0 and freed) and (fewer_duties or (more["forbidden"] < 0 and denied < 0) or (obliged and unsaid)):
        found.added.append(Fact(KIND, freed[0].words))
    expected = told["forbidden"] or (_punishes(standard) and not fewer_duties)
    if more["forbidden"] > 0 and (denied > 0 or fewer_duties) and (more["may"] < 0 or not expected):
        found.added.append(Fact(KIND, _first("forbidden", after)))
    return found


def _first(name: str, modals: list[Modal]) -> str:
    return next(modal.words for modal in modals if modal.name == name)


def _obliges_as_forms_do(standard: Reading) -> bool:
    """Tell whether the standard obliges without a word of duty: « est adressée »."""
    return any(patterns("markers", "obligation.implied").search(line.low) for line in standard.lines)


def _punishes(standard: Reading) -> bool:
    """Tell whether the standard names a punishment: « passible de » may become « ne faites pas »."""
    return any(
        patterns("markers", f"terms.{name}.words").search(line.low)
        for name in ("fine", "prison", "punished")
        for line in standard.lines
    )


def compare_attachment(standard: Reading, variant: Reading) -> Differences:
    """Find what only told which thing was meant, and became what it must be: « nés en 2010 », « doivent être nés »."""
    found = Differences()
    duties = [modal for line in standard.lines for modal in modals_of(line) if modal.name == "must"]
    kept = {stem for line in variant.lines for modal in modals_of(line) for stem in modal.stems}
    for line in variant.lines:
        for match in MUST_BE.finditer(line.low):
            word = line.tokens[line.token_at(match.start(1))]
            stem = word.stem if carries_content(word.low) else ""
            apposed = [other for other in standard.lines if _stands_before_a_duty(stem, other)]
            lost = [modal for modal in duties if modal.stems and not {stem} & modal.stems and not modal.stems & kept]
            if apposed and lost:
                words = line.surface(line.token_at(match.start()), line.token_at(match.end() - 1))
                found.changed.append(Change(KIND, lost[0].words, words))
    return found


def _stands_before_a_duty(stem: str, line: Line) -> bool:
    """Tell whether a word stands in the sentence before its obligation, and neither after « être » nor behind it."""
    places = [at for at, token in enumerate(line.tokens) if token.stem == stem]
    duty = next((at for at, token in enumerate(line.tokens) if token.low in ("doit", "doivent")), -1)
    return bool(places) and all(at < duty and line.tokens[at - 1].low not in ("est", "sont", "être") for at in places)


def _softened(reading: Reading) -> bool:
    return any(patterns("markers", "obligation.may_soft").search(line.low) for line in reading.lines)


def _count_denials(reading: Reading) -> int:
    told = sum(not bounds_follow(line, last) for line in reading.lines for _, last in denials(line))
    return told + sum(len(patterns("markers", "denial.excluding").findall(line.low)) for line in reading.lines)


def _compare_numbers(before: list[Modal], after: list[Modal], found: Differences, denied: int, *, framed: bool) -> None:
    """Compare how often each modality stands, where no verb is common.

    `denied` is how many denials more the variant has; `framed` tells that the standard says what must be « pour ».
    """
    told, retold = Counter(modal.name for modal in before), Counter(modal.name for modal in after)
    retold_duties = retold["must"] + retold["order"]
    words = {modal.name: modal.words for modal in reversed(before)}
    rewords = {modal.name: modal.words for modal in reversed(after)}
    if told["must"] and not told["may"] and retold["may"] and retold_duties < told["must"] and not framed:
        found.changed.append(Change(KIND, words["must"], rewords["may"]))
    elif told["may"] and not retold["may"] and not retold["forbidden"] and retold["must"] > told["must"]:
        found.changed.append(Change(KIND, words["may"], rewords["must"]))
    elif told["forbidden"] and not retold["forbidden"] and retold["may"] > told["may"] and denied < 0:
        found.changed.append(Change(KIND, words["forbidden"], rewords["may"]))
    elif retold["forbidden"] and not told["forbidden"] and told["may"] > retold["may"] and denied > 0:
        found.changed.append(Change(KIND, words["may"], rewords["forbidden"]))
    elif retold["free"] and not told["free"] and told["must"] > retold_duties:
        found.changed.append(Change(KIND, words["must"], rewords["free"]))
    elif told["free"] and not retold["free"] and retold["must"] > told["must"]:
        found.changed.append(Change(KIND, words["free"], rewords["must"]))
