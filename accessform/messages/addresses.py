"""Addresses in their one form, and the keyed hashes that compare them."""

import re

from accessform.answers.printed_values import phone_in_figures
from accessform.messages.models import Channel
from accessform.trust.hashing import keyed_hash, keyed_hashes

PURPOSE = "messages:address"
LONGEST = 500
SHOWN_DIGITS = 2


class BadAddress(ValueError):
    """An address that nothing can be sent to; never holds the address itself."""


SHAPES = {
    Channel.EMAIL: re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}"),
    Channel.SMS: re.compile(r"\+[1-9][0-9]{6,14}"),
    Channel.LETTER: re.compile(r"\S[^\x00-\x09\x0b-\x1f]*\n[^\x00-\x09\x0b-\x1f]*\S"),
}


def read_address(channel: Channel, address: str) -> str:
    """Return an address as it is stored: an e-mail address, a number in E.164, or lines of a postal address.

    Raises BadAddress.
    """
    kept = "\n".join(" ".join(line.split(" ")).strip() for line in address.strip().splitlines() if line.strip())
    if len(kept) > LONGEST or not SHAPES[channel].fullmatch(kept):
        raise BadAddress(f"this is no address for {channel.value}")
    return kept


def digest_address(channel: Channel, address: str) -> str:
    """Return the keyed hash that an address is stored under."""
    return keyed_hash(PURPOSE, _compared(channel, address))


def list_digests(channel: Channel, address: str) -> list[str]:
    """Return the keyed hashes to look an address up by, under every data key."""
    return keyed_hashes(PURPOSE, _compared(channel, address))


def _compared(channel: Channel, address: str) -> str:
    return f"{channel}\0{address.casefold()}"


def mask_address(channel: Channel, address: str) -> str:
    """Return enough of an address for its owner to know it: a message may have been forwarded."""
    if channel == Channel.EMAIL:
        name, _, domain = address.rpartition("@")
        return f"{name[:1]}…@{domain}"
    if channel == Channel.SMS:
        return f"… {phone_in_figures(address)[-SHOWN_DIGITS:]}"
    return f"{address.splitlines()[0]}, …"
