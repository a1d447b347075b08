"""manage.py form: a designer's work from the command line or a CI."""

import json
import os
import re
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accessform.plain_language.apart import ToolsFailed
from accessform.plain_language.parsing import ToolsMissing
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.comparing import Change, compare_definitions
from forms_catalog.compiling import VARIANT_LEVELS, Compiled
from forms_catalog.filling_gaps import Drafter, fill_gaps
from forms_catalog.findings import Finding
from forms_catalog.loading import load_form
from forms_catalog.management.leaving import stop_writing
from forms_catalog.models import Form, FormVersion
from forms_catalog.page_scores import score_pages, told_scores
from forms_catalog.schema import written_schema
from forms_catalog.versioning import (
    FormRefused,
    NothingToPublish,
    Registration,
    find_version,
    publish_form,
    publish_source,
    register_form,
    retire_form,
)
from forms_catalog.yaml_editing import CannotEdit
from forms_catalog.yaml_source import MAX_BYTES

NUMBER = re.compile(r"[0-9]{1,9}")
REFUSED = 1
USAGE = 2


class Command(BaseCommand):
    """Exit status: 0 fine or identical, 1 refused or different, 2 misused."""

    help = "Check, register, publish, retire, export and compare forms."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare one sub-command for each thing that a designer does."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

        def verb(name: str, words: str) -> ArgumentParser:
            added = verbs.add_parser(name, help=words)
            added.add_argument("--json", action="store_true", dest="as_json", help="one JSON document on the output")
            return added

        check = verb("check", "say what is wrong with form files; writes nothing")
        check.add_argument("files", nargs="+")
        check.add_argument("--thorough", action="store_true", help="ask the wording tools too (make wording-tools)")
        draft = verb("draft", "write drafts of the texts that a form file lacks at a level")
        draft.add_argument("file")
        draft.add_argument("--level", choices=VARIANT_LEVELS, required=True)
        draft.add_argument("--rules-only", action="store_true", help="ask no language model, even where one is set")
        verb("score", "say how hard each page of a form file is to read").add_argument("file")
        verb("register", "keep a form file as a draft").add_argument("file")
        verb("publish", "publish a draft, or register a file and publish it").add_argument(
            "subject", metavar="SLUG|FILE"
        )
        verb("retire", "take a form out of the catalogue").add_argument("slug")
        verb("export", "print the form file of a version").add_argument("subject", metavar="SLUG[@N]")
        compared = verb("diff", "say what changed between two forms")
        compared.add_argument("before", metavar="FILE|SLUG[@N]")
        compared.add_argument("after", metavar="FILE|SLUG[@N]")
        verb("schema", "print the JSON Schema of form files")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the sub-command; leave with its status where it is not 0."""
        self.as_json: bool = options["as_json"]
        self.quiet: bool = options["verbosity"] == 0
        verbs: dict[str, Callable[[dict[str, Any]], bool]] = {
            "check": self._check,
            "draft": self._draft,
            "score": self._score,
            "register": self._register,
            "publish": self._publish,
            "retire": self._retire,
            "export": self._export,
            "diff": self._diff,
            "schema": self._schema,
        }
        ok = False
        try:
            ok = verbs[options["verb"]](options)
            self.stdout.flush()
        except (ToolsMissing, ToolsFailed) as error:
            raise CommandError(str(error), returncode=USAGE) from error
        except BrokenPipeError:
            stop_writing()
        if not ok:
            sys.exit(REFUSED)

    def _check(self, options: dict[str, Any]) -> bool:
        loaded = [load_form(_read(name), file=name, thorough=options["thorough"]) for name in options["files"]]
        ok = all(form.may_be_published for form in loaded)
        self._tell(ok, [finding for form in loaded for finding in form.findings])
        return ok

    def _draft(self, options: dict[str, Any]) -> bool:
        name, level = options["file"], ReadingLevel(options["level"])
        drafter = _drafter(rules_only=options["rules_only"])
        loaded = load_form(_read(name), file=name)
        if loaded.compiled is None:
            self._tell(False, loaded.findings)
            return False
        try:
            filled = fill_gaps(_read(name).decode("utf-8-sig"), loaded.compiled, level, drafter)
        except CannotEdit as error:
            raise CommandError(f"le fichier « {name} » n'a pas été changé : {error}", returncode=USAGE) from error
        if filled.made:
            _replace(name, filled.source)
        if self.as_json:
            self._write({"ok": True, "findings": [], **filled.as_dict()})
        else:
            for line in filled.told():
                self.stdout.write(line)
        return True

    def _score(self, options: dict[str, Any]) -> bool:
        loaded = load_form(_read(options["file"]), file=options["file"])
        if loaded.compiled is None:
            self._tell(False, loaded.findings)
            return False
        scores = score_pages(loaded.compiled)
        if self.as_json:
            self._write({"ok": True, "findings": [], "scores": [score.as_dict() for score in scores]})
        else:
            for line in told_scores(scores):
                self.stdout.write(line)
        return True

    def _register(self, options: dict[str, Any]) -> bool:
        name = options["file"]
        return self._try(lambda: register_form(source=_read(name), file=name), "brouillon enregistré")

    def _publish(self, options: dict[str, Any]) -> bool:
        subject = options["subject"]
        if _is_file(subject):
            return self._try(lambda: publish_source(source=_read(subject), file=subject), "publiée")
        try:
            return self._try(lambda: Registration(publish_form(slug=subject), True, ()), "publiée")
        except Form.DoesNotExist as error:
            raise CommandError(f"aucune démarche ne s'appelle « {subject} »", returncode=USAGE) from error
        except NothingToPublish:
            self._tell(False, [], f"« {subject} » n'a pas de brouillon à publier.")
            return False

    def _try(self, work: Callable[[], Registration], done: str) -> bool:
        try:
            result = work()
        except FormRefused as refused:
            self._tell(False, refused.findings)
            return False
        said = f"{result.version} : {done if result.changed else 'rien de nouveau'}"
        self._tell(True, result.findings, said, version=result.version)
        return True

    def _retire(self, options: dict[str, Any]) -> bool:
        try:
            retire_form(slug=options["slug"])
        except Form.DoesNotExist as error:
            raise CommandError(f"aucune démarche ne s'appelle « {options['slug']} »", returncode=USAGE) from error
        self._tell(True, [], f"{options['slug']} : retirée du catalogue")
        return True

    def _export(self, options: dict[str, Any]) -> bool:
        version = _version(options["subject"])
        if self.as_json:
            self._write({"ok": True, "findings": [], **_named(version), "source": version.source})
        else:
            self.stdout.write(version.source, ending="")
        return True

    def _diff(self, options: dict[str, Any]) -> bool:
        sides, findings = [], []
        for subject in (options["before"], options["after"]):
            compiled, found = _compiled(subject)
            sides.append(compiled)
            findings += found
        if sides[0] is None or sides[1] is None:
            self._tell(False, findings)
            return False
        changes = compare_definitions(sides[0], sides[1])
        if self.as_json:
            self._write({"ok": not changes, "findings": [], "changes": [change.as_dict() for change in changes]})
        else:
            self._print_changes(changes)
        return not changes

    def _schema(self, options: dict[str, Any]) -> bool:
        self.stdout.write(written_schema(), ending="")
        return True

    def _tell(
        self, ok: bool, findings: Iterable[Finding], said: str = "", *, version: FormVersion | None = None
    ) -> None:
        found = list(findings)
        if self.as_json:
            named = _named(version) if version else {}
            self._write({"ok": ok, "findings": [finding.as_dict() for finding in found], **named})
            return
        for finding in found:
            if not self.quiet or finding.stops_publishing:
                self.stdout.write(str(finding))
        if said and not self.quiet:
            self.stdout.write(said)

    def _print_changes(self, changes: list[Change]) -> None:
        for change in changes:
            self.stdout.write(f"{change.kind_name} : {change.subject} ({change.what})")
            for sign, text in (("-", change.before), ("+", change.after)):
                if text is not None:
                    self.stdout.write(f"    {sign} {text}")
        self.stdout.write("Aucune différence." if not changes else f"{len(changes)} différence(s).")

    def _write(self, document: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))


def _drafter(*, rules_only: bool) -> Drafter:
    """Return who drafts: the rules, with the language model beside them where the operator set one."""
    from accessform.plain_language.language_model import BadSettings, ModelSettings, draft_with_model

    try:
        settings = None if rules_only else ModelSettings.from_environment(os.environ)
    except BadSettings as error:
        raise CommandError(str(error), returncode=USAGE) from error
    return lambda text, level: draft_with_model(text, level, settings)


def _replace(name: str, source: str) -> None:
    """Write the file anew in one step: a power cut leaves the old one or the new one."""
    path = Path(name).resolve()
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(source, encoding="utf-8")
        beside.chmod(path.stat().st_mode)
        beside.replace(path)
    except OSError as error:
        raise CommandError(f"le fichier « {name} » ne s'écrit pas : {error}", returncode=USAGE) from error


def _is_file(subject: str) -> bool:
    return Path(subject).is_file() or subject.endswith((".yaml", ".yml"))


def _read(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise CommandError(f"le fichier « {name} » ne se lit pas : {error}", returncode=USAGE) from error


def _version(subject: str) -> FormVersion:
    slug, at, number = subject.partition("@")
    if at and not NUMBER.fullmatch(number):
        raise CommandError(f"« {subject} » : après « @ », écrivez un numéro de version", returncode=USAGE)
    try:
        return find_version(slug=slug, number=int(number) if at else None)
    except FormVersion.DoesNotExist as error:
        raise CommandError(f"aucune version ne s'appelle « {subject} »", returncode=USAGE) from error


def _compiled(subject: str) -> tuple[Compiled | None, tuple[Finding, ...]]:
    if _is_file(subject):
        loaded = load_form(_read(subject), file=subject)
        return (loaded.compiled if loaded.may_be_registered else None), loaded.findings
    return _version(subject).compiled, ()


def _named(version: FormVersion) -> dict[str, Any]:
    return {"form": version.form.slug, "version": version.number, "status": version.status}
