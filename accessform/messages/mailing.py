"""One message as an e-mail, through Django's back-end."""

import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from accessform.messages.links import stop_link
from accessform.messages.models import OutboxMessage
from accessform.messages.outcomes import InDoubt, Refused

PERMANENT = range(500, 600)


def send_mail(message: OutboxMessage) -> None:
    """Send one message; every attempt carries the same Message-ID. Raises Refused or InDoubt."""
    try:
        make_mail(message).send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = {code for code, _ in error.recipients.values()}
        if codes and all(code in PERMANENT for code in codes):
            raise Refused("the mail server refuses the address") from None
        raise InDoubt("the mail server puts the address off") from None
    except (OSError, smtplib.SMTPException) as error:
        raise InDoubt(f"{type(error).__name__} while sending") from None


def make_mail(message: OutboxMessage) -> EmailMessage:
    """Return the e-mail: text only, neutral, with the stop link where mail programs look for it (RFC 2369, 8058)."""
    return EmailMessage(
        subject=message.title or "",
        body=message.body or "",
        to=[message.recipient.address],
        headers={
            "Message-ID": message_id(message),
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop_link(message.recipient)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def message_id(message: OutboxMessage) -> str:
    """Return the Message-ID, the same for all attempts."""
    return f"<{message.pk}@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}>"
