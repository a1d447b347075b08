"""The glossary: enough entries, no two alike, written as simply as they promise, explained by simpler words."""

import re

import pytest

from accessform.plain_language.glossary import Term, acronyms, find_acronyms, find_terms, meaning_of, terms
from accessform.plain_language.linting import Role, lint
from accessform.plain_language.wording import ReadingLevel
from tests.reading_rules import with_pattern

PLAIN = [(f"{term.id}:plain", term.plain) for term in terms().values()]
AT_HAND = {"france-travail", "carte-vitale", "avis-d-imposition", "curateur", "tuteur"}
"""A name, a card and a letter that people have in hand, and two persons explained in the same breath."""

EASY = [(f"{term.id}:easy", term.easy) for term in terms().values()]


def test_there_are_enough_terms_and_acronyms():
    assert len(terms()) >= 160
    assert sum(len(meanings) for meanings in acronyms().values()) >= 260


@pytest.mark.parametrize(
    "id",
    [
        "quotient-familial",
        "ayant-droit",
        "justificatif-de-domicile",
        "revenu-fiscal-de-reference",
        "foyer-fiscal",
        "mise-en-demeure",
        "tutelle",
        "curatelle",
        "recours-gracieux",
        "accuse-de-reception",
        "attestation-sur-l-honneur",
        "plafond-de-ressources",
        "reste-a-charge",
        "tiers-payant",
        "caution",
        "depot-de-garantie",
        "bailleur",
        "affection-de-longue-duree",
        "retroactif",
        "subrogation",
    ],
)
def test_the_terms_people_stumble_on_are_there(id):
    assert id in terms()


def test_no_form_belongs_to_two_terms():
    owners: dict[str, set[str]] = {}
    for term in terms().values():
        for form in (term.term, *term.forms):
            owners.setdefault(form.casefold(), set()).add(term.id)
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


def test_every_form_of_a_term_is_found_and_leads_to_it():
    missed = []
    for term in terms().values():
        for form in (term.term, *term.forms):
            found = find_terms(f"Voici « {form} ».")
            if [(one.term, one.end - one.start) for one in found] != [(term, len(form))]:
                missed.append((term.id, form))
    assert missed == []


def test_every_acronym_is_found():
    assert [short for short in acronyms() if [one.short for one in find_acronyms(f"Le {short}.")] != [short]] == []


def test_an_explanation_has_two_sentences_at_most():
    two = [name for name, text in (*PLAIN, *EASY) if len(re.findall(r"[.]( |$)", text)) > 2]
    assert two == []


def test_every_explanation_ends_with_a_stop():
    assert [name for name, text in (*PLAIN, *EASY) if not text.endswith(".")] == []


def used_in(term: Term, level: ReadingLevel) -> set[str]:
    return {found.term.id for found in find_terms(term.at(level))}


def test_no_term_explains_itself():
    assert [
        (term.id, level)
        for term in terms().values()
        for level in (ReadingLevel.PLAIN, ReadingLevel.EASY)
        if term.id in used_in(term, level)
    ] == []


def test_an_explanation_uses_few_terms_that_need_one_and_the_very_simple_ones_hardly_any():
    plain = [(term.id, used_in(term, ReadingLevel.PLAIN)) for term in terms().values()]
    easy = [(term.id, used_in(term, ReadingLevel.EASY)) for term in terms().values()]
    assert [(id, used) for id, used in plain if len(used) > 1] == []
    assert [(id, used) for id, used in easy if used - AT_HAND] == []


def test_no_two_terms_explain_each_other():
    uses = {term.id: used_in(term, ReadingLevel.PLAIN) for term in terms().values()}
    assert [(one, other) for one, used in uses.items() for other in used if one in uses[other]] == []


def test_no_explanation_uses_an_acronym():
    known = "Caf|Pacs"
    assert with_pattern([*PLAIN, *EASY], rf"\b(?!{known})(?-i:[A-Z]{{2,}})\b") == []


def test_meanings_are_written_alike():
    odd = [
        (short, one.meaning)
        for short, meanings in acronyms().items()
        for one in meanings
        if re.search(r"[’!.]| {2}|^(?:le|la|les|l') ", one.meaning) or not one.meaning[0].isalpha()
    ]
    assert odd == []


def test_an_acronym_of_several_domains_is_expanded_only_where_the_domain_is_known():
    assert meaning_of("RSA") == "revenu de solidarité active"
    assert meaning_of("RSA", "health") == "revenu de solidarité active"
    assert meaning_of("ARS") is None
    assert meaning_of("ARS", "health") == "agence régionale de santé"
    assert meaning_of("ARS", "family") == "allocation de rentrée scolaire"
    assert meaning_of("ARS", "transport") is None
    assert meaning_of("ZZZ") is None


def test_texts_are_never_called_falc():
    assert with_pattern([*PLAIN, *EASY], r"\bFALC\b") == []


def test_the_linter_finds_nothing_in_the_explanations():
    found = [
        (term.id, level, finding.rule)
        for term in terms().values()
        for level in (ReadingLevel.PLAIN, ReadingLevel.EASY)
        for finding in lint(term.at(level), role=Role.HELP, level=level, parser=False)
    ]
    assert found == []
