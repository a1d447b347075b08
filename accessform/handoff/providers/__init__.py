"""Who takes the appointments of a place: one protocol, four providers."""

from accessform.handoff.models import Place, ProviderName
from accessform.handoff.providers.external_link import ExternalLink
from accessform.handoff.providers.local import Local
from accessform.handoff.providers.phone_only import PhoneOnly
from accessform.handoff.providers.protocol import Provider
from accessform.handoff.providers.rdv_service_public.provider import RdvServicePublic
from accessform.handoff.providers.rdv_service_public.settings import rdv_settings


def provider_named(name: str) -> Provider:
    """Return a provider by its name. Raises ValueError for a name that is none.

    Where RDV Service Public is not configured, the places that use it are reached by telephone.
    """
    wanted = ProviderName(name)
    if wanted is ProviderName.RDV_SERVICE_PUBLIC:
        settings = rdv_settings()
        return RdvServicePublic(settings) if settings else PhoneOnly()
    return {
        ProviderName.LOCAL: Local,
        ProviderName.EXTERNAL_LINK: ExternalLink,
        ProviderName.PHONE_ONLY: PhoneOnly,
    }[wanted]()


def provider_of(place: Place) -> Provider:
    """Return the provider that takes the appointments of `place`."""
    return provider_named(place.provider)
