"""Messages that may have left or not: a person decides."""

from django.utils import timezone

from accessform.messages.models import OutboxMessage, State


def repeat_doubtful() -> int:
    """Make every doubtful message due again; return how many. One that had left comes twice."""
    now = timezone.now()
    doubtful = OutboxMessage.objects.filter(state=State.DOUBTFUL)
    return doubtful.update(state=State.DUE, next_attempt_at=now, changed_at=now)


def close_doubtful() -> int:
    """Give every doubtful message up; return how many."""
    now = timezone.now()
    changes = {"state": State.GIVEN_UP, "given_up_at": now, "changed_at": now, "title": None, "body": None}
    return OutboxMessage.objects.filter(state=State.DOUBTFUL).update(**changes)
