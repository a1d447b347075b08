"""System checks of this room."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from accessform.messages.sms import sms_provider
from accessform.messages.sms.choosing import SmsSettingsError


@register()
def text_messages_can_leave(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse settings with which no text message would ever leave, before anybody waits for one."""
    try:
        sms_provider()
    except SmsSettingsError as error:
        return [Error(str(error), id="messages.E001")]
    return []


@register(deploy=True)
def text_messages_reach_people(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to deploy where text messages would be shown on a terminal."""
    if settings.PRODUCTION and settings.SMS == "console":
        said = "ACCESSFORM_SMS=console writes people's numbers to the terminal; choose none, file or http."
        return [Error(said, id="messages.E002")]
    return []
