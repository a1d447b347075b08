"""The forms that citizens find: the published ones, and those whose words match what they look for."""

import unicodedata
from dataclasses import dataclass

from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import FormDefinition
from forms_catalog.estimate import estimated_minutes
from forms_catalog.models import FormVersion

MAX_WORDS = 100
"""Characters of a search that are looked at."""


@dataclass(frozen=True)
class OpenForm:
    """A form that can be started today, as the home page lists it."""

    definition: FormDefinition
    minutes: int


def open_forms(level: ReadingLevel) -> list[OpenForm]:
    """Return the forms that can be started today, by official title."""
    versions = FormVersion.objects.published().select_related("form").defer("source", "compiled")
    definitions = sorted((version.definition for version in versions), key=lambda each: _folded(each.title.standard))
    return [OpenForm(definition, estimated_minutes(definition, level)) for definition in definitions]


def matching(forms: list[OpenForm], words: str) -> list[OpenForm]:
    """Return the forms that hold every word, or its beginning, whatever its accents and capitals."""
    wanted = _folded(words[:MAX_WORDS]).split()
    return [form for form in forms if all(word in _haystack(form.definition) for word in wanted)]


def _haystack(definition: FormDefinition) -> str:
    texts = [text.at(level) for text in (definition.title, definition.summary) for level in ReadingLevel]
    return _folded(" ".join([*texts, definition.reference or "", definition.slug]))


def _folded(text: str) -> str:
    split = unicodedata.normalize("NFD", text.casefold())
    return "".join(character for character in split if not unicodedata.combining(character))
