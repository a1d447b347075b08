"""Django app of the catalogue of forms."""

from django.apps import AppConfig


class FormsCatalogConfig(AppConfig):
    """Register the catalogue with Django."""

    name = "forms_catalog"

    def ready(self) -> None:
        """Register where designers begin."""
        from accessform.trust.staff import homes
        from forms_catalog.workbench.access import is_designer

        homes.register("workbench", allowed=is_designer, address="workbench:list", label="Formulaires")
