"""Where RDV Service Public tells of changes (webhooks)."""

import logging
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accessform.handoff.providers.protocol import BadEvent
from accessform.handoff.providers.rdv_service_public.events import MAX_BODY, SIGNATURE_HEADER
from accessform.handoff.providers.rdv_service_public.provider import RdvServicePublic
from accessform.handoff.providers.rdv_service_public.settings import rdv_settings
from accessform.handoff.providers.rdv_service_public.taking_in import take_in

logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def receive_event(request: HttpRequest) -> HttpResponse:
    """Take one event in. 401 for what is not signed, too old or not understood; nothing says which, or what we know.

    A repeated event answers 204 like the first and changes nothing: its sender repeats an answer that was lost.
    """
    settings = rdv_settings()
    if settings is None:
        raise Http404("RDV Service Public is not configured")
    length = request.headers.get("Content-Length", "")
    if not (length.isascii() and length.isdigit()):
        return HttpResponse(status=HTTPStatus.LENGTH_REQUIRED)
    if int(length[:12]) > MAX_BODY:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        event = RdvServicePublic(settings).verify_webhook(
            body=request.body, signature=request.headers.get(SIGNATURE_HEADER, ""), now=timezone.now()
        )
    except BadEvent as error:
        logger.warning("an event of RDV Service Public was refused: %s", error)
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    if event is not None:
        logger.info("an event of RDV Service Public: %s", take_in(event))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
