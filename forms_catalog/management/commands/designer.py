"""manage.py designer NAME: create or reopen an account for the workbench. No account exists until this is run."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from forms_catalog.workbench.access import DESIGNERS


class Command(BaseCommand):
    """The password is asked for, or read from the first line of the input; it never stands on a command line."""

    help = "Create a designer's account, or give an existing one the right and a new password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the name and where the password comes from."""
        parser.add_argument("name")
        parser.add_argument("--password-from-input", action="store_true", help="read it from the first line of stdin")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create or change the account."""
        password = sys.stdin.readline().rstrip("\n") if options["password_from_input"] else _ask()
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user, created = get_user_model().objects.get_or_create(username=options["name"])
        user.set_password(password)
        user.is_active = True
        user.save()
        user.groups.add(Group.objects.get_or_create(name=DESIGNERS)[0])
        self.stdout.write(f"{options['name']} : {'compte créé' if created else 'mot de passe changé'}")


def _ask() -> str:
    password = getpass.getpass("Mot de passe : ")
    if password != getpass.getpass("Encore une fois : "):
        raise CommandError("les deux mots de passe sont différents")
    return password
