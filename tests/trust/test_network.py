"""The caller's network is read from the connection, and from a header only as far as trusted proxies wrote it."""

import pytest
from django.test import RequestFactory

from accessform.trust.network import client_address, client_network

PROXY = ["10.0.0.0/8", "2001:db8::/32"]


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "expected"),
    [
        ("198.51.100.7", "", [], "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", [], "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", PROXY, "198.51.100.7"),
        ("10.0.0.1", "203.0.113.9", PROXY, "203.0.113.9"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.9", PROXY, "203.0.113.9"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.9, 10.0.0.2", PROXY, "203.0.113.9"),
        ("10.0.0.1", "nonsense", PROXY, "10.0.0.1"),
        ("2001:db8::1", "[2a01:e0a::5]", PROXY, "2a01:e0a::5"),
        ("::ffff:198.51.100.7", "", [], "198.51.100.7"),
        ("", "203.0.113.9", PROXY, None),
    ],
)
def test_the_nearest_address_that_is_not_a_trusted_proxy_is_the_caller(remote, forwarded, trusted, expected):
    found = client_address(remote, forwarded, trusted)
    assert (str(found) if found else None) == expected


@pytest.mark.parametrize(
    ("remote", "network"),
    [("198.51.100.7", "198.51.100.0/24"), ("2a01:e0a:1:2:3::4", "2a01:e0a:1:2::/64"), ("", "unknown")],
)
def test_only_the_network_is_kept(remote, network):
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=remote)) == network
