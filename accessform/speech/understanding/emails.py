"""E-mail addresses as they are dictated."""

import re
from dataclasses import dataclass

from accessform.answers.contacts import parse_email
from accessform.answers.refusals import Refused
from accessform.speech.understanding.figures import cuts
from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.letters import LETTER_NAMES
from accessform.speech.understanding.numerals import NUMBER_WORDS, is_numeric
from accessform.speech.understanding.phrases import email_signs, match_at, phrases, question, spans
from accessform.speech.understanding.transcript import Token, Tokens, composed, fold, without, words_of
from accessform.speech.understanding.understood import NO_MATCH, Understood, answered, asked

_WRITTEN = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PIECE = re.compile(r"\d+|[^\W\d_]+|(?<=[^\W_])[.+-](?=[^\W_])|[_@+]")
_NUMBER_HYPHEN = re.compile(rf"(?i)(?<=[^\W\d_])-(?=(?:{'|'.join(sorted(NUMBER_WORDS))})\b)")
_TIMES = {"deux": 2, "2": 2, "double": 2, "trois": 3}
_PROVIDERS = frozenset({
    "gmail", "hotmail", "orange", "wanadoo", "free", "laposte", "yahoo", "outlook", "sfr", "icloud", "live", "bbox",
})  # fmt: skip
_TOP_LEVEL = re.compile(r"\.[a-z]{2,24}$")


@dataclass(frozen=True)
class Piece:
    """A part of an address: a sign, a word, a letter or figures."""

    text: str
    kind: str


def read_email(heard: Heard) -> Understood:
    """Understand an address; a half waits for its end, two words in a row are asked about."""
    text = composed(heard.transcript)
    written = _WRITTEN.findall(text)
    if len(written) == 1 and len(re.findall("@", text)) == 1 and not re.search(r"\S\s+\S+@", _after_lead(text)):
        return _checked(fold(written[0]), joined=False)
    tokens = _tokens(text)
    known = heard.pending.get("address")
    before = known if isinstance(known, str) else ""
    words = words_of(tokens)
    joined = bool(spans(words, phrases("email.joined")))
    tokens = without(tokens, phrases("email.joined", "email.said_of_it", "around.hesitations", "around.politeness"))
    tokens = _without_lead(tokens)
    if "candidate" in heard.pending and len(tokens) > 1 and tokens[0].word == "non":
        tokens = tokens[1:]
    if "ou" in words_of(tokens):
        return asked(question("email.again"))
    pieces = _pieces(tokens)
    if pieces is None:
        return asked(question("email.again"), **({"address": before} if before else {}))
    signs = {piece.text for piece in pieces if piece.kind == "sign"}
    if not signs and not before:
        said = "".join(piece.text for piece in pieces)
        return asked(question("email.again")) if heard.pending or said in _PROVIDERS else NO_MATCH
    if before and "@" in signs and pieces[0].text != "@" and "@" not in before:
        before = ""
    if before and "@" in signs and "@" in before:
        before = ""
    return _assembled(pieces, before, joined=joined)


def _after_lead(text: str) -> str:
    """Return the written text without what introduces an address."""
    found = re.search(r"(?i)(?:mon |l')?(?:adresse|e-?mail|mail|courriel)[^@]*?(?:c'est|est)\s+(\S+@\S+)", text)
    return found[1] if found else text


def _tokens(text: str) -> Tokens:
    """Return the tokens of an address: points and hyphens between letters are signs of their own."""
    text = re.sub(r"['’]", " ", text)
    text = _NUMBER_HYPHEN.sub(" ", text)
    return tuple(
        Token(fold(piece.group()), piece.group(), piece.start(), piece.end()) for piece in _PIECE.finditer(text)
    )


def _without_lead(tokens: Tokens) -> Tokens:
    words = words_of(tokens)
    found = spans(words, phrases("email.introductions"))
    while found and found[0][0] == 0:
        tokens = tokens[found[0][1] :]
        found = spans(words_of(tokens), phrases("email.introductions"))
    return tokens


def _pieces(tokens: Tokens) -> list[Piece] | None:
    """Return the parts of an address; None where figures may be read in two ways."""
    signs, words = email_signs(), words_of(tokens)
    pieces: list[Piece] = []
    place = 0
    while place < len(tokens):
        length = match_at(words, place, signs)
        if length:
            pieces.append(Piece(signs[tuple(words[place : place + length])], "sign"))
            place += length
        elif words[place] in {".", "-", "_", "@", "+"}:
            pieces.append(Piece(words[place], "sign"))
            place += 1
        else:
            found, place = _part(tokens, place)
            if found is None:
                return None
            pieces.append(found)
    return pieces


def _part(tokens: Tokens, place: int) -> tuple[Piece | None, int]:
    """Read a word, a letter (likened, doubled) or a run of figures."""
    word = tokens[place].word
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    if word in _TIMES and len(following) == 1 and following.isalpha():
        return Piece(following * _TIMES[word], "letter"), place + 2
    if is_numeric(tokens[place]) or word in {"double", "triple"}:
        return _figures(tokens, place)
    if following == "comme" and place + 2 < len(tokens) and word in LETTER_NAMES:
        letter = LETTER_NAMES[word]
        return (Piece(letter, "letter"), place + 3) if tokens[place + 2].word.startswith(letter) else (None, place)
    if len(word) == 1:
        return Piece(word, "letter"), place + 1
    return Piece(re.sub(r"[^a-z0-9]", "", word), "word"), place + 1


def _figures(tokens: Tokens, place: int) -> tuple[Piece | None, int]:
    end = place
    while end < len(tokens) and (
        is_numeric(tokens[end]) or tokens[end].word in {"fois", "double", "triple", "le"} or _links(tokens, end)
    ):
        end += 1
    found = cuts(tokens[place:end], 20)
    nearest = {cut.text for cut in found if cut.pieces == found[0].pieces}
    return (Piece(nearest.pop(), "figures") if len(nearest) == 1 else None), end


def _links(tokens: Tokens, place: int) -> bool:
    return tokens[place].word == "et" and place + 1 < len(tokens) and is_numeric(tokens[place + 1])


def _assembled(pieces: list[Piece], before: str, *, joined: bool) -> Understood:
    """Put the parts together; two words without a sign between them are offered as one."""
    text, doubtful = before, False
    in_domain = "@" in before
    for place, piece in enumerate(pieces):
        previous = pieces[place - 1] if place else None
        if piece.text == "@" and piece.kind == "sign":
            in_domain = True
        both_words = previous is not None and piece.kind == previous.kind == "word"
        doubtful = doubtful or (both_words and not in_domain and not joined)
        text += piece.text
    if before and "@" not in text and "@" not in before:
        text = _with_at(before, text)
    if "@" not in text:
        return asked(question("email.no_at", value=text), address=text)
    return _checked(text, joined=doubtful)


def _with_at(before: str, text: str) -> str:
    """Put the arobase that was asked for between what was known and what was said."""
    return f"{before}@{text[len(before) :]}"


def _checked(text: str, *, joined: bool) -> Understood:
    """Return the address that the reader takes, or the question for its end."""
    try:
        value = parse_email({"": [text]})
    except Refused as refusal:
        if refusal.code == "email_half" and text.count("@") == 1 and not text.startswith("@"):
            return asked(question("email.half", value=text), address=text)
        return asked(question("email.again"))
    if not _TOP_LEVEL.search(value):
        return asked(question("email.half", value=value), address=value)
    return asked(question("email.joined", value=value), candidate=value) if joined else answered(value)
