"""Addresses of the catalogue: what citizens find, and the designers' workbench."""

from django.urls import include, path

from forms_catalog import views

urlpatterns = [
    path("", views.home, name="home"),
    path("demarches/<slug:slug>/", views.introduction, name="introduction"),
    path("catalogue/form.schema.json", views.schema, name="form_schema"),
    path("catalogue/", include("forms_catalog.workbench.urls")),
]
