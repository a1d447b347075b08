"""The form by which a person asks to be reminded: one button a channel, so that each is agreed to apart."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

import phonenumbers

from accessform.answers.contacts import parse_email, parse_phone
from accessform.answers.refusals import Raw, Refused
from accessform.messages.addresses import BadAddress, mask_address
from accessform.messages.models import Channel
from accessform.messages.sms import sms_is_offered
from accessform.messages.wishes import AddressStopped, list_wishes
from accessform.trust import throttle

MOBILE = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
FRENCH_MOBILES = ("+336", "+337")
"""libphonenumber does not know the ones kept for fiction, which people may copy from our examples."""
LONGEST = 320


@dataclass(frozen=True, slots=True)
class ChannelForm:
    """What the page shows of one channel: agreed to or not, the address, what was refused."""

    name: str
    agreed: str = ""
    typed: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """What a POST of the page asks: begin or end by a channel. `error` names the text that says what is wrong."""

    channel: Channel
    ends: bool = False
    typed: str = ""
    address: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class WishPage:
    """Everything that the page shows."""

    channels: list[ChannelForm]
    errors: dict[str, str] = field(default_factory=dict)


def offered_channels() -> tuple[Channel, ...]:
    """Return the channels that people may choose here; letters would come too late."""
    return (Channel.EMAIL, Channel.SMS) if sms_is_offered() else (Channel.EMAIL,)


def read_wish(posted: Mapping[str, str]) -> Posted | None:
    """Return what was asked; None where the POST names no channel that is offered."""
    verb, _, name = posted.get("action", "").partition(":")
    if name not in set(offered_channels()) or verb not in {"begin", "end"}:
        return None
    channel = Channel(name)
    if verb == "end":
        return Posted(channel, ends=True)
    typed = posted.get(name, "")[:LONGEST]
    try:
        return Posted(channel, typed=typed, address=_parse(channel, typed))
    except Refused:
        return Posted(channel, typed=typed, error=f"messages.error_{channel.value}")


def _parse(channel: Channel, typed: str) -> str:
    """Return the address; raises Refused for what cannot be read, and for a number that takes no text message."""
    raw: Raw = {"": [typed]}
    if channel == Channel.EMAIL:
        return parse_email(raw)
    number = parse_phone(raw)
    if not takes_texts(number):
        raise Refused("invalid")
    return number


def takes_texts(number: str) -> bool:
    """Tell whether text messages reach a number (E.164)."""
    known = phonenumbers.number_type(phonenumbers.parse(number))
    return known in MOBILE or number.startswith(FRENCH_MOBILES)


def present_wishes(
    subject: str,
    *,
    known: Mapping[Channel, str],
    posted: Posted | None = None,
    only: Collection[Channel] = tuple(Channel),
) -> WishPage:
    """Return the page: what is agreed to, fields filled with the addresses that are `known`, and what was refused."""
    agreed = {Channel(wish.channel): wish.address for wish in list_wishes(subject)}
    channels, errors = [], {}
    for channel in [one for one in offered_channels() if one in only]:
        mine = posted if posted and posted.channel == channel and not posted.ends else None
        error = mine.error if mine else ""
        if error:
            errors[channel.value] = error
        channels.append(
            ChannelForm(
                name=channel.value,
                agreed=mask_address(channel, agreed[channel]) if channel in agreed else "",
                typed=mine.typed if mine else known.get(channel, ""),
                error=error,
            )
        )
    return WishPage(channels, errors)


def take_wish(posted: Posted, *, subject: str, keep: Callable[[], object]) -> str:
    """Have `keep` write a wish down; return the name of the text that says why not, "" when it was kept.

    Attempts are counted for each subject: whoever posts many addresses would have us write to strangers.
    """
    if posted.error:
        return posted.error
    if not throttle.take_attempt("reminder_wish", subject):
        return "messages.error_too_many"
    try:
        keep()
    except AddressStopped:
        return "messages.error_stopped"
    except BadAddress:
        return f"messages.error_{posted.channel.value}"
    return ""


def refuse(posted: Posted, error: str) -> Posted:
    """Return what was posted with what is wrong about it."""
    return replace(posted, error=error)
