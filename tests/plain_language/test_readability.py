"""The score: what it says of real wording, what it refuses, and what no text can do to it."""

import hashlib
import json
import math
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accessform.plain_language import parsing
from accessform.plain_language.readability import LONGEST_TEXT, TextTooLong, score, score_texts
from accessform.plain_language.readability.cleaning import prose
from accessform.plain_language.readability.coefficients import FILE, coefficients
from accessform.plain_language.readability.flesch import fed_to_textstat, flesch
from accessform.plain_language.sentences import sentences_of

needs_tools = pytest.mark.skipif(not parsing.available(), reason="the wording tools are not installed")
pytestmark = needs_tools
READMEPP = Path(__file__).resolve().parents[3] / "shared" / "data" / "readability"

OFFICIAL = (
    "Le demandeur est tenu de transmettre, dans un délai de deux mois à compter de la notification de la présente "
    "décision, l'ensemble des pièces justificatives mentionnées à l'art. L. 123-4 du code de l'action sociale, sous "
    "peine d'irrecevabilité de sa réclamation."
)
PLAIN = (
    "Vous avez deux mois pour envoyer tous vos justificatifs. Ce délai commence quand vous recevez cette décision. "
    "La liste des justificatifs est à l'article L. 123-4 du code de l'action sociale. Si vous les envoyez trop tard, "
    "votre réclamation sera refusée."
)
EASY = (
    "Envoyez vos papiers avant deux mois. Les deux mois commencent le jour où vous recevez la lettre. "
    "Après deux mois, nous ne lirons pas votre demande."
)
FRAGMENTS = st.sampled_from(
    ["l'art. L. 123-4", "M. Dupont", "1 234,56 €", "😀", "مرحبا", "<p>", "</p>", "«", "»", "\n- ", "https://x.fr/?a=1",
     "a@b.fr", "VOTRE DEMANDE", "vous devez signer le formulaire", "?", "etc.", "**", "&amp;", "\u202e", "the form"]
)  # fmt: skip


def level(text: str) -> float:
    found = score(text).level
    assert found is not None
    return found


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in sentences_of(text)]


def test_a_simpler_wording_has_a_lower_level_and_an_easier_flesch():
    official, plain, easy = score(OFFICIAL), score(PLAIN), score(EASY)
    assert official.level > plain.level + 1 > easy.level + 1
    assert official.flesch < plain.flesch < easy.flesch


def test_official_prose_is_near_b2_and_easy_prose_near_a2():
    assert 4 < level(OFFICIAL) < 5.5
    assert 1.5 < level(EASY) < 2.8


def test_a_score_counts_words_and_sentences():
    found = score("M. Dupont gagne 1 234,56 € par mois. Il lit l'art. L. 123-4 et écrit à jean@example.fr.")
    assert (found.words, found.sentences) == (14, 2)


@pytest.mark.parametrize("text", ["", " ", "Nom", "Votre nom de naissance", "un deux trois quatre cinq six sept huit"])
def test_a_text_under_twelve_words_has_no_level_and_says_so(text):
    found = score(text)
    assert (found.level, found.flesch, found.costs) == (None, None, ())
    assert "au moins 12 mots" in found.refusal
    assert found.words == len(text.split())


def test_a_refusal_needs_no_parser():
    code = "import sys; from accessform.plain_language.readability import score; score('Votre nom'); "
    code += "assert not {'spacy', 'textstat', 'numpy', 'django'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize(
    "text",
    [
        "You must send your application before the end of the month to the local council office with proof of address.",
        "مرحبا بكم في هذا المكان " * 5,
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14",
        "Sie müssen Ihren Antrag bis zum Ende des Monats bei der zuständigen Behörde einreichen und unterschreiben.",
    ],
)
def test_a_text_that_is_not_french_is_refused(text):
    found = score(text)
    assert found.level is None
    assert "français" in found.refusal


def test_a_text_too_long_is_refused_clearly():
    with pytest.raises(TextTooLong, match=f"{LONGEST_TEXT}"):
        score("a " * LONGEST_TEXT)
    with pytest.raises(ValueError, match="trop long"):
        score_texts(["Bonjour. " * 100] * LONGEST_TEXT)


@pytest.mark.parametrize(
    "piece", ["le demandeur doit signer ", "oui, ", "non\n", "<p>", "<!--", "_", "M. ", "l'", "[a]("]
)
def test_a_hundred_kilobytes_get_an_answer(piece):
    start = time.perf_counter()
    score(piece * (100_000 // len(piece)))
    assert time.perf_counter() - start < 20


SAME = (
    "Vous devez envoyer votre demande à la mairie avant la fin du mois de mars. "
    "Gardez une copie de cette lettre chez vous."
)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("html", "<div>" + SAME.replace("mairie", "<b>mairie</b>").replace(". ", ".</div>\n<p>") + "</p>"),
        ("entities", SAME.replace("à", "&agrave;")),
        ("markdown", SAME.replace("la mairie", "[la mairie](https://www.example.fr/a)").replace("mars", "**mars**")),
        ("emoji", SAME.replace("Gardez", "📌 Gardez")),
        ("half a character", SAME.replace("Gardez", "\ud800 Gardez")),
        ("direction marks", "\u202b" + SAME + "\u202c"),
        ("decomposed accents", SAME.replace("à", "a\u0300")),
        ("curly apostrophes and narrow spaces", SAME.replace(" de ", "\u202fde ")),
        ("unclosed quote", SAME.replace("Gardez", "« Gardez")),
        ("twice", f"{SAME}\n\n{SAME}"),
        ("thirty times", f"{SAME}\n" * 30),
    ],
)
def test_what_a_reader_does_not_read_changes_no_level(name, same):
    assert level(same) == pytest.approx(level(SAME), abs=0.15)


def test_capitals_change_no_level_much():
    assert level(SAME.upper()) == pytest.approx(level(SAME), abs=0.4)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("art. L. 123-4 du code", "article du code"),
        ("M. Dupont", "monsieur Dupont"),
        ("1 234,56 €", "mille euros"),
        ("https://www.service-public.fr/particuliers/vosdroits/F1234?a=b", "notre site"),
        ("aide.logement@departement.example.fr", "cette adresse"),
    ],
)
def test_abbreviations_numbers_and_addresses_do_not_break_a_sentence(written, plain):
    text = "Pour votre demande, regardez bien {} avant de nous envoyer la lettre signée."
    assert score(text.format(written)).sentences == 1
    assert level(text.format(written)) == pytest.approx(level(text.format(plain)), abs=0.45)


def test_each_item_of_a_list_and_each_question_is_a_sentence():
    items = "Joignez :\n- une photo ;\n- un acte de naissance ;\n- une copie de votre titre ;\n- vos fiches de paie"
    assert score(items).sentences == 5
    assert score("Avez-vous des enfants ? Vivent-ils avec vous ? Depuis quand ? Où vont-ils à l'école ?").sentences == 4
    assert level(items) < level(items.replace("\n-", "").replace(" ;", ",").replace(" :", ""))


def test_titles_do_not_hide_a_long_sentence():
    titles = "\n".join(["Vos revenus", "Vos charges", "Votre logement", "Vos enfants"])
    assert level(f"{titles}\n{OFFICIAL}") > level(OFFICIAL) - 0.8


def test_texts_of_a_page_are_not_glued_together():
    page = ["Vos revenus", "Indiquez tous vos revenus", "les aides de la caf comptent aussi", "Merci de votre aide"]
    assert score_texts(page).sentences == 4
    assert score_texts([SAME]) == score(SAME)
    assert score_texts([]).level is None


def test_costs_say_in_french_what_is_dear_the_dearest_first():
    costs = score(OFFICIAL).costs
    assert [cost.points for cost in costs] == sorted((cost.points for cost in costs), reverse=True)
    assert costs[0].feature == "length"
    points = f"{costs[0].points:.1f}".replace(".", ",")
    assert costs[0].reason == f"Phrases longues\u00a0: {costs[0].value:.0f} mots en moyenne (+{points})"
    assert "notification" in next(cost.reason for cost in costs if cost.feature == "nominalisations")
    assert score(EASY).costs == ()


def test_costs_are_differences_of_the_formula():
    known = coefficients()
    for cost in score(OFFICIAL).costs:
        value = math.log(cost.value) if cost.feature == "length" else cost.value
        expected = known.weights[cost.feature] * (value - known.easy[cost.feature])
        assert cost.points == pytest.approx(expected, abs=0.02)


def test_flesch_is_the_french_formula_of_textstat_on_our_sentences():
    text = "Voir l'art. L. 123-4 du code. Joignez :\n- une photo récente ;\n- 1 234,56 € en chèque"
    fed = fed_to_textstat(sentences(text))
    assert fed == "Voir lart 0 du code. Joignez une photo récente. 0 en chèque."
    from textstat.textstat import textstatistics

    own = textstatistics()
    own.set_lang("fr")
    assert own.sentence_count(fed) == 3
    assert flesch(sentences(text)) == pytest.approx(
        207 - 1.015 * own.lexicon_count(fed) / 3 - 73.6 * own.syllable_count(fed) / own.lexicon_count(fed)
    )


def test_flesch_leaves_the_language_of_others_alone():
    import textstat

    sentence = "El gato se sentó en la alfombra y miró al perro durante un rato."
    textstat.set_lang("es")
    before = textstat.flesch_reading_ease(sentence)
    score(SAME)
    assert textstat.flesch_reading_ease(sentence) == before


@pytest.mark.parametrize(
    ("long", "split"),
    [
        (
            "Vous envoyez votre demande à la mairie et nous vous répondons dans un délai de deux mois.",
            "Vous envoyez votre demande à la mairie. Nous vous répondons dans un délai de deux mois.",
        ),
        (
            "Le dossier est complet lorsque toutes les pièces sont jointes, mais l'instruction peut prendre du temps.",
            "Le dossier est complet lorsque toutes les pièces sont jointes. Mais l'instruction peut prendre du temps.",
        ),
    ],
)
def test_splitting_a_sentence_lowers_the_level(long, split):
    assert level(split) < level(long) - 0.3


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(sentences(f"{OFFICIAL}\n{PLAIN}\n{EASY}\n{SAME}")), min_size=2, max_size=5), st.data())
def test_splitting_anywhere_never_raises_the_level_much(chosen, data):
    words = " ".join(chosen).split()
    at = data.draw(st.integers(1, len(words) - 1))
    split = " ".join(words[:at]).rstrip(".") + ". " + words[at].capitalize() + " ".join(["", *words[at + 1 :]])
    assert level(split) <= level(" ".join(words)) + 0.2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=200), st.lists(FRAGMENTS, max_size=25).map(" ".join)))
def test_any_text_gets_a_score_or_a_refusal(text):
    found = score(text)
    assert (found.level is None) == (found.flesch is None) == (found.refusal is not None)
    assert found.level is None or 1 <= found.level <= 6
    assert all(math.isfinite(cost.points) for cost in found.costs)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2 < 3 et 4 > 1", "2 < 3 et 4 > 1"),
        ("<p>Un</p><p>deux <i>trois</i></p>", "\nUn\n\ndeux trois\n"),
        ("a<script>b</script>c<!-- d -->e<style>f", "a c e "),
        ("# Titre\n> Cité `x` **y**", "Titre\nCité x y"),
        ("[ici](https://x.fr) ou ![photo](a.png)", "ici ou photo"),
        ("&lt;b&gt; d&#233;j\u00e0", "<b> déj\u00e0"),
    ],
)
def test_cleaning_leaves_what_is_read(text, read):
    assert prose(text) == read


@pytest.mark.slow
@pytest.mark.skipif(not READMEPP.is_dir(), reason="../shared/data/readability is not on this machine")
def test_calibration_finds_the_shipped_coefficients_and_figures_again(capsys):
    from accessform.plain_language.readability.calibrate import main

    assert main([str(READMEPP)]) == 0
    found = tomllib.loads(capsys.readouterr().out)
    shipped = tomllib.loads(FILE.read_text(encoding="utf-8"))
    assert found["sha256"] == shipped["sha256"]
    assert found["coefficients"] == pytest.approx(shipped["coefficients"], abs=0.01)
    assert found["easy"] == pytest.approx(shipped["easy"], abs=0.01)
    for name in ("train", "val"):
        assert found["figures"]["fitted"][name] == pytest.approx(shipped["figures"]["fitted"][name], abs=0.01)


def test_the_document_tells_the_shipped_formula():
    told = (Path(__file__).parents[2] / "docs" / "plain-language.md").read_text(encoding="utf-8")
    known = coefficients()
    for name, value in (("intercept", known.intercept), *known.weights.items()):
        assert f"{abs(value):.3f}" in told, name


def test_anchors_leave_alone_the_sheets_that_are_kept_apart(tmp_path):
    from accessform.plain_language.readability.anchors import centiles, sheets

    folder = tmp_path / "data" / "particuliers"
    folder.mkdir(parents=True)
    text = {"type": "text", "text": "Vous devez  signer."}
    paragraph = {"type": "element", "name": "Paragraphe", "children": [text]}
    for number in range(32):
        (folder / f"F{number}.json").write_text(json.dumps({"children": [paragraph]}), encoding="utf-8")
    found = sheets(tmp_path)
    expected = sum(hashlib.md5(f"F{number}".encode()).hexdigest()[-1] not in "def" for number in range(32))
    assert found == [["Vous devez signer."]] * expected
    assert 0 < expected < 32
    assert "2.00" in centiles([1.0, 2.0, 3.0])
