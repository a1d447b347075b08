"""What the agendas tell whoever listens."""

from django.dispatch import Signal

time_freed = Signal()
"""Sent after the commit that freed an agent's time, or opened some. Arguments: place_id (int)."""
