"""The documents that come with a step's POST."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.http import HttpRequest

from accessform.answers.refusals import Refused
from accessform.answers.ways import NOW
from accessform.journeys.models import Journey
from accessform.journeys.services.store_uploads import MEGABYTE, store_uploads
from accessform.journeys.typed import FILES, HOW, Typed, file_fields
from accessform.journeys.visit import Visit
from forms_catalog.definition import Question

UPLOAD = "-upload"


def take_uploads(visit: Visit, typed: Typed, asked: frozenset[str]) -> tuple[Typed, Mapping[str, Refused]]:
    """Store what was sent and return what is typed with its ids, and the refusals by field name."""
    questions = [question for question in visit.step.questions if question.id in asked]
    return store_posted(visit.request, visit.passage.journey, questions, typed)


def store_posted(
    request: HttpRequest,
    journey: Journey,
    questions: Iterable[Question],
    typed: Typed,
    *,
    for_correction: bool = False,
) -> tuple[Typed, Mapping[str, Refused]]:
    """Store what a POST brings for `questions`; return what is typed with its ids, and the refusals by field name."""
    result, refusals = dict(typed), {}
    too_much = is_too_much(request)
    for question in questions:
        for name, document in file_fields(question, typed):
            if too_much and result.get(name + HOW) == [NOW]:
                refusals[name] = Refused(
                    "file_too_much", "upload", max=settings.FILE_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
                )
            uploads = request.FILES.getlist(name + UPLOAD)
            if not uploads:
                continue
            stored = store_uploads(
                journey=journey,
                question=document,
                uploads=uploads,
                already=result.get(name + FILES, []),
                for_correction=for_correction,
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
