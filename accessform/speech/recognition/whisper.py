"""Whisper by faster-whisper, from the operator's folder. Runs in the worker alone."""

from typing import Any

from accessform.speech.recognition.decoding import RATE, Unreadable, decode

LONGEST_RECORDING = 600.0
"""Seconds that are decoded at all: a microphone that was forgotten."""
LONGEST_SPEECH = 60.0
"""Seconds of speech in one answer; what comes after is not transcribed."""
PAUSE_MS = 1000
"""Longer pauses, of whatever length, become twice PAD_MS of what was recorded and GAP_MS of nothing.

Of 24 answers said in two or three pieces, with pauses of 1.2 to 5 s, whisper-base hears 19 right so; 12 where pauses
become 1 s (« soixante … douze » is then 72), 17 where they become 1.8 s or stay as they are up to 4 s.
"""
PAD_MS, GAP_MS = 400, 600
TOKENS_AT_LEAST, TOKENS_A_SECOND, MOST_TOKENS = 16, 8, 200
"""Twice what French takes, so that a decoder in a loop is stopped early, and late enough to be told by its loop."""
BEAM = 5


class Whisper:
    """A loaded model. `hear` returns what worker.py sends as JSON."""

    def __init__(self, model: str, threads: int) -> None:
        import onnxruntime
        from faster_whisper import WhisperModel
        from faster_whisper.vad import get_speech_timestamps

        onnxruntime.disable_telemetry_events()
        self._model = WhisperModel(
            model, device="cpu", compute_type="int8", cpu_threads=threads, num_workers=1, local_files_only=True
        )
        self._speech = get_speech_timestamps
        self.hear_samples(_rest(0.5), "fr", "")

    def hear(self, audio: bytes, container: str, language: str, prompt: str) -> dict[str, Any]:
        """Decode, find speech, transcribe; an unreadable sound is an answer, not an error."""
        try:
            samples, is_cut = decode(audio, container, LONGEST_RECORDING)
        except Unreadable:
            return {"decoding": "unreadable"}
        found = self.hear_samples(samples, language, prompt)
        if is_cut:
            found["decoding"] = "too_long"
        return found

    def hear_samples(self, samples: Any, language: str, prompt: str) -> dict[str, Any]:
        """Return the figures and segments of mono samples at RATE."""
        import numpy as np
        from faster_whisper.vad import VadOptions

        options = VadOptions(min_silence_duration_ms=PAUSE_MS, speech_pad_ms=PAD_MS)
        chunks = self._speech(samples, options)
        kept = [samples[chunk["start"] : chunk["end"]] for chunk in chunks]
        gap = _rest(GAP_MS / 1000)
        speech = np.concatenate([piece for part in kept for piece in (gap, part)][1:]) if kept else samples[:0]
        is_too_long = len(speech) > LONGEST_SPEECH * RATE
        return {
            "decoding": "too_long" if is_too_long else "read",
            "seconds": len(samples) / RATE,
            "speech_seconds": len(speech) / RATE,
            "loudest": _loudest(samples),
            "segments": self._transcribe(speech[: int(LONGEST_SPEECH * RATE)], language, prompt) if kept else [],
        }

    def _transcribe(self, speech: Any, language: str, prompt: str) -> list[dict[str, Any]]:
        """Transcribe once, at temperature 0: trying again at random would invent rather than hear."""
        segments, _ = self._model.transcribe(
            speech,
            language=language,
            beam_size=BEAM,
            temperature=0.0,
            condition_on_previous_text=False,
            initial_prompt=prompt or None,
            vad_filter=False,
            max_new_tokens=min(MOST_TOKENS, TOKENS_AT_LEAST + int(TOKENS_A_SECOND * len(speech) / RATE)),
        )
        names = ("text", "avg_logprob", "no_speech_prob", "compression_ratio")
        return [{name: getattr(segment, name) for name in names} for segment in segments]


def _loudest(samples: Any) -> float:
    """Return the level of the loudest tenth of a second, in dB below full scale; −120 for digital silence."""
    import numpy as np

    size = RATE // 10
    whole = samples[: len(samples) // size * size] if len(samples) >= size else samples
    tenths = whole.reshape(-1, size) if len(samples) >= size else whole.reshape(1, -1)
    power = float(np.max(np.mean(tenths.astype(np.float64) ** 2, axis=1))) if whole.size else 0.0
    return max(-120.0, 10 * float(np.log10(power))) if power > 0 else -120.0


def _rest(seconds: float) -> Any:
    """Return silence, to load the voice activity detector with."""
    import numpy as np

    return np.zeros(int(seconds * RATE), dtype=np.float32)
