"""The sound of a request, read in memory only and never above its limit; whatever else is sent is kept."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.http import HttpRequest

from accessform.speech.recognition.recogniser import MAX_SOUND_BYTES

SOUND_FIELD = "sound"
"""The name of the one field that carries a recording, on every page."""


class SoundTooLarge(Exception):
    """The recording is above MAX_SOUND_BYTES; nothing of it was kept, everything else of the request was read."""


class SoundUploadHandler(FileUploadHandler):
    """Collects the field SOUND_FIELD in memory and stops keeping it above the limit. First in FILE_UPLOAD_HANDLERS.

    The limit is that of a request: however many sounds it brings, they weigh no more together.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.is_too_large = False
        self._pieces: list[bytes] | None = None
        self._size = 0

    def new_file(self, *args: Any, **options: Any) -> None:
        """Take the file where it is the sound; another one goes to the next handler."""
        super().new_file(*args, **options)
        self._pieces = None
        if self.field_name == SOUND_FIELD:
            self._pieces = []
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep a piece of the sound, none above the limit; Django's own ways to refuse would lose other files."""
        if self._pieces is None:
            return raw_data
        self._size += len(raw_data)
        if self._size > MAX_SOUND_BYTES:
            self.is_too_large = True
            self._pieces.clear()
        else:
            self._pieces.append(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Return the sound as a file in memory, empty where it was above the limit."""
        if self._pieces is None:
            return None
        content = b"".join(self._pieces)
        self._pieces = None
        return InMemoryUploadedFile(
            file=BytesIO(content),
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=len(content),
            charset=self.charset,
        )


def sent_sound(request: HttpRequest) -> bytes:
    """Return the recording of a request, b"" where there is none; raises SoundTooLarge.

    What the browser says of its kind or name is not believed, nor used.
    """
    sounds = request.FILES.getlist(SOUND_FIELD)
    handlers = [handler for handler in request.upload_handlers if isinstance(handler, SoundUploadHandler)]
    if any(handler.is_too_large for handler in handlers):
        raise SoundTooLarge
    return sounds[-1].read() if sounds else b""
