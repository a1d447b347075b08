"""One person's browser, reduced to what a measurement needs: cookies, forms, and the time an answer takes."""

import gzip
import http.client
import io
import re
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Transport = Callable[[str, str, dict[str, str], bytes], tuple[int, dict[str, str], list[str], bytes]]


def in_process(application: Any) -> Transport:
    """Return a transport that calls a WSGI application here, with no network between."""

    def send(method: str, path: str, headers: dict[str, str], body: bytes) -> Any:
        bare, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": bare, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(), "wsgi.multithread": False,
            "wsgi.multiprocess": False, "wsgi.run_once": False, "wsgi.version": (1, 0),
            "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": headers.get("Content-Type", ""),
        }  # fmt: skip
        environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        answered: list[Any] = []
        chunks = application(environ, lambda status, lines, info=None: answered.append((status, lines)))
        content = b"".join(chunks)
        chunks.close()
        status, lines = answered[0]
        cookies = [value for name, value in lines if name == "Set-Cookie"]
        return int(status.split()[0]), dict(lines), cookies, content

    return send


def over_http(host: str, port: int) -> Transport:
    """Return a transport that keeps one connection to a server."""
    connection = http.client.HTTPConnection(host, port, timeout=30)

    def send(method: str, path: str, headers: dict[str, str], body: bytes) -> Any:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        lines = answer.getheaders()
        cookies = [value for name, value in lines if name.lower() == "set-cookie"]
        return answer.status, {name.title(): value for name, value in lines}, cookies, answer.read()

    return send


@dataclass
class Visitor:
    """A person who keeps cookies and fills in forms.

    `seconds` is how long the last answer took, `size` how many bytes of it travelled (compressed).
    """

    send: Transport
    cookies: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    size: int = 0

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Ask for a page."""
        return self._ask("GET", path, headers, b"")

    def post(self, path: str, values: dict[str, Any], **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Send a form, with the CSRF token that the cookie holds."""
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.cookies.get("af_csrf", ""), **values}, doseq=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self._ask("POST", path, headers, body.encode())

    def _ask(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Host": "127.0.0.1", "Accept-Encoding": "gzip", **headers} | ({"Cookie": cookie} if cookie else {})
        started = time.perf_counter()
        status, lines, cookies, content = self.send(method, path, headers, body)
        self.seconds = time.perf_counter() - started
        self.size = len(content)
        if lines.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        for line in cookies:
            name, _, rest = line.partition("=")
            self.cookies[name.strip()] = rest.partition(";")[0]
        return status, lines, content


def hidden(page: bytes, name: str) -> str:
    """Return the value of a hidden field of an HTML page; raises LookupError where there is none."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.decode())
    if not found:
        raise LookupError(name)
    return found.group(1)
