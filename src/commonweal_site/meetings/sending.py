"""Stops a file that is too large while it is still on its way."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from .store import LARGEST, too_large


class Bounded(FileUploadHandler):
    """Lets files through up to the largest size in all; of what is beyond nothing is kept."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
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


def refused_on_its_way(request: HttpRequest) -> str:
    """Why a file did not arrive; empty if none was stopped."""
    return str(getattr(request, "too_large", ""))
