"""Marks of modality in a sentence: what it obliges, allows, forbids or dispenses from, and of which verb."""

from collections.abc import Iterable
from dataclasses import dataclass

from accessform.plain_language.facts.denied import COMPARED_AS_BOUNDS, bounds_follow
from accessform.plain_language.facts.negation import DETERMINERS, ENDS, negated_tokens, restrictions
from accessform.plain_language.facts.reading import Line, Token, carries_content, deed_of, patterns

NAMES = ("free", "forbidden", "must", "may")
VERBS = ("doi", "dev", "peu", "pou", "faut", "pui", "faud")
NOT_ORDERS = {"chez", "assez", "nez", "rez"}
BEFORE_AN_ORDER = frozenset(
    ("", ",", ":", "et", "alors", "puis", "ensuite", "ou", "sinon", "abord", "aussi", "donc", "?", "!")
)
SUBJECTS_BEHIND = {"il", "elle", "on", "ils", "elles", "t", "vous", "je", "nous"}
COPULAS = frozenset(
    ("est", "sont", "être", "reste", "restent", "soit", "soient", "était", "sera", "seront", "devient", "rend")
)
DENYING = {"ne", "pas", "non", "aucun", "aucune", "nullement", "ni", "sans"}
CONTRARY_TO_DUTY = frozenset({"refuse", "appeal"})
LEAVING = CONTRARY_TO_DUTY | {"end", "stop"}
"""Deeds that leave a duty: « ne peut cesser de payer »."""
REACH = 2
CONTEXT = 5
"""Words of content of a clause by which its mark of modality can be found again in other words."""
DENIED_WITHIN = 5
"""Tokens before an adjective (« obligatoire ») within which what denies it stands."""


@dataclass(frozen=True)
class Modal:
    """A mark of modality (must, may, free, forbidden, or an order: imperative), the stems it governs, its words.

    `context` holds the stems of the clause around it. `needs` tells that it says what is needed rather than what may be
    done: « seuls… peuvent », « ne peut… sans », « ne peut refuser ».
    """

    name: str
    stems: frozenset[str]
    words: str
    line: Line
    context: frozenset[str] = frozenset()
    verb: str = ""
    needs: bool = False
    form: str = ""

    @property
    def excepted(self) -> bool:
        """Tell whether the sentence takes something out of what it allows or forbids."""
        return bool(patterns("markers", "limits.except").search(self.line.low))

    @property
    def cased(self) -> bool:
        """Tell whether the mark holds in a case that its sentence tells: « s'il abuse », « sauf si le juge permet »."""
        ahead = self.line.low[: self.line.low.find(self.words.lower())]
        if self.excepted:
            return bool(patterns("markers", "limits.except").search(ahead))
        if self.name == "may" and self.line.answers:
            return True
        return bool(patterns("markers", "obligation.cased").search(self.line.low))

    @property
    def demands(self) -> bool:
        """Tell whether a prohibition asks for something: « ne peut refuser » is « doit accepter »."""
        return self.name == "forbidden" and self.verb in LEAVING

    @property
    def barring(self) -> bool:
        """Tell a prohibition that says what is not possible from one that says what must not be done."""
        return self.name == "forbidden" and not self.form and not self.words.lower().startswith(("doi", "dev"))


def modals_of(line: Line) -> list[Modal]:
    """Return the modal marks of one sentence."""
    found: list[Modal] = []
    taken: set[int] = set()
    for match in patterns("markers", "obligation.unmodal").finditer(line.low):
        taken.update(range(line.token_at(match.start()), line.token_at(match.end() - 1) + 1))
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
    verbal = low.startswith(VERBS) or low == "il"
    if (verbal and _asked(line, first, last)) or (not verbal and _attributive(line, first)):
        return None
    behind = _near(line.tokens[last + 1 :], CONTEXT)
    ahead = _near(reversed(line.tokens[:first]), CONTEXT)
    stems = behind[:REACH] if verbal else behind[:REACH] + ahead[:REACH]
    denied = bool(negated_tokens(line) & {first})
    if verbal and ((stems and stems[0] in COMPARED_AS_BOUNDS) or (denied and bounds_follow(line, last))):
        return None
    name = _turned(line, name, first, last)
    verb = behind[0] if verbal and behind else ""
    context = frozenset(behind + ahead)
    return Modal(name, frozenset(stems), line.surface(first, last), line, context, verb, _needs(line, name, verb))


def _asked(line: Line, first: int, last: int) -> bool:
    """Tell whether the verb only asks: « pouvez-vous », « faut-il », « qui peut… ? »."""
    following = line.tokens[min(last + 2, len(line.tokens) - 1)]
    if following.low in SUBJECTS_BEHIND and following.glued:
        return True
    return line.question and first > 0 and line.tokens[first - 1].low == "qui" and first == 1


def _attributive(line: Line, first: int) -> bool:
    """Tell whether an adjective only names a kind of thing: « les activités obligatoires »."""
    if first < REACH or not line.tokens[first].low.endswith(
        ("oire", "oires", "tif", "tifs", "tive", "tives", "ible", "ibles")
    ):
        return False
    noun, before = line.tokens[first - 1], line.tokens[first - 2]
    lows = {token.low for token in line.tokens[max(0, first - 3) : first]}
    return carries_content(noun.low) and before.low in DETERMINERS and not lows & COPULAS


def _turned(line: Line, name: str, first: int, last: int) -> str:
    """Return what a mark says once what denies it is counted: « ne doit pas » forbids."""
    low = line.tokens[first].low
    negated = negated_tokens(line) & set(range(first, last + 1))
    if not negated or (restrictions(line) and _only_here(line, first)) or _affirmed_after_all(line, name, first, last):
        return name
    if name == "must":
        if low.startswith(("doi", "dev", "vei")):
            return "forbidden"
        if low in ("il", "faut"):
            return "free" if line.tokens[min(last + 2, len(line.tokens) - 1)].low == "de" else "forbidden"
        return "free" if _denied_here(line, first) else name
    if name == "free":
        return "free" if low in ("pas", "rien") else "must"
    return "forbidden" if name == "may" else name


def _affirmed_after_all(line: Line, name: str, first: int, last: int) -> bool:
    """Tell whether a denial leaves the duty: « n'en doivent pas moins », « n'est plus soumise à A mais à B »."""
    following = [token.low for token in line.tokens[last + 1 : last + 3]]
    exchanged = line.tokens[first].low.startswith("soumis") and " mais à " in line.low
    return name == "must" and (following == ["pas", "moins"] or exchanged)


def _denied_here(line: Line, first: int) -> bool:
    """Tell whether what denies stands in the clause of an adjective: not « ne peut refuser…, dont… obligatoires »."""
    for token in reversed(line.tokens[max(0, first - DENIED_WITHIN) : first]):
        if token.low in ENDS or token.low in ("dont", "qui"):
            return False
        if token.low in DENYING:
            return True
    return line.tokens[first].opposed


def _needs(line: Line, name: str, verb: str) -> bool:
    """Tell whether a sentence allows some alone, or forbids without something else: it says what is needed."""
    if name == "forbidden":
        return verb in CONTRARY_TO_DUTY or bool(patterns("markers", "obligation.unless").search(line.low))
    return bool(restrictions(line) or patterns("markers", "limits.only").search(line.low))


def _only_here(line: Line, first: int) -> bool:
    return any(0 <= first - at <= REACH for at in restrictions(line))


def _near(tokens: Iterable[Token], reach: int) -> list[str]:
    """Return the deeds that the first words of content of `tokens` name, up to the clause's end."""
    found: list[str] = []
    for token in tokens:
        if token.low in (",", ";", ".", "si", "lorsque", "sauf", ":", "mais") or len(found) == reach:
            break
        if carries_content(token.low):
            found.append(deed_of(token.stem))
    return found


def _orders(line: Line, taken: set[int]) -> list[Modal]:
    """Return the imperatives: « signalez-la », « n'envoyez pas »."""
    found = []
    for at, token in enumerate(line.tokens):
        if at in taken or not (token.low.endswith("ez") or token.low in ("faites", "dites")) or token.low in NOT_ORDERS:
            continue
        before = line.tokens[at - 1].low if at else ""
        denied = before == "ne"
        start = line.tokens[at - 2].low if denied and at > 1 else ("" if denied else before)
        asked = any(other.low == "vous" and other.glued for other in line.tokens[at + 1 : at + 4])
        if start in BEFORE_AN_ORDER and not asked:
            deed = deed_of(token.stem)
            behind = _near(line.tokens[at + 1 :], CONTEXT)
            words = line.surface(at, min(at + 1, len(line.tokens) - 1))
            name = "forbidden" if denied else "order"
            if denied and (deed in COMPARED_AS_BOUNDS):
                continue
            context = frozenset([deed, *behind, *_near(reversed(line.tokens[:at]), REACH)])
            found.append(Modal(name, frozenset([deed, *behind[:1]]), words, line, context, deed, form="order"))
    return found
