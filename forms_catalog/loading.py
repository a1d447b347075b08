"""From the bytes of a form file to its definition and what to say about it; whatever the bytes, and no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from forms_catalog.compiling import Compiled, compile_definition
from forms_catalog.condition_checks import check_conditions
from forms_catalog.definition import FormDefinition
from forms_catalog.definition_errors import remarks_of
from forms_catalog.findings import Finding, Remark, written_path
from forms_catalog.language_checks import check_language
from forms_catalog.publishing_checks import check_publishing_rules, check_variants
from forms_catalog.question_checks import check_contact, check_questions
from forms_catalog.thorough_reading import check_machine_texts, check_thoroughly
from forms_catalog.yaml_source import Position, YamlSource, read_yaml


@dataclass(frozen=True)
class LoadedForm:
    """What a form file holds. `definition` and `compiled` are None where it could not be read as a form."""

    file: str
    definition: FormDefinition | None
    compiled: Compiled | None
    findings: tuple[Finding, ...]

    @property
    def may_be_registered(self) -> bool:
        """Whether it may be kept as a draft."""
        return self.definition is not None and not any(finding.stops_registering for finding in self.findings)

    @property
    def may_be_published(self) -> bool:
        """Whether people may fill it in."""
        return self.definition is not None and not any(finding.stops_publishing for finding in self.findings)


def load_form(
    source: bytes, *, file: str, previous: Mapping[str, Any] | None = None, thorough: bool = False
) -> LoadedForm:
    """Read and check the bytes of a form file.

    `file` is the name that findings carry; `previous` is the compiled definition of the version before, which tells
    stale variants (see `compile_definition`). Findings come in the order of the file. `thorough` asks the wording
    tools as well, for what only a parser sees, and raises ToolsMissing or ToolsFailed where they do not answer.
    """
    read = read_yaml(source)
    if read.refusals:
        return LoadedForm(file, None, None, _findings(file, read.refusals))
    if not isinstance(read.value, dict):
        message = "Ce fichier ne contient pas de démarche. Il commence par « accessform: 1 »."
        return LoadedForm(file, None, None, _findings(file, [(read.position(()), Remark((), "form.empty", message))]))
    try:
        definition = FormDefinition.model_validate(read.value)
    except ValidationError as error:
        return LoadedForm(file, None, None, _findings(file, _placed(read, remarks_of(error, read.value))))
    compiled = compile_definition(definition, previous=previous)
    language = check_thoroughly(compiled) if thorough else [*check_language(compiled), *check_machine_texts(compiled)]
    remarks = [*check_definition(definition), *check_variants(compiled), *language]
    return LoadedForm(file, FormDefinition.model_validate(compiled), compiled, _findings(file, _placed(read, remarks)))


def check_definition(definition: FormDefinition) -> list[Remark]:
    """Return every remark on a whole definition, whatever file it came from."""
    return [
        *check_questions(definition),
        *check_conditions(definition),
        *check_contact(definition),
        *check_publishing_rules(definition),
    ]


def _placed(read: YamlSource, remarks: Iterable[Remark]) -> list[tuple[Position, Remark]]:
    return [(read.position(_as_written(remark.location, read.value)), remark) for remark in remarks]


def _as_written(location: tuple[str | int, ...], value: Any) -> tuple[str | int, ...]:
    """Leave out the index of a single service, which the file writes as a block without a list."""
    indexed = location[:1] == ("service",) and len(location) > 1 and isinstance(location[1], int)
    return ("service", *location[2:]) if indexed and isinstance(value.get("service"), dict) else location


def _findings(file: str, placed: list[tuple[Position, Remark]]) -> tuple[Finding, ...]:
    ordered = sorted(placed, key=lambda found: (found[0].line, found[0].column))
    return tuple(
        Finding(
            file, written_path(remark.location), position.line, position.column,
            remark.severity, remark.code, remark.message,
        )
        for position, remark in ordered
    )  # fmt: skip
