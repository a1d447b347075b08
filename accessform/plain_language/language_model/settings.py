"""Where the model answers, as the operator sets it; absent settings mean no model at all."""

import ipaddress
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PREFIX = "ACCESSFORM_WORDING_MODEL_"
DEFAULT_TIMEOUT = 30.0
LONGEST_TIMEOUT = 300.0
"""Seconds: a person waits in front of the command."""

ENDPOINT = "/chat/completions"


class BadSettings(ValueError):
    """The operator's settings cannot be used; the message says why in French and holds no secret."""


@dataclass(frozen=True)
class ModelSettings:
    """An OpenAI-compatible chat-completions address, the model's name, its key, and seconds allowed for one request.

    Raises BadSettings unless the address is https, or http to this very machine, without a user or a query.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = DEFAULT_TIMEOUT

    def __post_init__(self) -> None:
        self._check_address()
        if not self.model.strip() or not self.model.isprintable():
            raise BadSettings(f"{PREFIX}MODEL est vide ou illisible.")
        if not (self.key.isascii() and self.key.isprintable()):
            raise BadSettings(f"{PREFIX}KEY contient des caractères qui ne peuvent pas être envoyés.")
        if not (math.isfinite(self.timeout) and 0 < self.timeout <= LONGEST_TIMEOUT):
            raise BadSettings(f"{PREFIX}TIMEOUT doit être entre 0 et {LONGEST_TIMEOUT:.0f} secondes.")

    def _check_address(self) -> None:
        try:
            parts = urlsplit(self.url)
            host = parts.hostname
            parts.port  # noqa: B018
        except ValueError:
            raise BadSettings(f"{PREFIX}URL n'est pas une adresse.") from None
        if not self.url.isascii() or not self.url.isprintable() or " " in self.url or not host:
            raise BadSettings(f"{PREFIX}URL n'est pas une adresse.")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise BadSettings(f"{PREFIX}URL ne doit contenir ni identifiant, ni « ? », ni « # ».")
        if parts.scheme != "https" and not (parts.scheme == "http" and is_this_machine(host)):
            raise BadSettings(f"{PREFIX}URL doit commencer par https, sauf sur cette machine.")

    @property
    def endpoint(self) -> str:
        """The full address of the chat completions."""
        return self.url if self.url.endswith(ENDPOINT) else self.url.rstrip("/") + ENDPOINT

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "ModelSettings | None":
        """Return the settings that ACCESSFORM_WORDING_MODEL_* hold, None without an address; raises BadSettings."""
        url = environment.get(f"{PREFIX}URL", "").strip()
        if not url:
            return None
        written = environment.get(f"{PREFIX}TIMEOUT", "").strip()
        try:
            timeout = float(written) if written else DEFAULT_TIMEOUT
        except ValueError:
            raise BadSettings(f"{PREFIX}TIMEOUT n'est pas un nombre de secondes.") from None
        key = environment.get(f"{PREFIX}KEY", "").strip()
        return cls(url=url, model=environment.get(f"{PREFIX}MODEL", "").strip(), key=key, timeout=timeout)


def is_this_machine(host: str) -> bool:
    """Tell whether `host` is a loopback address or "localhost"."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
