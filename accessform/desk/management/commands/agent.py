"""manage.py agent NAME --place ID --desk "Guichet 1": an account that sits at a desk. None exists until this is run."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accessform.handoff.models import AgentProfile, Place
from accessform.trust.staff.passwords import give_account


class Command(BaseCommand):
    """The password is asked for, or read from the first line of the input; it never stands on a command line."""

    help = "Create an agent's account at a desk of a place, or give an existing one a new password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the name, the desk and where the password comes from."""
        parser.add_argument("name")
        parser.add_argument("--place", help="number of the place, or its whole name where no other has it")
        parser.add_argument("--desk", help="name of the desk; the place's only one where it is left out")
        parser.add_argument("--leave", action="store_true", help="take the account off its desks; no password is asked")
        parser.add_argument("--password-from-input", action="store_true", help="read it from the first line of stdin")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create or change the account, and sit it at the desk."""
        name = options["name"]
        if options["leave"]:
            left = AgentProfile.objects.filter(user__username=name).update(user=None)
            self.stdout.write(f"{name} : {left} guichet{'s' if left > 1 else ''} quitté{'s' if left > 1 else ''}")
            return
        desk = _find_desk(options["place"] or "", options["desk"])
        with transaction.atomic():
            user, created = give_account(name, from_input=options["password_from_input"])
            taken = AgentProfile.objects.exclude(user=user).filter(pk=desk.pk, user__isnull=False).first()
            if taken and taken.user:
                raise CommandError(f"« {desk.name} » est déjà le guichet de {taken.user.get_username()}")
            AgentProfile.objects.filter(pk=desk.pk).update(user=user)
        made = "compte créé" if created else "mot de passe changé"
        self.stdout.write(f"{name} : {made}, {desk.name}, {desk.place.name}")


def _find_desk(place: str, desk: str | None) -> AgentProfile:
    """Return the desk meant; raises CommandError with what there is to choose from."""
    wanted = {"pk": int(place)} if place.isascii() and place.isdigit() else {"name": place}
    places = list(Place.objects.filter(**wanted)[:2])
    if len(places) != 1:
        raise CommandError(f"{'plusieurs lieux' if places else 'aucun lieu'} pour --place {place!r}")
    found = AgentProfile.objects.filter(place=places[0], is_active=True).select_related("place").order_by("name")
    chosen = list(found.filter(name=desk) if desk else found)
    if len(chosen) == 1:
        return chosen[0]
    names = ", ".join(f"« {each.name} »" for each in found) or "aucun"
    raise CommandError(f"donnez --desk ; guichets de ce lieu : {names}")
