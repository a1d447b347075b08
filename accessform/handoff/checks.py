"""System checks of this room."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from accessform.handoff.providers.rdv_service_public.settings import RdvSettingsError, rdv_settings


@register()
def rdv_settings_are_whole(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse settings of RDV Service Public that could not work; warn of a set that half says something."""
    try:
        found = rdv_settings()
    except RdvSettingsError as error:
        return [Error(str(error), id="handoff.E001")]
    said = (settings.RDV_CLIENT_ID, settings.RDV_CLIENT_SECRET, settings.RDV_WEBHOOK_SECRETS, settings.RDV_HOSTS)
    if found is None and any(said):
        return [Warning("ACCESSFORM_RDV_URL is empty: the other ACCESSFORM_RDV_… do nothing.", id="handoff.W001")]
    return []
