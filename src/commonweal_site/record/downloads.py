"""The record to take away: packs in one file, every day of every public fact in them."""

import io
import zipfile

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from commonweal.record.entries import instant
from commonweal_site.pages import not_found, page, the_snapshot

from . import packing, shelf

_TYPE = "application/zip"


def packs(request: HttpRequest, slug: str = "") -> HttpResponse:
    """One pack, or every pack of the record, as a file that `commonweal load` takes back.

    What is not for publication is left out, whoever asks. A record that is too large to be packed
    while somebody waits is left to the command, and the page says so.
    """
    facts = sum(len(names) for names in map(the_snapshot(request).of_kind, _kinds(request)))
    if facts > settings.DOWNLOAD_MOST_FACTS:
        return page(
            request, "problem.jinja", "Too large to take in one go", status=503,
            because=f"The record holds {facts:,} facts; this site packs up to "
            f"{settings.DOWNLOAD_MOST_FACTS:,} while you wait. Whoever keeps it can write the same "
            "files with ‘commonweal export’. Lists of each kind can be taken one by one.",
        )  # fmt: skip
    try:
        exported = packing.export(shelf.SHELF.book, [slug] if slug else [])
    except packing.NoSuchPack as unknown:
        return not_found(request, str(unknown))
    answer = HttpResponse(_zipped(exported), content_type=_TYPE)
    name = slug or "commonweal-packs"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _kinds(request: HttpRequest) -> list[str]:
    return [kind.name for kind in the_snapshot(request).vocabulary]


def _zipped(exported: packing.Exported) -> bytes:
    """The same bytes for the same record: the files carry the instant of its last entry."""
    moment = instant(shelf.SHELF.book.head.recorded).timetuple()[:6]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for slug, files in exported.files.items():
            for name, text in sorted(files.items()):
                archive.writestr(
                    zipfile.ZipInfo(f"{slug}/{name}", moment), text, zipfile.ZIP_DEFLATED
                )
    return packed.getvalue()
