"""The way through the demande de logement social: who is asked what, who receives it, what the law makes come now."""

from typing import Any

import pytest

from accessform.journeys.path import is_shown, journey_path, shown_questions
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import WITH_FILES, Question, QuestionType
from tests.forms_catalog.test_shipped_forms import load

FORM = load("demande-logement-social")
QUESTIONS = {question.id: question for question in FORM.questions()}

ALONE = {
    "nature_demande": "nouvelle",
    "nationalite": "francaise",
    "situation_familiale": "celibataire",
    "codemandeur": False,
    "autres_personnes": False,
    "enfant_a_naitre": False,
    "situation_professionnelle": "emploi_stable",
    "statut_logement": "locataire_prive",
    "logement_possede": False,
    "motifs": ["trop_cher"],
    "types_souhaites": ["t1", "t2"],
    "autres_communes": True,
    "besoin_adaptation": False,
}
HOUSED = ("locataire_prive", "locataire_social", "proprietaire", "heberge")


def steps(**answers: Any) -> list[str]:
    return [step.id for step in journey_path(FORM.steps, ALONE | answers).steps]


def asked(**answers: Any) -> list[Question]:
    path = journey_path(FORM.steps, ALONE | answers)
    return [question for step in path.steps for question in shown_questions(step, path.answers)]


def names(**answers: Any) -> set[str]:
    return {question.id for question in asked(**answers)}


def said(**answers: Any) -> set[str]:
    """Return the explanations that a person meets."""
    path = journey_path(FORM.steps, ALONE | answers)
    told = (question for step in path.steps for question in step.questions if not question.takes_answer)
    return {question.id for question in told if is_shown(question, path.answers)}


def keys(name: str) -> list[str]:
    return [choice.key for choice in QUESTIONS[name].choices]


def test_a_person_alone_goes_straight_to_the_declaration():
    assert steps()[0] == "identite"
    assert steps()[-1] == "declaration"
    assert not {"codemandeur", "autres-personnes"} & set(steps())


def test_a_person_alone_must_answer_few_questions():
    assert sum(question.required for question in asked() if question.type not in WITH_FILES) <= 28
    assert len(asked()) <= 37


@pytest.mark.parametrize("nature", ["renouvellement", "modification"])
def test_only_a_request_already_made_has_a_number_to_recall(nature):
    assert "numero_unique" not in names()
    assert "numero_unique" in names(nature_demande=nature)


def test_whoever_signs_the_lease_too_is_asked_about():
    added = names(codemandeur=True) - names()
    assert added == {
        *(question.id for question in FORM.step("codemandeur").questions),
        "codemandeur_situation",
    }


def test_each_other_person_gets_an_entry():
    assert names(autres_personnes=True) - names() == {"personnes"}


@pytest.mark.parametrize("link", ["enfant", "parent", "famille", "autre"])
def test_only_a_child_may_live_elsewhere_a_part_of_the_time(link):
    assert is_shown(QUESTIONS["personne_garde"], {"personne_lien": link}) == (link == "enfant")


def test_a_birth_is_dated_only_where_a_child_is_expected():
    assert "naissance_prevue" not in names()
    assert "naissance_prevue" in names(enfant_a_naitre=True)


def test_the_place_of_work_is_asked_of_those_who_work():
    working = {
        key for key in keys("situation_professionnelle") if "commune_travail" in names(situation_professionnelle=key)
    }
    assert working == {"emploi_stable", "emploi_court", "independant"}


def test_no_means_have_no_amount():
    amount = QUESTIONS["ressource_montant"]
    assert [key for key in keys("ressource_nature") if not is_shown(amount, {"ressource_nature": key})] == ["aucune"]


@pytest.mark.parametrize("status", keys("statut_logement"))
def test_rent_and_size_are_asked_of_those_who_have_them(status):
    found = names(statut_logement=status)
    assert ("loyer_actuel" in found) == (status in {"locataire_prive", "locataire_social", "foyer"})
    assert ({"surface_actuelle", "occupants_actuels"} <= found) == (status in HOUSED)
    assert ("bailleur_actuel" in found) == (status == "locataire_social")
    assert ("logement_possede" in found) == (status != "proprietaire")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("locataire_social", "Bailleur social"),
        ("sans", "Service d'accueil et d'orientation"),
        ("hebergement", "Service d'accueil et d'orientation"),
        ("locataire_prive", "Guichet"),
        ("proprietaire", "Guichet"),
        ("heberge", "Guichet"),
        ("foyer", "Guichet"),
    ],
)
def test_each_one_goes_to_the_counter_that_can_help(status, expected):
    service = next(s for s in FORM.service if s.show_when is None or s.show_when.holds({"statut_logement": status}))
    assert service.name.startswith(expected)


def test_what_helps_at_once_is_said_on_the_next_page_where_it_cannot_be_missed():
    assert "a-savoir" not in steps()
    for reason in ("violences", "expulsion"):
        way = steps(motifs=[reason])
        assert way[way.index("motifs") + 1] == "a-savoir"


def test_violence_brings_emergency_numbers_and_nothing_to_tell():
    assert "aide_violences" not in said(motifs=["trop_petit"])
    assert "aide_violences" in said(motifs=["trop_petit", "violences"])
    assert names(motifs=["violences"]) == names()


@pytest.mark.parametrize("level", ReadingLevel)
def test_emergency_numbers_are_the_same_at_every_level(level):
    for number in ("17", "114", "3919"):
        assert number in QUESTIONS["aide_violences"].label.at(level)


def test_the_mediation_commission_is_named_where_one_need_not_wait():
    named = {key for key in keys("motifs") if "aide_dalo" in said(motifs=[key])}
    assert named == {"sans_logement", "mauvais_etat", "expulsion", "trop_petit"}


def test_needs_are_described_only_where_there_are_some():
    assert names(besoin_adaptation=True) - names() == {"adaptations", "adaptation_precision"}


@pytest.mark.parametrize(
    ("nationality", "paper"), [("francaise", "piece_identite"), ("europe", "piece_identite"), ("autre", "titre_sejour")]
)
def test_one_paper_only_is_mandatory_and_it_depends_on_the_nationality(nationality, paper):
    papers = [question for question in asked(nationalite=nationality) if question.type in WITH_FILES]
    assert [question.id for question in papers if question.must_be_answered] == [paper]
    assert [question.id for question in papers] == [paper, "avis_impot"]


def test_every_adult_may_have_no_social_security_number():
    numbers = [question for question in FORM.questions() if question.type is QuestionType.NIR]
    assert [question.id for question in numbers] == ["numero_securite_sociale", "codemandeur_nir", "personne_nir"]
    assert not any(question.required for question in numbers)
