"""What happens after a publication: the manifest at once, the sound in the background."""

import logging
from typing import Any

from django.conf import settings
from django_tasks import task

from accessform.plain_language.wording import ReadingLevel
from accessform.speech.services import collect_clips, make_clip, missing_clips, register_prompts
from accessform.speech.synthesis.engine import NothingSaid, SynthesisError
from accessform.speech.voice import renders_locally
from forms_catalog.models import FormVersion

logger = logging.getLogger(__name__)

AFTER_EVERYTHING_ELSE = -10
"""Deliveries to services go first; a clip that is asked for earlier is made then."""


def prepare_voice(*, version: FormVersion, **kwargs: Any) -> None:
    """Write the manifest of a version that was just published and have its clips made, one task a level."""
    if not register_prompts(version=version) or not settings.VOICE_RENDERS_AT_PUBLISH:
        return
    for level in ReadingLevel:
        render_level.enqueue(version.form.slug, level.value)
    collect_unlisted.enqueue()


@task(priority=AFTER_EVERYTHING_ELSE)
def render_level(slug: str, level: str) -> int:
    """Make the missing clips of a published form at one level and return how many; the others wait for a reader."""
    if not renders_locally():
        return 0
    made = 0
    for clip in missing_clips(slug=slug, level=ReadingLevel(level)):
        try:
            _, kept = make_clip(clip)
            made += kept
        except NothingSaid:
            continue
        except SynthesisError as error:
            logger.warning("clip %s not made: %s", clip, error)
    return made


@task(priority=AFTER_EVERYTHING_ELSE)
def collect_unlisted() -> int:
    """Delete the clips that no published version lists and return how many."""
    return collect_clips()
