"""Django app of the catalogue of forms."""

from django.apps import AppConfig


class FormsCatalogConfig(AppConfig):
    """Register the catalogue with Django."""

    name = "forms_catalog"
