"""What a form must say before people may fill it in, and what its texts still lack at each reading level."""

from collections.abc import Iterator, Mapping
from typing import Any

from accessform.plain_language.wording import SERVABLE, source_hash
from forms_catalog.compiling import VARIANT_LEVELS, stale_texts
from forms_catalog.definition import FormDefinition
from forms_catalog.findings import PUBLISHING, Remark, Severity
from forms_catalog.texts import LEVEL_NAMES, FormText, texts_of

SHORT_TEXT = 4
"""Words up to which a text given as one string suits every level: « Nom », « Code postal », « Oui »."""
MANDATORY = {
    "legal_basis": "Dites sur quel texte de loi repose la démarche : les personnes ont le droit de le savoir.",
    "retention_days": "Dites combien de jours les réponses sont gardées.",
    "after": "Dites ce qui se passe après l'envoi : délai, sens du silence, recours, accusé de réception "
    "(code des relations entre le public et l'administration, article R112-11-1).",
}


def check_publishing_rules(definition: FormDefinition) -> Iterator[Remark]:
    """Yield what the law asks for and the form does not say. The models already require a contact."""
    for name, message in MANDATORY.items():
        if getattr(definition, name) is None:
            yield Remark((), f"{PUBLISHING}{name}", f"Il manque « {name} » pour publier. {message}")
    if not any(service.show_when is None for service in definition.service):
        yield Remark(
            ("service",), f"{PUBLISHING}contact",
            "Chaque service a une condition : il en faut un pour toutes les autres personnes, sans « show_when ».",
        )  # fmt: skip


def check_variants(compiled: Mapping[str, Any]) -> Iterator[Remark]:
    """Yield warnings about missing, stale and not yet approved variants, level by level."""
    texts = list(texts_of(compiled))
    stale = {(text.name, level) for text, level in stale_texts(compiled)}
    for level in VARIANT_LEVELS:
        yield from _check_level(level, texts, stale)


def _check_level(level: str, texts: list[FormText], stale: set[tuple[str, str]]) -> Iterator[Remark]:
    name = LEVEL_NAMES[level]
    written = [text for text in texts if text.variant(level)]
    if not written:
        yield Remark(
            (), f"variant.no_{level}",
            f"Aucun texte n'existe en « {name} » ({level}). Les personnes liront le texte officiel partout.",
            Severity.WARNING,
        )  # fmt: skip
        return
    for text in texts:
        if (text.name, level) in stale:
            yield Remark(
                (*text.location, level), f"variant.stale_{level}",
                f"Le texte officiel a changé depuis que ce texte « {name} » a été écrit : il n'est plus servi. "
                f"Relisez-le ; s'il convient toujours, ajoutez-lui « source: {source_hash(text.standard)} ».",
                Severity.WARNING,
            )  # fmt: skip
        elif not text.variant(level) and not suits_every_level(text):
            yield Remark(
                text.location, f"variant.missing_{level}",
                f"Ce texte n'existe pas en « {name} » ({level}). Le texte officiel sera servi à la place.",
                Severity.WARNING,
            )  # fmt: skip
    waiting = sum(1 for text in written if (text.variant(level) or {}).get("status") not in SERVABLE)
    if waiting:
        yield Remark(
            (), f"variant.not_approved_{level}",
            f"{waiting} texte(s) « {name} » ne sont pas approuvés : ils ne seront pas servis. Après relecture, écrivez "
            "« status: approved », avec « by » et « on », dans « variants » ou auprès du texte.",
            Severity.WARNING,
        )  # fmt: skip


def suits_every_level(text: FormText) -> bool:
    """Tell whether a text given as one string is short enough to be read at every level."""
    return len(text.standard.split()) <= SHORT_TEXT and not any(text.variant(level) for level in VARIANT_LEVELS)
