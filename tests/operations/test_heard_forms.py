"""What the figure of a form's weight counts is what its pages say in voice mode."""

from pathlib import Path

import pytest

from accessform.operations.bench.heard_forms import texts_heard
from accessform.plain_language.wording import ReadingLevel
from accessform.speech.prompts import form_prompts
from accessform.speech.synthesis.installed import PICO, identity_of
from forms_catalog.loading import load_form
from forms_catalog.models import FormVersion

pytestmark = pytest.mark.skipif(identity_of(PICO) is None, reason="pico has no package for this machine")

FORM = Path(__file__).resolve().parents[2] / "forms_catalog/fr/changement-adresse/form.yaml"


@pytest.fixture(scope="module")
def heard() -> dict[str, tuple[str, str]]:
    """Return, for each subject, the published text and the one that is counted."""
    loaded = load_form(FORM.read_bytes(), file=FORM.name)
    assert loaded.definition is not None
    assert loaded.compiled is not None
    version = FormVersion(compiled=loaded.compiled, digest="heard")
    counted = texts_heard(version, ReadingLevel.PLAIN)
    published = {
        each.subject: each.text for each in form_prompts(loaded.definition) if each.level is ReadingLevel.PLAIN
    }
    assert counted.keys() == published.keys()
    return {subject: (published[subject], counted[subject]) for subject in published}


@pytest.mark.parametrize("subject", ["step:foyer", "question:duree", "question:organismes", "question:vehicule"])
def test_a_question_that_stands_whole_in_its_clip_counts_as_published(
    heard: dict[str, tuple[str, str]], subject: str
) -> None:
    published, counted = heard[subject]
    assert counted == published


def test_fields_documents_and_official_texts_count_as_their_page_says_them(heard: dict[str, tuple[str, str]]) -> None:
    assert "Code postal." in heard["question:nouvelle_adresse"][1]
    assert "Photos ou fichiers." in heard["question:justificatif"][1]
    assert heard["question:exactitude"][1].startswith("Texte officiel")


def test_a_group_counts_as_its_card_asks_it(heard: dict[str, tuple[str, str]]) -> None:
    assert " 1. " in heard["question:personne_nom"][1]
    assert heard["question:autres_personnes"][1] == heard["question:autres_personnes"][0]
