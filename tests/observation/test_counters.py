"""What the browser counted is read by an allow-list: whole numbers of known counters at known questions, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessform.observation.counters import MAX_LENGTH, Counted, RefusedCounter, parse_counters
from accessform.observation.events import COUNTERS, MAX_COUNT

QUESTIONS = frozenset({"nom", "naissance"})


def test_counters_are_read_in_order():
    assert parse_counters("nom:B1=12 nom:B3=0 B5=2", QUESTIONS) == (
        Counted("nom", "B1", 12),
        Counted("nom", "B3", 0),
        Counted(None, "B5", 2),
    )
    assert parse_counters("", QUESTIONS) == ()
    assert parse_counters(f"nom:B4={MAX_COUNT}", QUESTIONS) == (Counted("nom", "B4", MAX_COUNT),)


@pytest.mark.parametrize(
    "sent",
    [
        "nom:B2=1",  # left out of the design
        "nom:B7=1",
        "nom:A1=2",  # what the server alone tells
        "nom:B99=1",
        "nom:B1=-1",
        "nom:B1=1.5",
        "nom:B1=1e3",
        "nom:B1=007",
        "nom:B1=٣",
        "nom:B1=true",
        "nom:B1=",
        f"nom:B1={MAX_COUNT + 1}",
        "nom:B1=" + "9" * 5000,
        "prenom:B1=3",  # a question of another step
        "Durand:B1=3",
        "nom:B1=3 nom:B1=4",
        "nom:B1=3  nom:B3=9",
        " nom:B1=3",
        "nom:B1=3\n",
        "nom:B1=3,nom:B3=9",
        "nom:B1=3;valeur=Durand",
        '{"nom": {"B1": 3}}',
        "Durand",
        "\0",
        "B5=1 " * MAX_LENGTH,
    ],
)
def test_anything_else_is_refused_whole_and_never_repeated(sent: str):
    with pytest.raises(RefusedCounter) as refused:
        parse_counters(f"nom:B3=9 {sent}", QUESTIONS)
    assert "Durand" not in str(refused.value)
    assert "9" not in str(refused.value)


@given(st.text(max_size=80) | st.from_regex(r"(nom|autre|[a-z]{1,5})?:?B[0-9]{1,3}=-?[0-9.]{0,8}", fullmatch=True))
def test_no_text_at_all_can_say_more_than_a_number(sent: str):
    try:
        read = parse_counters(sent, QUESTIONS)
    except RefusedCounter:
        return
    for counted in read:
        assert counted.question is None or counted.question in QUESTIONS
        assert counted.name in COUNTERS
        assert type(counted.value) is int
        assert 0 <= counted.value <= MAX_COUNT
