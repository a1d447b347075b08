"""From what an engine reports to what may be taken for words. Pure: in doubt there are none, and it is asked again."""

from collections.abc import Sequence
from functools import partial

from accessform.speech.recognition.engine import Decoding, Heard, Segment
from accessform.speech.recognition.inventions import is_invented
from accessform.speech.recognition.outcomes import Recognised, RecognitionOutcome
from accessform.speech.recognition.prompting import Prompt
from accessform.speech.understanding.transcript import tokenise, words_of

SILENCE_LEVEL = -50.0
"""dB below full scale, loudest tenth of a second. A choice between digital silence (−90) and a whisper (−40)."""
HIGHEST_NO_SPEECH = 0.6
HIGHEST_COMPRESSION = 2.4
LOWEST_LOGPROB = -1.0
"""Whisper's own thresholds for « nobody speaks », « goes round » and « try again » (Radford et al. 2022, section 4.5).

A synthetic « euh » comes back as « D'accord. » at −1.11, which would be a yes: what is below −1 is asked again, at the
price of some right answers (« 97 » at −1.01).
"""
ECHO = 3
"""Words of the prompt that come back in a row, and nothing else, are the prompt and not an answer."""


def judge(heard: Heard, prompt: Prompt) -> Recognised:
    """Return what came of a recording.

    An invented sentence is left out; a stretch that is too doubtful makes the whole doubtful, since half an answer
    passes for one.
    """
    came = partial(Recognised, seconds=heard.seconds, speech_seconds=heard.speech_seconds)
    if heard.decoding is Decoding.UNREADABLE:
        return Recognised(RecognitionOutcome.UNREADABLE)
    text, kept = _words(heard.segments, prompt)
    if heard.decoding is Decoding.TOO_LONG:
        return came(RecognitionOutcome.TOO_LONG, beginning=text)
    if not text:
        silent = not heard.segments and heard.loudest < SILENCE_LEVEL
        return came(RecognitionOutcome.SILENCE if silent else RecognitionOutcome.NO_WORDS)
    return came(RecognitionOutcome.WORDS, text=text, segments=kept)


def is_doubtful(segment: Segment) -> bool:
    """Tell whether the engine's own figures speak against a stretch; a figure that is not a number does."""
    return not (
        segment.no_speech_prob <= HIGHEST_NO_SPEECH
        and segment.compression_ratio <= HIGHEST_COMPRESSION
        and segment.avg_logprob >= LOWEST_LOGPROB
    )


def _words(segments: Sequence[Segment], prompt: Prompt) -> tuple[str, tuple[Segment, ...]]:
    kept = tuple(segment for segment in segments if not is_invented(segment.text))
    text = " ".join(" ".join(segment.text.split()) for segment in kept)
    if any(is_doubtful(segment) for segment in kept) or is_invented(text) or _echoes(text, prompt):
        return "", ()
    return text, kept


def _echoes(text: str, prompt: Prompt) -> bool:
    """Tell whether the words are a piece of the prompt, of at least ECHO words, across its entries or whole."""
    said, given = words_of(tokenise(text)), words_of(tokenise(prompt))
    if len(said) < ECHO or _is_one_entry(text, prompt):
        return False
    return any(given[place : place + len(said)] == said for place in range(len(given) - len(said) + 1))


def _is_one_entry(text: str, prompt: Prompt) -> bool:
    """Tell whether the words are one entry, such as the label of a choice: that is an answer."""
    said = words_of(tokenise(text))
    return any(words_of(tokenise(entry)) == said for entry in prompt.split(", "))
