"""Sound with the moment of each word of the text that people see: what the page needs to follow the voice."""

import json
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass

from accessform.speech.normalising.text import normalise
from accessform.speech.sentences import sentences
from accessform.speech.source_words import source_words
from accessform.speech.synthesis.engine import VoiceIdentity
from accessform.speech.synthesis.local_voice import LocalVoice
from accessform.speech.synthesis.mp3 import DELAY_SECONDS, encode, seconds_of
from accessform.speech.synthesis.silence import with_end
from accessform.speech.synthesis.word_times import spoken_words

JSON_TYPE = "application/json"


@dataclass(frozen=True)
class TimedWord:
    """What is highlighted at once, as it is written, from its first millisecond to its last."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class TimedSentence:
    """The MP3 of one sentence, the voices that said its pieces, and its words timed from the start of the whole."""

    audio: bytes
    identities: tuple[VoiceIdentity, ...]
    words: tuple[TimedWord, ...]


def say_timed(text: str, voice: LocalVoice) -> Generator[TimedSentence, None, None]:
    """Yield the sound of each sentence of `text` with its timed words. Keeps nothing. Raises SynthesisError.

    Times are those of the MP3 pieces played one after the other, the codec's delay included.
    """
    played = 0.0
    cut = [
        (sentence, said, sentences(said)) for sentence, said in ((each, normalise(each)) for each in sentences(text))
    ]
    waiting = sum(len(pieces) for _, _, pieces in cut)
    for sentence, said, pieces in cut:
        audio, starts, identities = b"", [], []
        for piece in pieces:
            waiting -= 1
            spoken, begun = voice.say_timed(piece)
            starts += [played + DELAY_SECONDS + seconds for seconds in begun]
            sound = encode(spoken.sound if waiting else with_end(spoken.sound))
            played += seconds_of(sound)
            audio += sound
            identities.append(spoken.identity)
        if audio:
            words = _words(sentence, said, starts, played)
            yield TimedSentence(audio, tuple(identities), tuple(words))


def as_line(words: Iterable[TimedWord]) -> str:
    """Return the words as one line of JSON: {"words": [[start ms, end ms, text], …]}."""
    told = [[word.start, word.end, word.text] for word in words]
    return json.dumps({"words": told}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _words(sentence: str, said: str, starts: Sequence[float], end: float) -> list[TimedWord]:
    """Return the spans of a sentence with their times; a word that no start is known for lasts no time."""
    known = [*starts, *[end] * max(0, len(spoken_words(said)) + 1 - len(starts))]
    words, place = [], 0
    for span in source_words(sentence):
        begins, place = known[place], place + span.spoken
        ends = known[min(place, len(known) - 1)]
        words.append(TimedWord(round(begins * 1000), round(ends * 1000), sentence[span.start : span.end]))
    return words
