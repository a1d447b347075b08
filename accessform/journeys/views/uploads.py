"""The documents that come with a step's POST."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest

from accessform.answers.refusals import Refused
from accessform.answers.ways import NOW
from accessform.journeys.services.store_uploads import MEGABYTE, store_uploads
from accessform.journeys.typed import FILES, HOW, Typed, file_fields
from accessform.journeys.visit import Visit

UPLOAD = "-upload"


def take_uploads(visit: Visit, typed: Typed, asked: frozenset[str]) -> tuple[Typed, Mapping[str, Refused]]:
    """Store what was sent and return what is typed with its ids, and the refusals by field name."""
    result, refusals = dict(typed), {}
    too_much = is_too_much(visit.request)
    for question in visit.step.questions:
        if question.id not in asked:
            continue
        for name, document in file_fields(question, typed):
            if too_much and result.get(name + HOW) == [NOW]:
                refusals[name] = Refused(
                    "file_too_much", "upload", max=settings.FILE_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
                )
            uploads = visit.request.FILES.getlist(name + UPLOAD)
            if not uploads:
                continue
            stored = store_uploads(
                journey=visit.passage.journey, question=document, uploads=uploads, already=result.get(name + FILES, [])
            )
            if stored.ids:
                result |= {name + FILES: stored.ids, name + HOW: [NOW]}
            if stored.refusal:
                refusals[name] = stored.refusal
    return result, refusals


def is_too_much(request: HttpRequest) -> bool:
    """Tell whether the files together were more than memory takes: they were read to the end and not kept."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return False
    is_multipart = request.content_type == "multipart/form-data"
    return is_multipart and length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
