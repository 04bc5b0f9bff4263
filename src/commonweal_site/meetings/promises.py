"""Questions, promises and actions: who said what would be done by when, and whether it was."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse

from commonweal.meetings.agenda import meeting_of
from commonweal.meetings.decided import Action
from commonweal.meetings.planned import Outstanding, outstanding, standing_on
from commonweal.meetings.said import Promise, Question
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words, period
from commonweal_site.jinja import Crumb
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, the_snapshot, wants
from commonweal_site.record import entity
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import Link, link_to, system_name
from commonweal_site.words import capital

from .laid_out import Cell, Grid, grid, whoever

HEADS = "id kind what who due state days_over asked_at".split()


def state_of(fact: Action | Promise, on: date) -> str:
    """How far an action or promise has come by a day, in words."""
    done, when = (
        (fact.type == "done", fact.done) if isinstance(fact, Action)
        else (fact.kept == "kept", fact.kept_on)
    )  # fmt: skip
    if when and period(when)[0] <= on:
        late = fact.due and period(fact.due)[1] <= period(when)[0]
        return f"Done on {in_words(when)}{', late' if late else ''}"
    if done and not when:
        return "Done"
    ended = fact.type if isinstance(fact, Action) else fact.kept
    if ended in {"dropped", "withdrawn"}:
        return capital(ended)
    state, over = standing_on(fact.due, on)
    said = {"overdue": f"Overdue by {over} days", "due": "Not yet due"}
    word = "" if ended in {"not stated", "done", "kept"} else f"{capital(ended)}. "
    return f"{word}{said.get(state, 'No day was set; not on record as done')}"


def promise_rows(
    snapshot: Snapshot, found: Iterable[tuple[str, Promise]], on: date
) -> Iterator[tuple[Cell, ...]]:
    """Promises as rows: what, who, by when, and how they stand."""
    for own, each in found:
        due = in_words(each.due) if each.due else "No day was set"
        who = whoever(snapshot, each.by, each.by_printed)
        yield Link(each.name, f"/{own}"), who, due, state_of(each, on)


# --- a question, a promise ------------------------------------------------------------------------


def question(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """A question on the day asked about, with its answers and what was promised."""
    name, snapshot = f"{system}/question/{slug}", the_snapshot(request)
    fact = snapshot.get(name)
    if not isinstance(fact, Question) or wants(request) != "html":
        return entity.entity(request, system, "question", slug)
    promised = list(snapshot.referring(name, Promise))
    grids = [
        grid(
            "What was answered", ("Who", "Answer", "Figures"),
            (
                (
                    whoever(snapshot, each.by, each.by_printed), each.text,
                    "; ".join(each.data) or "None",
                )
                for each in fact.answers
            ),
            empty="No answer is on record.",
        ),
        grid(
            "What was promised", ("What", "Who", "By when", "State"),
            promise_rows(snapshot, promised, the_day(request).as_at),
            empty="Nothing on record was promised in answer.",
        ),
        *_carried_out(snapshot, promised, the_day(request).as_at),
    ]  # fmt: skip
    given = entity.context(snapshot, request, name, [])
    return page(
        request, "meetings/said.jinja", fact.name, **given, grids=grids, text=fact.text,
        about=tuple(_about(snapshot, fact)),
    )  # fmt: skip


def _about(snapshot: Snapshot, fact: Question | Promise) -> Iterator[tuple[str, Cell]]:
    meeting, held, _ = meeting_of(snapshot, fact.item)
    if isinstance(fact, Question):
        yield "Asked by", whoever(snapshot, fact.asked_by, fact.asked_by_printed)
    else:
        yield "Promised by", whoever(snapshot, fact.by, fact.by_printed)
    yield "At", link_to(snapshot, meeting)
    yield "Under", link_to(snapshot, fact.item)
    yield "Body", link_to(snapshot, held.body)


def promise(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """A promise on the day asked about: to whom, by when, and what became of it."""
    name, snapshot = f"{system}/promise/{slug}", the_snapshot(request)
    fact = snapshot.get(name)
    if not isinstance(fact, Promise) or wants(request) != "html":
        return entity.entity(request, system, "promise", slug)
    day = the_day(request).as_at
    about: list[tuple[str, Cell]] = [
        *_about(snapshot, fact),
        ("In answer to", link_to(snapshot, fact.question) if fact.question else None),
        ("How firm", capital(fact.type)),
        ("By when", in_words(fact.due) if fact.due else "No day was set"),
        ("State", state_of(fact, day)),
        ("Evidence", fact.evidence),
    ]
    given = entity.context(snapshot, request, name, [])
    return page(
        request, "meetings/said.jinja", fact.name, **given, text=fact.sentence(snapshot.name),
        about=tuple(about), grids=_carried_out(snapshot, [(name, fact)], day, always=True),
    )  # fmt: skip


def _carried_out(
    snapshot: Snapshot, promised: Iterable[tuple[str, Promise]], on: date, *, always: bool = False
) -> list[Grid]:
    """The actions that are to keep promises."""
    actions = [
        (own, each)
        for name, _ in promised
        for own, each in snapshot.referring(name, Action)
        if each.promise == name
    ]
    rows = (
        (
            Link(each.name, f"/{own}"), whoever(snapshot, each.owner, each.owner_printed),
            in_words(each.due) if each.due else "No day was set", state_of(each, on),
        )
        for own, each in sorted(actions)
    )  # fmt: skip
    found = grid(
        "What is being done", ("Action", "Who", "By when", "State"), rows,
        empty="No action on record is to keep it.",
    )  # fmt: skip
    return [found] if found.rows or always else []


# --- the tracker ----------------------------------------------------------------------------------


def tracker(request: HttpRequest, system: str) -> HttpResponse:
    """Promises and actions of a system that are not on record as done, the longest over first."""
    snapshot, day = the_snapshot(request), the_day(request)
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    found = [
        each for each in outstanding(snapshot, day.as_at) if each.name.startswith(f"{system}/")
    ]
    rows = [_row(snapshot, each.name, each.days_over) for each in found]
    if wants(request) == "json":
        return as_json({"system": system, "as_at": day.as_at.isoformat(), "outstanding": rows})
    if wants(request) == "csv":
        return as_csv(f"{system}-promises", HEADS, rows)
    by_state = {
        state: [each for each in found if each.state == state]
        for state in ("overdue", "due", "no day set")
    }
    titles = {"overdue": "Overdue", "due": "Not yet due", "no day set": "No day was set"}
    where = system_name(snapshot, system)
    return page(
        request, "meetings/grids.jinja", f"Promises and actions: {where}",
        crumbs=[Crumb(where, f"/{system}/")], invented=system in snapshot.invented,
        twins=Twins(f"/{system}/promises.json", f"/{system}/promises.csv"),
        lede="What people at public meetings said would be done, and is not on record as done by "
        "the day at the top of the page. An action is overdue from the day after its last day.",
        grids=[_outstanding(snapshot, titles[state], each) for state, each in by_state.items()],
    )  # fmt: skip


def _row(snapshot: Snapshot, name: str, over: int | None) -> dict[str, object]:
    fact = snapshot.fact(name)
    if not isinstance(fact, Action | Promise):
        return {}
    owner = (
        (fact.owner, fact.owner_printed) if isinstance(fact, Action) else (fact.by, fact.by_printed)
    )
    return {
        "id": name, "kind": fact.kind, "what": fact.name,
        "who": owner[1] or (snapshot.name(owner[0]) if owner[0] else None), "due": fact.due,
        "state": standing_on(fact.due, snapshot.as_at)[0], "days_over": over,
        "asked_at": fact.item,
    }  # fmt: skip


def _outstanding(snapshot: Snapshot, title: str, found: Iterable[Outstanding]) -> Grid:
    rows = []
    for each in found:
        fact = snapshot.fact(each.name)
        if isinstance(fact, Action | Promise):
            meeting = meeting_of(snapshot, fact.item)[0] if fact.item else None
            rows.append(
                (
                    Link(fact.name, f"/{each.name}"),
                    each.who,
                    in_words(fact.due) if fact.due else "No day was set",
                    state_of(fact, snapshot.as_at),
                    link_to(snapshot, meeting) if meeting else None,
                )
            )
    return grid(title, ("What", "Who", "By when", "State", "Said at"), rows)
