"""Write the places of a file: what is new, what changed, what is gone. All of it or nothing, and twice is once."""

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from django.db import transaction
from django.utils import timezone

from accessform.handoff.imported.reading import LICENCE, SOURCES, ReadFile, read_places
from accessform.handoff.imported.rows import FileRefused, PlaceRow
from accessform.handoff.models import ACTIVE, Appointment, Place, PlaceFeature, PlaceImport

BATCH = 500
CLOSINGS_MAX = 0.2
"""A file that would close more than this share of a source's places is more likely cut short than true."""
CLOSINGS_FREE = 10
"""So few closings are believed, whatever their share."""

_OWN = {field.name for field in fields(PlaceRow)} - {"features", "updated_on", "source_id"}
_WRITTEN = [*sorted(_OWN), "licence", "source_date", "gone_since", "imported_at"]


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one row (`number` 0: a place that is not in the file): the outcome, and why."""

    number: int
    source_id: str
    name: str
    outcome: str
    why: str = ""


@dataclass
class Report:
    """What an import did, row by row. Outcomes: created, changed, unchanged, closed, refused; repairs beside."""

    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    with_hours: int = 0
    without_hours: int = 0

    def add(self, line: Line) -> None:
        """Add what became of one row."""
        self.lines.append(line)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows had each outcome, and how many of them were repaired."""
        found = Counter(line.outcome for line in self.lines)
        names = ("created", "changed", "unchanged", "closed", "refused")
        repaired = sum(1 for line in self.lines if line.why and line.outcome in names[:3])
        return {**{name: found[name] for name in names}, "repaired": repaired}


def import_file(
    content: bytes,
    *,
    source: str,
    file_name: str = "",
    file_date: dt.date | None = None,
    allow_closing: bool = False,
    dry_run: bool = False,
) -> Report:
    """Write the places of a file in one transaction. Raises FileRefused, having written nothing.

    A row that is refused leaves the place that it may already be as it is. `dry_run` tells all and writes nothing.
    """
    read = read_places(content, SOURCES[source])
    if not read.rows:
        raise FileRefused(f"Aucun lieu n'a pu être lu. Première ligne refusée : {read.refused[0].reason}.")
    now = timezone.now()
    with transaction.atomic():
        report = _write(read, source, file_date, now, allow_closing)
        if any(report.counts[name] for name in ("created", "changed", "closed")):
            digest = hashlib.sha256(content).hexdigest()
            about = {"file_name": file_name[:200], "digest": digest, "file_date": file_date, "imported_at": now}
            PlaceImport.objects.create(source=source, counts=report.counts, **about)
        if dry_run:
            transaction.set_rollback(True)
    return report


def _write(read: ReadFile, source: str, file_date: dt.date | None, now: dt.datetime, allow_closing: bool) -> Report:
    report = Report(notes=list(read.notes))
    known = {place.source_id: place for place in Place.objects.select_for_update().filter(source=source)}
    features = _KnownFeatures(source)
    created, changed, rows = [], [], {}
    for row in read.rows:
        place = known.get(row.place.source_id) or Place(source=source, source_id=row.place.source_id)
        is_new, is_changed = place.pk is None, _fill(place, row.place, file_date)
        same_features = features.agree(row.place, file_date)
        outcome = "created" if is_new else "unchanged" if same_features and not is_changed else "changed"
        if outcome != "unchanged":
            place.imported_at = now
            rows[row.place.source_id] = row.place
            (created if is_new else changed).append(place)
        report.add(Line(row.number, row.place.source_id, row.place.name, outcome, " ; ".join(row.repairs)))
    for refused in read.refused:
        report.add(Line(refused.number, refused.source_id, "", "refused", refused.reason))
    seen = {row.place.source_id for row in read.rows} | {refused.source_id for refused in read.refused}
    closed = [place for key, place in known.items() if key not in seen and place.gone_since is None]
    _refuse_too_many(closed, known.values(), allow_closing)
    Place.objects.bulk_create(created, batch_size=BATCH)
    Place.objects.bulk_update(changed, _WRITTEN, batch_size=BATCH)
    _write_features(rows, source, file_date, [*created, *changed])
    _close(closed, now, report)
    report.with_hours = sum(1 for row in read.rows if row.place.hours)
    report.without_hours = len(read.rows) - report.with_hours
    return report


def _fill(place: Place, row: PlaceRow, file_date: dt.date | None) -> bool:
    """Put what the source says into a place; tells whether anything differs. A place that was gone is back."""
    values = {name: getattr(row, name) for name in _OWN}
    values |= {"licence": LICENCE, "source_date": row.updated_on or file_date, "gone_since": None}
    differs = False
    for name, value in values.items():
        if getattr(place, name) != value:
            setattr(place, name, value)
            differs = True
    return differs


Said = tuple[str, bool, dt.date | None]


def _say(row: PlaceRow, file_date: dt.date | None) -> set[Said]:
    return {(feature.value, present, row.updated_on or file_date) for feature, present in row.features.items()}


class _KnownFeatures:
    """What this source said of its places at its last import, and what an operator wrote there instead (1 query)."""

    def __init__(self, source: str) -> None:
        self._said: dict[str, set[Said]] = defaultdict(set)
        self._written: dict[str, set[str]] = defaultdict(set)
        rows = PlaceFeature.objects.filter(place__source=source)
        for key, by, feature, present, day in rows.values_list(
            "place__source_id", "source", "feature", "present", "checked_on"
        ):
            if by == source:
                self._said[key].add((feature, present, day))
            else:
                self._written[key].add(feature)

    def agree(self, row: PlaceRow, file_date: dt.date | None) -> bool:
        """Tell whether the source still says the same."""
        written = self._written[row.source_id]
        return self._said[row.source_id] == {said for said in _say(row, file_date) if said[0] not in written}


def _write_features(rows: dict[str, PlaceRow], source: str, file_date: dt.date | None, places: Iterable[Place]) -> None:
    """Replace what this source said of these places; what an operator wrote stays, and wins."""
    written = [place for place in places if place.source_id in rows]
    by_operator: set[tuple[int, str]] = set()
    for start in range(0, len(written), BATCH):
        some = PlaceFeature.objects.filter(place__in=written[start : start + BATCH])
        some.filter(source=source).delete()
        by_operator.update(some.values_list("place_id", "feature"))
    PlaceFeature.objects.bulk_create(
        [
            PlaceFeature(
                place=place,
                feature=feature,
                present=present,
                checked_on=day,
                source=source,
                evidence="Le lieu le déclare",
            )
            for place in written
            for feature, present, day in _say(rows[place.source_id], file_date)
            if (place.pk, feature) not in by_operator
        ],
        batch_size=BATCH,
    )


def _refuse_too_many(closed: list[Place], known: Iterable[Place], allow_closing: bool) -> None:
    open_now = sum(1 for place in known if place.gone_since is None)
    if not allow_closing and len(closed) > max(CLOSINGS_FREE, CLOSINGS_MAX * open_now):
        raise FileRefused(
            f"Ce fichier fermerait {len(closed)} lieux sur {open_now} : il est peut-être incomplet. "
            "Rien n'a été écrit. Si c'est voulu : --allow-closing."
        )


def _close(closed: list[Place], now: dt.datetime, report: Report) -> None:
    """Close the places that the file does not hold any more; those who have an appointment there must be told."""
    Place.objects.filter(pk__in=[place.pk for place in closed]).update(gone_since=now.date(), imported_at=now)
    coming = Counter(
        Appointment.objects.filter(place__in=closed, status__in=ACTIVE, ends_at__gt=now).values_list("place", flat=True)
    )
    for place in closed:
        warning = f" ; {coming[place.pk]} rendez-vous à venir : prévenez ces personnes" if coming[place.pk] else ""
        report.add(Line(0, place.source_id, place.name, "closed", f"n'est plus dans le fichier{warning}"))
