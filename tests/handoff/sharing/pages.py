"""What a person without JavaScript reads and posts on the pages of sharing."""

from http import HTTPStatus

import lxml.html
from django.test import Client


def page_of(response, status=HTTPStatus.OK) -> lxml.html.HtmlElement:
    assert response.status_code == status, response
    return lxml.html.fromstring(response.content.decode())


def text_of(response) -> str:
    return " ".join(page_of(response, response.status_code).text_content().replace("\u00a0", " ").split())


def sharing(journey, page: str = "") -> str:
    return f"/d/{journey.pk}/partage/{page}"


def form_of(response) -> dict[str, str]:
    """Return what the page's agreement form posts as it stands."""
    page = page_of(response, response.status_code)
    return {name: page.xpath(f"//input[@name='{name}']/@value")[0] for name in ("key", "texte")}


def agree_on_page(person: Client, address: str, **posted: str):
    return person.post(address, {**form_of(person.get(address)), "ecrire": "non", **posted})


def section(drawn: str) -> str:
    return drawn[drawn.index('<div class="shared"') :].strip()
