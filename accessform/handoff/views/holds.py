"""A slot that an agent keeps for somebody: they take it, keep it longer, or leave it. Only POSTs change anything."""

import datetime as dt
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from accessform.handoff.access import get_appointment_or_404, grant
from accessform.handoff.services.booking import Outcome
from accessform.handoff.services.holding import confirm_hold, extend_hold, release_hold
from accessform.web.redirection import SeeOther

LONGER = dt.timedelta(hours=2)


@require_POST
@cache_control(private=True, no_store=True)
def answer_hold(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """Take the slot, keep it two hours longer, or leave it; the appointment's page says what came of it."""
    appointment = get_appointment_or_404(request, appointment_id)
    deed = request.POST.get("action")
    if deed == "take":
        booking = confirm_hold(appointment=appointment, version=appointment.version)
        if booking.outcome is Outcome.ALREADY_BOOKED and booking.appointment:
            grant(request, booking.appointment)
            return SeeOther(f"{reverse('appointment', args=[booking.appointment.pk])}?deja=1")
    elif deed == "longer":
        until = max(appointment.held_until or timezone.now(), timezone.now())
        extend_hold(appointment=appointment, until=until + LONGER)
    elif deed == "leave":
        release_hold(appointment=appointment)
    else:
        raise Http404("a hold is taken, kept longer or left")
    return SeeOther(reverse("appointment", args=[appointment.pk]))
