"""manage.py place_administrator NAME --place SOURCE:ID: an account that administers a place. None exists until then."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accessform.desk.models import PlaceAdministrator
from accessform.handoff.models import Place
from accessform.trust.staff.passwords import give_account


class Command(BaseCommand):
    """The password is asked for, or read from the first line of the input; it never stands on a command line."""

    help = "Create a place administrator's account, or give an existing one another place and a new password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the name, the place and where the password comes from."""
        parser.add_argument("name")
        parser.add_argument("--place", help="source and identifier of the place there: france-services:123")
        parser.add_argument("--leave", action="store_true", help="take the place, or all, away; no password is asked")
        parser.add_argument("--password-from-input", action="store_true", help="read it from the first line of stdin")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create or change the account, and give it the place."""
        name = options["name"]
        place = _find_place(options["place"]) if options["place"] or not options["leave"] else None
        if options["leave"]:
            rows = PlaceAdministrator.objects.filter(user__username=name)
            left = (rows.filter(place=place) if place else rows).delete()[0]
            self.stdout.write(f"{name} : {left} {'lieux retirés' if left > 1 else 'lieu retiré'}")
            return
        with transaction.atomic():
            user, created = give_account(name, from_input=options["password_from_input"])
            PlaceAdministrator.objects.get_or_create(user=user, place=place)
        self.stdout.write(f"{name} : {'compte créé' if created else 'mot de passe changé'}, {place}")


def _find_place(text: str | None) -> Place:
    """Return the place meant; raises CommandError."""
    source, _, source_id = (text or "").partition(":")
    place = Place.objects.filter(source=source, source_id=source_id).first()
    if place is None:
        raise CommandError(f"aucun lieu pour --place {text!r} : écrivez SOURCE:IDENTIFIANT, france-services:123")
    return place
