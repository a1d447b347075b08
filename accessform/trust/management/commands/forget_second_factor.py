"""manage.py forget_second_factor NAME: the phone is lost, and the recovery codes too."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from accessform.trust.staff.second_factor import forget_second_factor


class Command(BaseCommand):
    """The next sign-in enrols an application again; open sessions of the account end."""

    help = "Take the second factor off an account. Make sure first that the person who asks is the right one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the name."""
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget the application and the recovery codes."""
        user = get_user_model().objects.filter(username=options["name"]).first()
        if user is None:
            raise CommandError(f"aucun compte ne s'appelle {options['name']}")
        had = forget_second_factor(user)
        self.stdout.write(f"{options['name']} : {'second facteur oublié' if had else 'pas de second facteur'}")
