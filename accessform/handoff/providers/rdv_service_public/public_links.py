"""Where citizens may book by themselves at RDV Service Public, fetched by the timer: no page waits for it."""

import logging

from accessform.handoff.models import Place, ProviderName
from accessform.handoff.providers.protocol import ProviderError
from accessform.handoff.providers.rdv_service_public.api import Api
from accessform.handoff.providers.rdv_service_public.settings import rdv_settings

logger = logging.getLogger(__name__)


def refresh_public_links() -> int:
    """Write the public link of each place that has a reference there; return how many changed.

    One request a department. A link that is no longer listed is taken away; no answer changes nothing.
    """
    settings = rdv_settings()
    if settings is None:
        return 0
    places = Place.objects.filter(provider=ProviderName.RDV_SERVICE_PUBLIC).exclude(provider_ref="")
    changed = 0
    for territory in sorted(set(places.values_list("department", flat=True))):
        try:
            links = {each.reference: each.url for each in Api(settings).list_public_links(territory)}
        except ProviderError as error:
            logger.warning("no public links of department %s from RDV Service Public: %s", territory, error)
            return changed
        for place in places.filter(department=territory):
            url = links.get(place.provider_ref, "")
            changed += Place.objects.filter(pk=place.pk).exclude(provider_url=url).update(provider_url=url)
    return changed
