"""What is forgotten of the exchanges with RDV Service Public; registered with trust in HandoffConfig.ready."""

from datetime import datetime, timedelta

from accessform.handoff.models import AgentConnection, ConnectionAttempt, ReceivedEvent


def purge_traces(now: datetime, keep: timedelta) -> int:
    """Delete the digests of events and the authorizations begun that are older than `keep`."""
    events = ReceivedEvent.objects.filter(received_at__lt=now - keep).delete()[0]
    return events + ConnectionAttempt.objects.filter(begun_at__lt=now - keep).delete()[0]


def purge_connections(now: datetime, keep: timedelta) -> int:
    """Delete the tokens of agents that served nothing for `keep`: they connect again when they need to."""
    return AgentConnection.objects.filter(used_at__lt=now - keep).delete()[0]
