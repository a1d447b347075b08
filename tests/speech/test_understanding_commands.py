"""Commands, « je ne sais pas », silence: whole utterances only, for every type of question."""

import pytest

from accessform.speech.understanding.understanding import understand
from forms_catalog.definition import QuestionType
from tests.speech.understood import NO_INPUT, NO_MATCH, UNKNOWN, heard, said

pytestmark = pytest.mark.slow

CHOICES = {"one": "Célibataire", "two": "Veuf ou veuve"}
COMMANDS = {
    "répète": "repeat",
    "Répétez s'il vous plaît.": "repeat",
    "vous pouvez répéter ?": "repeat",
    "pardon ?": "repeat",
    "je n'ai pas entendu": "repeat",
    "plus lentement": "slower",
    "moins vite s'il vous plaît": "slower",
    "aide": "help",
    "aidez-moi": "help",
    "je ne comprends pas": "help",
    "retour": "back",
    "question précédente": "back",
    "corrige": "correct",
    "je me suis trompé": "correct",
    "passe": "skip",
    "euh passez": "skip",
    "question suivante": "skip",
    "stop": "stop",
    "je veux arrêter": "stop",
    "une personne": "human",
    "je voudrais parler à quelqu'un": "human",
}


@pytest.mark.parametrize("transcript", COMMANDS)
@pytest.mark.parametrize("kind", QuestionType)
def test_a_command_is_heard_at_any_question(kind: QuestionType, transcript: str) -> None:
    assert heard(kind, transcript, choices=CHOICES).command == COMMANDS[transcript]


@pytest.mark.parametrize("kind", QuestionType)
def test_not_knowing_is_heard_at_any_question(kind: QuestionType) -> None:
    for transcript in (
        "je ne sais pas",
        "Je sais pas.",
        "euh aucune idée",
        "ça je ne sais pas du tout",
        "non je ne sais pas",
    ):
        assert said(kind, transcript, choices=CHOICES) is UNKNOWN


@pytest.mark.parametrize("kind", QuestionType)
@pytest.mark.parametrize("transcript", ["", "   ", "...", "\u00a0", "?!", "\n"])
def test_silence_is_no_input(kind: QuestionType, transcript: str) -> None:
    assert said(kind, transcript, choices=CHOICES) is NO_INPUT


@pytest.mark.parametrize("kind", ["file", "identity_document", "group", "section", "explanation"])
def test_what_is_not_said_aloud_matches_nothing(kind: str) -> None:
    assert said(kind, "oui la photo est prête") is NO_MATCH


@pytest.mark.parametrize(
    "transcript", ["je répète douze mars", "la personne qui m'aide", "stop à la violence", "une personne âgée"]
)
def test_a_command_inside_an_answer_is_none(transcript: str) -> None:
    assert heard("text", transcript).command is None


@pytest.mark.parametrize("kind", QuestionType)
@pytest.mark.parametrize(
    "transcript",
    [
        "a" * 20_000,
        "un " * 3_000,
        "12 " * 3_000,
        "é\u0301\u200d🙂" * 50,
        "oui " * 2_000,
        "vingt deux " * 400,
        "'" * 300,
        "@" * 300,
        "\x00",
        "١٢٣",
        "½",
    ],
)
def test_any_text_has_an_outcome(kind: QuestionType, transcript: str) -> None:
    understand(kind, transcript, choices=CHOICES).as_json()


def test_an_unknown_type_is_an_error() -> None:
    with pytest.raises(ValueError, match="zzz"):
        understand("zzz", "oui")
