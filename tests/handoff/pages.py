"""What the tests of this room's pages do again and again."""

import datetime as dt
import uuid

from accessform.handoff.presenting import make_stamp
from tests.handoff.conftest import MONDAY_NINE

DETAILS = {"name": "Camille Exemple", "phone": "01 99 00 10 10", "email": ""}
HALF_HOUR = dt.timedelta(minutes=30)


def slot_address(place, motif, start=MONDAY_NINE) -> str:
    return f"/lieux/{place.pk}/{motif.slug}/{make_stamp(start)}/"


def heard(response) -> bool:
    """Listen to a whole answer, which gives its seat back, and tell whether there was a sound."""
    return response["Content-Type"] == "audio/mpeg" and len(b"".join(response.streaming_content)) > 0


def text_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("&#x27;", "'")


def book(client, place, motif, start=MONDAY_NINE, **posted):
    return client.post(slot_address(place, motif, start), {"key": str(uuid.uuid4()), **DETAILS, **posted})
