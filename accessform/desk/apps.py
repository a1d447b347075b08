"""Django app of the room `desk`."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Register the room with Django."""

    name = "accessform.desk"

    def ready(self) -> None:
        """Register where agents begin, and how they fill in a journey with its person."""
        from accessform.desk.access import is_agent
        from accessform.desk.places.access import is_administrator
        from accessform.desk.services.helping import help_with
        from accessform.journeys import helping
        from accessform.trust.staff import homes

        homes.register("desk", allowed=is_agent, address="desk:today", label="Rendez-vous")
        homes.register("places", allowed=is_administrator, address="desk:places", label="Lieux")
        helping.register(help_with)
