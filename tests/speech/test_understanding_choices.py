"""Yes and no, boxes, one choice, several choices, civility."""

from typing import Any

import pytest

from tests.speech.understood import ASK, NO_MATCH, UNKNOWN, heard, said, then

YES = """oui|Oui.|ouais|oui oui|ah oui|ben oui|euh oui|tout à fait|bien sûr|bien sûr que oui|exactement|absolument
c'est ça|d'accord|ok|effectivement|évidemment|mais oui|oui merci|oui s'il vous plaît|oui bien sûr
oui tout à fait|oui, j'ai deux enfants|si si|carrément|affirmatif|volontiers|c'est exact|je confirme|en effet
voui|malheureusement oui|ah ben oui|oui voilà|c'est le cas|certainement"""
NO = """non|Non !|nan|non non|ah ben non|euh non|pas du tout|absolument pas|jamais|bien sûr que non|non merci|mais non
certainement pas|négatif|surtout pas|non jamais|pas encore|non pas encore|non je n'en ai pas|je n'en ai pas
non, je suis célibataire|non pas du tout|oh non|en aucun cas|hors de question|ce n'est pas le cas
ah non alors|malheureusement non|que non"""
NEITHER = """non enfin si|oui enfin non|oui et non|je crois que oui|je crois|peut-être|pas vraiment|ça dépend
plus ou moins|oui mais|oui mais pas tout le temps|non mais oui|parfois|un peu|je crois que non|je pense que oui|bof
oui non|pas sûr|sans doute|ni oui ni non|pourquoi pas|oui pas vraiment|presque|enfin oui si on veut|pas toujours
oui ou non|j'hésite|normalement oui|à moitié"""


@pytest.mark.parametrize("transcript", YES.replace("\n", "|").split("|"))
def test_yes(transcript: str) -> None:
    assert said("yes_no", transcript) is True


@pytest.mark.parametrize("transcript", NO.replace("\n", "|").split("|"))
def test_no(transcript: str) -> None:
    assert said("yes_no", transcript) is False


@pytest.mark.parametrize("transcript", NEITHER.replace("\n", "|").split("|"))
def test_neither_yes_nor_no_is_asked(transcript: str) -> None:
    assert said("yes_no", transcript) is ASK


@pytest.mark.parametrize("transcript", ["patate", "douze mars", "il fait beau", "Rennes"])
def test_what_is_no_answer_does_not_match(transcript: str) -> None:
    assert said("yes_no", transcript) is NO_MATCH


BOXES = {
    "oui": True,
    "j'accepte": True,
    "je certifie": True,
    "oui je certifie": True,
    "j'atteste sur l'honneur": True,
    "cochez la case": True,
    "je suis d'accord": True,
    "lu et approuvé": True,
    "non": False,
    "je refuse": False,
    "je n'accepte pas": False,
    "ne cochez pas": False,
    "je ne suis pas d'accord": False,
    "peut-être": ASK,
    "oui mais non": ASK,
    "je vais réfléchir": ASK,
    "il fait beau": NO_MATCH,
}


@pytest.mark.parametrize("transcript", BOXES)
def test_boxes(transcript: str) -> None:
    assert said("checkbox", transcript) == BOXES[transcript]


SITUATION = {
    "alone": "Célibataire",
    "married": "Marié(e) ou pacsé(e)",
    "divorced": "Divorcé(e) ou séparé(e)",
    "widowed": "Veuf ou veuve",
}
ONE: dict[str, Any] = {
    "célibataire": "alone",
    "je suis célibataire": "alone",
    "veuve": "widowed",
    "veuf": "widowed",
    "je suis veuve depuis deux ans": "widowed",
    "mariée": "married",
    "marié": "married",
    "je suis pacsée": "married",
    "divorcée": "divorced",
    "séparé": "divorced",
    "marié ou pacsé": "married",
    "la première": "alone",
    "le premier": "alone",
    "la deuxième": "married",
    "la seconde": "married",
    "la dernière": "widowed",
    "l'avant-dernière": "divorced",
    "numéro trois": "divorced",
    "le trois": "divorced",
    "3": "divorced",
    "la 2": "married",
    "la 2e": "married",
    "le petit un": "alone",
    "option deux": "married",
    "réponse quatre": "widowed",
    "pas marié, divorcé": "divorced",
    "je ne suis pas mariée mais divorcée": "divorced",
    "célibataire, pardon, veuve": "widowed",
    "pas marié": ASK,
    "je ne suis pas célibataire": ASK,
    "marié ou veuf": ASK,
    "marié et veuf": ASK,
    "la cinquième": ASK,
    "la dixième": ASK,
    "je crois que je suis divorcé": ASK,
    "veuf non divorcé": ASK,
    "ni l'un ni l'autre": ASK,
    "célibatère": ASK,
    "il pleut": NO_MATCH,
    "je ne sais pas": UNKNOWN,
    "aucune idée": UNKNOWN,
}


@pytest.mark.parametrize("transcript", ONE)
def test_one_choice(transcript: str) -> None:
    assert said("single_choice", transcript, choices=SITUATION) == ONE[transcript]


FOR_WHOM = {"self": "Pour vous", "other": "Pour une autre personne"}


@pytest.mark.parametrize(
    ("transcript", "value"),
    [
        ("pour vous", "self"),
        ("pour moi", "self"),
        ("moi", "self"),
        ("pour une autre personne", "other"),
        ("oui", NO_MATCH),
    ],
)
def test_a_label_that_addresses_the_person_is_answered_in_the_person_s_words(transcript: str, value: Any) -> None:
    assert said("single_choice", transcript, choices=FOR_WHOM) == value


def test_a_label_is_worth_more_than_a_command() -> None:
    labels = {
        "help": "Aide au logement",
        "one": "Une personne",
        "stop": "Arrêter",
        "dk": "Je ne sais pas",
        "none": "Retour à l'emploi",
    }
    assert said("single_choice", "une personne", choices=labels) == "one"
    assert said("single_choice", "arrêter", choices=labels) == "stop"
    assert said("single_choice", "je ne sais pas", choices=labels) == "dk"
    assert said("single_choice", "aide au logement", choices=labels) == "help"
    assert heard("single_choice", "retour", choices=SITUATION).command == "back"


def test_a_number_is_content_where_labels_count() -> None:
    labels = {"one": "1 enfant", "two": "2 enfants", "more": "3 enfants ou plus", "none": "Aucun enfant"}
    assert said("single_choice", "deux", choices=labels) == "two"
    assert said("single_choice", "deux enfants", choices=labels) == "two"
    assert said("single_choice", "un enfant", choices=labels) == "one"
    assert said("single_choice", "trois ou plus", choices=labels) == "more"
    assert said("single_choice", "aucun", choices=labels) == "none"
    assert said("single_choice", "la deuxième", choices=labels) == "two"
    assert said("single_choice", "quatre enfants", choices=labels) is ASK


def test_a_negation_only_meets_a_label_that_negates() -> None:
    labels = {"works": "Je travaille", "not": "Je ne travaille pas"}
    assert said("single_choice", "je travaille", choices=labels) == "works"
    assert said("single_choice", "je ne travaille pas", choices=labels) == "not"
    assert said("single_choice", "je travaille pas", choices=labels) == "not"
    other = {"home": "Sans domicile", "tenant": "Locataire"}
    assert said("single_choice", "sans domicile", choices=other) == "home"
    assert said("single_choice", "pas locataire", choices=other) is ASK


def test_yes_and_no_may_be_labels() -> None:
    labels = {"yes": "Oui, à temps plein", "part": "Oui, à temps partiel", "no": "Non"}
    assert said("single_choice", "non", choices=labels) == "no"
    assert said("single_choice", "oui", choices=labels) is ASK
    assert said("single_choice", "à temps partiel", choices=labels) == "part"


def test_a_retraction_word_in_a_label_takes_nothing_back() -> None:
    labels = {"yes": "Plutôt satisfait", "no": "Plutôt pas satisfait"}
    assert said("single_choice", "plutôt satisfait", choices=labels) == "yes"
    assert said("single_choice", "plutôt pas satisfait", choices=labels) == "no"


def test_candidates_are_asked_and_answered() -> None:
    assert then("single_choice", "marié ou veuf", "veuf", choices=SITUATION) == "widowed"
    assert then("single_choice", "je crois que je suis divorcé", "oui", choices=SITUATION) == "divorced"
    assert then("single_choice", "je crois que je suis divorcé", "non, veuf", choices=SITUATION) == "widowed"


ENERGY = {"water": "Eau", "power": "Électricité", "gas": "Gaz", "wood": "Fioul ou bois"}
SEVERAL: dict[str, Any] = {
    "le gaz": ["gas"],
    "l'eau et le gaz": ["water", "gas"],
    "le gaz et l'eau": ["water", "gas"],
    "eau, gaz, électricité": ["water", "power", "gas"],
    "eau électricité gaz": ["water", "power", "gas"],
    "l'eau, puis le bois": ["water", "wood"],
    "la première et la troisième": ["water", "gas"],
    "1 et 3": ["water", "gas"],
    "la première, la deuxième et la dernière": ["water", "power", "wood"],
    "les deux premières": ["water", "power"],
    "tout": ["water", "power", "gas", "wood"],
    "toutes": ["water", "power", "gas", "wood"],
    "tous les quatre": ["water", "power", "gas", "wood"],
    "les quatre": ["water", "power", "gas", "wood"],
    "tout sauf le gaz": ["water", "power", "wood"],
    "toutes sauf la deuxième": ["water", "gas", "wood"],
    "tout sauf l'eau et le gaz": ["power", "wood"],
    "aucun": [],
    "aucune": [],
    "rien": [],
    "aucune de ces réponses": [],
    "rien du tout": [],
    "non": [],
    "ni l'un ni l'autre": [],
    "le gaz et le charbon": ASK,
    "pas le gaz": ASK,
    "le gaz ou l'eau": ASK,
    "la septième": ASK,
    "le gaz je crois": ASK,
    "tout sauf le charbon": ASK,
    "il pleut": NO_MATCH,
}


@pytest.mark.parametrize("transcript", SEVERAL)
def test_several_choices(transcript: str) -> None:
    assert said("multiple_choice", transcript, choices=ENERGY) == SEVERAL[transcript]


def test_none_is_a_choice_where_the_list_has_it() -> None:
    labels = {"wash": "Se laver", "eat": "Manger", "none": "Aucun de ces gestes"}
    assert said("multiple_choice", "aucun", choices=labels) == ["none"]
    assert said("multiple_choice", "tout", choices=labels) == ["wash", "eat"]


def test_the_number_of_choices_is_bounded() -> None:
    assert said("multiple_choice", "aucun", choices=ENERGY, constraints={"min_items": 1}) is ASK
    assert said("multiple_choice", "tout", choices=ENERGY, constraints={"max_items": 2}) is ASK


CIVILITIES = {
    "madame": "mme",
    "Madame.": "mme",
    "monsieur": "m",
    "c'est monsieur": "m",
    "la première": "mme",
    "je suis une femme": "mme",
    "un homme": "m",
    "mademoiselle": "mme",
    "bonjour madame": ASK,
    "madame ou monsieur": ASK,
    "monsieur et madame": ASK,
    "il pleut": NO_MATCH,
}


@pytest.mark.parametrize("transcript", CIVILITIES)
def test_civility(transcript: str) -> None:
    assert said("civility", transcript) == CIVILITIES[transcript]


def test_a_choice_without_choices_matches_nothing() -> None:
    assert said("single_choice", "la première") is NO_MATCH
    assert said("multiple_choice", "tout") is NO_MATCH


def test_another_label_inside_a_word_is_asked() -> None:
    assert said("single_choice", "divorcée et remariée", choices=SITUATION) is ASK
    assert heard("single_choice", "sans", choices={"home": "Sans domicile", "tenant": "Locataire"}).value is None
