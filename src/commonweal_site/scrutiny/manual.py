"""The manual's chapter on scrutiny: worked examples, and every rule with how it is tried."""

from django.http import HttpRequest, HttpResponse

from commonweal.checks import CHECKS
from commonweal.scrutiny.examples import (
    INTRODUCTION,
    TITLE,
    Example,
    examples,
    laws,
    parts,
    tried,
)
from commonweal_site.pages import Twins, as_csv, as_json, page, wants
from commonweal_site.words import capital

HEADS = "chapter rule on from done question expected answer last_day because settled_by".split()


def manual(request: HttpRequest) -> HttpResponse:
    """The chapter as a page or as data. Each example has its own day."""
    rows = [_row(each) for each in examples()]
    if wants(request) == "json":
        return as_json(rows)
    if wants(request) == "csv":
        return as_csv("scrutiny-examples", HEADS, rows)
    return page(
        request, "scrutiny/manual.jinja", TITLE, introduction=INTRODUCTION, parts=parts(),
        twins=Twins("/manual/scrutiny.json", "/manual/scrutiny.csv"), capital=capital,
        laws=[(law, tried(law, CHECKS)) for law in laws()],
    )  # fmt: skip


def _row(each: Example) -> dict[str, str | None]:
    last = each.last_day()
    return {
        "chapter": each.chapter, "rule": each.rule, "on": each.on.isoformat(),
        "from": each.begins.isoformat() if each.begins else None,
        "done": each.done.isoformat() if each.done else None,
        "question": each.asks(), "expected": each.expected(), "answer": each.answer(),
        "last_day": last.isoformat() if last else None, "because": each.because(),
        "settled_by": each.settles,
    }  # fmt: skip
