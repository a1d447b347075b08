"""A draft by the model: masked, asked for, checked by the same gates, repaired twice at most, else the rules' draft."""

import re
from dataclasses import dataclass, replace

from accessform.plain_language.drafting import Draft, Edit, draft, gates
from accessform.plain_language.drafting.masking import Masked, mask, masks_kept, unmask
from accessform.plain_language.drafting.numerals import figures_of
from accessform.plain_language.drafting.surface import worse
from accessform.plain_language.language_model.client import Message, ModelUnavailable, complete
from accessform.plain_language.language_model.prompts import asking, prompt_hash, repairing
from accessform.plain_language.language_model.settings import ModelSettings
from accessform.plain_language.sentences import count_words
from accessform.plain_language.verification import Verdict, verify
from accessform.plain_language.wording import ModelRecord, ReadingLevel

CANDIDATES = 4
FEWEST = 3
REPAIRS = 2
LONGEST_TEXT = 4_000
"""Code points: as long as a text of a form gets, and within what any model takes."""

MOST_WORDS = 1.6
"""Times the official text's words, and ten: a rewording that is longer than this has something added."""

ROOM = 10
FORMATTING = re.compile(
    r"```|\*\*|^#|</?[a-z]+>|^\s*(?:voici|texte réécrit|version)\b[^.\n]*:", re.IGNORECASE | re.MULTILINE
)
CHECKS = ("masks", "length", "surface", "atoms", "lint", "level", "verify")


@dataclass(frozen=True)
class _Candidate:
    """What the model proposed, as it came and with its atoms back, and what is wrong with it, in French."""

    proposed: str
    text: str
    problems: tuple[str, ...]


def draft_with_model(
    text: str, level: ReadingLevel, settings: ModelSettings | None, *, domain: str | None = None
) -> Draft:
    """Return the model's draft of a form's text if one passes every gate and beats the rules', else the rules' draft.

    `text` is form wording, never what a person answered. Without settings, or whatever goes wrong, the rules' draft;
    `left` then says why the model's was not used. Raises ToolsMissing as `draft` does.
    """
    by_rules = draft(text, level, domain=domain)
    if settings is None or level is ReadingLevel.STANDARD or not 0 < len(text.strip()) <= LONGEST_TEXT:
        return by_rules
    masked = mask(text)
    try:
        accepted, conversation = _asked(text, level, settings, masked)
    except ModelUnavailable as reason:
        return replace(by_rules, left=(*by_rules.left, str(reason)))
    if accepted is None:
        return replace(by_rules, left=(*by_rules.left, "Aucune proposition du modèle n'a passé les contrôles."))
    if by_rules.edits and _gain(text, accepted.text) <= _gain(text, by_rules.text):
        return replace(
            by_rules, left=(*by_rules.left, "La proposition du modèle n'est pas plus simple que celle des règles.")
        )
    record = ModelRecord(name=settings.model, prompt_sha256=prompt_hash(conversation), checks=CHECKS)
    return Draft(accepted.text, Verdict.ACCEPTED, (Edit("model", text, accepted.text),), (), record)


def _asked(
    text: str, level: ReadingLevel, settings: ModelSettings, masked: Masked
) -> tuple[_Candidate | None, list[Message]]:
    """Ask, then ask for repairs; return the best accepted candidate and the conversation that gave it."""
    conversation = asking(masked.text, level)
    for turn in range(REPAIRS + 1):
        proposed = dict.fromkeys(_proposed(settings, conversation))
        candidates = [_checked(text, level, masked, one) for one in proposed]
        accepted = [candidate for candidate in candidates if not candidate.problems]
        if accepted:
            return max(accepted, key=lambda candidate: _gain(text, candidate.text)), conversation
        if turn < REPAIRS:
            nearest = min(candidates, key=lambda candidate: len(candidate.problems))
            conversation = repairing(asking(masked.text, level), nearest.proposed, list(nearest.problems))
    return None, conversation


def _proposed(settings: ModelSettings, conversation: list[Message]) -> list[str]:
    """Return three candidates at least; addresses that give one at a time are asked again."""
    found = complete(settings, conversation, candidates=CANDIDATES)
    while len(found) < FEWEST:
        try:
            found += complete(settings, conversation, candidates=FEWEST - len(found))
        except ModelUnavailable:
            break
    return found


def _gain(text: str, made: str) -> float:
    return gates.gain(text, made) or 0.0


def _checked(text: str, level: ReadingLevel, masked: Masked, proposed: str) -> _Candidate:
    if not masks_kept(masked, proposed):
        return _Candidate(proposed, "", ("Chaque marque ⟦n⟧ doit être recopiée exactement une fois.",))
    made = unmask(replace(masked, text=proposed))
    return _Candidate(proposed, made, tuple(_problems(text, level, made)))


def _problems(text: str, level: ReadingLevel, made: str) -> list[str]:
    """Return what keeps `made` from being offered, in words that the model can act on."""
    if made == text:
        return ["Le texte n'a pas changé."]
    found = []
    if count_words(made) > MOST_WORDS * count_words(text) + ROOM or (
        FORMATTING.search(made) and not FORMATTING.search(text)
    ):
        found.append("Il y a autre chose que le texte réécrit, ou le texte est trop long.")
    if worse(text, made):
        found.append("La ponctuation, les espaces ou les élisions sont fautives.")
    if not gates.atoms_kept(text, made, figures_of(text)):
        found.append("Des chiffres, des noms ou des termes officiels ont été ajoutés ou perdus.")
    if gates.new_errors(text, made, level):
        found.append("Les phrases sont trop longues ou trop compliquées.")
    if gates.harder(text, made):
        found.append("Le texte est plus difficile que celui de départ.")
    return found or _changed_facts(text, made)


def _changed_facts(text: str, made: str) -> list[str]:
    checked = verify(text, made)
    if checked.verdict is Verdict.ACCEPTED:
        return []
    found = [f"Fait perdu ({fact.kind}) : {fact.text}" for fact in checked.lost]
    found += [f"Fait ajouté ({fact.kind}) : {fact.text}" for fact in checked.added]
    found += [f"Fait changé ({change.kind}) : {change.before} → {change.after}" for change in checked.changed]
    return found or ["Le sens n'a pas pu être vérifié : reste plus près du texte de départ."]
