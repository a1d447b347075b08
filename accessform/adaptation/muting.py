"""Signals that fire on too many journeys of one form: defects of the form, told to its designer, mute for people."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from accessform.adaptation.installed import installed_policy
from accessform.adaptation.models import AdaptiveState, SignalUse
from accessform.adaptation.policy_file import MutingRules, Policy, load_policy
from accessform.observation.events import COUNTERS
from accessform.observation.struggle import fired_signals
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel

LEAST_SHOWN = 10
"""Journeys below which no figure is shown: ten at least stand behind each (design, aggregates with k ≥ 10)."""
EVERY = ""
COUNTED = "B"
"""Names under which ended journeys are counted: all of them, and those whose person had switched the counters on."""
REMEMBERED = 300.0
"""Seconds for which a process remembers what is muted: one query, then none."""

_remembered: dict[str, tuple[float, frozenset[str]]] = {}


@dataclass(frozen=True)
class SignalShare:
    """How many journeys of a form met one signal, of those in which it could be met.

    A counter could only where its person had switched the counters on. `fired` is None where too few met it.
    """

    form: str
    signal: str
    journeys: int
    fired: int | None
    muted: bool

    @property
    def percent(self) -> float | None:
        """The share of journeys, in per cent."""
        return None if self.fired is None else 100 * self.fired / self.journeys


def policy_for(form: str) -> Policy:
    """Return the policy of this installation without the signals muted on `form`; at most one query in 5 minutes."""
    policy, muted = installed_policy(), _muted_now(form)
    return policy.muting(muted) if muted else policy


def count_journey(row: AdaptiveState) -> None:
    """Add a journey that ends to the counts of its form: which signals fired, never how often or where (1 query).

    Nothing is added for a journey of no known form, already sent, or whose person stopped the noticing.
    """
    state = row.policy_state
    if not row.form or state.submitted or state.stopped:
        return
    fired = fired_signals(state.observations, load_policy().rules)
    counting = state.chosen.get("counters") is True
    names = [EVERY, *([COUNTED] if counting else []), *(name for name in fired if counting or name not in COUNTERS)]
    table = connection.ops.quote_name(SignalUse._meta.db_table)
    values, today = ", ".join(["(%s, %s, 1, %s)"] * len(names)), timezone.localdate()
    sql = (
        f"INSERT INTO {table} (form, signal, journeys, counted_on) VALUES {values} "  # noqa: S608
        f"ON CONFLICT (form, signal) DO UPDATE SET journeys = {table}.journeys + 1, counted_on = excluded.counted_on"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [part for signal in names for part in (row.form, signal, today)])


def purge_counts(now: datetime, keep: timedelta) -> int:
    """Delete the counts of forms none of whose journeys has ended for `keep` (registered with trust.retention)."""
    since = timezone.localdate(now - keep)
    used = SignalUse.objects.filter(signal=EVERY, counted_on__gte=since).values("form")
    deleted, _ = SignalUse.objects.filter(counted_on__lt=since).exclude(form__in=used).delete()
    return deleted


def shares(form: str = "") -> Iterator[SignalShare]:
    """Yield the share of each signal, by form, for one form or all; forms with too few journeys are left out."""
    uses = SignalUse.objects.order_by("form", "signal")
    rows = list(uses.filter(form=form) if form else uses)
    totals = {(row.form, row.signal): row.journeys for row in rows if row.signal in (EVERY, COUNTED)}
    rules = load_policy().file.muting
    for row in rows:
        total = totals.get((row.form, _of(row.signal)), 0)
        if row.signal not in (EVERY, COUNTED) and total >= LEAST_SHOWN:
            shown = row.journeys if row.journeys >= LEAST_SHOWN else None
            yield SignalShare(row.form, row.signal, total, shown, _is_muted(row.journeys, total, rules))


def defects_told(slug: str) -> list[str]:
    """Return one sentence a signal muted on a version of the form, for the workbench (1 query)."""
    told = []
    for share in shares():
        form, _, number = share.form.partition("@")
        if form == slug and share.muted:
            sign = interface.text(f"adaptation.signal_{share.signal}", ReadingLevel.STANDARD)
            over = load_policy().file.muting.over_percent
            part = f"{share.percent:.0f}" if share.percent is not None else f"plus de {over}"
            where = " où les gestes étaient comptés" if share.signal in COUNTERS else ""
            told.append(f"Version {number} : « {sign} », sur {part} % des {share.journeys} démarches terminées{where}.")
    return told


def forget_muted() -> None:
    """Forget what this process remembers."""
    _remembered.clear()


def _muted_now(form: str) -> frozenset[str]:
    """Return the signals muted on a form, remembered for a while."""
    now = time.monotonic()
    until, muted = _remembered.get(form, (0.0, frozenset[str]()))
    if form and until <= now:
        muted = muted_among(SignalUse.objects.filter(form=form).values_list("signal", "journeys"))
        _remembered[form] = (now + REMEMBERED, muted)
    return muted


def muted_among(uses: Iterable[tuple[str, int]]) -> frozenset[str]:
    """Return the signals that fired on too many journeys of one form, of those in which they could."""
    counted = dict(uses)
    totals, rules = {name: counted.pop(name, 0) for name in (EVERY, COUNTED)}, load_policy().file.muting
    return frozenset(signal for signal, fired in counted.items() if _is_muted(fired, totals[_of(signal)], rules))


def _of(signal: str) -> str:
    """Return the name under which the journeys are counted in which a signal could be met."""
    return COUNTED if signal in COUNTERS else EVERY


def _is_muted(fired: int, journeys: int, rules: MutingRules) -> bool:
    return journeys >= rules.journeys and 100 * fired > rules.over_percent * journeys
