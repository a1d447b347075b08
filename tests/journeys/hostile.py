"""Hostile values and bodies, and how an answer to them is held to what it must be."""

import json
import urllib.parse
from collections.abc import Callable
from typing import Any

import lxml.html
from django.test import Client

from tests.journeys.citizen_doors import Door

RIGHT = {200, 204, 303, 400, 403, 404, 405, 409, 410, 413, 415, 422, 429}
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=limite"

OWN = {"action", "key", "start_key", "revision", "asked", "question", "start", "version", "next"}
"""Fields that a page fills in by itself."""

Body = tuple[bytes, str]
"""The bytes of a request and its content type."""


def encoded(fields: Any) -> Body:
    return urllib.parse.urlencode(fields, doseq=True, errors="surrogatepass").encode(), FORM


def every(value: str) -> Callable[[dict[str, str]], Body]:
    """Return a body where every field holds `value`."""
    return lambda fields: encoded(dict.fromkeys(fields, value))


def every_free_field(value: str) -> Callable[[dict[str, str]], Body]:
    """Return a body where `value` stands in every field that a person fills in, and the page's own are right."""
    return lambda fields: encoded({name: kept if name in OWN else value for name, kept in fields.items()})


def one_by_one(value: str) -> Callable[[dict[str, str]], list[Body]]:
    """Return bodies where one field after the other holds `value`, the rest being right."""
    return lambda fields: [encoded({**fields, name: value}) for name in fields]


def parts(fields: dict[str, str], *, charset: str = "", raw: Callable[[str], bytes] = str.encode) -> Body:
    """Return a multipart body."""
    written = b"".join(
        f'--limite\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + raw(value) + b"\r\n"
        for name, value in fields.items()
    )
    return written + b"--limite--\r\n", MULTIPART + (f"; charset={charset}" if charset else "")


def files_for_texts(fields: dict[str, str]) -> Body:
    """Return a body where every text field is a file."""
    header = 'Content-Disposition: form-data; name="{}"; filename="x.txt"\r\nContent-Type: text/plain\r\n\r\n'
    written = b"".join(b"--limite\r\n" + header.format(name).encode() + b"texte\r\n" for name in fields)
    return written + b"--limite--\r\n", MULTIPART


VALUES = {
    "nul": "a\x00b",
    "lone surrogate": "\ud83d",
    "escape and bidi": "\x1b[31m\u202egnp.exe",
    "5000 digits": "9" * 5000,
    "more than 64 bits": "9" * 40,
    "other digits": "٣",
    "superscript digit": "²",
    "negative": "-1",
    "not a number": "NaN",
    "infinite": "1e999",
    "template": "{{ request }}{% debug %}",
    "sql": "' OR 1=1 --",
    "path": "../../../../etc/passwd",
    "markup": "<script>alert(1)</script>",
    "newlines": "a\r\nSet-Cookie: x=y",
    "not a character": "\U0010ffff\ufffe",
    "format string": "%s%n{0}{x.__class__}",
    "joined emoji": "👩‍👩‍👧‍👦" * 50,
    "combining": "e" + "\u0301" * 3000,
    "empty": "",
    "colons": ":::::",
    "far year": "31/12/9999",
    "first year": "0001-01-01",
}

BODIES: dict[str, Callable[[dict[str, str]], Body]] = {
    "nothing": lambda fields: (b"", FORM),
    "arrays": lambda fields: encoded({name: [value, "autre", ""] for name, value in fields.items()}),
    "bracketed": lambda fields: encoded({f"{name}[]": value for name, value in fields.items()}),
    "files for texts": files_for_texts,
    "600 fields": lambda fields: encoded({**fields, **{f"f{n}": "x" for n in range(600)}}),
    "600 values": lambda fields: encoded({name: [value] * 600 for name, value in list(fields.items())[:1]}),
    "a megabyte": lambda fields: encoded({**fields, min(set(fields) - OWN, default="x"): "a" * 1_048_576}),
    "invalid utf-8": lambda fields: (b"&".join(name.encode() + b"=%ff%fe\xff" for name in fields), FORM),
    "separators": lambda fields: (b"&&&===&;=&%&%zz=%&" * 20, FORM),
    "json for a form": lambda fields: (json.dumps(fields).encode(), "application/json"),
    "json array": lambda fields: (b"[[[[]]]]", "application/json"),
    "json surrogate": lambda fields: (b'{"contrast": "\\ud800"}', "application/json"),
    "deep json": lambda fields: (b"[" * 1900, "application/json"),
    "plain text": lambda fields: (encoded(fields)[0], "text/plain"),
    "xml": lambda fields: (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "text/xml"),
    "unknown type": lambda fields: (b"x", "nonsense"),
    "no type": lambda fields: (b"x=y", ""),
    "multipart": parts,
    "multipart without boundary": lambda fields: (parts(fields)[0], "multipart/form-data"),
    "multipart with a wrong boundary": lambda fields: (parts(fields)[0], "multipart/form-data; boundary=autre"),
    "multipart with a bad boundary": lambda fields: (parts(fields)[0], "multipart/form-data; boundary=\x80é"),
    "multipart cut": lambda fields: (parts(fields)[0][:-30], MULTIPART),
    "multipart cut in a header": lambda fields: (parts(fields)[0][:40], MULTIPART),
    "multipart without names": lambda fields: (b"--limite\r\nContent-Disposition: form-data\r\n\r\nx\r\n", MULTIPART),
    "multipart with bad base64": lambda fields: (
        b'--limite\r\nContent-Disposition: form-data; name="nom"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n%%%=\r\n--limite--\r\n",
        MULTIPART,
    ),
    "multipart with strange file names": lambda fields: (
        b"--limite\r\nContent-Disposition: form-data; name=\"piece-upload\"; filename*=utf-8''%ed%a0%80%00..%2f\r\n\r\n"
        b"x\r\n--limite--\r\n",
        MULTIPART,
    ),
    "multipart, surrogates by utf-7": lambda fields: parts(fields, charset="utf-7", raw=lambda value: b"+2AA-"),
    "multipart, surrogates by escapes": lambda fields: parts(
        fields, charset="unicode_escape", raw=lambda value: b"\\ud800"
    ),
    "multipart, an encoding of no text": lambda fields: parts(fields, charset="rot13"),
    "multipart, unknown encoding": lambda fields: parts(fields, charset="cp99999"),
    "multipart, idna": lambda fields: parts(fields, charset="idna"),
    "multipart, utf-16": lambda fields: parts(fields, charset="utf-16"),
    "form in utf-16": lambda fields: (encoded(fields)[0], f"{FORM}; charset=utf-16"),
    "form in utf-7": lambda fields: (encoded(dict.fromkeys(fields, "+2AA-"))[0], f"{FORM}; charset=utf-7"),
    "101 files": lambda fields: (
        b"".join(
            b'--limite\r\nContent-Disposition: form-data; name="piece-upload"; filename="%d.pdf"\r\n\r\nx\r\n' % n
            for n in range(101)
        )
        + b"--limite--\r\n",
        MULTIPART,
    ),
}


def knock(client: Client, door: Door, body: Body, **headers: str) -> Any:
    """POST to a door and hold the answer to what it must be."""
    response = client.generic("POST", door.address, body[0], content_type=body[1], **headers)
    assert response.status_code in RIGHT, (door.address, body[1], body[0][:80], response.status_code)
    if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
        check_page(response)
    return response


def check_page(response: Any) -> None:
    """An answer is a whole page in French with a title, whatever its status."""
    page = lxml.html.fromstring(response.content.decode())
    assert page.get("lang") == "fr"
    assert page.xpath("//main//h1")
    assert "Traceback" not in page.text_content()
