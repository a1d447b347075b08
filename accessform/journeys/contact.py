"""Whom to call about a journey: the form's service, as published today."""

import re
from collections.abc import Mapping
from typing import Any

from accessform.journeys.document import service_for
from forms_catalog.definition import Service
from forms_catalog.models import FormVersion


def current_service(version: FormVersion, answers: Mapping[str, Any]) -> Service:
    """Return the service for these answers; its contact is live: a phone number that has changed helps nobody."""
    published = FormVersion.objects.published().filter(form_id=version.form_id).first()
    return service_for((published or version).definition.service, answers)


def dialled(phone: str) -> str:
    """Return a phone number as a telephone dials it."""
    return re.sub(r"[^\d+]", "", phone)
