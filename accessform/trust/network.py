"""From which network a request comes, without keeping its address."""

import ipaddress
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest

IPV4_PREFIX = 24
IPV6_PREFIX = 64

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def client_network(request: HttpRequest) -> str:
    """Return the caller's network, such as "192.0.2.0/24"; callers hash it before they store it (throttle does)."""
    address = client_address(
        request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""), settings.TRUSTED_PROXIES
    )
    if address is None:
        return "unknown"
    prefix = IPV4_PREFIX if isinstance(address, ipaddress.IPv4Address) else IPV6_PREFIX
    return str(ipaddress.ip_network((address, prefix), strict=False))


def client_address(remote: str, forwarded: str, trusted: Sequence[str]) -> Address | None:
    """Return the caller's address: the nearest one, from the server outwards, that is not a trusted proxy.

    X-Forwarded-For is believed only as far as trusted proxies wrote it; `trusted` holds addresses or networks.
    """
    networks = [ipaddress.ip_network(each, strict=False) for each in trusted]
    nearest = _parse(remote)
    for hop in reversed(forwarded.split(",") if forwarded else []):
        if nearest is None or not any(nearest in network for network in networks):
            return nearest
        further = _parse(hop)
        if further is None:
            return nearest
        nearest = further
    return nearest


def _parse(text: str) -> Address | None:
    """Read an address; an IPv4 address written as IPv6 becomes IPv4; None when it is not an address."""
    try:
        address = ipaddress.ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address
