"""Obligation, permission, prohibition and dispensation compared, on the verb they govern and in number."""

import re
from collections import Counter
from itertools import pairwise

from accessform.plain_language.facts.alignment import Group
from accessform.plain_language.facts.denied import bounds_follow
from accessform.plain_language.facts.differences import Change, Differences, Fact
from accessform.plain_language.facts.modals import CONTRARY_TO_DUTY, Modal, modals_of
from accessform.plain_language.facts.negation import denials
from accessform.plain_language.facts.reading import Line, Reading, carries_content, patterns

KIND = "modality"
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
MUCH = 2
"""Words that the clauses of two marks of modality share, at least, for other verbs to speak of one deed."""
ROOT = 4
"""Letters that two words of one root share, at least."""
OF_TIME = frozenset({"ans", "moi", "date", "heur", "delay"})
"""Stems of what any sentence may count."""
REFUSAL = "dire non"
MUST_BE = re.compile(r"(?<![^ ])(?:doit|doivent|devez) être ([^ ]+)")


def _of_one_deed(one: Modal, other: Modal) -> bool:
    """Tell whether two marks govern the same deed: one verb, or one noun where one has no verb, or much in common."""
    shared = one.stems & other.stems
    if not (one.verb and other.verb and shared):
        return bool(shared)
    return one.verb in other.context or other.verb in one.context or len(one.context & other.context) >= MUCH


def _clash(one: Modal, other: Modal) -> bool:
    """Tell whether two marks on one deed contradict each other; « seul… peut » and « doit » need not."""
    names = frozenset((one.name, other.name))
    if names == {"may", "forbidden"} and (one.needs or one.excepted) and (other.needs or other.cased):
        return False
    if names == {"free", "forbidden"} and "order" in (one.form, other.form):
        return False
    if one.needs != other.needs and names in RECONCILED:
        return False
    return names in CLASHES


def compare_modality(group: Group) -> Differences:
    """Compare the modal marks of the two sides of a group."""
    found = Differences()
    before = [modal for line in group.standard for modal in modals_of(line)]
    after = [modal for line in group.variant for modal in modals_of(line)]
    told, retold = Counter(modal.name for modal in before), Counter(modal.name for modal in after)
    told["must"] += told["order"]
    retold["must"] += retold["order"]
    for modal in after:
        same = [other for other in before if _of_one_deed(other, modal)]
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
    fewer_bans = retold["forbidden"] < told["forbidden"] - _met_demands(before, after)
    denied = _count_denials(variant) - _count_denials(standard)
    freed = [modal for modal in after if modal.name == "may" and not modal.needs]
    unsaid = not told["may"] and not told["free"] and not _softened(standard)
    if not (fewer_duties or (fewer_bans and denied < 0)):
        freed = [modal for modal in freed if unsaid and _loosens(modal, standard, before)]
    if more["may"] > 0:
        found.added += [Fact(KIND, modal.words) for modal in freed[:1] if not _spares(standard, variant)]
    found.added += _duties_at_will(standard, before, after)
    excluded = more["may"] >= 0 and _marked(standard, "obligation.excludes")
    banned = [
        modal
        for modal in after
        if modal.name == "forbidden"
        and not (modal.verb in CONTRARY_TO_DUTY and fewer_duties)
        and not (modal.barring and (excluded or _follows_a_lack(modal, variant)))
    ]
    expected = told["forbidden"] or (_punishes(standard) and not fewer_duties)
    if more["forbidden"] > 0 and banned and (denied > 0 or fewer_duties) and (more["may"] < 0 or not expected):
        found.added.append(Fact(KIND, banned[0].words))
    return found


def _spares(standard: Reading, variant: Reading) -> bool:
    """Tell whether what the standard excepts is told as a case: « Vous étiez malade ? Vous pouvez refuser. »."""
    return _marked(standard, "obligation.spares") and any(line.question for line in variant.lines)


def _follows_a_lack(modal: Modal, variant: Reading) -> bool:
    """Tell whether a prohibition stands where something lacks: « Sinon, on ne peut… », « Pas d'accord ? Interdit »."""
    line = modal.line
    before = next((one for one, other in pairwise(variant.lines) if other is line), None)
    lacking = before is not None and before.question and bool(denials(before))
    return bool(patterns("markers", "obligation.lacking").search(line.low)) or lacking


def _marked(reading: Reading, name: str) -> bool:
    return any(patterns("markers", name).search(line.low) for line in reading.lines)


def _first(name: str, modals: list[Modal]) -> str:
    return next(modal.words for modal in modals if modal.name == name)


def _loosens(modal: Modal, standard: Reading, before: list[Modal]) -> bool:
    """Tell whether a permission may be of what the standard obliges to, with a word of duty or as forms do.

    It is not where the standard speaks of it in sentences that oblige to nothing: « est due », « est ouverte ».
    """
    obliging = [line for line in standard.lines if patterns("markers", "obligation.implied").search(line.low)]
    obliging += [other.line for other in before if other.name in ("must", "order")]
    others = [line for line in standard.lines if line not in obliging]
    deed = frozenset({modal.verb}) if modal.verb else modal.stems
    return bool(obliging) and (_tell(obliging, modal.stems) or not _tell(others, deed - OF_TIME))


def _tell(lines: list[Line], stems: frozenset[str]) -> bool:
    """Tell whether sentences hold one of these words, or one that begins like it."""
    words = {stem[:ROOT] for line in lines for stem in line.stems}
    return any(stem[:ROOT] in words for stem in stems)


def _duties_at_will(standard: Reading, before: list[Modal], after: list[Modal]) -> list[Fact]:
    """Return what the variant obliges to at any moment, where the standard obliges to nothing at any moment."""
    free = patterns("markers", "obligation.at_will")
    lines = [line for line in standard.lines if free.search(line.low)]
    if not lines or any(modal.line in lines for modal in before if modal.name in ("must", "order")):
        return []
    return [
        Fact(KIND, modal.words)
        for modal in after
        if modal.name == "must" and free.search(modal.line.low[modal.line.low.find(modal.words.lower()) :])
    ][:1]


def _met_demands(before: list[Modal], after: list[Modal]) -> int:
    """Count the prohibitions that ask for something, 0 where the variant allows it: « ne peut refuser », « peut »."""
    if any(modal.name == "may" and (modal.stems & CONTRARY_TO_DUTY or REFUSAL in modal.line.low) for modal in after):
        return 0
    return sum(modal.demands for modal in before)


def _punishes(standard: Reading) -> bool:
    """Tell whether the standard names a punishment: « passible de » may become « ne faites pas »."""
    return any(_marked(standard, f"terms.{name}.words") for name in ("fine", "prison", "punished"))


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
    return _marked(reading, "obligation.may_soft")


def _count_denials(reading: Reading) -> int:
    told = sum(not bounds_follow(line, last) for line in reading.lines for _, last in denials(line))
    return told + sum(len(patterns("markers", "denial.excluding").findall(line.low)) for line in reading.lines)


def _compare_numbers(before: list[Modal], after: list[Modal], found: Differences, denied: int, *, framed: bool) -> None:
    """Compare how often each modality stands, where no verb is common.

    `denied` is how many denials more the variant has; `framed` tells that the standard says what must be « pour ».
    """
    told, retold = Counter(modal.name for modal in before), Counter(modal.name for modal in after)
    retold_duties = retold["must"] + retold["order"]
    needed = sum(modal.needs for modal in before) - sum(modal.needs for modal in after if modal.name == "must")
    excepting = any(modal.needs or modal.excepted for modal in before if modal.name == "forbidden")
    bans = told["forbidden"] - _met_demands(before, after)
    cased = excepting and any(modal.needs or modal.cased for modal in after if modal.name == "may")
    reserved = sum(bool(patterns("markers", "limits.only").search(line.low)) for line in {one.line for one in before})
    reserved += _met_demands(before, after)
    words = {modal.name: modal.words for modal in reversed(before)}
    rewords = {modal.name: modal.words for modal in reversed(after)}
    if told["must"] and not told["may"] and retold["may"] and retold_duties < told["must"] and not framed:
        found.changed.append(Change(KIND, words["must"], rewords["may"]))
    elif (
        told["may"] and not retold["may"] and not retold["forbidden"] and retold["must"] > told["must"] + max(0, needed)
    ):
        found.changed.append(Change(KIND, words["may"], rewords["must"]))
    elif bans > 0 and not retold["forbidden"] and retold["may"] > told["may"] and denied < 0 and not cased:
        found.changed.append(Change(KIND, words["forbidden"], rewords["may"]))
    elif retold["forbidden"] and not told["forbidden"] and told["may"] - max(0, needed) > retold["may"] and denied > 0:
        found.changed.append(Change(KIND, words["may"], rewords["forbidden"]))
    elif retold["free"] and not told["free"] and told["must"] > retold_duties:
        found.changed.append(Change(KIND, words["must"], rewords["free"]))
    elif told["free"] and not retold["free"] and retold["must"] > told["must"] + reserved:
        found.changed.append(Change(KIND, words["free"], rewords["must"]))
