"""Opening hours in words."""

import pytest

from forms_catalog.opening_words import opening_words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("24/7", "tous les jours, jour et nuit"),
        ("Mo-Fr 09:00-17:00", "du lundi au vendredi de 9 h à 17 h"),
        ("Mo-Fr 09:00-12:00,14:00-17:30", "du lundi au vendredi de 9 h à 12 h et de 14 h à 17 h 30"),
        (
            "Mo,We 08:30-12:00; Sa 09:00-11:00; PH off",
            "le lundi et le mercredi de 8 h 30 à 12 h, le samedi de 9 h à 11 h",
        ),
        ("Jan-Mar Mo-Fr 09:00-17:00", ""),
        ("sunrise-sunset", ""),
        ("", ""),
    ],
)
def test_hours_are_said_or_left_out(hours, words):
    assert opening_words(hours).replace("\u00a0", " ") == words
