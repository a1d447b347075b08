"""Public pages of the catalogue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forms_catalog.models import FormVersion


def home(request: HttpRequest) -> HttpResponse:
    """List the procedures that can be started today."""
    versions = FormVersion.objects.published().select_related("form").order_by("form__slug")
    return render(request, "forms_catalog/home.html", {"definitions": [version.definition for version in versions]})
