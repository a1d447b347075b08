"""Pages that take a form file in: upload or paste, errors beside the lines, kept as a draft when it is sound."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from forms_catalog.findings import Finding
from forms_catalog.loading import load_form
from forms_catalog.models import Form
from forms_catalog.versioning import FormRefused, register_form
from forms_catalog.workbench.access import designer_required
from forms_catalog.yaml_source import MAX_BYTES

SHOWN_LINES = 5_000
"""Lines of a source that are shown beside its findings."""
PASTED = "texte collé"


@dataclass(frozen=True)
class SourceLine:
    """A line of the source with what was found in it."""

    number: int
    text: str
    findings: tuple[Finding, ...]


@designer_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show the editor (a new form, or the latest source of `slug`); POST checks the file, or registers it."""
    if request.method != "POST":
        return _editor(request, slug, _latest_source(slug))
    name, source = _given(request)
    if source is None:
        return _editor(request, slug, b"", missing=True, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.POST.get("action") == "check":
        loaded = load_form(source, file=name)
        status = HTTPStatus.OK if loaded.may_be_registered else HTTPStatus.UNPROCESSABLE_ENTITY
        return _editor(request, slug, source, findings=loaded.findings, checked=True, status=status)
    return _register(request, slug, name, source)


def _register(request: HttpRequest, slug: str, name: str, source: bytes) -> HttpResponse:
    try:
        registered = register_form(source=source, file=name)
    except FormRefused as refused:
        return _editor(request, slug, source, findings=refused.findings, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = "Le brouillon est enregistré." if registered.changed else "Rien de nouveau dans ce fichier."
    messages.success(request, said)
    address = reverse("workbench:form", args=[registered.version.form.slug])
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def _given(request: HttpRequest) -> tuple[str, bytes | None]:
    """Return the name and bytes of what was uploaded, else pasted; None where nothing was given."""
    uploaded = request.FILES.get("file")
    if uploaded:
        return str(uploaded.name)[:100], uploaded.read(MAX_BYTES + 1)
    pasted = request.POST.get("source", "").replace("\r\n", "\n")
    return PASTED, pasted.encode("utf-8", "surrogatepass") if pasted.strip() else None


def _latest_source(slug: str) -> bytes:
    """Return the source of the draft, else of the latest version; nothing for a new form. 404 on an unknown one."""
    if not slug:
        return b""
    form = get_object_or_404(Form, slug=slug)
    latest = form.versions.order_by("-number").first()
    return latest.source.encode() if latest else b""


def _editor(
    request: HttpRequest,
    slug: str,
    source: bytes,
    *,
    findings: tuple[Finding, ...] = (),
    checked: bool = False,
    missing: bool = False,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    text = source[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    context = {
        "slug": slug,
        "source": text,
        "findings": findings,
        "lines": source_lines(text, findings) if findings else [],
        "refused": any(finding.stops_registering for finding in findings),
        "checked": checked,
        "missing": missing,
    }
    return render(request, "forms_catalog/workbench/edit.html", context, status=status)


def source_lines(text: str, findings: tuple[Finding, ...]) -> list[SourceLine]:
    """Return the lines of `text`, each with its findings."""
    by_line: dict[int, list[Finding]] = {}
    for finding in findings:
        by_line.setdefault(finding.line, []).append(finding)
    lines = text.split("\n")[:SHOWN_LINES]
    return [SourceLine(n, line[:500], tuple(by_line.get(n, ()))) for n, line in enumerate(lines, start=1)]
