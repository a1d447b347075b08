"""Terms and acronyms in a text: the longest first, no overlap, spans in code points, nothing that makes it fall."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from accessform.plain_language.glossary import find_acronyms, find_terms, is_explained, own_term, terms, words_explained
from accessform.plain_language.glossary.terms import regular_plural
from accessform.plain_language.wording import Origin, ReadingLevel, ReviewStatus, Variant, Wording


def written(text: str, **more: object) -> list[tuple[str, str]]:
    return [(text[found.start : found.end], found.term.id) for found in find_terms(text, **more)]


def approved(text: str) -> Variant:
    return Variant(text=text, origin=Origin.AUTHOR, status=ReviewStatus.APPROVED)


def test_the_longest_term_is_the_one_found():
    assert written("un bailleur social") == [("bailleur social", "bailleur-social")]
    assert written("un bailleur sociable") == [("bailleur", "bailleur")]
    assert written("aide non cumulable") == [("non cumulable", "non-cumulable")]


def test_plurals_and_variants_lead_to_the_term():
    assert written("les ayants droit") == [("ayants droit", "ayant-droit")]
    assert written("des quotients familiaux") == [("quotients familiaux", "quotient-familial")]
    assert written("des accusés de réception") == [("accusés de réception", "accuse-de-reception")]


def test_capitals_do_not_count_but_accents_do():
    assert written("Foyer Fiscal, FOYER FISCAL") == [("Foyer Fiscal", "foyer-fiscal"), ("FOYER FISCAL", "foyer-fiscal")]
    assert written("un recepisse") == []


def test_the_form_of_an_acronym_keeps_its_capitals():
    assert written("le RFR, le R.F.R. et le rfr") == [
        ("RFR", "revenu-fiscal-de-reference"),
        ("R.F.R.", "revenu-fiscal-de-reference"),
    ]


def test_a_term_inside_a_word_is_no_term():
    assert written("cautionné, précaution, sous-bailleurs") == [("bailleurs", "bailleur")]


def test_spaces_of_any_kind_and_curly_apostrophes_are_read():
    assert written("avis\u00a0d’imposition") == [("avis\u00a0d’imposition", "avis-d-imposition")]
    assert written("accusé de\n  réception") == [("accusé de\n  réception", "accuse-de-reception")]


def test_spans_count_code_points():
    text = "😀 é\u0301 votre bail"
    [found] = find_terms(text)
    assert text[found.start : found.end] == "bail"


def test_a_form_explains_its_own_words_first():
    own = own_term("foyer fiscal", Wording(standard="Chez nous, autre chose."))
    other = own_term("carte de pêche", Wording(standard="Une carte."))
    assert [found.term for found in find_terms("des cartes de pêche du foyer fiscal", [own, other])] == [other, own]


def test_a_form_s_own_word_takes_the_forms_that_the_glossary_knows():
    own = own_term("RFR", Wording(standard="Le revenu fiscal de référence."))
    assert [found.term for found in find_terms("vos revenus fiscaux de référence", [own])] == [own]


def test_two_names_that_a_form_explains_apart_stay_apart():
    short = own_term("RSA", Wording(standard="Court."))
    long = own_term("revenu de solidarité active", Wording(standard="Long."))
    assert [found.term for found in find_terms("revenu de solidarité active (RSA)", [short, long])] == [long, short]


def test_a_form_s_own_explanation_is_served_as_every_wording():
    easy = own_term("bail", Wording(standard="Contrat.", plain=approved("Un contrat."), easy=approved("Un papier.")))
    assert (easy.at(ReadingLevel.STANDARD), easy.at(ReadingLevel.PLAIN)) == ("Un contrat.", "Un contrat.")
    assert easy.at(ReadingLevel.EASY) == "Un papier."
    draft = Variant(text="Un brouillon.", origin=Origin.RULES, status=ReviewStatus.DRAFT)
    assert own_term("bail", Wording(standard="Contrat.", plain=draft)).plain == "Contrat."


def test_a_name_without_any_word_is_never_found():
    assert find_terms("... ?!", [own_term("?!", Wording(standard="Rien."))]) == []


def test_regular_plurals_stop_at_the_first_link():
    assert regular_plural("mise en demeure") == "mises en demeure"
    assert regular_plural("carte grise") == "cartes grises"
    assert regular_plural("RIB") == "RIB"


def acronyms_in(text: str) -> list[tuple[str, str]]:
    return [(text[found.start : found.end], found.short) for found in find_acronyms(text)]


def test_acronyms_are_found_whole_in_their_own_case_dotted_or_not():
    assert acronyms_in("La CAF, la C.A.F. et la C.A.F") == [("CAF", "CAF"), ("C.A.F.", "CAF"), ("C.A.F", "CAF")]
    assert acronyms_in("la caf, CAFE, ACAF, CAF2, C2S") == [("C2S", "C2S")]
    assert acronyms_in("d'APL et l'APL/RSA") == [("APL", "APL"), ("APL", "APL"), ("RSA", "RSA")]


def test_an_address_is_no_acronym():
    assert acronyms_in("www.CAF.fr, CAF.fr, moi@CAF.fr") == []


def test_an_acronym_at_the_end_of_a_sentence_is_found():
    assert acronyms_in("Vous recevez le RSA.") == [("RSA", "RSA")]


texts = st.text() | st.lists(
    st.sampled_from([*"ÀéœßİıŁ😀\u0301\u200f\u00a0\n.'’-", "bail", "BAIL", "C.A.F.", "RFR", "ayants droit", "état"])
).map("".join)


@given(texts)
def test_any_text_gets_an_answer_in_order_without_overlap(text):
    words_explained(text)
    for found in (find_terms(text), find_acronyms(text)):
        places = [(one.start, one.end) for one in found]
        assert all(start < end <= len(text) for start, end in places)
        assert all(before[1] <= after[0] for before, after in pairwise(places))


@given(st.text(), st.text(min_size=1))
def test_any_name_may_be_explained_by_a_form(text, name):
    find_terms(f"{text} {name} {text}", [own_term(name, Wording(standard="Un mot."))])


def test_a_million_signs_are_read():
    text = "le revenu fiscal de référence de votre C.A.F. et " * 20_000
    assert len(find_terms(text)) == 40_000


def test_every_term_has_a_domain_of_administration():
    assert {term.domain for term in terms().values()} >= {"family", "health", "work", "tax", "housing", "justice"}


def explained(text: str, **more: object) -> list[str]:
    return [word.title for word in words_explained(text, **more)]


def test_a_text_explains_its_terms_once_in_order():
    assert explained("Foyers fiscaux, bail, foyer fiscal") == ["foyer fiscal", "bail"]


def test_an_acronym_is_shown_as_written_with_what_it_stands_for():
    assert explained("le R.F.R. de votre foyer") == ["RFR\u00a0: revenu fiscal de référence"]
    [word] = words_explained("Le revenu fiscal de référence, ou RFR")
    assert word.shown == "revenu fiscal de référence"


def test_an_acronym_of_one_meaning_is_spelt_out_unless_the_text_does_it():
    [word] = words_explained("l'APL")
    assert (word.title, word.term.plain) == ("APL", "Aide personnalisée au logement.")
    assert explained("l'aide personnalisée au logement (APL)") == []


def test_an_acronym_of_several_meanings_is_left_to_the_form():
    assert explained("votre ARS") == []
    own = own_term("ARS", Wording(standard="Allocation de rentrée scolaire."))
    assert explained("votre ARS", extra=[own]) == ["ARS"]


def test_what_is_explained_has_an_id_that_is_known():
    assert all(is_explained(word.term.id) for word in words_explained("Votre bail, l'APL et la CNIL"))
    assert not is_explained("n'importe quoi")
