"""Telling the service's systems of submissions: rows written with the submission, tried until delivered.

The guarantee is "at least once": a delivery is sent until its receiver has answered 2xx, or given up after
MAX_ATTEMPTS. Two workers never work on the same row at the same time, thanks to the claim; a message may still
arrive twice, when a worker dies or is cut off after the receiver accepted it. All attempts carry the same id, in the
body and as Idempotency-Key, so that a receiver keeps the first and answers 2xx to the rest.
"""

import datetime as dt
import json
import logging
import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import default_task_backend, task

from accessform.journeys.corrections.reading import SentCorrection, find_sent
from accessform.journeys.document import all_entries
from accessform.journeys.models import Correction, Delivery, DeliveryState, Submission, UploadedFile
from accessform.journeys.posting import NotDelivered, post_message
from accessform.journeys.webhooks import Webhook, read_webhooks

logger = logging.getLogger(__name__)

SUBMISSION_RECEIVED = "submission.received"
DOCUMENT_RECEIVED = "document.received"
CORRECTION_RECEIVED = "correction.received"

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
BACK_OFF = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 24 * HOUR, 24 * HOUR, 24 * HOUR)
"""Wait after each failed attempt; together a little over three days, a long week-end of the receiver."""
MAX_ATTEMPTS = len(BACK_OFF) + 1

LEASE = dt.timedelta(minutes=2)
"""How long a claim holds: longer than an attempt may take, so that only a dead worker's row comes back."""


def configured_webhooks() -> tuple[Webhook, ...]:
    """Return the operator's webhooks; raises WebhookSettingsError where they are malformed."""
    return read_webhooks(settings.WEBHOOKS, https_only=settings.PRODUCTION)


def enqueue_deliveries(submission: Submission) -> list[Delivery]:
    """Write one row for each webhook that wants this form; call it in the submission's transaction.

    The tasks are enqueued on commit; if that fails, the sweep finds the rows.
    """
    now = timezone.now()
    wanted = [webhook for webhook in configured_webhooks() if webhook.wants(submission.form_slug)]
    deliveries = Delivery.objects.bulk_create(
        Delivery(submission=submission, target=webhook.name, next_attempt_at=now) for webhook in wanted
    )
    for delivery in deliveries:
        _enqueue_on_commit(delivery.pk)
    return deliveries


def enqueue_document_deliveries(submission: Submission, document: UploadedFile) -> None:
    """Write one row for each webhook to tell of a document that came later; a second call for it writes nothing."""
    now = timezone.now()
    with transaction.atomic():
        for webhook in configured_webhooks():
            if webhook.wants(submission.form_slug):
                delivery, _ = Delivery.objects.get_or_create(
                    document=document,
                    target=webhook.name,
                    defaults={"submission": submission, "next_attempt_at": now},
                )
                _enqueue_on_commit(delivery.pk)


def enqueue_correction_deliveries(correction: Correction) -> None:
    """Write one row for each webhook to tell of a correction; call it in the correction's transaction."""
    now = timezone.now()
    for webhook in configured_webhooks():
        if webhook.wants(correction.submission.form_slug):
            delivery, _ = Delivery.objects.get_or_create(
                correction=correction,
                target=webhook.name,
                defaults={"submission": correction.submission, "next_attempt_at": now},
            )
            _enqueue_on_commit(delivery.pk)


def _enqueue_on_commit(delivery_id: uuid.UUID) -> None:
    transaction.on_commit(lambda: deliver_one.enqueue(str(delivery_id)), robust=True)


@task()
def deliver_one(delivery_id: str) -> bool:
    """Try one delivery in a worker process; the task carries an id only, never answers."""
    return deliver(uuid.UUID(delivery_id))


def _deliver_later(delivery_id: uuid.UUID, *, at: dt.datetime) -> None:
    """Plan the next attempt where the task back-end can wait; elsewhere the sweep finds the row."""
    if default_task_backend.supports_defer:
        deliver_one.using(run_after=at).enqueue(str(delivery_id))


def deliver(delivery_id: uuid.UUID) -> bool:
    """Try one delivery now if it is due and nobody else is at it; return whether it was delivered by this call."""
    delivery = _claim(delivery_id)
    if delivery is None:
        return False
    webhook = next((known for known in configured_webhooks() if known.name == delivery.target), None)
    if webhook is None:
        _give_up(delivery, "this webhook is no longer configured")
        return False
    try:
        post_message(webhook, message_body(delivery), message_id=str(delivery.pk))
    except NotDelivered as error:
        _put_off(delivery, str(error))
        return False
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.DELIVERED, delivered_at=timezone.now(), last_error=""
    )
    return True


def deliver_due() -> int:
    """Enqueue a task for each row that is due, those of dead workers included; return how many."""
    ids = due_ids()
    for delivery_id in ids:
        deliver_one.enqueue(str(delivery_id))
    return len(ids)


def due_ids() -> list[uuid.UUID]:
    """Return the deliveries whose time has come, the longest waiting first."""
    due = Delivery.objects.filter(state=DeliveryState.DUE, next_attempt_at__lte=timezone.now())
    return list(due.order_by("next_attempt_at").values_list("pk", flat=True))


def reopen_failed() -> int:
    """Make every delivery that was given up due again, with all its attempts; return how many."""
    failed = Delivery.objects.filter(state=DeliveryState.FAILED)
    return failed.update(state=DeliveryState.DUE, attempts=0, next_attempt_at=timezone.now())


def message_body(delivery: Delivery) -> bytes:
    """Return the JSON that is sent: the same bytes at every attempt, official wording only."""
    submission, document, correction = delivery.submission, delivery.document, delivery.correction
    about = {"reference": submission.reference, "form": submission.document["form"]}
    told: dict[str, Any]
    if correction is not None:
        event, moment = CORRECTION_RECEIVED, correction.sent_at
        told = {"submission": about, "correction": correction_as_json(find_sent(correction))}
    elif document is not None:
        event, moment = DOCUMENT_RECEIVED, document.created_at
        told = {"submission": about, "document": document_as_json(document, submission)}
    else:
        event, moment = SUBMISSION_RECEIVED, submission.submitted_at
        told = {"submission": submission_as_json(submission)}
    message = {"id": str(delivery.pk), "event": event, "created": _utc(moment), **told}
    return json.dumps(message, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def document_as_json(file: UploadedFile, submission: Submission) -> dict[str, Any]:
    """Return what a service's system is given of a document that came after the submission."""
    asked = next((entry for entry in all_entries(submission.document) if entry["id"] == file.question_id), {})
    return {
        "id": str(file.pk),
        "question": file.question_id,
        "number": asked.get("number", ""),
        "label": asked.get("label", ""),
        "name": file.name,
        "content_type": file.content_type,
        "size": file.size,
        "received_at": _utc(file.created_at),
    }


def correction_as_json(sent: SentCorrection) -> dict[str, Any]:
    """Return what a service's system is given of a correction: each question before and after, in official wording."""
    row = sent.row
    return {
        "id": str(row.pk),
        "number": row.number,
        "received_at": _utc(row.sent_at),
        "by": row.by,
        "desk": row.desk,
        "request": str(row.request_id) if row.request_id else None,
        "changes": [
            {"question": change.question_id, "before": change.before, "after": change.after} for change in sent.changes
        ],
    }


def submission_as_json(submission: Submission) -> dict[str, Any]:
    """Return what a service's system is given of a submission: export and webhook say the same."""
    return {
        "reference": submission.reference,
        "submitted_at": _utc(submission.submitted_at),
        "version": submission.form_version,
        **submission.document,
    }


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def _claim(delivery_id: uuid.UUID) -> Delivery | None:
    """Take a due row for LEASE in one UPDATE; None when it is not due or another worker has just taken it."""
    now = timezone.now()
    due = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.DUE, next_attempt_at__lte=now)
    if not due.update(attempts=F("attempts") + 1, next_attempt_at=now + LEASE):
        return None
    return Delivery.objects.select_related("submission", "document", "correction__submission").get(pk=delivery_id)


def _put_off(delivery: Delivery, why: str) -> None:
    """Set the next attempt, or give up after the last one."""
    logger.warning("delivery %s to %s failed (attempt %s): %s", delivery.pk, delivery.target, delivery.attempts, why)
    if delivery.attempts >= MAX_ATTEMPTS:
        _give_up(delivery, why)
        return
    next_attempt_at = timezone.now() + BACK_OFF[delivery.attempts - 1]
    Delivery.objects.filter(pk=delivery.pk).update(next_attempt_at=next_attempt_at, last_error=why[:200])
    _deliver_later(delivery.pk, at=next_attempt_at)


def _give_up(delivery: Delivery, why: str) -> None:
    logger.error("delivery %s to %s given up: %s", delivery.pk, delivery.target, why)
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.FAILED, last_error=why[:200])
