"""Places that are reached by telephone: a number in one tap, hours, and the call-back."""

from accessform.handoff.models import Place, ProviderName
from accessform.handoff.providers.protocol import Capability, OfferedPlace, OffersNothing, Refused, Started, Wish
from accessform.journeys.contact import dialled


class PhoneOnly(OffersNothing):
    """Leads to a call. What is agreed on the telephone we do not know."""

    capabilities = frozenset({Capability.LIST_PLACES, Capability.START})

    def list_places(self, *, territory: str) -> list[OfferedPlace]:
        """Return the open places of a department that are called."""
        found = Place.objects.open().filter(provider=ProviderName.PHONE_ONLY, department=territory).exclude(phone="")
        return [OfferedPlace(str(place.pk), place.name) for place in found.order_by("pk")]

    def start(self, wish: Wish) -> Started:
        """Return the number to dial; raises Refused for a place without one."""
        if not wish.place.phone:
            raise Refused("this place has no telephone number")
        return Started(url=f"tel:{dialled(wish.place.phone)}")
