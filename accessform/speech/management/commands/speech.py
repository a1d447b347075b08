"""`manage.py speech say|render|collect|understand|transcribe|measure`: hear a text, make the sound of published forms,
delete what is not listed; understand what is said in answer to questions, recognise recordings, measure them."""

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accessform.speech import clips, services
from accessform.speech.management.measuring import Unmeasurable, measure_folder
from accessform.speech.management.transcribing import NotListening, transcribe_files
from accessform.speech.normalising.text import normalise
from accessform.speech.prompts import form_prompts
from accessform.speech.synthesis.clip_key import clip_key
from accessform.speech.synthesis.engine import NothingSaid, SynthesisError
from accessform.speech.synthesis.gtts_voice import GttsVoice
from accessform.speech.synthesis.installed import GTTS
from accessform.speech.synthesis.mp3 import seconds_of, with_length
from accessform.speech.understanding.lines import answer_lines
from accessform.speech.voice import catalogue_identity, renders_locally
from forms_catalog.models import FormVersion


class Command(BaseCommand):
    """Say, render, collect."""

    help = "Voice: say a text, make the clips of published forms, delete those that no form lists."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        say = actions.add_parser("say", help="Say a text into an MP3 file, and show the words that are said.")
        say.add_argument("text")
        say.add_argument("--out", required=True, type=Path)
        render = actions.add_parser("render", help="Make the missing clips of published forms.")
        render.add_argument("slug", nargs="?", default="", help="One form; all of them when left out.")
        render.add_argument("--engine", choices=["local", GTTS], default="local")
        actions.add_parser("collect", help="Delete the clips that no published form lists.")
        transcribe = actions.add_parser(
            "transcribe", help="Write the words of recordings, with the model of this machine."
        )
        transcribe.add_argument("files", nargs="+", type=Path, metavar="FILE")
        transcribe.add_argument("--json", action="store_true", help="One JSON object a line.")
        measure = actions.add_parser(
            "measure",
            help="Measure recognition and understanding on consented recordings; keep and print none of them.",
        )
        measure.add_argument("folder", type=Path, metavar="DIR", help="Recordings, with answers.csv or answers.yaml.")
        understand = actions.add_parser(
            "understand", help="Read questions with what was said, write what is understood."
        )
        understand.add_argument(
            "--jsonl", action="store_true", required=True, help="One JSON object a line, in and out."
        )

    def handle(self, *args: Any, action: str, verbosity: int, **options: Any) -> None:
        self.talks = verbosity > 0
        try:
            actions = {
                "say": self._say,
                "render": self._render,
                "collect": self._collect,
                "understand": self._understand,
                "transcribe": self._transcribe,
                "measure": self._measure,
            }
            actions[action](**options)
        except SynthesisError as error:
            raise CommandError(f"Aucun son : {error}") from error
        except (NotListening, Unmeasurable) as error:
            raise CommandError(str(error)) from error

    def _say(self, *, text: str, out: Path, **options: Any) -> None:
        started = time.perf_counter()
        pieces = list(services.say_aloud(text))
        if not pieces:
            raise NothingSaid("ce texte ne contient aucun mot")
        audio = with_length(b"".join(sound for sound, _ in pieces))
        out.write_bytes(audio)
        self.stdout.write(normalise(text))
        self._summary(seconds_of(audio), time.perf_counter() - started, voice=str(pieces[0][1]))

    def _render(self, *, slug: str, engine: str, **options: Any) -> None:
        if slug and not FormVersion.objects.published().filter(form__slug=slug).exists():
            raise CommandError(f"Aucun formulaire publié ne s'appelle « {slug} ».")
        if engine == GTTS:
            self._render_with_google(slug)
        elif not renders_locally():
            raise CommandError("ACCESSFORM_GTTS=1 : les sons se fabriquent avec --engine gtts.")
        else:
            self._render_here(slug)

    def _render_here(self, slug: str) -> None:
        missing = services.missing_clips(slug=slug)
        started, seconds, not_kept = time.perf_counter(), 0.0, 0
        for rank, clip in enumerate(missing, start=1):
            audio, kept = services.make_clip(clip)
            seconds += seconds_of(audio)
            not_kept += not kept
            self._progress(rank, len(missing))
        if not_kept:
            self.stderr.write(f"{not_kept} textes ont été dits par la voix de secours et ne sont pas gardés.")
        self._summary(seconds, time.perf_counter() - started, voice=str(catalogue_identity()), count=len(missing))

    def _render_with_google(self, slug: str) -> None:
        """Ask Google for the clips that are missing; the texts are taken from the definitions, nowhere else."""
        identity = catalogue_identity()
        if not settings.VOICE_GTTS or identity is None:
            raise CommandError("Les textes partiraient chez Google : il faut l'avoir choisi avec ACCESSFORM_GTTS=1.")
        voice = GttsVoice()
        versions = FormVersion.objects.published()
        for version in versions.filter(form__slug=slug) if slug else versions:
            services.register_prompts(version=version)
            prompts = {clip_key(prompt.text, identity): prompt for prompt in form_prompts(version.definition)}
            missing = [key for key in prompts if not clips.clip_path(key).exists()]
            for rank, key in enumerate(missing, start=1):
                clips.write_clip(key, voice.say(prompts[key]))
                self._progress(rank, len(missing))
        self.stdout.write(f"Voix de Google ({identity}) : les textes publiés de {slug or 'tous les formulaires'}.")

    def _collect(self, **options: Any) -> None:
        self.stdout.write(f"{services.collect_clips()} sons supprimés.")

    def _understand(self, **options: Any) -> None:
        """Answer each line at once; what cannot be read is told on its line, and by the exit status at the end."""
        bad = 0
        for answer, is_read in answer_lines(sys.stdin, timezone.localdate()):
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            self.stdout.flush()
            bad += not is_read
        if bad:
            raise CommandError(f"{bad} ligne{'s' if bad > 1 else ''} en erreur.", returncode=2)

    def _transcribe(self, *, files: list[Path], json: bool, **options: Any) -> None:
        """Tell each recording at once; one that gives no words counts for the exit status, and the rest goes on."""
        bad = 0
        for line, has_words in transcribe_files(files, as_json=json):
            self.stdout.write(line)
            self.stdout.flush()
            bad += not has_words
        if bad:
            raise CommandError(f"{bad} enregistrement{'s' if bad > 1 else ''} sans mots.", returncode=2)

    def _measure(self, *, folder: Path, **options: Any) -> None:
        for line in measure_folder(folder, timezone.localdate()):
            self.stdout.write(line)
            self.stdout.flush()

    def _progress(self, rank: int, total: int) -> None:
        if self.talks and (rank == total or rank % 10 == 0):
            self.stdout.write(f"  {rank}/{total}")

    def _summary(self, seconds: float, elapsed: float, *, voice: str, count: int = 1) -> None:
        if not self.talks:
            return
        ratio = seconds / elapsed if elapsed else 0
        self.stdout.write(
            f"{count} son{'s' if count > 1 else ''}, {seconds:.1f} s de parole en {elapsed:.1f} s "
            f"({ratio:.0f} × le temps réel), voix : {voice}."
        )
