"""Places whose appointments are taken on another site: a button, never a frame, never a request of ours."""

from urllib.parse import urlsplit

from accessform.handoff.models import Place, ProviderName
from accessform.handoff.providers.protocol import Capability, OfferedPlace, OffersNothing, Refused, Started, Wish


class ExternalLink(OffersNothing):
    """Leads to the site of the place. What happens there we do not know: nothing is polled."""

    capabilities = frozenset({Capability.LIST_PLACES, Capability.START})

    def list_places(self, *, territory: str) -> list[OfferedPlace]:
        """Return the open places of a department that name a site."""
        found = Place.objects.open().filter(provider=ProviderName.EXTERNAL_LINK, department=territory)
        return [OfferedPlace(str(place.pk), place.name, place.provider_url) for place in found.order_by("pk")]

    def start(self, wish: Wish) -> Started:
        """Return where to go, and the host to show; raises Refused for an address that nobody may be sent to."""
        url = wish.place.provider_url
        return Started(url=url, host=shown_host(url))


def shown_host(url: str) -> str:
    """Return the host of an https address as people are shown it; raises Refused for any other address.

    A name with letters of other alphabets is shown in its ASCII form: look-alikes are seen for what they are.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
        shown = host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise Refused("this is no address") from None
    spoilt = any(character.isspace() or not character.isprintable() or character == "\\" for character in url)
    if parts.scheme != "https" or "." not in shown or parts.username is not None or spoilt:
        raise Refused("the address must be https://host/path")
    return shown
