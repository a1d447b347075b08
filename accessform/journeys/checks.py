"""System checks of this room."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from accessform.journeys.webhooks import WebhookSettingsError


@register()
def webhooks_are_readable(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse webhooks that could not be delivered to, before anybody's submission depends on them."""
    from accessform.journeys.deliveries import configured_webhooks

    try:
        configured_webhooks()
    except WebhookSettingsError as error:
        return [Error(str(error), id="journeys.E001")]
    return []
