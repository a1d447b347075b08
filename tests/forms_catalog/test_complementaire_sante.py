"""The way through the complémentaire santé solidaire: who is asked what, and who receives it."""

from itertools import combinations
from typing import Any

import pytest

from accessform.journeys.path import journey_path, shown_questions
from forms_catalog.definition import QuestionType
from tests.forms_catalog.test_shipped_forms import load

FORM = load("complementaire-sante-solidaire")

ALONE = {
    "caisse": "cpam",
    "c2s_avant": "jamais",
    "situation_familiale": "celibataire",
    "a_charge": False,
    "lien_parents": "aucun",
    "allocations": ["aucune"],
    "situation_actuelle": "emploi",
    "ressources": ["salaires"],
    "pension_versee": False,
    "statut_logement": "locataire",
    "aide_logement": False,
    "mutuelle": "aucune",
    "gestionnaire": "caisse",
}
MEANS = ("ressources", "ressources-foyer", "logement", "documents")
COUPLES = ("marie", "pacse", "concubinage")


def steps(**answers: Any) -> list[str]:
    return [step.id for step in journey_path(FORM.steps, ALONE | answers).steps]


def asked(**answers: Any) -> list[str]:
    path = journey_path(FORM.steps, ALONE | answers)
    return [question.id for step in path.steps for question in shown_questions(step, path.answers)]


def said(**answers: Any) -> set[str]:
    """Return the explanations that a person meets."""
    path = journey_path(FORM.steps, ALONE | answers)
    return {
        question.id
        for step in path.steps
        for question in step.questions
        if question.type is QuestionType.EXPLANATION
        and (question.show_when is None or question.show_when.holds(path.answers))
    }


@pytest.mark.parametrize(
    ("caisse", "expected"),
    [("cpam", "Caisse d'assurance maladie"), ("autre", "Caisse d'assurance maladie"), ("msa", "Mutualité sociale")],
)
def test_the_request_goes_to_the_fund_that_pays_for_care(caisse, expected):
    service = next(s for s in FORM.service if s.show_when is None or s.show_when.holds({"caisse": caisse}))
    assert service.name.startswith(expected)


def test_a_person_alone_answers_few_questions():
    assert len(asked()) <= 28
    assert "ressources-foyer" not in steps()
    assert "membres" not in asked()


def test_each_kind_of_means_asks_its_own_amount_only():
    kinds = next(question for question in FORM.questions() if question.id == "ressources").choices
    for kind in kinds:
        amounts = [name for name in asked(ressources=[kind.key]) if name.startswith("montant_")]
        assert amounts == ([] if kind.key == "aucune" else [f"montant_{kind.key}"])


def test_the_others_kinds_of_means_are_those_of_the_person():
    choices = {question.id: [choice.key for choice in question.choices] for question in FORM.questions()}
    assert choices["autre_nature"] == [key for key in choices["ressources"] if key != "aucune"]


@pytest.mark.parametrize("situation", COUPLES)
def test_a_couple_tells_its_household_and_its_means(situation):
    couple = {"situation_familiale": situation}
    assert {"membres", "foyer_a_des_ressources", "avis_impot_autres"} <= set(asked(**couple))
    assert "lien_parents" not in asked(**couple)


@pytest.mark.parametrize("situation", ["celibataire", "separe", "veuf"])
def test_a_parent_alone_tells_the_household_too(situation):
    parent = {"situation_familiale": situation, "a_charge": True}
    assert {"membres", "foyer_a_des_ressources"} <= set(asked(**parent))
    assert "lien_parents" not in asked(**parent)


def test_who_depends_on_parents_learns_who_asks():
    assert "demande_des_parents" not in said()
    for case in ("meme_toit", "declaration_parents", "pension_parents"):
        assert "demande_des_parents" in said(lien_parents=case)


def test_an_answer_about_parents_is_forgotten_by_a_couple():
    assert "demande_des_parents" not in said(lien_parents="meme_toit", situation_familiale="marie")


@pytest.mark.parametrize("situation", ["celibataire", "marie"])
def test_with_rsa_nothing_is_asked_about_means_or_price(situation):
    rsa = {"allocations": ["rsa"], "situation_familiale": situation}
    assert not set(MEANS) & set(steps(**rsa))
    assert "dispense" in said(**rsa)
    assert "participation_financiere" not in said(**rsa)


@pytest.mark.parametrize(("worked", "exempt"), [(False, True), (True, False), (None, False)])
def test_with_aspa_means_are_asked_after_recent_work(worked, exempt):
    aspa = {"allocations": ["aspa"], "activite_recente": worked}
    assert "activite_recente" in asked(**aspa)
    assert ("ressources" in steps(**aspa)) is not exempt
    assert ("dispense" in said(**aspa)) is exempt
    assert "participation_financiere" in said(**aspa)


def test_with_asi_or_aah_the_person_is_told_to_ask():
    for allocation in ("asi", "aah"):
        assert "dispense_possible" in said(allocations=[allocation])
        assert "ressources" in steps(allocations=[allocation])
        assert "dispense_possible" not in said(allocations=[allocation, "rsa"])


def test_means_are_asked_of_all_or_of_none():
    keys = ("rsa", "aspa", "asi", "aah")
    for size in range(len(keys) + 1):
        for allocations in combinations(keys, size):
            for worked in (True, False):
                met = {"allocations": list(allocations), "activite_recente": worked, "a_charge": True}
                assert len(set(MEANS) & set(steps(**met))) in (0, len(MEANS)), met
                assert ("dispense" in said(**met)) is ("ressources" not in steps(**met)), met


def test_who_had_it_before_is_asked_about_payments():
    assert "participations" not in asked()
    assert "c2s_fin" in asked(c2s_avant="en_cours")
    assert "c2s_fin" not in asked(c2s_avant="passee")
    assert "reste_a_payer" in said(c2s_avant="passee", participations="a_payer")
    assert "reste_a_payer" not in said(c2s_avant="passee", participations="a_jour")
    assert "reste_a_payer" not in said(c2s_avant="jamais", participations="a_payer")
    assert "regularisation" in asked(c2s_avant="passee", participations="a_payer")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("locataire", True),
        ("proprietaire", True),
        ("etablissement", True),
        ("gratuit", False),
        ("sans_logement", False),
    ],
)
def test_housing_benefit_is_asked_of_who_may_have_one(status, expected):
    assert ("aide_logement" in asked(statut_logement=status, aide_logement=True)) is expected
    assert ("aide_logement_montant" in asked(statut_logement=status, aide_logement=True)) is expected


def test_the_managing_body_is_named_only_when_it_is_not_the_fund():
    assert "gestionnaire_nom" not in asked()
    assert "gestionnaire_nom" in asked(gestionnaire="organisme")
    assert "attendre_la_decision" in said(mutuelle="employeur")
    assert "attendre_la_decision" not in said()
