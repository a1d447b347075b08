"""Register, make and collect the clips of published forms; say private text without keeping it."""

from collections.abc import Generator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from accessform.plain_language.wording import ReadingLevel
from accessform.speech import clips
from accessform.speech.models import ListedClip, SpokenClip
from accessform.speech.normalising.text import normalise
from accessform.speech.prompts import SpokenPrompt, form_prompts
from accessform.speech.sentences import sentences
from accessform.speech.synthesis.clip_key import clip_key
from accessform.speech.synthesis.engine import NothingSaid, NoVoice, VoiceIdentity
from accessform.speech.synthesis.local_voice import LocalVoice
from accessform.speech.synthesis.mp3 import encode, with_length
from accessform.speech.synthesis.silence import with_end
from accessform.speech.timed_speech import as_line, say_timed
from accessform.speech.voice import catalogue_identity, catalogue_voice, local_voice
from forms_catalog.models import FormVersion, VersionStatus

LISTED_STATUSES = (VersionStatus.PUBLISHED, VersionStatus.SUPERSEDED, VersionStatus.RETIRED)
"""An older version may still have journeys on it: its texts stay known, its files are made when asked for."""


@dataclass(frozen=True)
class MadeClip:
    """A clip's MP3, its words timed as a line of JSON, and whether both were kept."""

    audio: bytes
    times: str
    kept: bool


def register_prompts(*, version: FormVersion, identity: VoiceIdentity | None = None) -> list[str]:
    """Write the manifest of `version` for the voice of today and return its keys; [] without a voice."""
    identity = identity or catalogue_identity()
    if identity is None:
        return []
    prompts = list(form_prompts(version.definition))
    keyed = [(clip_key(prompt.text, identity), prompt) for prompt in prompts]
    with transaction.atomic():
        SpokenClip.objects.bulk_create(
            [SpokenClip(key=key, text=prompt.text) for key, prompt in dict(keyed).items()], ignore_conflicts=True
        )
        ListedClip.objects.bulk_create(
            [_listed(version, key, prompt) for key, prompt in keyed],
            update_conflicts=True,
            unique_fields=["version", "subject", "level"],
            update_fields=["clip"],
        )
    return list(dict(keyed))


def _listed(version: FormVersion, key: str, prompt: SpokenPrompt) -> ListedClip:
    return ListedClip(version=version, clip_id=key, subject=prompt.subject, level=prompt.level)


def register_live_versions() -> int:
    """Write every live manifest again, as after a change of voice, and return how many there are."""
    versions = FormVersion.objects.filter(status__in=LISTED_STATUSES)
    for version in versions:
        register_prompts(version=version)
    return len(versions)


def say_aloud(text: str, *, voice: LocalVoice | None = None) -> Generator[tuple[bytes, VoiceIdentity], None, None]:
    """Yield the MP3 of each sentence of `text` with the voice that said it. Keeps nothing.

    A sentence with nothing to say is passed over. Raises SynthesisError.
    """
    voice = voice or local_voice()
    pieces = [piece for sentence in sentences(text) for piece in sentences(normalise(sentence))]
    for place, piece in enumerate(pieces, start=1):
        spoken = voice.say(piece)
        yield encode(with_end(spoken.sound) if place == len(pieces) else spoken.sound), spoken.identity


def make_clip(clip: SpokenClip, *, voice: LocalVoice | None = None) -> tuple[bytes, bool]:
    """Return the MP3 of a clip and whether it was kept: only the voice that its key names may fill its file.

    Raises SynthesisError: NothingSaid for a text without words.
    """
    made = render(clip, voice=voice)
    return made.audio, made.kept


def render(clip: SpokenClip, *, voice: LocalVoice | None = None) -> MadeClip:
    """Make a clip and its word times, and keep both where the voice is the one that the key names.

    Raises SynthesisError: NothingSaid for a text without words.
    """
    said = list(say_timed(clip.text, voice or catalogue_voice()))
    if not said:
        raise NothingSaid(clip.key)
    audio = with_length(b"".join(sentence.audio for sentence in said))
    times = as_line(word for sentence in said for word in sentence.words)
    identities = {identity for sentence in said for identity in sentence.identities}
    genuine = all(clip_key(clip.text, identity) == clip.key for identity in identities)
    if genuine:
        clips.write_word_times(clip.key, times)
        clips.write_clip(clip.key, audio)
    return MadeClip(audio, times, genuine)


def missing_clips(*, slug: str = "", level: ReadingLevel | None = None) -> list[SpokenClip]:
    """Return the clips of published versions that are not on disk, for the voice of today. Raises NoVoice."""
    if catalogue_identity() is None:
        raise NoVoice("no voice engine")
    published = FormVersion.objects.published()
    versions = published.filter(form__slug=slug) if slug else published
    for version in versions:
        register_prompts(version=version)
    lines = ListedClip.objects.filter(version__in=versions, **({"level": level.value} if level else {}))
    listed = SpokenClip.objects.filter(key__in=lines.values("clip_id")).order_by("created_at", "key")
    return [clip for clip in listed if not clips.clip_path(clip.key).exists()]


def collect_clips() -> int:
    """Forget the texts that no live version lists, delete files that no published version lists; return how many."""
    SpokenClip.objects.exclude(listings__version__status__in=LISTED_STATUSES).delete()
    wanted = set(
        SpokenClip.objects.filter(Q(listings__version__status=VersionStatus.PUBLISHED)).values_list("key", flat=True)
    )
    unwanted = [key for key in clips.kept_keys() if key not in wanted]
    for key in unwanted:
        clips.remove_clip(key)
    clips.remove_unfinished()
    return len(unwanted)
