"""The file of a paper, for those who may see the paper."""

from django.http import FileResponse, HttpRequest, HttpResponseBase

from commonweal.meetings.facts import Paper
from commonweal.record.identifiers import slug as slug_of
from commonweal_site.pages import not_found, the_snapshot

from . import store

_LONGEST_NAME = 80


def paper_file(request: HttpRequest, system: str, slug: str) -> HttpResponseBase:
    """The file itself, to be saved; a browser that opens it gives it no rights.

    A paper that is not for publication, one that is not on record, and one whose file is not kept
    here are told apart only for those who may see the paper.
    """
    snapshot = the_snapshot(request)
    name = f"{system}/paper/{slug}"
    paper = snapshot.fact(name)
    found = store.file_of(paper.checksum) if isinstance(paper, Paper) and paper.checksum else None
    if found is None:
        return not_found(request, f"The file of {snapshot.name(name)} is not kept here.")
    file, suffix = found
    called = slug_of(snapshot.name(name))[:_LONGEST_NAME].strip("-") or "paper"
    answer = FileResponse(file.open("rb"), as_attachment=True, filename=f"{called}.{suffix}")
    answer.headers["Content-Type"] = store.TYPES[suffix]
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
