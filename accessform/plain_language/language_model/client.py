"""One request to a chat-completions address. No redirect is followed, no proxy is used, nothing is logged."""

import http.client
import json
import queue
import ssl
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from accessform.plain_language.language_model.settings import ModelSettings

LARGEST_ANSWER = 512 * 1024
"""Bytes: five candidates of the longest text take less."""

OK = 200


class ModelUnavailable(RuntimeError):
    """The model gave nothing usable; the message says why in French, without key, address or text."""


@dataclass(frozen=True)
class Message:
    """One turn of the conversation: role "system", "user" or "assistant"."""

    role: str
    content: str


def complete(settings: ModelSettings, messages: list[Message], *, candidates: int) -> list[str]:
    """Return the texts that the model proposes, `candidates` at most; raises ModelUnavailable."""
    body = {
        "model": settings.model,
        "messages": [{"role": message.role, "content": message.content} for message in messages],
        "n": candidates,
        "temperature": 0.4,
        "stream": False,
    }
    return _contents(_post(settings, json.dumps(body).encode()))[:candidates]


def _post(settings: ModelSettings, body: bytes) -> bytes:
    """Send `body` and return the answer's; the thread that waits is left behind when the time is over."""
    came: queue.SimpleQueue[bytes | ModelUnavailable] = queue.SimpleQueue()
    threading.Thread(target=_exchange, args=(settings, body, came), daemon=True).start()
    try:
        found = came.get(timeout=settings.timeout)
    except queue.Empty:
        raise ModelUnavailable("Le modèle n'a pas répondu à temps.") from None
    if isinstance(found, ModelUnavailable):
        raise found
    return found


def _exchange(settings: ModelSettings, body: bytes, came: "queue.SimpleQueue[bytes | ModelUnavailable]") -> None:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
    if settings.key:
        headers["Authorization"] = f"Bearer {settings.key}"
    connection = _connection(settings)
    try:
        connection.request("POST", urlsplit(settings.endpoint).path, body=body, headers=headers)
        with connection.getresponse() as response:
            came.put(_read(response))
    except ModelUnavailable as reason:
        came.put(reason)
    except TimeoutError:
        came.put(ModelUnavailable("Le modèle n'a pas répondu à temps."))
    except (OSError, http.client.HTTPException, ValueError):
        came.put(ModelUnavailable("La connexion au modèle a échoué."))
    finally:
        connection.close()


def _connection(settings: ModelSettings) -> http.client.HTTPConnection:
    parts = urlsplit(settings.endpoint)
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=settings.timeout, context=context)
    return http.client.HTTPConnection(host, port, timeout=settings.timeout)


def _read(response: http.client.HTTPResponse) -> bytes:
    """Return the body of a good answer; a redirect is no good answer."""
    if response.status != OK:
        raise ModelUnavailable(f"Le modèle a répondu par une erreur ({response.status}).")
    found = response.read(LARGEST_ANSWER + 1)
    if len(found) > LARGEST_ANSWER:
        raise ModelUnavailable("La réponse du modèle est trop longue.")
    return found


def _contents(answer: bytes) -> list[str]:
    """Return the texts in a chat-completions answer."""
    try:
        choices = json.loads(answer.decode("utf-8"))["choices"]
        texts = [choice["message"]["content"] for choice in choices]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ModelUnavailable("La réponse du modèle est illisible.") from None
    found = [text.strip() for text in texts if isinstance(text, str) and text.strip()]
    if not found:
        raise ModelUnavailable("La réponse du modèle est vide.")
    return found
