"""How the commands that make accounts get a password: asked for, or read from the input; never on a command line."""

import getpass
import sys
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError


def give_account(name: str, *, from_input: bool) -> tuple[Any, bool]:
    """Create the account, or reopen it with a new password; return it, and whether it is new. Raises CommandError."""
    password = sys.stdin.readline().rstrip("\n") if from_input else _ask()
    try:
        validate_password(password)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    user, created = get_user_model().objects.get_or_create(username=name)
    user.set_password(password)
    user.is_active = True
    user.save()
    return user, created


def _ask() -> str:
    password = getpass.getpass("Mot de passe : ")
    if password != getpass.getpass("Encore une fois : "):
        raise CommandError("les deux mots de passe sont différents")
    return password
