"""The forms of agendas, read into the change that they ask for, or refused field by field."""

import datetime as dt

from accessform.desk.places.opening_changes import AddOpenings, EndOpening
from accessform.desk.places.other_changes import AddAbsences, AddClosure, SetMotifs
from accessform.desk.places.recurrence import find_first_day, make_rule
from accessform.desk.places.sheet import Sheet
from accessform.handoff.dates_in_words import DAYS
from accessform.handoff.imported import openings as imported
from accessform.handoff.models import AgentProfile, Motif, Opening, Place
from accessform.handoff.slots import RuleError, to_instant

YEARS = range(2020, 2100)
DAY_HINT = "Exemple : 31/12/2026."
HOUR_HINT = "Exemple : 9 h ou 9 h 30."
ORDER = "La fin vient avant le début, ou en même temps."
PAST = "Ce jour est passé."
WEEKS = {"1": "Chaque semaine", "2": "Une semaine sur deux"}


def read_day(text: str) -> dt.date:
    """Return a day written 31/12/2026 or 2026-12-31; raises ValueError with what to write."""
    try:
        day = imported.read_day(text)
    except ValueError as error:
        raise ValueError(f"« {text[:40]} » n'est pas un jour. Exemple : 31/12/2026.") from error
    if day.year not in YEARS:
        raise ValueError(f"L'année {day.year} est trop loin. Écrivez une année de {YEARS[0]} à {YEARS[-1]}.")
    return day


def read_hour(text: str) -> dt.time:
    """Return an hour written 9 h, 9 h 30 or 09:30; raises ValueError with what to write."""
    try:
        return imported.read_hour(text)
    except ValueError as error:
        raise ValueError(f"« {text[:40]} » n'est pas une heure de 5 en 5 minutes. Exemple : 9 h 30.") from error


def list_agents(place: Place) -> dict[str, AgentProfile]:
    """Return the agents who receive at a place, by the value that stands for each in a form."""
    return {str(agent.pk): agent for agent in place.agents.filter(is_active=True).order_by("name")}


def _tick_agents(sheet: Sheet, agents: dict[str, AgentProfile], label: str) -> tuple[AgentProfile, ...]:
    only = list(agents) if len(agents) == 1 else ()
    chosen = sheet.tick("agents", label, {key: agent.name for key, agent in agents.items()}, now=only)
    return tuple(agents[key] for key in chosen)


def read_openings(sheet: Sheet, place: Place, today: dt.date) -> AddOpenings | None:
    """Read « which agents, which days, which hours, from when to when »."""
    agents = _tick_agents(sheet, list_agents(place), "Qui reçoit ?")
    ticked = sheet.tick("days", "Quels jours ?", {str(number): name.capitalize() for number, name in enumerate(DAYS)})
    weeks = sheet.choose("weeks", "Combien de fois ?", WEEKS, now="1")
    spells = _read_spells(sheet)
    now = f"{today:%d/%m/%Y}"
    start = sheet.write("first", "Premier jour", read_day, now=now, required=True, hint=DAY_HINT, is_short=True)
    until = sheet.write("until", "Dernier jour", read_day, hint=f"Vide : sans fin. {DAY_HINT}", is_short=True)
    days = [int(day) for day in ticked]
    if until and until < today:
        sheet.refuse("until", PAST)
    if start and until and until < start:
        sheet.refuse("until", "Le dernier jour vient avant le premier.")
    first = find_first_day(days, start, until) if start and days else None
    if start and days and first is None:
        sheet.refuse("until", "Aucun des jours cochés ne tombe entre ces deux dates.")
    if not sheet.is_sent or sheet.errors or first is None:
        return None
    return AddOpenings(place, agents, first, spells, make_rule(days, until=until, every=int(weeks)))


def _read_spells(sheet: Sheet) -> tuple[tuple[dt.time, dt.time], ...]:
    """Read one spell of the day or two, the second after the first."""
    starts = sheet.write("starts", "Début", read_hour, required=True, hint=HOUR_HINT, is_short=True)
    ends = sheet.write("ends", "Fin", read_hour, required=True, is_short=True)
    again = sheet.write(
        "starts2",
        "Début de la seconde plage",
        read_hour,
        hint="Pour recevoir aussi l'après-midi, par exemple.",
        is_short=True,
    )
    until = sheet.write("ends2", "Fin de la seconde plage", read_hour, is_short=True)
    if starts and ends and ends <= starts:
        sheet.refuse("ends", ORDER)
    if again and not until:
        sheet.refuse("ends2", "Écrivez aussi l'heure de fin.")
    if until and not again:
        sheet.refuse("starts2", "Écrivez aussi l'heure de début.")
    if again and until and until <= again:
        sheet.refuse("ends2", ORDER)
    if ends and again and again < ends:
        sheet.refuse("starts2", "Cette heure est déjà dans la première plage.")
    found = [(starts, ends), (again, until)]
    return tuple((first, last) for first, last in found if first and last)


def read_end(sheet: Sheet, place: Place, opening: Opening) -> EndOpening | None:
    """Read the last day of an opening."""
    last = sheet.write("last", "Dernier jour", read_day, required=True, hint=DAY_HINT, is_short=True)
    if last is None or sheet.errors:
        return None
    try:
        return EndOpening.on(place, opening, last)
    except RuleError as error:
        sheet.refuse("last", str(error))
        return None


def read_absences(sheet: Sheet, place: Place, now: dt.datetime) -> AddAbsences | None:
    """Read who is away, from when to when; without hours, whole days by the clocks of the place."""
    agents = _tick_agents(sheet, list_agents(place), "Qui est absent ?")
    first = sheet.write("first", "Premier jour", read_day, required=True, hint=DAY_HINT, is_short=True)
    starts = sheet.write(
        "starts", "À partir de", read_hour, hint=f"Vide : toute la journée. {HOUR_HINT}", is_short=True
    )
    last = sheet.write("last", "Dernier jour", read_day, required=True, hint=DAY_HINT, is_short=True)
    ends = sheet.write("ends", "Jusqu'à", read_hour, hint=f"Vide : toute la journée. {HOUR_HINT}", is_short=True)
    if not sheet.is_sent or sheet.errors or not first or not last:
        return None
    day_after = last + dt.timedelta(days=1)
    begins = to_instant(dt.datetime.combine(first, starts or dt.time()), place.zone)
    stops = to_instant(
        dt.datetime.combine(last, ends) if ends else dt.datetime.combine(day_after, dt.time()), place.zone
    )
    if stops <= begins:
        sheet.refuse("ends" if first == last else "last", ORDER)
    elif stops <= now:
        sheet.refuse("last", PAST)
    return None if sheet.errors else AddAbsences(place, agents, begins, stops)


def read_closure(sheet: Sheet, place: Place, today: dt.date) -> AddClosure | None:
    """Read the days when a place is closed, and why."""
    first = sheet.write("first", "Premier jour", read_day, required=True, hint=DAY_HINT, is_short=True)
    last = sheet.write("last", "Dernier jour", read_day, hint=f"Vide : ce seul jour. {DAY_HINT}", is_short=True)
    hint = "Montré à tous. Exemple : fermeture d'été."
    reason = sheet.write("reason", "Pourquoi", str, hint=hint, max_length=120)
    if first and last and last < first:
        sheet.refuse("last", "Le dernier jour vient avant le premier.")
    if first and (last or first) < today:
        sheet.refuse("last" if last else "first", PAST)
    if not sheet.is_sent or sheet.errors or not first:
        return None
    return AddClosure(place, first, last or first, reason or "")


def read_motifs(sheet: Sheet, place: Place) -> SetMotifs | None:
    """Read for what each agent receives."""
    motifs = {motif.slug: motif for motif in Motif.objects.all()}
    options = {slug: _name(motif) for slug, motif in motifs.items()}
    wanted = {}
    for agent in place.agents.prefetch_related("motifs").order_by("-is_active", "name"):
        now = [motif.slug for motif in agent.motifs.all()]
        chosen = sheet.tick(f"motifs-{agent.pk}", agent.name, options, now=now, required=False)
        wanted[agent] = tuple(motifs[slug] for slug in chosen)
    return SetMotifs.where_different(place, wanted) if sheet.is_sent else None


def _name(motif: Motif) -> str:
    """Return what a motif is for, and how one meets where its label does not say it."""
    label, mode = motif.label["standard"], motif.get_mode_display().lower()
    return label if mode in label.lower() else f"{label} ({mode})"
