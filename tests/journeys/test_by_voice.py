"""A form answered in words, without JavaScript: each type of question, conditions, groups, and the commands."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accessform.journeys.models import Journey, StepAnswers
from forms_catalog.models import FormVersion
from forms_catalog.versioning import publish_source
from tests.journeys.small_journeys import make_version
from tests.journeys.speaking import Speaker

SHIPPED = Path(__file__).resolve().parents[2] / "forms_catalog/fr"

WORDS: dict[str, tuple[str, ...]] = {
    "filled_for_who": ("pour moi",),
    "civilite": ("madame",),
    "prenom": ("Camille",),
    "deja_essaye": ("ah ben oui",),
    "ressenti": ("avec quelques difficultés",),
    "aides": ("la première et la dernière",),
    "courriel": ("camille arobase exemple point fr",),
    "telephone": ("zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre",),
    "adresse": ("12 rue des Lilas", "44000 Nantes"),
    "code_postal": ("quarante-quatre mille",),
    "commune": ("Saint-Denis", "Seine-Saint-Denis"),
    "departement": ("la Loire-Atlantique",),
    "pays": ("l'Italie",),
    "tasses": ("trois euh non quatre",),
    "distance": ("deux virgule cinq",),
    "panier": ("trente-quatre euros cinquante",),
    "jour_heureux": ("quatorze juillet", "mille neuf cent quatre-vingt-dix-huit"),
    "rendez_vous": ("le 12 janvier 2027 à quatorze heures trente",),
    "numero_securite_sociale": ("2 85 05 78 006 084 41",),
    "iban": ("FR76 3000 6000 0112 3456 7890 189",),
    "siret": ("732 829 320 00074",),
    "proches-more": ("oui",),
    "proches-0-proche_prenom": ("Sacha",),
    "proches-0-proche_lien": ("ami",),
    "photo": ("passe",),
    "piece_identite": ("passe",),
    "avis": ("C'était très clair.",),
    "compris": ("oui",),
}
CANONICAL: dict[str, Any] = {
    "filled_for_who": "self",
    "civilite": "mme",
    "prenom": "Camille",
    "deja_essaye": True,
    "ressenti": "moyen",
    "aides": ["grand", "personne"],
    "courriel": "camille@exemple.fr",
    "telephone": "+33639981234",
    "adresse": {"street": "12 rue des Lilas", "complement": "", "postal_code": "44000", "city": "Nantes"},
    "code_postal": "44000",
    "commune": {"code": "93066", "name": "Saint-Denis"},
    "departement": "44",
    "pays": "IT",
    "tasses": 4,
    "distance": "2.5",
    "panier": "34.50",
    "jour_heureux": "1998-07-14",
    "rendez_vous": "2027-01-12T14:30",
    "numero_securite_sociale": "285057800608441",
    "iban": "FR7630006000011234567890189",
    "siret": "73282932000074",
    "proches": [{"proche_prenom": "Sacha", "proche_lien": "ami"}],
    "avis": "C'était très clair",
    "compris": True,
}


@pytest.fixture
def demonstration(db: None) -> FormVersion:
    file = SHIPPED / "demonstration/form.yaml"
    return publish_source(source=file.read_bytes(), file=file.name).version


@pytest.fixture
def guest(demonstration: FormVersion, client: Client) -> Speaker:
    """Somebody on the first page of the demonstration, in voice mode."""
    return Speaker(client).start("demonstration").choose_voice()


@pytest.fixture
def speaker(trial_form: FormVersion, client: Client) -> Speaker:
    """Somebody on the first question of the small form, in voice mode."""
    return Speaker(client).start("essai").press(filled_for_who="self").choose_voice()


def answers() -> dict[str, Any]:
    return {name: value for row in StepAnswers.objects.order_by("pk") for name, value in row.answers.items()}


def answered(person: Speaker, words: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Answer each question that comes up with its words, and confirm; yield the fields, in order."""
    added = False
    for _ in range(80):
        if person.card is None:
            return
        name = person.asked
        yield name
        for said in ("non",) if name.endswith("-more") and added else words[name]:
            person.say(said)
        added = added or name.endswith("-more")
        if person.phase == "confirming" and person.asked == name:
            person.yes()


def test_every_type_of_question_is_answered_in_words(guest: Speaker) -> None:
    asked = list(answered(guest, WORDS))
    assert guest.path.endswith("/verifier")
    assert set(asked) == set(WORDS)
    found = answers()
    assert {name: found[name] for name in CANONICAL} == CANONICAL
    assert "photo" not in found


def test_one_question_at_a_time_with_its_own_fields(speaker: Speaker) -> None:
    assert (speaker.phase, speaker.asked) == ("asking", "nom")
    assert speaker.page.get_element_by_id("nom") is not None
    assert not speaker.page.xpath("//*[@id='naissance']")
    assert "Dites ou écrivez votre réponse" in speaker.told
    assert "peut envoyer votre voix à son fabricant" in speaker.told
    assert "écrire au clavier est plus sûr" in speaker.told


def test_no_card_where_the_form_is_read(trial_form: FormVersion, client: Client) -> None:
    assert Speaker(client).start("essai").card is None


def test_what_is_understood_is_read_back_and_saved_on_yes_only(speaker: Speaker) -> None:
    speaker.press(nom="Durand")
    speaker.say("douze mars 1948")
    assert (speaker.phase, speaker.understood) == ("confirming", "12 mars 1948")
    assert "naissance" not in answers()
    speaker.say("oui")
    assert answers()["naissance"] == "1948-03-12"
    assert speaker.asked == "enfants"
    assert StepAnswers.objects.get(step_id="vous").typed["naissance"] == ["12/03/1948"]


def test_enter_in_the_box_gives_the_words(speaker: Speaker) -> None:
    speaker.say("Durand", action="next")
    assert (speaker.phase, speaker.understood) == ("confirming", "Durand")
    assert "Lettre par lettre" in speaker.told


def test_a_no_asks_again_and_a_correction_is_confirmed(speaker: Speaker) -> None:
    speaker.press(nom="Durand")
    speaker.say("12 mars 1948").no()
    assert (speaker.phase, answers().get("naissance")) == ("asking", None)
    speaker.say("12 mars 1948").say("non, le treize")
    assert speaker.understood == "13 mars 1948"
    speaker.yes()
    assert answers()["naissance"] == "1948-03-13"


def test_what_the_form_refuses_is_told_in_its_own_words(speaker: Speaker) -> None:
    speaker.press(nom="Durand")
    speaker.say("le 3 mars 1890")
    assert speaker.phase == "asking"
    assert "1900" in speaker.told
    assert "naissance" not in answers()


def test_going_on_with_nothing_said_neither_takes_nor_drops_what_waits(speaker: Speaker) -> None:
    speaker.press(nom="Durand")
    speaker.say("12 mars 1948").press("next")
    assert (speaker.phase, speaker.understood) == ("confirming", "12 mars 1948")
    assert "naissance" not in answers()


@pytest.mark.parametrize(
    ("reply", "written", "waits"),
    [
        ("oui", "le 13 mars 1948", "13 mars 1948"),
        ("non", "le 13 mars 1948", "13 mars 1948"),
        ("oui", "le 12 mars 1948", "12 mars 1948"),
        ("oui", "le 12", ""),
        ("non", "oui", ""),
    ],
)
def test_a_button_beside_other_words_is_no_yes_to_what_waits(
    speaker: Speaker, reply: str, written: str, waits: str
) -> None:
    speaker.press(nom="Durand").say("12 mars 1948").say(written, f"reply:{reply}")
    assert "naissance" not in answers()
    assert (speaker.asked, speaker.understood) == ("naissance", waits)


def test_a_button_beside_the_same_word_is_that_word(speaker: Speaker) -> None:
    speaker.press(nom="Durand").say("12 mars 1948").say("oui", "reply:oui")
    assert answers()["naissance"] == "1948-03-12"


def test_the_fields_answer_at_any_moment(speaker: Speaker) -> None:
    speaker.press(nom="Durand")
    speaker.say("12 mars 1948").press("next", naissance="3 mars 1950")
    assert (speaker.asked, answers()["naissance"]) == ("enfants", "1950-03-03")


def test_conditions_are_followed(speaker: Speaker) -> None:
    speaker.press(nom="Durand")
    speaker.press(naissance="3 mars 1950")
    assert speaker.say("non").path.endswith("/papiers/")
    speaker.press("previous")
    assert speaker.asked == "enfants"
    speaker.say("oui")
    assert speaker.asked == "combien"


def test_a_group_is_asked_entry_by_entry(speaker: Speaker) -> None:
    speaker.press(nom="Durand").press(naissance="3 mars 1950")
    speaker.say("oui").say("deux").yes()
    assert speaker.asked == "surnom"
    speaker.say("passe")
    assert (speaker.path.rpartition("/foyer")[1], speaker.asked) == ("/foyer", "personnes-0-prenom")
    assert "Personne 1." in speaker.told
    assert speaker.page.xpath("//*[@id='voice']/following::input[@id='personnes-0-prenom']")
    assert "Personne 1. Prénom" in speaker.say("Sacha").told
    speaker.yes()
    assert speaker.asked == "personnes-0-ecole"
    speaker.say("oui")
    assert speaker.asked == "personnes-0-classe"
    speaker.say("CE1").yes()
    assert speaker.asked == "personnes-more"
    speaker.say("oui")
    assert speaker.asked == "personnes-1-prenom"
    speaker.say("retour")
    assert speaker.asked == "personnes-0-classe"
    speaker.say("CE2").yes().say("oui")
    assert answers()["personnes"][0] == {"prenom": "Sacha", "ecole": True, "classe": "CE2"}
    speaker.say("Lou").yes().say("non")
    speaker.say("non")
    assert speaker.path.endswith("/papiers/")
    assert [item["prenom"] for item in answers()["personnes"]] == ["Sacha", "Lou"]


def test_failures_climb_to_the_keyboard_and_a_person(speaker: Speaker) -> None:
    speaker.press(nom="Durand")
    told = [speaker.say("bleu").told for _ in range(3)]
    assert "3 mars 1948" in told[0]
    assert "Dites le jour" not in told[0]
    assert "Dites le jour" in told[1]
    assert "Une personne peut aussi vous aider" in told[2]
    assert speaker.page.xpath("//button[@value='order:human']")
    speaker.press("order:human")
    assert speaker.path.endswith("/personne")


def test_after_three_failures_one_tap_leads_to_the_question_s_own_field(speaker: Speaker) -> None:
    speaker.press(nom="Durand")
    for _ in range(3):
        assert not speaker.page.xpath("//*[@id='voice']//a")
        speaker.say("bleu")
    assert speaker.page.xpath("//*[@id='voice']//a/@href") == ["#naissance"]
    assert speaker.page.get_element_by_id("naissance").tag == "input"
    assert "Dites le jour" not in speaker.told
    assert "Cela ne vient pas de vous" in speaker.told
    assert "Dites le jour" in speaker.say("aide").told


def test_words_are_shown_again_only_where_they_were_not_taken(speaker: Speaker) -> None:
    speaker.press(nom="Durand")
    assert "Vous avez répondu : bleu" in speaker.say("bleu").told
    assert "Vous avez répondu : douze mars" in speaker.say("douze mars").told
    for words in ("aide", "je ne sais pas", "stop"):
        assert "Vous avez répondu" not in speaker.say(words).told, words


def test_a_name_is_shown_letter_by_letter_as_it_is_written(speaker: Speaker) -> None:
    assert "Lettre par lettre : D, u, r, a, n, d, espace, L, é" in speaker.say("Durand Lé").told


def test_an_address_and_several_choices_are_shown_line_by_line(guest: Speaker) -> None:
    met = answered(guest, WORDS)
    found = {}
    for name in met:
        if name in {"aides", "adresse"}:
            for words in WORDS[name]:
                guest.say(words)
            found[name] = guest.page.xpath("//*[@data-voice-said]//text()[normalize-space()]")
            guest.no()
        if name == "code_postal":
            break
    assert [line.strip() for line in found["adresse"]] == ["12 rue des Lilas", "44000 Nantes"]
    assert len(found["aides"]) == 2


def test_what_a_keyboard_may_send_is_told_with_each_new_question(speaker: Speaker) -> None:
    assert "peut envoyer votre voix à son fabricant" in speaker.told
    assert "fabricant" not in speaker.say("Durand").told
    assert "peut envoyer votre voix à son fabricant" in speaker.yes().told


def test_a_document_is_given_with_its_buttons(guest: Speaker) -> None:
    for name in answered(guest, WORDS):
        if name == "photo":
            break
    assert "Pour donner un document, utilisez les boutons de la question" in guest.told
    assert "Dites ou écrivez : passe, retour, ou aide" in guest.told


def test_many_choices_have_a_way_past_them(db: None, client: Client) -> None:
    choices = [{"key": f"c{number}", "label": f"Choix {number}"} for number in range(6)]
    asked = [
        {"id": "peu", "type": "single_choice", "label": "Peu", "choices": choices[:4]},
        {"id": "beaucoup", "type": "multiple_choice", "label": "Beaucoup", "choices": choices},
    ]
    make_version(slug="choix", steps=[{"id": "vous", "title": "Vous", "questions": asked}])
    speaker = Speaker(client).start("choix").press(filled_for_who="self").choose_voice()
    way_past = "//form[@id='step-form']/p/a[@href='#voice']"
    assert (speaker.asked, len(speaker.page.xpath(way_past))) == ("peu", 0)
    speaker.press(peu="c1")
    assert (speaker.asked, len(speaker.page.xpath(way_past))) == ("beaucoup", 1)
    assert not speaker.say("bleu").page.xpath(way_past)


def test_an_empty_answer_is_told_so(speaker: Speaker) -> None:
    assert "Nous n'avons pas reçu votre réponse" in speaker.say("").told


def test_commands_are_obeyed_and_lose_nothing(speaker: Speaker) -> None:
    speaker.press(nom="Durand")
    speaker.say("12 mars 1948")
    for words in ("aide", "répète", "plus lentement", "je ne sais pas"):
        speaker.say(words)
        assert (speaker.phase, speaker.understood) == ("confirming", "12 mars 1948"), words
    assert speaker.page.xpath("string(/html/@data-voice-rate)") == "0.85"
    speaker.say("stop")
    assert speaker.phase == "stopped"
    assert not speaker.page.xpath("//*[@data-voice-text]")
    assert not speaker.page.xpath("//button[@data-listen]")
    speaker.press("resume")
    assert speaker.understood == "12 mars 1948"
    speaker.say("retour")
    assert speaker.asked == "nom"


def test_another_button_keeps_the_words_that_wait(speaker: Speaker) -> None:
    speaker.press(nom="Durand")
    speaker.say("douze mars", action="larger")
    assert speaker.page.get_element_by_id("voice-words").get("value") == "douze mars"
    speaker.say("12 mars 1948").press("larger")
    assert speaker.page.get_element_by_id("voice-words").get("value") == "douze mars mille neuf cent quarante-huit"
    speaker.press("say").yes()
    assert answers()["naissance"] == "1948-03-12"
    assert "_said" not in StepAnswers.objects.get(step_id="vous").typed


def test_not_knowing_offers_to_go_on_or_a_person(speaker: Speaker) -> None:
    speaker.press(nom="Durand").press(naissance="3 mars 1950").say("oui").say("2").yes()
    speaker.say("je ne sais pas")
    assert speaker.page.xpath("//button[@value='order:skip']")
    speaker.press("order:skip")
    assert speaker.path.endswith("/foyer/")


def test_a_needed_answer_is_not_skipped(speaker: Speaker) -> None:
    speaker.say("passe")
    assert (speaker.asked, "Cette réponse est nécessaire" in speaker.told) == ("nom", True)


def test_it_resumes_where_it_was(speaker: Speaker) -> None:
    speaker.say("Durand").yes()
    speaker.get(f"/d/{Journey.objects.get().pk}/")
    assert speaker.asked == "naissance"
    assert answers()["nom"] == "Durand"


def test_words_are_escaped(speaker: Speaker) -> None:
    speaker.say("<b>Durand</b> bis")
    assert not speaker.page.xpath("//*[@id='voice']//b")


@pytest.fixture
def checking(speaker: Speaker) -> Speaker:
    """Somebody at the check of answers, in voice mode."""
    speaker.press(nom="Durand").press(naissance="3 mars 1950").say("non")
    speaker.press(piece__how="later").say("passe").say("oui").yes()
    assert speaker.path.endswith("/verifier")
    return speaker


def send(person: Speaker, words: str) -> Speaker:
    key = person.page.xpath("string(//form[.//*[@data-voice-text]]//input[@name='key']/@value)")
    person._follow(person.client.post(person.path, {"voice-words": words, "key": key}))
    return person


@pytest.mark.parametrize("words", ["", "oui", "envoie", "envoyer", "j'envoie", "je n'envoie pas ma demande", "bonjour"])
def test_nothing_but_the_phrase_sends(checking: Speaker, words: str) -> None:
    send(checking, words)
    assert checking.path.endswith("/verifier")
    assert "Nous n'avons rien envoyé" in checking.text
    assert checking.page.xpath("//*[@id='unsent']//a/@href") == ["#voice-words"]
    assert Journey.objects.get().status == "draft"


@pytest.mark.parametrize(
    "words", ["j'envoie ma demande", "J\u2019envoie ma demande.", "j'envoie ma demande s'il vous plaît"]
)
def test_the_phrase_sends(checking: Speaker, words: str) -> None:
    assert send(checking, words).path.endswith("/recu")
    assert Journey.objects.get().status == "submitted"


@pytest.mark.parametrize(
    ("words", "page"), [("une personne", "/personne"), ("stop", "/quitter"), ("retour", "/papiers/")]
)
def test_commands_lead_from_the_check_of_answers(checking: Speaker, words: str, page: str) -> None:
    assert send(checking, words).path.endswith(page)


def test_the_check_of_answers_asks_for_words_in_voice_mode_alone(checking: Speaker) -> None:
    assert checking.page.xpath("//*[@data-voice='sending']")
    checking.client.post("/affichage", {"action": "save", "next": "/", "modality": "text", "help_offers": "on"})
    assert not checking.get(checking.path).page.xpath("//*[@data-voice]")
