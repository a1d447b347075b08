"""Free text and names: kept as said, without hesitations; spelled names put together."""

import re

from accessform.answers.refusals import Refused
from accessform.answers.texts import parse_long_text, parse_text
from accessform.speech.understanding.figures import cuts
from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.letters import LETTER_NAMES
from accessform.speech.understanding.near_names import distance
from accessform.speech.understanding.numerals import is_numeric
from accessform.speech.understanding.phrases import phrases, question, spans
from accessform.speech.understanding.spelling import capitalised, spelled
from accessform.speech.understanding.transcript import (
    Tokens,
    composed,
    fold,
    text_of,
    tokenise,
    without,
    words_of,
)
from accessform.speech.understanding.understood import NO_MATCH, Understood, answered, asked
from forms_catalog.definition import QuestionType

_HESITATION = re.compile(r"(?i)(?:^|[,.…]*\s+|[,…]+)(?:euh+|heu+|hum+|hmm+|mmm+)(?=[\s,.…!?]|$)[,…]*\.*")
_SHORT = 8
"""Words of an answer where taking back (« Dupont, euh non, Durand ») is looked for; longer ones are kept whole."""
LONGEST_NAME = 40
"""Words of the longest name spelled letter by letter, or of an address whose postal code is looked for."""
_AVEC = re.compile(r"^(.+?) avec (un|une|deux) ([a-z])(?: a la fin| au milieu| au debut)?$")
_OWN_LETTERS = {letter: letter.upper() for letter in LETTER_NAMES if len(letter) == 1}


def read_text(heard: Heard) -> Understood:
    """Understand a free answer as its own words."""
    if heard.type is QuestionType.LONG_TEXT:
        return checked(heard, without_hesitations(heard.transcript))
    tokens = heard.tokens
    taken_back = _taken_back(tokens, heard.transcript) if len(tokens) <= _SHORT else None
    text = without_hesitations(heard.transcript if taken_back is None else taken_back)
    tokens = tokenise(text)
    if taken_back is None and not tokens:
        return NO_MATCH
    if not tokens:
        return asked(question("any.repaired"))
    lead = lead_of(tokens, "text.introductions")
    body = tokens[lead:] or tokens
    text = text_of(body, composed(text))
    if len(body) <= LONGEST_NAME and (name := _spelled_name(body, text)):
        return name
    if spans(words_of(body), phrases("unknown.phrases")):
        return asked(question("any.again"))
    return checked(heard, text)


def without_hesitations(transcript: str) -> str:
    """Return the transcript without « euh », and without a mark at its ends."""
    text = _HESITATION.sub(" ", transcript.strip())
    tokens = tokenise(text)
    words = words_of(tokens)
    known = phrases("around.politeness") - {("madame",), ("monsieur",)}
    start, end = 0, len(tokens)
    for first, last in spans(words, known):
        alone = last == len(tokens) or tokens[last].pause or words[last - 1] in {"bonjour", "bonsoir"}
        start = last if first == start and alone else start
    for first, last in reversed(spans(words, known)):
        end = first if last == end and first > start else end
    text = text_of(tokens[start:end], composed(text)) if (start, end) != (0, len(tokens)) else text
    return (
        re.sub(r"^[\s,;:.…]+|[\s,;:…]+$", "", re.sub(r"\s+", " ", text)).removesuffix(".") if "\n" not in text else text
    )


def checked(heard: Heard, text: str) -> Understood:
    """Return the text that the reader takes, figures said in words where the form's own pattern wants them."""
    raw = {"": [text]}
    try:
        if heard.type is QuestionType.LONG_TEXT:
            return answered(parse_long_text(raw, heard.constraints))
        return answered(parse_text(raw, heard.constraints))
    except Refused as refusal:
        if refusal.code == "invalid" and (value := _in_figures(heard, text)):
            return answered(value)
        return asked(question(f"any.{refusal.code}", **refusal.details))


def _in_figures(heard: Heard, text: str) -> str | None:
    """Return the only row of figures and letters, as short as can be, that the pattern takes, words before left out."""
    tokens = tokenise(text)
    start = next((place for place, token in enumerate(tokens) if is_numeric(token)), 0)
    found = cuts(tokens, 40, _OWN_LETTERS) or cuts(tokens[start:], 40, _OWN_LETTERS)
    taken = set()
    for cut in (cut for cut in found if cut.pieces == found[0].pieces):
        try:
            taken.add(parse_text({"": [cut.text]}, heard.constraints))
        except Refused:
            continue
    return taken.pop() if len(taken) == 1 else None


def lead_of(tokens: Tokens, introductions: str) -> int:
    """Return how many tokens only introduce the answer; never all of them."""
    words, start = words_of(tokens), 0
    known = phrases(introductions, "around.hesitations") - {("allez",), ("genre",), ("bon",), ("tiens",)}
    for first, last in spans(words, known):
        if first != start or last >= len(tokens):
            break
        start = last
    return start


def _taken_back(tokens: Tokens, text: str) -> str | None:
    """Return what follows « euh non », « pardon » between two answers, None where nothing is taken back."""
    found = [span for span in spans(words_of(tokens), phrases("text.retractions")) if span[0]]
    if not found:
        return None
    return text_of(tokens[found[-1][1] :], composed(text))


def _spelled_name(tokens: Tokens, text: str) -> Understood | None:
    """Return a name spelled, said and spelled, or said with a remark on one of its letters."""
    if letters := spelled(tokens):
        return answered(capitalised(letters))
    for start in range(1, len(tokens) - 2):
        said = text_of(tokens[:start], composed(text)).rstrip(" ,:")
        letters = spelled(_after_link(tokens[start:]))
        if letters and len(letters) > 2:
            same = distance(_plain(said), _plain(letters), 2) <= 2
            return answered(capitalised(letters)) if same else asked(question("text.spelling"))
    if remark := _AVEC.match(" ".join(words_of(tokens))):
        return _with_remark(tokens, text, remark)
    return None


def _after_link(tokens: Tokens) -> Tokens:
    links = frozenset(
        {
            ("ca", "s", "ecrit"),
            ("ca", "s", "epelle"),
            ("j", "epelle"),
            ("je", "l", "epelle"),
            ("donc",),
            ("je", "vous", "l", "epelle"),
        }
    )
    return without(tokens, links)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", fold(name))


def _with_remark(tokens: Tokens, text: str, remark: re.Match[str]) -> Understood:
    """Read « Anne avec deux n »: sure only where the letter stands in one place of the name."""
    place = words_of(tokens).index("avec")
    name, letter = text_of(tokens[:place], composed(text)), remark[3]
    runs = re.findall(f"{letter}+", fold(name))
    wanted = letter * (2 if remark[2] == "deux" else 1)
    if len(runs) != 1 or len(fold(name)) != len(name):
        return asked(question("text.spelling"))
    start = fold(name).index(runs[0])
    kept = name[start : start + 1]
    return answered(name[:start] + kept + wanted[1:].lower() + name[start + len(runs[0]) :])
