"""The OpenAPI document: every address that gives data, and every kind of fact it gives."""

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse

from commonweal.vocabulary import VOCABULARY

from .assurance import described as described_assurance
from .authority import described
from .demand import described as described_demand
from .money import described_choosing
from .money.ledger_pages import BY
from .outcomes import described as described_outcomes
from .pages import as_json
from .plans import described as described_plans
from .plans import described_delivery
from .published.named import DOCUMENTS, ONLY_OF_A_BODY, REPORTS
from .scrutiny import described as described_scrutiny

_DAY = [
    {"$ref": "#/components/parameters/as_at"},
    {"$ref": "#/components/parameters/known"},
]

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def document() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Commonweal",
            "version": "1",
            "summary": "The record of integrated care systems: dated, sourced, checked.",
            "description": (
                "Free to use without a key. Every answer is of a day, as known at an instant. "
                "Each fact carries its sources; each answer about an entity carries its licence."
            ),
            "license": {
                "name": "As each pack says; see `licence` in the answers",
                "identifier": "MIT",
            },
        },
        "servers": [{"url": "/"}],
        "paths": _paths(),
        "components": {"schemas": _schemas(), "parameters": _parameters()},
    }


def openapi(request: HttpRequest) -> HttpResponse:
    """The document, for programs."""
    del request
    return as_json(document())


def _paths() -> dict[str, Any]:
    kinds = {"type": "string", "enum": sorted(VOCABULARY.kinds)}
    system, slug = _part("system", {"type": "string"}), _part("slug", {"type": "string"})
    kind, type_ = _part("kind", kinds), _asked("type", "Only facts of this type.")
    return {
        "/index.json": _get("systems", "Every system on a day", "Systems", []),
        "/kinds.json": _get("kinds", "Every kind of fact", "Kinds", []),
        "/{system}/{kind}/{slug}.json": _get(
            "entity", "Everything about one entity", "Entity", [system, kind, slug]
        ),
        "/{system}/{kind}.json": _get(
            "facts_of_system", "Every fact of a kind in a system", "Facts", [system, kind, type_]
        ),
        "/kinds/{kind}.json": _get("facts", "Every fact of a kind", "Facts", [kind, type_]),
        "/search.json": _get(
            "search", "What is on record by a name, code or acronym", "Found",
            [_asked("q", "What to look for.", required=True)],
        ),
        "/findings.json": _get(
            "findings", "What the rules of law find", "Findings",
            [_asked("system", "Only findings on this system."),
             _asked("outcome", "met, not met or cannot tell.")],
        ),
        "/{system}/meetings.json": _get(
            "meetings", "The meetings of a system", "Meetings", [system]
        ),
        "/{system}/decisions.json": _get(
            "decisions", "The decisions of a system, each with the lines it fails", "Decisions",
            [system, _asked("body", "Only those of this body or post."),
             _asked("function", "Only those that carry out this function."),
             _asked("amount", "none, small, middle or large."),
             _asked("key", "yes or no."), _asked("year", "Only those made in this year.")],
        ),
        "/{system}/decision/{decision}/lines.json": _get(
            "lines", "The ten lines of a decision, with the proof of its authority", "Lines",
            [system, _part("decision", {"type": "string"})],
        ),
        "/{system}/endorsements.json": _get(
            "endorsements", "What each body said to each proposal", "Endorsements", [system]
        ),
        "/{system}/promises.json": _get(
            "promises", "Promises and actions not on record as done", "Promises", [system]
        ),
        "/{system}/forward-plan.json": _get(
            "forward_plan", "What is to come to meetings", "ForwardPlan", [system]
        ),
        "/rules.json": _get("rules", "Every rule, with citation and dates", "Rules", []),
        "/drill.json": _get(
            "drill", "What would lose its home if bodies ended on the day", "Drilled",
            [_asked("body", "A body that ends. May be given several times.", required=True)],
        ),
        "/time-limits.json": _get("time_limits", "Every time limit of the law", "TimeLimits", []),
        "/changes.json": _get(
            "changes", "Entries of the log, the latest first", "Changes",
            [_asked("since", "Only entries after this number."),
             _asked("system", "Only this system."), _asked("entity", "Only this entity."),
             _asked("page", "Which page, from 1.")],
        ),
        "/log.json": _get("log", "The end of the log", "Log", []),
        "/data/packs.zip": _file("packs", "The whole record, as packs", [], "application/zip"),
        "/data/packs/{pack}.zip": _file(
            "pack", "One pack", [_part("pack", {"type": "string"})], "application/zip"
        ),
        **described.paths(),
        **described_scrutiny.paths(),
        **described_choosing.paths(),
        **described_assurance.paths(),
        **described_plans.paths(),
        **described_delivery.paths(),
        **described_outcomes.paths(),
        **described_demand.paths(),
        **_papers(system, slug),
        **_ledger(system, slug),
        **_published(system, slug),
    }  # fmt: skip


def _papers(system: dict[str, Any], slug: dict[str, Any]) -> dict[str, Any]:
    """Files: of papers as they were filed, of minutes as they are made for the day."""
    minutes = "/{system}/minutes/{slug}"
    return {
        "/{system}/paper/{slug}/file": _file(
            "paper_file", "The file of a paper, as it was filed", [system, slug],
            "application/pdf", _WORD, "text/plain",
        ),
        f"{minutes}.json": _get(
            "minutes", "The minutes of a meeting: a published draft, or approved", "Entity",
            [system, slug],
        ),
        f"{minutes}.pdf": _file(
            "minutes_pdf", "The minutes as a PDF", [system, slug, *_DAY], "application/pdf"
        ),
        f"{minutes}.docx": _file(
            "minutes_word", "The minutes in Word", [system, slug, *_DAY], _WORD
        ),
    }  # fmt: skip


def _ledger(system: dict[str, Any], slug: dict[str, Any]) -> dict[str, Any]:
    """Entries of money and their totals. The list and the totals are there as .csv too."""
    about = {
        "account": "Only lines of this account.", "body": "Only lines in this body's books.",
        "fund": "Only lines of this fund; none: of no fund.",
        "scheme": "Only lines of this scheme.", "partner": "Only lines with this partner.",
        "decision": "Only lines that this decision authorised.",
        "year": "Only this financial year, such as 2025-26.", "from": "Only from this day.",
        "to": "Only before this day.",
    }  # fmt: skip
    asked = [_asked(name, says) for name, says in about.items()]
    about_year = _asked("year", about["year"])
    page = _asked("page", "Which page, from 1.")
    ledger = "/{system}/ledger"
    made = {
        "/{system}/body/{slug}/where-the-money-goes.json": _get(
            "where_the_money_goes",
            "The money of a body's places, from what was passed on to what it is to achieve; "
            "for a place, write area in place of body",
            "MoneyOfPlaces", [system, slug, about_year],
        ),
        f"{ledger}.json": _get("ledger", "Entries of money", "Ledger", [system, *asked, page]),
        f"{ledger}/{{entry}}.json": _get(
            "ledger_entry", "One entry with all its lines, and the file it came in by",
            "LedgerEntry", [system, _part("entry", {"type": "integer"})],
        ),
    }  # fmt: skip
    for by in BY:
        name, says = f"ledger_by_{by}", f"Totals of the ledger by {by}"
        made[f"{ledger}/by/{by}.json"] = _get(name, says, "LedgerTotals", [system, *asked])
    return made


def _file(name: str, summary: str, parameters: list[Any], *types: str) -> dict[str, Any]:
    missing = "Not on record, not for you to see, or its file is not kept here"
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": parameters,
            "responses": {
                "200": {"description": summary, "content": {each: {} for each in types}},
                "404": {"description": missing},
            },
        }
    }


def _published(system: dict[str, Any], slug: dict[str, Any]) -> dict[str, Any]:
    """The documents of systems and bodies; each as .csv, .docx, .pdf, .xlsx and .zip too."""
    since = _asked("since", "An earlier day: only what changed since then.")
    made = {}
    for word, each in DOCUMENTS.items():
        if word not in ONLY_OF_A_BODY:
            name, about = f"{word}_of_system", f"{each.called} of a system"
            made[f"/{{system}}/{word}.json"] = _get(name, about, "Document", [system, since])
        name, about = f"{word}_of_body", f"{each.called} of a body"
        made[f"/{{system}}/body/{{slug}}/{word}.json"] = _get(
            name, about, "Document", [system, slug, since]
        )
    for word, each in REPORTS.items():
        about, of = f"Report on money, {each.called}", word.replace("-", "_")
        made[f"/{{system}}/money/{word}.json"] = _get(
            f"{of}_of_system", f"{about}: of a system", "Document", [system, since]
        )
        made[f"/{{system}}/body/{{slug}}/money/{word}.json"] = _get(
            f"{of}_of_body", f"{about}: of a body", "Document", [system, slug, since]
        )
    return made | _on_funds(system, slug)


def _on_funds(system: dict[str, Any], slug: dict[str, Any]) -> dict[str, Any]:
    year = _part("year", {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"})
    quarter = _part("quarter", {"type": "integer", "minimum": 1, "maximum": 4})
    return {
        "/{system}/fund/{slug}/quarter/{year}/{quarter}.json": _get(
            "quarter_of_fund", "The quarterly report on a fund", "Document",
            [system, slug, year, quarter],
        ),
        "/{system}/fund/{slug}/year/{year}.json": _get(
            "year_of_fund", "The annual report on a fund", "Document", [system, slug, year]
        ),
    }  # fmt: skip


def _get(name: str, summary: str, schema: str, parameters: list[Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    wrong = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": [*parameters, *_DAY],
            "responses": {
                "200": {"description": summary, "content": content},
                "404": {"description": "Not on record, with the nearest names or the days it was",
                        "content": wrong},
            },
        }
    }  # fmt: skip


def _part(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _asked(name: str, about: str, *, required: bool = False) -> dict[str, Any]:
    return {
        "name": name, "in": "query", "required": required, "description": about,
        "schema": {"type": "string"},
    }  # fmt: skip


def _parameters() -> dict[str, Any]:
    return {
        "as_at": _asked("as_at", "The day asked about, such as 2022-05-01. Left out: today."),
        "known": _asked("known", "A day or instant: the record as it then stood. Left out: now."),
    }


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


def _schemas() -> dict[str, Any]:
    text = {"type": "string"}
    maybe, maybe_number = {"type": ["string", "null"]}, {"type": ["integer", "null"]}
    rows = {"type": "array", "items": {"$ref": "#/components/schemas/Row"}}
    anything = {"type": "array", "items": {"type": "object"}}
    number = {"type": "integer"}
    return {
        **msgspec.json.decode(msgspec.json.encode(VOCABULARY.schema())),  # lists for its tuples
        "Row": _object(
            "id kind label from to sources", id=text, kind=text, label=text,
            **{"from": maybe, "to": maybe}, sources=anything,
        ),
        "Entity": _object(
            "id kind as_at known facts sources disputes history licence provenance",
            id=text, kind=text, as_at=text, known=text, facts=rows, sources=anything,
            disputes=rows, history=anything, licence=maybe, provenance=maybe,
        ),
        "Facts": _object("kind as_at known count facts", kind=text, system=maybe, type=maybe,
                         as_at=text, known=text, count=number, facts=rows),
        "Systems": _object("as_at systems", as_at=text, systems=anything),
        "Kinds": _object("as_at kinds", as_at=text, kinds=anything),
        "Found": _object("asked as_at count found in_papers", asked=text, as_at=text,
                         count=number, found=anything, in_papers={"type": "array", "items": _object(
                             "paper page words", paper=text, page=number, words=text)}),
        "Findings": _object("as_at known counts findings", as_at=text, known=text,
                            counts={"type": "object"}, findings=anything),
        "Rules": anything, "TimeLimits": anything, "Drilled": anything,
        "Meetings": _object("of count meetings", of=text, count=number, meetings=anything),
        "Decisions": _object("system count decisions", system=text, count=number,
                             decisions=anything),
        "Lines": _object("decision as_at known standing lines call_in", decision=text, as_at=text,
                         known=text, standing={"type": "object"}, lines=anything,
                         call_in={"type": "object"}, proof={"type": ["object", "null"]}),
        "Endorsements": _object("system count answers", system=text, count=number,
                                answers=anything),
        "Promises": _object("system as_at outstanding", system=text, as_at=text,
                            outstanding=anything),
        "Ledger": _object("system as_at known tags from to count page pages totals entries",
                          system=text, as_at=text, known=maybe, tags={"type": "object"},
                          **{"from": maybe, "to": text}, page=number, count=maybe_number,
                          pages=maybe_number, totals=anything, entries=anything),
        "MoneyOfPlaces": _object("of places", of=text, year=maybe, places=anything),
        "LedgerTotals": _object("system as_at known tags from to by totals", system=text,
                                as_at=text, known=maybe, tags={"type": "object"},
                                **{"from": maybe, "to": text}, by=text, totals=anything),
        "LedgerEntry": _object("system entry day what lines import", system=text, entry=number,
                               day=text, what=text, lines=anything,
                               **{"import": {"type": "object"}}),
        "ForwardPlan": _object("system after coming", system=text, after=text, coming=anything),
        "Changes": _object("known changes", known=text, changes=anything),
        "Document": _object("title as_at known invented blocks", title=text, as_at=text,
                            known=text, invented={"type": "boolean"}, summary=text,
                            blocks=anything),
        "Log": _object("entries hash known", entries=number, hash=text, known=text),
        "Problem": _object("error status", error=text, status=number, because=text),
        **described.schemas(),
        **described_outcomes.schemas(),
        **described_scrutiny.schemas(),
        **described_assurance.schemas(),
    }  # fmt: skip
