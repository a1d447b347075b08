"""Addresses of sound."""

from django.urls import path, register_converter

from accessform.speech import views


class ClipKey:
    """64 hexadecimal digits, lower case."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        """Return the key as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return the key as it is."""
        return value


register_converter(ClipKey, "clip_key")

app_name = "speech"
urlpatterns = [
    path("voix/<clip_key:key>.mp3", views.clip, name="clip"),
    path("voix/<clip_key:key>.json", views.word_times, name="word_times"),
]
