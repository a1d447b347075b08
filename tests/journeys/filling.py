"""A citizen without JavaScript: reads the page's own HTML, fills its controls, presses one of its buttons."""

import re
import uuid
from typing import Any

import lxml.html
from django.test import Client

ANSWERS = {
    "text": "Jeanne",
    "long_text": "Deux lignes\nde texte",
    "integer": "3",
    "decimal": "12,5",
    "money": "1 234,50 €",
    "date": "3 mars 1948",
    "email": "jeanne@example.fr",
    "phone": "06 12 34 56 78",
    "postal_code": "35 000",
    "iban": "FR76 3000 6000 0112 3456 7890 189",
    "siret": "732 829 320 00074",
    "nir": "2 95 10 99 126 111 93",
}
PARTS = {
    "street": "12 rue des Lilas",
    "postal_code": "35000",
    "city": "Rennes",
    "date": "12/01/2027",
    "time": "14h30",
}


class Citizen:
    """One browser without scripts."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.response: Any = None

    def start(self, slug: str) -> "Citizen":
        """Start a journey as the catalogue's button does."""
        return self._follow(self.client.post(f"/demarches/{slug}/commencer", {"start_key": str(uuid.uuid4())}))

    def get(self, address: str) -> "Citizen":
        """Open an address."""
        return self._follow(self.client.get(address))

    def _follow(self, response: Any) -> "Citizen":
        while response.status_code in (302, 303):
            self.address = response.headers["Location"]
            response = self.client.get(self.address.partition("#")[0])
        self.response = response
        return self

    @property
    def page(self) -> Any:
        """The page as HTML."""
        return lxml.html.fromstring(self.response.content.decode())

    @property
    def path(self) -> str:
        """The path of the page."""
        return self.response.request["PATH_INFO"]

    @property
    def text(self) -> str:
        """The words of the page."""
        return re.sub(r"\s+", " ", self.page.text_content())

    def fields(self) -> dict[str, Any]:
        """Return what the form would send as it stands."""
        form = self.page.get_element_by_id("step-form")
        sent: dict[str, list[str]] = {}
        for name, value in form.form_values():
            sent.setdefault(name, []).append(value)
        return sent

    def press(self, action: str = "next", **typed: Any) -> "Citizen":
        """Fill controls and press a button."""
        values = {
            **self.fields(),
            **{name.replace("__", "-"): value for name, value in typed.items()},
            "action": action,
        }
        address = self.page.get_element_by_id("step-form").get("action")
        self.response = self.client.post(address, values)
        return self._follow(self.response)
