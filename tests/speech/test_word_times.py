"""When each word is said, and which word of the text it is."""

import array
import json
from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from accessform.speech import clips, services, streams
from accessform.speech.models import SpokenClip
from accessform.speech.normalising.text import normalise
from accessform.speech.source_words import source_words
from accessform.speech.synthesis.alignment import align, speech_bounds
from accessform.speech.synthesis.engine import EngineCrashed, Mark, Sound, VoiceIdentity
from accessform.speech.synthesis.installed import ESPEAK, PICO
from accessform.speech.synthesis.local_voice import LocalVoice
from accessform.speech.synthesis.mp3 import seconds_of
from accessform.speech.synthesis.silence import with_end, with_short_tail
from accessform.speech.synthesis.word_times import spoken_words, word_starts
from accessform.speech.synthesis.worker_engine import WorkerEngine
from accessform.speech.timed_speech import TimedWord, as_line, say_timed
from tests.speech.conftest import installed
from tests.speech.forms import published_version

RATE = 16_000


@pytest.mark.parametrize(
    ("written", "said_together"),
    [
        ("Votre nom de famille", ["Votre", "nom", "de", "famille"]),
        ("Né le 12/03/1948 à Rennes.", ["Né", "le", "12/03/1948", "à", "Rennes."]),
        ("Soit 1 234,50 € par mois.", ["Soit", "1 234,50 €", "par", "mois."]),
        ("Le 3 mai, à 14 h 30", ["Le", "3", "mai,", "à", "14 h", "30"]),
        ("Appelez le 05 42 00 13 07 ?", ["Appelez", "le", "05", "42", "00", "13", "07"]),
        ("La CAF – ou la MSA", ["La", "CAF", "ou", "la", "MSA"]),
        ("M. Martin (facultatif)", ["M. Martin", "(facultatif)"]),
        ("« Bonjour » : ça va ?", ["Bonjour", "ça", "va"]),
        ("😀", []),
        ("", []),
    ],
)
def test_what_is_said_is_found_in_what_is_written(written: str, said_together: list[str]) -> None:
    spans = source_words(written)
    assert [written[span.start : span.end].strip("«»– :?") for span in spans] == said_together


@given(st.text(alphabet=st.sampled_from("aeiouM. n°0123456789,/-€%()«»'hAFC"), max_size=40))
@example("M. 1 000 €")
def test_every_spoken_word_has_one_place_in_the_text(text: str) -> None:
    spans = source_words(text)
    assert sum(span.spoken for span in spans) == len(spoken_words(normalise(text)))
    assert all(span.start < span.end and span.spoken > 0 for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


def _noise(*runs: tuple[float, int]) -> bytes:
    """Return samples in runs of (seconds, loudness), alternating in sign."""
    values = [loud * (-1) ** place for seconds, loud in runs for place in range(int(seconds * RATE))]
    return array.array("h", values).tobytes()


def test_a_sound_is_aligned_with_itself() -> None:
    sound = Sound(_noise((0.2, 0), (0.4, 9000), (0.2, 0), (0.6, 3000), (0.3, 0)), RATE)
    assert align(sound, sound, [0.2, 0.5, 0.8, 1.2]) == pytest.approx([0.2, 0.5, 0.8, 1.2], abs=0.021)


def test_words_are_found_after_a_longer_pause() -> None:
    theirs = Sound(_noise((0.4, 9000), (0.1, 0), (0.4, 9000)), RATE)
    ours = Sound(_noise((0.3, 0), (0.5, 9000), (0.3, 0), (0.5, 9000)), RATE)
    assert align(theirs, ours, [0.0, 0.5]) == pytest.approx([0.3, 1.1], abs=0.06)


@pytest.mark.parametrize("pcm", [b"", b"\0", b"\0" * 64_000])
def test_silence_has_no_words_to_find(pcm: bytes) -> None:
    silent, loud = Sound(pcm, RATE), Sound(_noise((0.5, 9000)), RATE)
    assert align(loud, silent, [0.1]) == [min(0.1, silent.seconds)]
    assert align(silent, loud, [0.1]) == [0.1]
    assert speech_bounds(silent) == (0.0, silent.seconds)


def test_without_marks_the_time_is_shared_out_by_length() -> None:
    sound = Sound(_noise((0.5, 0), (1.0, 9000), (0.5, 0)), RATE)
    assert word_starts("abc abc ?", sound, None) == pytest.approx([0.5, 1.0], abs=0.03)


def test_a_word_without_a_mark_stands_between_its_neighbours() -> None:
    sound = Sound(_noise((1.0, 9000)), RATE, (Mark(0, 0.0), Mark(8, 0.8)))
    assert word_starts("abc def ghi", sound, sound) == pytest.approx([0.0, 0.4, 0.8])


def test_espeak_tells_when_its_words_begin() -> None:
    engine = WorkerEngine(installed(ESPEAK))
    sound = engine.synthesize("Quelle est votre date de naissance ?")
    engine.stop()
    assert [mark.position for mark in sound.marks] == [0, 7, 11, 17, 22, 25]
    times = [mark.seconds for mark in sound.marks]
    assert [0.0, *times] == sorted([0.0, *times])
    assert times[-1] < sound.seconds


def test_words_set_apart_by_silence_are_found_where_the_silence_ends() -> None:
    """Where Pico pauses at commas, the truth is in its own sound."""
    voice = LocalVoice([WorkerEngine(installed(PICO)), WorkerEngine(installed(ESPEAK))])
    spoken, starts = voice.say_timed("le nom, le prénom, la commune, la date, le téléphone.")
    voice.stop()
    assert spoken.identity.engine == PICO
    begins = starts[::2]
    ends_of_silence = _ends_of_silence(spoken.sound)
    assert len(ends_of_silence) == 5
    errors = sorted(abs(a - b) for a, b in zip(begins, ends_of_silence, strict=True))
    assert errors[2] <= 0.08


def _ends_of_silence(sound: Sound) -> list[float]:
    """Return when it gets loud again after at least 100 ms of silence, in seconds."""
    samples, size = array.array("h", sound.pcm), sound.rate // 100
    loud = [max(map(abs, samples[at : at + size])) > 400 for at in range(0, len(samples) - size + 1, size)]
    begins = [at for at in range(len(loud)) if loud[at] and not any(loud[max(0, at - 10) : at])]
    return [at / 100 for at in begins]


def test_sentences_follow_each_other_in_time() -> None:
    voice = LocalVoice([WorkerEngine(installed(ESPEAK))])
    said = list(say_timed("Né le 12/03/1948. Où ça ? À Rennes (35).", voice))
    voice.stop()
    words = [word for sentence in said for word in sentence.words]
    assert [word.text for word in words] == ["Né", "le", "12/03/1948.", "Où", "ça", "À", "Rennes", "(35)."]
    assert all(before.start <= before.end <= after.end for before, after in pairwise(words))
    assert words[0].start < 200
    assert words[-1].end <= 1000 * sum(seconds_of(sentence.audio) for sentence in said)


def test_a_voice_whose_second_engine_dies_still_gives_times() -> None:
    class Dying:
        identity = VoiceIdentity(ESPEAK, "1", "fr")

        def synthesize(self, text: str) -> Sound:
            raise EngineCrashed

        def stop(self) -> None: ...

    class Speaking(Dying):
        identity = VoiceIdentity("first", "1", "fr")

        def synthesize(self, text: str) -> Sound:
            return Sound(_noise((1.0, 9000)), RATE)

    _, starts = LocalVoice([Speaking(), Dying()]).say_timed("un deux")
    assert starts == sorted(starts)
    assert len(starts) == 2


def test_a_line_is_json_and_ends() -> None:
    assert as_line([TimedWord(10, 20, "« été »")]) == '{"words":[[10,20,"« été »"]]}\n'


@pytest.fixture
def clip(db: None) -> SpokenClip:
    """A clip of a published form, not made yet."""
    services.register_prompts(version=published_version())
    return SpokenClip.objects.exclude(text="").order_by("key")[0]


def test_times_are_kept_beside_the_clip_at_an_address_that_never_changes(client: Client, clip: SpokenClip) -> None:
    services.make_clip(clip)
    answer = client.get(f"/voix/{clip.key}.json")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "application/json"
    words = json.loads(answer.content)["words"]
    assert " ".join(text for _, _, text in words).split()[:2] == clip.text.split()[:2]
    assert client.get(f"/voix/{clip.key}.json").content == clips.read_word_times(clip.key)


def test_times_asked_before_the_sound_make_both(client: Client, clip: SpokenClip) -> None:
    assert client.get(f"/voix/{clip.key}.json").status_code == 200
    assert clips.read_clip(clip.key)


def test_a_clip_of_another_voice_has_no_times(client: Client, clip: SpokenClip) -> None:
    clips.write_clip(clip.key, b"made elsewhere")
    assert client.get(f"/voix/{clip.key}.json").status_code == 404
    assert client.get(f"/voix/{'0' * 64}.json").status_code == 404


def test_collecting_takes_the_times_too(clip: SpokenClip) -> None:
    services.make_clip(clip)
    SpokenClip.objects.all().delete()
    assert services.collect_clips() == 1
    assert list(clips.kept_keys()) == []
    assert clips.read_word_times(clip.key) is None


@pytest.mark.django_db
def test_a_page_is_timed_without_keeping_anything(client: Client) -> None:
    before = set(clips.kept_keys())
    answer = client.get("/plan-du-site?ecouter=page&mots=")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "application/jsonl"
    lines = [json.loads(line) for line in answer.getvalue().decode().splitlines()]
    words = [word for line in lines for word in line["words"]]
    assert [text for _, _, text in words[:3]] == ["Plan", "du", "site."]
    assert [start for start, _, _ in words] == sorted(start for start, _, _ in words)
    assert set(clips.kept_keys()) == before


@pytest.mark.django_db
def test_the_times_of_a_page_are_those_of_its_sound(client: Client) -> None:
    """The engine says a text in the same time whenever it says it."""
    audio = client.get("/plan-du-site?ecouter=page").getvalue()
    lines = client.get("/plan-du-site?ecouter=page&mots=").getvalue().decode().splitlines()
    last = json.loads(lines[-1])["words"][-1]
    assert abs(last[1] - 1000 * seconds_of(audio)) < 100


@pytest.mark.django_db
def test_times_give_way_when_many_are_asked(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    held = [streams.TimesStream("Bonjour.") for _ in range(streams.TIMES_SEATS)]
    assert client.get("/plan-du-site?ecouter=page&mots=").status_code == 503
    for stream in held:
        stream.close()
        stream.close()
    assert client.get("/plan-du-site?ecouter=page&mots=").status_code == 200


def test_the_silence_that_an_engine_leaves_is_cut_to_a_pause() -> None:
    sound = Sound(_noise((0.2, 0), (0.5, 9000), (0.9, 20)), RATE, (Mark(0, 0.2),))
    cut = with_short_tail(sound)
    assert cut.seconds == pytest.approx(1.0, abs=0.02)
    assert sound.pcm.startswith(cut.pcm)
    assert cut.marks == sound.marks
    assert with_end(cut).seconds == pytest.approx(0.75, abs=0.02)


@pytest.mark.parametrize("runs", [[(0.5, 9000), (0.1, 0)], [(0.5, 0)], []])
def test_a_short_pause_and_a_whole_silence_are_left(runs: list[tuple[float, int]]) -> None:
    sound = Sound(_noise(*runs), RATE)
    assert with_short_tail(sound) == sound
