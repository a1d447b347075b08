"""Openings from a file: the file says when each agent that it names receives. Run again, it changes nothing."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accessform.handoff.imported.openings import COLUMNS, OpeningRow, RowRefused, read_opening
from accessform.handoff.imported.tables import read_table
from accessform.handoff.models import AgentProfile, Motif, Opening, Place
from accessform.handoff.services.conflicts import Conflict, list_conflicts
from accessform.handoff.services.occupying import queue_for, tell_freed

Key = tuple[dt.date, dt.time, dt.time, str, tuple[str, ...]]


@dataclass
class OpeningsReport:
    """What an import did: openings created, kept and removed; rows refused, by line; appointments now outside."""

    created: int = 0
    kept: int = 0
    removed: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def import_openings(content: bytes, *, source: str, dry_run: bool = False) -> OpeningsReport:
    """Write the openings of a CSV or JSON file for the places of `source`, all or nothing; raises FileRefused.

    An opening that an earlier import wrote and that the file says no more is removed, unless one of its agent's rows
    was refused. What a person wrote by hand, and every appointment, stays; those outside openings are reported.
    """
    table, notes = read_table(content, required=COLUMNS)
    report = OpeningsReport(notes=notes)
    with transaction.atomic():
        rows, doubtful = _read_rows(table, source, report)
        agents = {key: _find_agent(key, of_agent) for key, of_agent in rows.items()}
        queue_for({agent.pk for agent in agents.values()})
        for key, of_agent in rows.items():
            _write(agents[key], of_agent, report, may_remove=key not in doubtful and _UNKNOWN not in doubtful)
        report.conflicts = list_conflicts(agents=[agent.pk for agent in agents.values()], now=timezone.now())
        for place in {agent.place_id for agent in agents.values()}:
            tell_freed(place)
        transaction.set_rollback(dry_run)
    return report


AgentKey = tuple[int, str]
_UNKNOWN: AgentKey = (0, "")


def _read_rows(
    table: list[dict[str, str]], source: str, report: OpeningsReport
) -> tuple[dict[AgentKey, list[OpeningRow]], set[AgentKey]]:
    """Return the rows by place and agent, and the agents of whom one row was refused (_UNKNOWN: nobody knows whose)."""
    places = dict(Place.objects.filter(source=source).values_list("source_id", "pk"))
    motifs = set(Motif.objects.values_list("slug", flat=True))
    rows: dict[AgentKey, list[OpeningRow]] = defaultdict(list)
    doubtful: set[AgentKey] = set()
    for number, cells in enumerate(table, start=2):
        try:
            row = read_opening(cells)
            if row.place not in places:
                raise RowRefused(f"Aucun lieu de la source « {source} » ne porte l'identifiant « {row.place[:80]} ».")
            if missing := sorted(set(row.motifs) - motifs):
                raise RowRefused(f"Motif inconnu : {', '.join(missing)[:200]}.")
        except RowRefused as error:
            report.refused.append((number, str(error)))
            known = places.get(cells.get("place", ""))
            doubtful.add((known, " ".join(cells["agent"].split())) if known else _UNKNOWN)
        else:
            rows[places[row.place], row.agent].append(row)
    return rows, doubtful


def _find_agent(key: AgentKey, rows: list[OpeningRow]) -> AgentProfile:
    """Return the agent of that name, made where the place has none, who receives for the motifs of these rows."""
    place, name = key
    agent, _ = AgentProfile.objects.get_or_create(place_id=place, name=name)
    agent.motifs.add(*Motif.objects.filter(slug__in={slug for row in rows for slug in row.motifs}))
    return agent


def _write(agent: AgentProfile, rows: list[OpeningRow], report: OpeningsReport, *, may_remove: bool) -> None:
    wanted: dict[Key, OpeningRow] = {
        (row.first_day, row.starts_at, row.ends_at, row.rule, row.except_days): row for row in rows
    }
    for opening in Opening.objects.filter(agent=agent):
        key = (opening.first_day, opening.starts_at, opening.ends_at, opening.rule, tuple(opening.except_days))
        if wanted.pop(key, None):
            report.kept += 1
        elif opening.is_imported and may_remove:
            opening.delete()
            report.removed += 1
    for row in wanted.values():
        hours = {"first_day": row.first_day, "starts_at": row.starts_at, "ends_at": row.ends_at, "rule": row.rule}
        Opening.objects.create(agent=agent, **hours, except_days=list(row.except_days), is_imported=True)
        report.created += 1
