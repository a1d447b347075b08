"""The opaque link of a notice, and finding its offer again."""

from django.conf import settings
from django.urls import reverse

from accessform.handoff.models import EarlierOffer
from accessform.trust.hashing import keyed_hash, keyed_hashes

PURPOSE = "handoff:earlier_offer"


def digest_token(token: str) -> str:
    """Return the keyed hash that a token is stored under."""
    return keyed_hash(PURPOSE, token)


def find_offer(token: str) -> EarlierOffer | None:
    """Return whose link this is, None for any other token."""
    related = ("hold", "entry__appointment__place", "entry__appointment__motif", "entry__appointment__contact")
    digests = keyed_hashes(PURPOSE, token[:100])
    return EarlierOffer.objects.filter(token_digest__in=digests).select_related(*related).first()


def offer_link(offer: EarlierOffer) -> str:
    """Return the whole address of an offer."""
    return f"{settings.PUBLIC_URL}{reverse('earlier_offer', args=[offer.token])}"


def rehash_tokens() -> int:
    """Put the hashes that offers are found by under the newest data key; return how many changed."""
    changed = 0
    for offer in EarlierOffer.objects.only("pk", "token", "token_digest").iterator():
        newest = digest_token(offer.token)
        if offer.token_digest != newest:
            changed += EarlierOffer.objects.filter(pk=offer.pk).update(token_digest=newest)
    return changed
