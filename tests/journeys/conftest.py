"""Fixtures of the journeys' tests."""

from pathlib import Path

import pytest
from django.test import Client

from forms_catalog.models import FormVersion
from forms_catalog.versioning import publish_source
from tests.journeys.filling import Citizen

TRIAL = Path(__file__).parent / "forms/essai.yaml"


@pytest.fixture
def trial_form(db: None) -> FormVersion:
    """A small form: a section, conditions, a group, a document, a declaration."""
    return publish_source(source=TRIAL.read_bytes(), file=TRIAL.name).version


@pytest.fixture
def citizen(trial_form: FormVersion, client: Client) -> Citizen:
    """A citizen on the first step of the small form, for themselves."""
    return Citizen(client).start("essai").press(filled_for_who="self")
