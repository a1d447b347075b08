"""The JSON Schema of form files, generated from the typed models; form.schema.json is its published copy."""

import json
from pathlib import Path
from typing import Any

from forms_catalog.definition import FORMAT_VERSION, FormDefinition

PUBLISHED = Path(__file__).parent / "form.schema.json"


def form_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) that an editor uses to complete and check a form file.

    A text may be written as one string, and a single service without a list: loading accepts both.
    """
    schema = FormDefinition.model_json_schema(by_alias=True)
    text = {"type": "string", "minLength": 1}
    for name in ("Wording", "Variant"):
        schema["$defs"][name] = {"anyOf": [text, schema["$defs"][name]]}
    services = schema["properties"]["service"]
    schema["properties"]["service"] = {"anyOf": [services["items"], services]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Démarche accessform, format {FORMAT_VERSION}",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def written_schema() -> str:
    """Return the schema as its file holds it."""
    return json.dumps(form_schema(), ensure_ascii=False, indent=2) + "\n"
