"""What the model is asked: the same words for every text, so that their hash says which were used."""

import hashlib
import json

from accessform.plain_language.language_model.client import Message
from accessform.plain_language.wording import ReadingLevel

COMMON = """Tu réécris un texte de formulaire administratif français pour qu'il soit plus facile à lire.
Règles :
- Ne change aucun fait : délais, montants, conditions, exceptions, négations, obligations, droits, qui fait quoi.
- N'ajoute rien : ni conseil, ni exemple, ni obligation, ni introduction, ni commentaire.
- Les marques comme ⟦1⟧ remplacent des mots protégés : recopie chacune exactement une fois, sans la modifier.
- Garde les termes officiels. Vouvoie la personne. Une idée par phrase, voix active, mots courants.
- Réponds uniquement par le texte réécrit, en français, sans guillemets autour et sans mise en forme.
"""
LEVELS = {
    ReadingLevel.PLAIN: "Niveau demandé : langage clair. Vingt mots par phrase au plus.",
    ReadingLevel.EASY: "Niveau demandé : très simple. Douze mots par phrase au plus, une seule information par phrase.",
}
REPAIR = """Ta réécriture ne peut pas être acceptée :
{problems}
Réécris le texte de départ en corrigeant cela. Mêmes règles. Réponds uniquement par le texte réécrit."""


def asking(masked: str, level: ReadingLevel) -> list[Message]:
    """Return the conversation that asks for `masked` at `level`."""
    return [Message("system", f"{COMMON}{LEVELS[level]}"), Message("user", masked)]


def repairing(conversation: list[Message], proposed: str, problems: list[str]) -> list[Message]:
    """Return the conversation with what is wrong in `proposed` told to the model."""
    listed = "\n".join(f"- {problem}" for problem in problems)
    return [*conversation, Message("assistant", proposed), Message("user", REPAIR.format(problems=listed))]


def prompt_hash(conversation: list[Message]) -> str:
    """Return the SHA-256, in hexadecimal, of the whole conversation sent."""
    told = json.dumps([[message.role, message.content] for message in conversation], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
