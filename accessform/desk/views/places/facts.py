"""A place's own facts, and what helps there: written at once, unless somebody else wrote meanwhile (409)."""

import datetime as dt
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accessform.desk.places import facts
from accessform.desk.places.access import administrator_required, get_place_or_404
from accessform.desk.places.reading import read_day
from accessform.desk.places.sheet import REQUIRED, Sheet
from accessform.desk.views.places.answering import About, back_to, draw_form
from accessform.handoff.models import Place, PlaceFeature
from accessform.handoff.models.places import FEATURES
from accessform.web.redirection import SeeOther

SAVED = "C'est enregistré."
LABELS = {
    "directions": "Comment venir",
    "relay": "Pour les personnes sourdes",
    "phone": "Téléphone",
    "hours": "Horaires",
}
HINTS = {
    "directions": "Une ou deux phrases : l'arrêt de bus, l'entrée, l'étage.",
    "relay": "Comment joindre le lieu sans téléphoner.",
    "phone": "Exemple : 01 99 00 10 10.",
    "hours": "Exemple : Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00 (Mo lundi, Tu mardi, We mercredi, Th jeudi, "
    "Fr vendredi, Sa samedi, Su dimanche).",
}
LENGTHS = {"directions": 300, "relay": 200, "phone": 60, "hours": facts.HOURS_MAX}
READERS = {"directions": str, "relay": str, "phone": facts.read_phone, "hours": facts.read_hours}


@administrator_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_facts(request: HttpRequest, place_id: int) -> HttpResponse:
    """Show and take the facts that an administrator writes."""
    place = get_place_or_404(request.user, place_id)
    sheet = Sheet(request.POST if request.method == "POST" else None)
    now = facts.current_facts(place)
    typed = {
        name: sheet.write(
            name,
            LABELS[name],
            READERS[name],
            now=now[name],
            hint=HINTS[name],
            max_length=LENGTHS[name],
            kind="long" if name in {"directions", "relay", "hours"} else "text",
        )
        or ""
        for name in now
    }
    about = About("Fiche du lieu", back_to("place", place), SAVED, button="Enregistrer")
    seen = facts.fingerprint(now)
    if not sheet.is_sent or sheet.errors:
        return draw_form(request, place, sheet, about, seen=request.POST.get("seen") or seen)
    if facts.write_facts(place, typed, seen=request.POST.get("seen", "")):
        messages.success(request, SAVED)
        return SeeOther(about.back)
    place.refresh_from_db()
    now = facts.current_facts(place)
    return _changed(request, place, sheet, about, [(LABELS[name], now[name] or "rien") for name in now], now)


@administrator_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_feature(request: HttpRequest, place_id: int, feature: str) -> HttpResponse:
    """Show and take one thing that helps at the place: yes, no, unknown, who says so and since when."""
    place = get_place_or_404(request.user, place_id)
    label = dict(FEATURES).get(feature)
    if label is None:
        raise Http404("no such feature")
    now = facts.feature_facts(PlaceFeature.objects.filter(place=place, feature=feature).first())
    sheet = Sheet(request.POST if request.method == "POST" else None)
    today = timezone.now().astimezone(place.zone).date()
    state, evidence, checked_on = _read_feature(sheet, now, today)
    intro = "La source du lieu le déclare. Si vous écrivez autre chose, c'est votre réponse qui compte."
    about = About(
        label, back_to("place", place), SAVED, button="Enregistrer", intro=intro if now["from_import"] else ""
    )
    if not sheet.is_sent or sheet.errors:
        return draw_form(request, place, sheet, about, seen=request.POST.get("seen") or facts.fingerprint(now))
    said = {"state": state, "evidence": evidence, "checked_on": checked_on}
    if facts.write_feature(place, feature, **said, seen=request.POST.get("seen", "")):  # type: ignore[arg-type]
        messages.success(request, SAVED)
        return SeeOther(about.back)
    row = PlaceFeature.objects.filter(place=place, feature=feature).first()
    line = facts.describe_feature(feature, label, row)
    shown = [(label, f"{facts.STATES[line.state]} {line.evidence} {line.day}".strip())]
    return _changed(request, place, sheet, about, shown, facts.feature_facts(row))


def _read_feature(sheet: Sheet, now: dict[str, object], today: dt.date) -> tuple[str, str, dt.date | None]:
    day = now["checked_on"]
    shown_day = f"{day:%d/%m/%Y}" if isinstance(day, dt.date) else f"{today:%d/%m/%Y}"
    state = sheet.choose("state", "Le lieu l'a-t-il ?", facts.STATES, now=str(now["state"]))
    hint = "Pour « oui » ou « non ». Exemple : vu sur place par l'accueil."
    evidence = sheet.write(
        "evidence", "Qui le dit ?", str, now=str(now["evidence"]), hint=hint, max_length=200, optional=False
    )
    checked_on = sheet.write(
        "checked_on", "Vérifié le", read_day, now=shown_day, hint="Exemple : 31/12/2026.", is_short=True, optional=False
    )
    if sheet.is_sent and state in {facts.KNOWN, facts.ABSENT}:
        if not evidence:
            sheet.refuse("evidence", "Dites qui le dit, ou comment vous le savez.")
        if not checked_on:
            sheet.refuse("checked_on", REQUIRED)
    if checked_on and checked_on > today:
        sheet.refuse("checked_on", "Ce jour n'est pas encore venu.")
    return state, evidence or "", checked_on


def _changed(
    request: HttpRequest,
    place: Place,
    sheet: Sheet,
    about: About,
    shown: list[tuple[str, str]],
    now: dict[str, str] | dict[str, object],
) -> HttpResponse:
    """Show what somebody else wrote, beside what was typed: nothing of either is lost."""
    seen = facts.fingerprint(now)
    return draw_form(request, place, sheet, about, status=HTTPStatus.CONFLICT, changed=shown, seen=seen)
