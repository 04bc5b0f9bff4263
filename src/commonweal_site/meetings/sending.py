"""Stops a file that is too large while it is still on its way."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from .store import LARGEST, too_large


class Bounded(FileUploadHandler):
    """Lets a file through up to the largest size; of a larger one nothing is kept."""

    def new_file(self, *given: Any, **more: Any) -> None:
        """Begin to count."""
        super().new_file(*given, **more)
        self._taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a piece on, unless it is one too many.

        raises  SkipFile
        """
        self._taken += len(raw_data)
        if self._taken > LARGEST:
            self.request.too_large = too_large(self.file_name or "This file")  # type: ignore[union-attr]  # ours to add
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers after this one."""


def refused_on_its_way(request: Any) -> str:
    """Why a file did not arrive; empty if none was stopped."""
    return str(getattr(request, "too_large", ""))
