"""What no browser sends: a real server answers it with a refusal or hangs up, and serves the next person."""

import socket

import pytest

from tests.storms.serving import Installation

pytestmark = [pytest.mark.storm, pytest.mark.slow]

HOST = b"Host: 127.0.0.1\r\n"
POST = b"POST /affichage HTTP/1.1\r\n" + HOST
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
END = b"Connection: close\r\n\r\n"

REQUESTS = {
    "nul in the path": b"GET /\x00 HTTP/1.1\r\n" + HOST + END,
    "bytes above ascii in the path": b"GET /d\xe9marches/\xff\xfe HTTP/1.1\r\n" + HOST + END,
    "a path of 100 kB": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HOST + END,
    "a cookie of 1 MB": b"GET / HTTP/1.1\r\n" + HOST + b"Cookie: a=" + b"b" * 1_000_000 + b"\r\n" + END,
    "5000 headers": b"GET / HTTP/1.1\r\n" + HOST + b"".join(b"X-%d: y\r\n" % n for n in range(5000)) + END,
    "nul in a header": b"GET / HTTP/1.1\r\n" + HOST + b"X-A: a\x00b\r\n" + END,
    "no host": b"GET / HTTP/1.1\r\n" + END,
    "another host": b"GET / HTTP/1.1\r\nHost: exemple.fr\r\n" + END,
    "a hostile host": b'GET / HTTP/1.1\r\nHost: "><script>\r\n' + END,
    "two hosts": b"GET / HTTP/1.1\r\n" + HOST + b"Host: exemple.fr\r\n" + END,
    "no http at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200,
    "an unknown version": b"GET / HTTP/9.9\r\n" + HOST + END,
    "an unknown method": b"NIMPORTE / HTTP/1.1\r\n" + HOST + END,
    "a negative length": POST + FORM + b"Content-Length: -5\r\n" + END,
    "a length that is no number": POST + FORM + b"Content-Length: x\r\n" + END,
    "a length of 25 digits": POST + FORM + b"Content-Length: " + b"9" * 25 + b"\r\n" + END,
    "two lengths": POST + FORM + b"Content-Length: 3\r\nContent-Length: 30\r\n" + END + b"a=b",
    "length and chunks": POST + FORM + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n" + END + b"0\r\n\r\n",
    "bad chunks": POST + FORM + b"Transfer-Encoding: chunked\r\n" + END + b"zz\r\nabc\r\n0\r\n\r\n",
    "good chunks": POST + FORM + b"Transfer-Encoding: chunked\r\n" + END + b"3\r\na=b\r\n0\r\n\r\n",
    "a body of 5 MB": POST + FORM + b"Content-Length: 5000000\r\n" + END + b"a" * 5_000_000,
    "half a body": POST + FORM + b"Content-Length: 300\r\n" + END + b"action=save",
}


def say(port: int, request: bytes, *, hang_up: bool = False) -> bytes:
    """Send bytes, hang up where asked, and return what comes back, empty where the server hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=15) as line:
        try:
            line.sendall(request)
            if hang_up:
                line.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: line.recv(65536), b""))
        except (ConnectionResetError, BrokenPipeError):
            return b""


@pytest.mark.parametrize("request_name", REQUESTS)
def test_a_malformed_request_is_refused_and_the_next_is_served(installation: Installation, request_name: str) -> None:
    answer = say(installation.port, REQUESTS[request_name], hang_up=request_name == "half a body")
    status = answer.split(b" ", 2)[1] if answer else b"closed"
    assert status == b"closed" or status[:1] in {b"2", b"4"} or status == b"505", answer[:300]
    assert say(installation.port, b"GET /plan-du-site HTTP/1.1\r\n" + HOST + END).startswith(b"HTTP/1.1 200")
