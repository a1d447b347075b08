"""Addresses of the catalogue: what citizens find, and the designers' workbench."""

from django.urls import path

from forms_catalog import views

urlpatterns = [path("", views.home, name="home")]
