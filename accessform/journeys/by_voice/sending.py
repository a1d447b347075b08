"""Sending in words, on « Vérifiez vos réponses »: one explicit phrase, or a command; anything else sends nothing."""

import uuid

from django.urls import reverse

from accessform.speech.understanding.commands import command_of
from accessform.speech.understanding.transcript import bare, tokenise, words_of
from accessform.speech.understanding.understood import Command

PHRASE = ("j", "envoie", "ma", "demande")
"""« J'envoie ma demande »: nobody says it by chance, and a « oui » or an « envoyer » is not it (design 5, rule 6)."""


def is_sending(words: str) -> bool:
    """Tell whether the words are the phrase and nothing else, politeness apart."""
    return tuple(words_of(bare(tokenise(words)))) == PHRASE


def led_by(words: str, journey_id: uuid.UUID, last_step: str) -> str:
    """Return the address that a command leads to from the check of answers, "" where the words are none."""
    home = reverse("journeys:home", args=[journey_id])
    leads = {
        Command.HUMAN: f"{home}personne",
        Command.STOP: f"{home}quitter",
        Command.BACK: reverse("journeys:step", args=[journey_id, last_step]),
        Command.CORRECT: reverse("journeys:step", args=[journey_id, last_step]),
    }
    command = command_of(tokenise(words))
    return leads.get(command, "") if command else ""
