"""Pages of the workbench: the list, one form, its versions, publishing and retiring."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forms_catalog.comparing import compare_definitions
from forms_catalog.definition import Step
from forms_catalog.language_checks import FACT_CHANGED, FACT_LOST
from forms_catalog.loading import load_form
from forms_catalog.models import Form, FormVersion, VersionStatus
from forms_catalog.versioning import FormRefused, NothingToPublish, discard_draft, publish_form, retire_form
from forms_catalog.workbench.access import designer_required
from forms_catalog.workbench.defects import defects_of
from forms_catalog.workbench.previewing import LEVELS, MODALITIES, SIZES, apply_choices, draw_step
from forms_catalog.workbench.rereading import OPEN_FOR, LinkEnded, LinkUnknown, open_token, rereading_token
from forms_catalog.workbench.three_levels import advice_on, blocks_of


@designer_required
@require_safe
def list_forms(request: HttpRequest) -> HttpResponse:
    """List every form with the state of its versions."""
    forms = []
    for form in Form.objects.order_by("slug").prefetch_related("versions"):
        by_status = {version.status: version for version in sorted(form.versions.all(), key=lambda v: v.number)}
        latest = max(form.versions.all(), key=lambda v: v.number, default=None)
        forms.append({"form": form, "latest": latest, "by_status": by_status})
    return render(request, "forms_catalog/workbench/list.html", {"forms": forms})


@designer_required
@require_safe
def show_form(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a form: its draft with what stops publishing it, its versions, and what can be done."""
    form = get_object_or_404(Form, slug=slug)
    versions = list(form.versions.order_by("-number").defer("source", "compiled"))
    draft = next((version for version in versions if version.status == VersionStatus.DRAFT), None)
    findings = load_form(draft.source.encode(), file=slug, previous=draft.compiled).findings if draft else ()
    context = {
        "form": form,
        "versions": versions,
        "draft": draft,
        "published": next((version for version in versions if version.status == VersionStatus.PUBLISHED), None),
        "findings": findings,
        "defects": defects_of(slug),
        "gaps": any(finding.code in {FACT_LOST, FACT_CHANGED} for finding in findings),
        "publishable": bool(draft) and not any(finding.stops_publishing for finding in findings),
    }
    return render(request, "forms_catalog/workbench/form.html", context)


@designer_required
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the draft that the page showed: 409 where a colleague changed it since."""
    form = get_object_or_404(Form, slug=slug)
    draft = form.versions.filter(status=VersionStatus.DRAFT).first()
    if draft is not None and draft.digest != request.POST.get("digest", ""):
        messages.error(request, "Le brouillon a changé depuis que cette page est ouverte. Relisez-le, puis publiez-le.")
        return _lead_to(slug)
    try:
        version = publish_form(slug=slug)
    except NothingToPublish:
        messages.error(request, "Il n'y a pas de brouillon à publier.")
    except FormRefused:
        messages.error(request, "Le brouillon ne peut pas être publié : voyez ce qui manque ci-dessous.")
    else:
        messages.success(request, f"La version {version.number} est publiée. Les démarches commencées gardent la leur.")
    return _lead_to(slug)


@designer_required
@require_POST
def retire(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the form out of the catalogue."""
    get_object_or_404(Form, slug=slug)
    retire_form(slug=slug)
    messages.success(request, "La démarche est retirée du catalogue. Les démarches commencées peuvent être finies.")
    return _lead_to(slug)


@designer_required
@require_POST
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget the draft."""
    get_object_or_404(Form, slug=slug)
    discard_draft(slug=slug)
    messages.success(request, "Le brouillon est effacé.")
    return _lead_to(slug)


@designer_required
@require_safe
def preview(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a step as citizens see it, at the level, size and mode asked for. Nothing is stored."""
    version = _version(slug, number)
    step = _step(version, request.GET.get("etape", ""))
    chosen = apply_choices(request)
    context = {
        "version": version,
        "step": step,
        "steps": version.definition.steps,
        "chosen": chosen,
        "levels": LEVELS,
        "sizes": SIZES,
        "modalities": MODALITIES,
        "questions": draw_step(request, version, step),
    }
    return render(request, "forms_catalog/workbench/preview.html", context)


@designer_required
@require_safe
def three_levels(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show every text at three levels, side by side."""
    version = _version(slug, number)
    blocks = list(blocks_of(version.definition, advice_on(version.compiled)))
    return render(request, "forms_catalog/workbench/three_levels.html", {"version": version, "blocks": blocks})


@designer_required
@require_safe
def compare(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what changes from the published version, or the one before, to this one."""
    version = _version(slug, number)
    others = version.form.versions.exclude(pk=version.pk)
    before = others.published().first() or others.filter(number__lt=number).order_by("-number").first()
    changes = compare_definitions(before.compiled, version.compiled) if before else []
    context = {"version": version, "before": before, "changes": changes}
    return render(request, "forms_catalog/workbench/compare.html", context)


@designer_required
@require_safe
def export(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give back the form file of a version."""
    version = _version(slug, number)
    response = HttpResponse(version.source.encode(), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{number}.yaml"'
    return response


@designer_required
@require_POST
def invite(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Make a re-reading link for colleagues and show it."""
    version = _version(slug, number)
    address = request.build_absolute_uri(reverse("workbench:reread", args=[rereading_token(version)]))
    context = {"version": version, "address": address, "days": OPEN_FOR.days}
    return render(request, "forms_catalog/workbench/invite.html", context)


@never_cache
@require_safe
def reread(request: HttpRequest, token: str) -> HttpResponse:
    """Show a version to who holds its link: 404 for an unknown link, 410 for one that has ended."""
    try:
        version, changed = open_token(token)
    except LinkEnded:
        return render(request, "forms_catalog/workbench/link_ended.html", status=HTTPStatus.GONE)
    except LinkUnknown as error:
        raise Http404("no such link") from error
    context = {"version": version, "blocks": list(blocks_of(version.definition)), "changed": changed, "shared": True}
    response = render(request, "forms_catalog/workbench/three_levels.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _version(slug: str, number: int) -> FormVersion:
    return get_object_or_404(FormVersion.objects.select_related("form"), form__slug=slug, number=number)


def _step(version: FormVersion, step_id: str) -> Step:
    try:
        return version.definition.step(step_id) if step_id else version.definition.steps[0]
    except KeyError as error:
        raise Http404("no such step") from error


def _lead_to(slug: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("workbench:form", args=[slug]), status=HTTPStatus.SEE_OTHER)
