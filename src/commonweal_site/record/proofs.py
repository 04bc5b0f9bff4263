"""The log's published roots and proofs, as data that anybody can check alone."""

from django.http import Http404, HttpRequest, HttpResponse

from commonweal.record.merkle import NotInTree
from commonweal_site.commands_proofs import as_data
from commonweal_site.pages import as_json

from .roots import ROOTS


def roots(request: HttpRequest) -> HttpResponse:
    """Every published root, the first day first."""
    del request
    return as_json({"roots": [as_data(root) for root in ROOTS.published()]})


def entry_proof(request: HttpRequest, number: int) -> HttpResponse:
    """That an entry stands in the log of `size` entries (now, if none is asked for)."""
    try:
        proof = ROOTS.prove_entry(number, _size(request))
    except NotInTree as wrong:
        raise Http404(str(wrong)) from wrong
    return as_json(as_data(proof))


def growth_proof(request: HttpRequest, number: int) -> HttpResponse:
    """That the first `number` entries stand unchanged in the log of `size` entries."""
    try:
        proof = ROOTS.prove_growth(number, _size(request))
    except NotInTree as wrong:
        raise Http404(str(wrong)) from wrong
    return as_json(as_data(proof))


def _size(request: HttpRequest) -> int | None:
    asked = request.GET.get("size", "")
    return int(asked) if asked.isdecimal() else None
