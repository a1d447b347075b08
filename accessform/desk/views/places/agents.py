"""Who receives at a place: added, renamed, given an account, stopped and begun again; for which motifs."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accessform.desk.places.access import administrator_required, get_agent_or_404, get_place_or_404
from accessform.desk.places.facts import fingerprint
from accessform.desk.places.other_changes import SetActive
from accessform.desk.places.reading import read_motifs
from accessform.desk.places.sheet import Sheet
from accessform.desk.views.places.answering import About, answer, back_to, draw_form, settle
from accessform.handoff.models import AgentProfile
from accessform.web.redirection import SeeOther

NAME_MAX = 80
ACCOUNT_MAX = 150
TAKEN = "Ce lieu a déjà un guichet de ce nom."
NO_ACCOUNT = "Aucun compte ne porte ce nom. La personne qui exploite le site le crée."


@administrator_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_agent(request: HttpRequest, place_id: int) -> HttpResponse:
    """Add an agent or a desk; sent twice, it is added once and the second page says that the name is taken."""
    place = get_place_or_404(request.user, place_id)
    sheet = Sheet(request.POST if request.method == "POST" else None)
    name, user = _read_agent(sheet, AgentProfile(place=place))
    done = "Le guichet est ajouté. Dites maintenant pour quoi il reçoit, puis quand."
    about = About("Ajouter un guichet", back_to("place", place), done, button="Ajouter")
    if not sheet.is_sent or sheet.errors or not _write(sheet, lambda: place.agents.create(name=name, user=user)):
        return draw_form(request, place, sheet, about)
    messages.success(request, done)
    return SeeOther(back_to("place_motifs", place))


@administrator_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_agent(request: HttpRequest, place_id: int, agent_id: int) -> HttpResponse:
    """Rename an agent, or give the desk to another account; what changed meanwhile is shown (409), not written over."""
    place = get_place_or_404(request.user, place_id)
    agent = get_agent_or_404(place, agent_id)
    sheet = Sheet(request.POST if request.method == "POST" else None)
    name, user = _read_agent(sheet, agent)
    done = "C'est enregistré."
    about = About(agent.name, back_to("place", place), done, button="Enregistrer")
    sent_seen = request.POST.get("seen", "")
    context: dict[str, Any] = {"agent": agent, "seen": sent_seen or _seen(agent)}
    if not sheet.is_sent or sheet.errors:
        return draw_form(request, place, sheet, about, **context)
    with transaction.atomic():
        current = AgentProfile.objects.select_for_update(no_key=True).get(pk=agent.pk)
        is_same = (current.name, current.user) == (name, user)
        if not is_same and _seen(current) != sent_seen:
            shown = [("Nom", current.name), ("Compte", _account(current) or "aucun")]
            again = {"agent": agent, "seen": _seen(current), "changed": shown}
            return draw_form(request, place, sheet, about, status=HTTPStatus.CONFLICT, **again)
        current.name, current.user = name, user
        if not _write(sheet, lambda: current.save(update_fields=["name", "user"])):
            return draw_form(request, place, sheet, about, **context)
    messages.success(request, done)
    return SeeOther(about.back)


@administrator_required
@require_POST
def set_active(request: HttpRequest, place_id: int, agent_id: int) -> HttpResponse:
    """Have an agent receive no more, or again; what that brings is shown first."""
    place = get_place_or_404(request.user, place_id)
    agent = get_agent_or_404(place, agent_id)
    begins = request.POST.get("active") == "1"
    title = f"{agent.name} : recevoir à nouveau" if begins else f"{agent.name} : ne plus recevoir"
    back = reverse("desk:place_agent", args=[place.pk, agent.pk])
    return settle(request, SetActive(place, agent, begins), About(title, back, "C'est enregistré."))


@administrator_required
@require_http_methods(["GET", "HEAD", "POST"])
def motifs(request: HttpRequest, place_id: int) -> HttpResponse:
    """Show and take for what each agent receives; boxes from a page out of date are shown again (409)."""
    place = get_place_or_404(request.user, place_id)
    sheet = Sheet(request.POST if request.method == "POST" else None)
    change = read_motifs(sheet, place)
    intro = "Cochez ce pour quoi chaque guichet reçoit."
    about = About("Motifs par guichet", back_to("place", place), "Les motifs sont enregistrés.", intro=intro)
    agents = list(place.agents.prefetch_related("motifs").order_by("-is_active", "name"))
    seen = fingerprint({str(agent.pk): sorted(motif.slug for motif in agent.motifs.all()) for agent in agents})
    if change and change.wanted and request.POST.get("seen") != seen:
        now = {agent.name: [motif.label["standard"] for motif in agent.motifs.all()] for agent in agents}
        shown = [(name, ", ".join(labels) or "aucun motif") for name, labels in now.items()]
        return draw_form(request, place, sheet, about, status=HTTPStatus.CONFLICT, changed=shown, seen=seen)
    if change is None or "again" in request.POST:
        return draw_form(request, place, sheet, about, seen=seen)
    return answer(request, place, sheet, about, change=change)


def _read_agent(sheet: Sheet, agent: AgentProfile) -> tuple[str, Any]:
    """Read the name and the account of an agent."""
    hint = "Un nom de guichet suffit : « Guichet 1 »."
    name = sheet.write("name", "Nom", str, now=agent.name, required=True, max_length=NAME_MAX, hint=hint)
    if name and AgentProfile.objects.filter(place=agent.place, name=name).exclude(pk=agent.pk).exists():
        sheet.refuse("name", TAKEN)
    hint = "Le compte qui voit les rendez-vous de ce guichet. Vide : personne."
    user = sheet.write("account", "Compte", _find_account, now=_account(agent), max_length=ACCOUNT_MAX, hint=hint)
    return name or "", user


def _find_account(text: str) -> Any:
    user = get_user_model().objects.filter(username=text, is_active=True).first()
    if user is None:
        raise ValueError(NO_ACCOUNT)
    return user


def _account(agent: AgentProfile) -> str:
    return agent.user.get_username() if agent.user else ""


def _seen(agent: AgentProfile) -> str:
    return fingerprint({"name": agent.name, "user": agent.user_id})


def _write(sheet: Sheet, write: Callable[[], object]) -> bool:
    """Write an agent; False, with the reason beside the name, where another took the name at the same moment."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        sheet.refuse("name", TAKEN)
        return False
    return True
