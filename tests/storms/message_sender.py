"""What a sender process of the message storm is: Django once set up, forked again and again."""

import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accessform.settings")
django.setup()

from django.urls import reverse  # noqa: E402

from accessform.messages.sending import send_due  # noqa: E402

reverse("messages", args=["ready"])  # Loads every room now, not in each sender.


def send_for_ever() -> None:
    """Send what is due, again and again."""
    while True:
        send_due()
        time.sleep(0.02)
