"""Addresses of the workbench, under /catalogue/."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from forms_catalog.workbench import acknowledging, registering, views


class VersionNumber(IntConverter):
    """A version's number: nine digits at most, so that every one fits the database."""

    regex = "[0-9]{1,9}"


register_converter(VersionNumber, "version")

app_name = "workbench"
urlpatterns = [
    path("", views.list_forms, name="list"),
    path("nouveau", registering.edit, name="new"),
    path("relecture/<str:token>", views.reread, name="reread"),
    path("<slug:slug>/", views.show_form, name="form"),
    path("<slug:slug>/modifier", registering.edit, name="edit"),
    path("<slug:slug>/ecarts", acknowledging.acknowledge, name="acknowledge"),
    path("<slug:slug>/publier", views.publish, name="publish"),
    path("<slug:slug>/retirer", views.retire, name="retire"),
    path("<slug:slug>/oublier", views.discard, name="discard"),
    path("<slug:slug>/<version:number>/apercu", views.preview, name="preview"),
    path("<slug:slug>/<version:number>/textes", views.three_levels, name="three_levels"),
    path("<slug:slug>/<version:number>/comparer", views.compare, name="compare"),
    path("<slug:slug>/<version:number>/export.yaml", views.export, name="export"),
    path("<slug:slug>/<version:number>/relecture", views.invite, name="invite"),
]
