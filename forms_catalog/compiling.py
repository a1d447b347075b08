"""From a definition as its author wrote it to the one that is stored: every variant says who made it, and from what."""

from collections.abc import Mapping
from typing import Any

from accessform.plain_language.wording import Origin, ReadingLevel, ReviewStatus, source_hash
from forms_catalog.definition import FormDefinition
from forms_catalog.texts import FormText, texts_of, value_at

VARIANT_LEVELS = (ReadingLevel.PLAIN.value, ReadingLevel.EASY.value)

Compiled = dict[str, Any]


def compile_definition(definition: FormDefinition, *, previous: Mapping[str, Any] | None = None) -> Compiled:
    """Return the definition as plain JSON data with every variant complete.

    A variant that does not name its source was made from today's standard text, unless `previous` (the compiled
    definition of the version before) holds the same variant: then it keeps the source it had. So a variant that
    nobody touched while its official text changed is stale, and is not served.
    """
    compiled = definition.model_dump(mode="json", by_alias=True, exclude_none=True)
    defaults = definition.variants.model_dump(mode="json", exclude_none=True)
    before = {text.name: text for text in texts_of(previous or {})}
    for text in list(texts_of(compiled)):
        levels = value_at(compiled, text.location)
        for level in VARIANT_LEVELS:
            if level in levels:
                levels[level] = _complete(text, level, defaults, before.get(text.name))
    return compiled


def stale_texts(compiled: Mapping[str, Any]) -> list[tuple[FormText, str]]:
    """Return the texts and levels whose variant was made from another official text than today's."""
    stale = []
    for text in texts_of(compiled):
        for level in VARIANT_LEVELS:
            variant = text.variant(level)
            if variant and variant.get("source") and variant["source"] != source_hash(text.standard):
                stale.append((text, level))
    return stale


def _complete(text: FormText, level: str, defaults: dict[str, Any], before: FormText | None) -> dict[str, Any]:
    variant = text.variant(level) or {}
    known = {"origin": Origin.AUTHOR.value, "status": ReviewStatus.DRAFT.value, **defaults}
    complete = {**known, **variant}
    if "source" not in variant:
        earlier = before.variant(level) if before else None
        kept = earlier.get("source") if earlier and earlier.get("text") == variant.get("text") else None
        complete["source"] = kept or source_hash(text.standard)
    return complete
