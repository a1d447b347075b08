"""/confidentialite and /accessibilite: what this site does with data, and how accessible it claims to be."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accessform.trust.operator import operator
from accessform.trust.retention import Kept, schedule

CHECKS = ("axe", "keyboard", "reflow", "colours", "targets", "levels", "without_script", "html")
LIMITS_KNOWN = ("no_audit", "no_re_reading", "no_sign_language", "documents")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept, why and how long, from retention.toml; the rights; who answers."""
    context = {
        "operator": operator(),
        "kept": [_said(entry) for entry in schedule()],
        "remote_voice": bool(getattr(settings, "VOICE_GTTS", False)),
    }
    return render(request, "trust/privacy.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement, in the shape that the RGAA gives."""
    who = operator()
    context = {
        "operator": who,
        "state_key": f"trust.state_{who.conformity}",
        "checks": [f"trust.check_{name}" for name in CHECKS],
        "limits": [f"trust.limit_{name}" for name in LIMITS_KNOWN],
    }
    return render(request, "trust/accessibility.html", context)


def _said(entry: Kept) -> dict[str, object]:
    """Return the names of the words that tell of one entry, and its time."""
    unit = "days" if entry.days else "hours"
    return {
        "what": f"trust.keep_{entry.name}_what",
        "since": f"trust.keep_{entry.name}_from",
        "why": f"trust.keep_{entry.name}_why",
        "time": f"trust.for_{unit}_{'at_most' if entry.by_form else 'exactly'}",
        "count": entry.days or entry.hours,
    }
