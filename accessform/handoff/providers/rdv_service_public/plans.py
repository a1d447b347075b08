"""Plans at RDV Service Public: opened by an agent for a person who agreed, then asked about until it is over."""

import datetime as dt
import logging
import uuid

from django.conf import settings as django_settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from accessform.handoff.models import AgentProfile, Contact, ContactChannel, ExternalPlan, PlanStatus, ProviderConsent
from accessform.handoff.providers.protocol import (
    NotAgreed,
    NotConnected,
    NotOffered,
    ProviderError,
    Refused,
    Status,
    Unavailable,
)
from accessform.handoff.providers.rdv_service_public import pacing
from accessform.handoff.providers.rdv_service_public.answers import Plan
from accessform.handoff.providers.rdv_service_public.api import Api, Person
from accessform.handoff.providers.rdv_service_public.connections import with_token
from accessform.handoff.providers.rdv_service_public.settings import RdvSettings, rdv_settings

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=60)
"""How long opening a plan, or asking about it, holds it: longer than the requests may take, a refresh included."""
TAKE_OVER = dt.timedelta(days=1)
"""A colleague may open a plan anew for a person whose time has not been chosen a day after it was opened."""
MOST_FAILURES = 8
NO_FIRST_NAME = "(prénom non donné)"
OPEN = (PlanStatus.WAITING, PlanStatus.BOOKED)


def start_plan(*, agent: AgentProfile, contact: Contact, return_url: str, dossier_url: str = "") -> str:
    """Open a plan for the person who agreed, and return the address where the agent chooses the time.

    Twice is once: an open plan of this agent is returned as it is. `return_url` and `dossier_url` are addresses of
    ours. Raises NotOffered where RDV Service Public is off, NotAgreed, NotConnected, Refused, Unavailable, ValueError.
    """
    settings = _settings()
    for address in filter(None, (return_url, dossier_url)):
        if not address.startswith(f"{django_settings.PUBLIC_URL}/"):
            raise ValueError("the agent must come back to an address of ours")
    if agent.user is None:
        raise NotConnected("nobody signs in for this agent")
    plan = _claim(agent, contact)
    if plan.status != PlanStatus.SENDING:
        return plan.url
    api, person = Api(settings), describe_person(contact, ContactChannel(plan.consent.channel))
    asked_at = timezone.now()
    try:
        made = with_token(
            settings,
            agent.user,
            lambda token: api.create_plan(token=token, person=person, return_url=return_url, dossier_url=dossier_url),
        )
        return _keep_opened(plan, made, asked_at)
    except ProviderError:
        ExternalPlan.objects.filter(pk=plan.pk, status=PlanStatus.SENDING).delete()
        raise


def describe_person(contact: Contact, channel: ContactChannel) -> Person:
    """Return what is told of a person. RDV Service Public wants two names; the agent can mend them there."""
    first, _, last = contact.name.partition(" ")
    names = (first, last) if last else (NO_FIRST_NAME, first)
    phone = contact.phone if channel == ContactChannel.PHONE else ""
    email = contact.email if channel == ContactChannel.EMAIL else ""
    return Person(*names, phone_number=phone or "", email=email or "")


def _settings() -> RdvSettings:
    settings = rdv_settings()
    if settings is None:
        raise NotOffered("RDV Service Public is not configured")
    return settings


def _claim(agent: AgentProfile, contact: Contact) -> ExternalPlan:
    """Return the plan of the person's live consent: one to open now (SENDING, ours alone), or one that is open."""
    with transaction.atomic():
        consents = ProviderConsent.objects.select_for_update().filter(contact=contact, place_id=agent.place_id)
        consent = consents.filter(withdrawn_at=None).order_by("-given_at").first()
        now = timezone.now()  # after the lock: who waited for it must not read a lease as one of a wrong clock
        if consent is None:
            raise NotAgreed("this person has not agreed for this place")
        plan = ExternalPlan.objects.select_for_update().filter(consent=consent).first()
        if plan is None:
            return ExternalPlan.objects.create(consent=consent, agent=agent, next_poll_at=now + LEASE)
        if plan.status in OPEN and not _may_take_over(plan, agent, now):
            if plan.agent_id != agent.pk:
                raise Refused("a colleague has opened a plan for this person")
            return plan
        if plan.status == PlanStatus.SENDING and plan.next_poll_at and now < plan.next_poll_at <= now + LEASE:
            raise Unavailable("this plan is being opened", retry_after=LEASE.total_seconds())
        plan.delete()
        return ExternalPlan.objects.create(consent=consent, agent=agent, next_poll_at=now + LEASE)


def _may_take_over(plan: ExternalPlan, agent: AgentProfile, now: dt.datetime) -> bool:
    return plan.status == PlanStatus.WAITING and plan.agent_id != agent.pk and plan.sent_at <= now - TAKE_OVER


def _keep_opened(plan: ExternalPlan, made: Plan, asked_at: dt.datetime) -> str:
    """Write what the new plan is there; raises Refused where its number is another plan's, and NotAgreed.

    What was agreed may have been taken back meanwhile: the plan is then kept as given up, and not asked about.
    """
    wait = pacing.next_wait(status=Status.WAITING, polls=0, failures=0)
    try:
        with transaction.atomic():
            consent = ProviderConsent.objects.select_for_update().filter(pk=plan.consent_id).first()
            stands = consent is not None and consent.withdrawn_at is None
            kept = ExternalPlan.objects.filter(pk=plan.pk, status=PlanStatus.SENDING).update(
                status=PlanStatus.WAITING if stands else PlanStatus.GIVEN_UP,
                remote_id=made.id,
                remote_user=made.user_id,
                url=made.url,
                known_at=asked_at,
                next_poll_at=timezone.now() + wait if stands else None,
                changed_at=timezone.now(),
            )
    except IntegrityError:
        raise Refused("the plan's number is another plan's") from None
    if not kept:
        raise Refused("the person's request was erased meanwhile")
    if not stands:
        raise NotAgreed("the person took the agreement back meanwhile")
    return made.url


def poll_due() -> int:
    """Ask about the plans whose time has come, a few in a run; return how many were asked about.

    Two failures in a row end the run: where RDV Service Public does not answer, the timer has other work.
    """
    settings = rdv_settings()
    if settings is None:
        return 0
    asked = in_a_row = 0
    for plan_id in _due_ids():
        try:
            asked += poll_plan(settings, plan_id)
            in_a_row = 0
        except Unavailable as error:
            in_a_row += 1
            if error.retry_after is not None:
                _hold_all(error.retry_after)
                break
            if in_a_row > 1:
                break
    return asked


def _due(now: dt.datetime) -> Q:
    """Due, or due at a moment that only a clock since put right can have set."""
    return Q(next_poll_at__lte=now) | Q(next_poll_at__gt=now + pacing.LONGEST)


def _due_ids() -> list[uuid.UUID]:
    due = ExternalPlan.objects.filter(_due(timezone.now()), status__in=OPEN, remote_id__isnull=False)
    return list(due.order_by("next_poll_at").values_list("pk", flat=True)[: pacing.RUN])


def _hold_all(seconds: float) -> None:
    until = timezone.now() + dt.timedelta(seconds=seconds)
    ExternalPlan.objects.filter(status__in=OPEN, next_poll_at__lt=until).update(next_poll_at=until)


def poll_plan(settings: RdvSettings, plan_id: uuid.UUID) -> bool:
    """Ask about one plan if it is due and nobody else is at it; return whether its situation was learnt.

    Raises Unavailable, after the next question was put off.
    """
    now = timezone.now()
    due = ExternalPlan.objects.filter(_due(now), pk=plan_id, status__in=OPEN)
    if not due.update(next_poll_at=now + LEASE, polls=F("polls") + 1):
        return False
    plan = ExternalPlan.objects.select_related("agent__user", "consent").get(pk=plan_id)
    if _close_if_over(plan, now):
        return False
    try:
        number = plan.remote_id or 0
        found = with_token(settings, plan.agent.user, lambda token: Api(settings).read_plan(token=token, number=number))
    except Unavailable as error:
        _put_off(plan, str(error), asked=error.retry_after)
        raise
    except ProviderError as error:
        _put_off(plan, str(error))
        return False
    _apply_poll(plan, found, at=now)
    return True


def _close_if_over(plan: ExternalPlan, now: dt.datetime) -> bool:
    """End the questions about a plan that nobody gave a time, or whose time is a day past."""
    rows = ExternalPlan.objects.filter(pk=plan.pk)
    if plan.status == PlanStatus.WAITING and plan.sent_at <= now - pacing.PATIENCE:
        rows.update(status=PlanStatus.GIVEN_UP, next_poll_at=None, changed_at=now)
        return True
    if plan.starts_at and plan.starts_at <= now - pacing.DAY:
        rows.update(next_poll_at=None)
        return True
    return False


def _put_off(plan: ExternalPlan, why: str, *, asked: float | None = None) -> None:
    logger.warning("plan %s could not be asked about (%s in a row): %s", plan.pk, plan.failures + 1, why)
    wait = pacing.next_wait(status=Status(plan.status), polls=plan.polls, failures=plan.failures + 1, asked=asked)
    ExternalPlan.objects.filter(pk=plan.pk).update(
        failures=F("failures") + 1, last_error=why[:200], next_poll_at=timezone.now() + wait
    )


def _apply_poll(plan: ExternalPlan, found: Plan, *, at: dt.datetime) -> None:
    """Write what was learnt, unless something newer is known: `at` is when the question was asked."""
    status, starts_at = found.situation.status, found.situation.starts_at
    if status is Status.WAITING and plan.remote_rdv is not None:
        status, starts_at = Status.CANCELLED_BY_SERVICE, plan.starts_at
    goes_on = status in {Status.WAITING, Status.BOOKED}
    wait = pacing.next_wait(status=status, polls=plan.polls, failures=0)
    rows = ExternalPlan.objects.filter(pk=plan.pk)
    rows.update(failures=0, last_error="", next_poll_at=timezone.now() + wait if goes_on else None)
    fresh = rows.filter(Q(known_at=None) | Q(known_at__lte=at))
    fresh.update(
        status=PlanStatus(status.value),
        starts_at=starts_at,
        location=found.situation.location or plan.location,
        remote_rdv=found.rdv or plan.remote_rdv,
        url=found.url,
        known_at=at,
        changed_at=timezone.now(),
    )
