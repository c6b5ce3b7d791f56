"""Uploads go to disk as they come; one that is larger than allowed, or from a stranger, is not even written there."""

from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from cms.office import room
from media_assets import permissions

FORM_BYTES = 1024**2  # what the rest of a form may take
OTHER_BYTES = 10 * 1024**2  # pictures, lists: whatever is not a recording
RECORDINGS = "/admin/rekaman/"


def is_too_large(content_length: int, path: str) -> bool:
    limit = settings.MAX_UPLOAD_BYTES
    return content_length > (limit if path.startswith(RECORDINGS) else min(limit, OTHER_BYTES)) + FORM_BYTES


def announces_too_much(request: HttpRequest) -> bool:
    return is_too_large(int(request.META.get("CONTENT_LENGTH") or 0), request.path)


def may_send(request: HttpRequest) -> bool:
    """Asked when the first file begins, which is before any view is: the CSRF check reads the form first."""
    user = getattr(request, "user", None)
    if user is None or not user.is_active:  # no form for visitors takes files
        return False
    if request.path.startswith(RECORDINGS):
        return permissions.can_add_recording(user) or permissions.can_change_recording(user)
    return True


def folder() -> Path:
    """Where uploads wait while a form is read; a killed process leaves them there to be swept."""
    path = Path(settings.FILE_UPLOAD_TEMP_DIR)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


class LimitedUploadHandler(TemporaryFileUploadHandler):
    too_large = False

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        self.too_large = is_too_large(content_length, self.request.path if self.request else "")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self.request is None or not may_send(self.request):
            raise StopUpload(connection_reset=True)  # the rest is not read; what came before is, so the view can answer
        if self.too_large:
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        try:
            return super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._give_room_back(error)
            raise SkipFile from error

    def file_complete(self, file_size: int) -> Any:
        try:
            return super().file_complete(file_size)  # writes what was still held back
        except OSError as error:
            self._give_room_back(error)
            return None

    def _give_room_back(self, error: OSError) -> None:
        """Drop at once what a full disk cut short, so that the view can say why; any other error is raised again."""
        with suppress(OSError):
            self.file.close()
        if not room.is_full(error) or self.request is None:
            raise error
        cast(Any, self.request)._found_no_room = True
