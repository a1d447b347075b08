"""The words that a voice says otherwise than they are written, timed where they are written."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessform.speech.shown_words import shown_words
from accessform.speech.timed_speech import TimedWord


def timed(text: str) -> list[TimedWord]:
    """Every word of a text lasts 100 ms."""
    return [TimedWord(100 * place, 100 * (place + 1), word) for place, word in enumerate(text.split())]


def shown(text: str, *rewritten: tuple[str, str]) -> list[tuple[int, int, str]]:
    (line,) = shown_words([timed(text)], text, rewritten)
    return [(word.start, word.end, word.text) for word in line]


@pytest.mark.parametrize(
    ("said", "written", "cut"),
    [
        ("douze mars mille neuf cent quarante-huit", "12 mars 1948", [(0, 100), (100, 200), (200, 600)]),
        ("premier mai deux mille", "1er mai 2000", [(0, 100), (100, 200), (200, 400)]),
        (
            "trois mai deux mille, à quatorze heures trente",
            "3 mai 2000 à 14 h 30",
            [(400, 500), (500, 700), (700, 800)],
        ),
        ("zéro six, trois neuf, neuf huit", "06 39 98", [(0, 200), (200, 400), (400, 600)]),
        ("plus, quatre un, deux deux", "+41 22", [(0, 300), (300, 500)]),
        ("effe erre sept six, trois zéro zéro zéro", "FR76 3000", [(0, 400), (400, 800)]),
        ("mille deux cents euros", "1 200,00 €", [(0, 400)]),
        ("Ille-et-Vilaine, trois cinq", "Ille-et-Vilaine (35)", [(0, 100), (100, 300)]),
        ("a, point, bé, arobase, free point fr", "a.b@free.fr", [(0, 700)]),
    ],
)
def test_a_value_is_followed_as_it_is_written(said: str, written: str, cut: list[tuple[int, int]]) -> None:
    found = shown(f"Compris. {said}. Exact ?", (said, written.replace(" ", "\xa0")))
    assert (found[0], found[-2][2]) == ((0, 100, "Compris."), "Exact")
    value = [(start - 100, end - 100) for start, end, _ in found[1:-2]]
    assert value[-len(cut) :] == cut
    assert " ".join(text for _, _, text in found[1:-2]) == written


def test_what_is_said_as_it_is_written_stays_as_it_is() -> None:
    assert shown("Carte, puis passeport.", ("Carte, puis passeport", "Carte\npasseport"))[1] == (100, 200, "puis")
    assert shown("Rennes. Exact", ("Rennes", "Rennes"))[0] == (0, 100, "Rennes.")


def test_what_the_page_does_not_write_is_left_out() -> None:
    assert [text for _, _, text in shown("Rien à lire. Exact", ("Rien à lire.", ""))] == ["Exact"]


def test_a_passage_in_two_sentences_comes_with_the_second() -> None:
    first, second = "un deux trois,", "quatre cinq six. Exact"
    lines = list(
        shown_words([timed(first), timed(second)], f"{first} {second}", [("un deux trois quatre cinq six", "x")])
    )
    assert [[word.text for word in line] for line in lines] == [[], ["x", "Exact"]]


def test_a_sign_that_nobody_says_shifts_nothing() -> None:
    words = [TimedWord(0, 100, "Compris."), TimedWord(100, 200, "deux"), TimedWord(200, 300, "mai")]
    (line,) = shown_words([words], "Compris. ½ deux mai", [("deux mai", "2 mai")])
    assert [word.text for word in line] == ["Compris.", "2", "mai"]


@given(
    st.lists(
        st.sampled_from(["un", "deux", "zéro", "six", "mars", "06", "12", "½", ",", "x"]), min_size=1, max_size=12
    ),
    st.data(),
)
def test_times_never_fall_and_stay_within(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    written = " ".join(data.draw(st.lists(st.sampled_from(["06", "12", "mars", "1", "y"]), max_size=6)))
    found = shown(text, (" ".join(words[: data.draw(st.integers(0, len(words)))]), written))
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    assert all(0 <= start <= end <= 100 * len(words) for start, end, _ in found)
