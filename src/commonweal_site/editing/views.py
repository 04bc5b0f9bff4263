"""The pages for changing the record."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from commonweal.record.derived import LIVE, is_exempt
from commonweal.record.entries import Entry, Verb
from commonweal.record.errors import UnknownEntity
from commonweal.record.identifiers import identifier
from commonweal.record.kinds import Kind
from commonweal.record.when import BEFORE_ALL, OPEN
from commonweal_site.jinja import Crumb
from commonweal_site.pages import not_found, page, the_day
from commonweal_site.record.presenting import system_name
from commonweal_site.viewer import viewer
from commonweal_site.words import span

from .changing import Task, filled, steps
from .desk import Desk
from .questions import Answers, whole
from .undoing import put_back

_A_PAGE = 50
POLISHED = ("area", "body", "seat", "post", "appointment", "document")
"""The kinds that most changes are about, offered first."""


def desk_of(request: HttpRequest) -> Desk:
    """The record as it lies before whoever asks, on the day asked about, as known now."""
    return Desk(viewer(request), the_day(request).as_at)


# --- where to begin -----------------------------------------------------------------------------


def start(request: HttpRequest) -> HttpResponse:
    """What may be changed, and how."""
    desk = desk_of(request)
    kinds = sorted(desk.snapshot.vocabulary, key=_place)
    systems = [(each, system_name(desk.snapshot, each)) for each in desk.systems]
    return page(request, "editing/start.jinja", "Make a change", plain=True, kinds=kinds,
                systems=systems)  # fmt: skip


def _place(kind: Kind) -> tuple[int, str]:
    place = POLISHED.index(kind.name) if kind.name in POLISHED else len(POLISHED)
    return place, kind.name


def choose(request: HttpRequest) -> HttpResponse:
    """From the form of the first page to the form of a kind."""
    kind = desk_of(request).snapshot.vocabulary.kind(request.GET.get("kind", ""))
    system = request.GET.get("system", "")
    asked = urlencode({"system": system})
    return HttpResponseRedirect(f"{reverse('edit-add', args=[kind.name])}?{asked}")


def add(request: HttpRequest, kind: str) -> HttpResponse:
    """Put something new on record."""
    asked = request.POST if request.method == "POST" else request.GET
    system, desk = asked.get("system", ""), desk_of(request)
    if system not in desk.systems:
        return not_found(
            request, f"No system is called ‘{system}’. Begin again from ‘Make a change’."
        )
    known = desk.snapshot.vocabulary.kind(kind)
    task = Task(desk, known, "assert", system, "", reverse("edit-add", args=[known.name]))
    # A link may fill in what it already knows, such as which cell of a matrix is assessed.
    known_already = {
        name: request.GET.getlist(name)
        for name in request.GET
        if name == "slug" or name.startswith("fact.")
    }
    initial = Answers({**known_already, "system": [system], "day": [desk.day.isoformat()]})
    return steps(request, task, initial)


# --- changing what is there ---------------------------------------------------------------------


def _task(request: HttpRequest, entity: str, verb: Verb) -> Task:
    kind = desk_of(request).snapshot.vocabulary.kind_of(entity)
    parts = entity.split("/")
    path = (
        reverse("edit-redact", args=parts)
        if verb == "redact"
        else reverse("edit-verb", args=[*parts, verb])
    )
    return Task(desk_of(request), kind, verb, identifier(entity).system, entity, path)


def options(request: HttpRequest, system: str, kind: str, slug: str) -> HttpResponse:
    """What can be done about one entity: its versions as they stand, and what was written of it."""
    entity, desk = f"{system}/{kind}/{slug}", desk_of(request)
    known = desk.snapshot.vocabulary.kind(kind)
    live = desk.live(entity)
    versions = [
        (_span(each.valid_from, each.valid_to), known.decode(each.content))
        for each in live.versions
    ]
    return page(
        request, "editing/options.jinja", desk.name(entity), plain=True, entity=entity,
        kind=known, versions=versions, written=_written(desk, entity),
        crumbs=[Crumb("Make a change", "/edit/")], may_strike=viewer(request).may_strike(entity),
        invented=system in desk.snapshot.invented, sentence=lambda fact: fact.sentence(desk.name),
    )  # fmt: skip


def _span(begins: str, ends: str) -> str:
    def text(day: str, never: date) -> str | None:
        return None if day == never.isoformat() else day

    return span(text(begins, BEFORE_ALL), text(ends, OPEN))


def _written(desk: Desk, entity: str) -> list[Entry]:
    """The entries about an entity that are theirs to see, the last first."""
    kind = desk.snapshot.vocabulary.kind_of(entity)
    return [
        each for each in reversed(desk.book.entries_about(entity))
        if not each.content or each.verb == "redact"
        or desk.may_know(entity, kind.decode(each.content))
    ]  # fmt: skip


def change(request: HttpRequest, system: str, kind: str, slug: str, verb: Verb) -> HttpResponse:
    """Amend, correct or withdraw, or put on record again."""
    task = _task(request, f"{system}/{kind}/{slug}", verb)
    live = task.desk.live(task.entity)
    day = task.desk.day.isoformat()
    holding = [each for each in live.versions if each.valid_from <= day < each.valid_to]
    if not live.versions:
        if verb != "assert":
            raise UnknownEntity(
                f"{task.entity} is not on record any more. Put it back from its history."
            )
        return steps(request, task, filled(task, None, BEFORE_ALL, OPEN, task.desk.day))
    at = (holding or live.versions)[-1]
    begins, ends = date.fromisoformat(at.valid_from), date.fromisoformat(at.valid_to)
    shown = max(begins, min(task.desk.day, ends - timedelta(1)))
    if verb == "withdraw":
        initial = filled(task, None, BEFORE_ALL, OPEN, shown)
        initial.put("extent", *(["days"] if "ended" in request.GET else []))
    else:
        initial = filled(task, task.kind.decode(at.content), begins, ends, shown)
    return steps(request, task, initial)


def undo(request: HttpRequest, system: str, kind: str, slug: str, number: int) -> HttpResponse:
    """Forms filled with what stood before an entry."""
    entity, desk = f"{system}/{kind}/{slug}", desk_of(request)
    known = desk.snapshot.vocabulary.kind(kind)
    ways = put_back(desk, known, entity, number)
    if not ways:
        raise UnknownEntity(f"Nothing of entry {number} is left to undo.")
    part = whole(request.GET.get("part", ""))
    if len(ways) > 1 and (part is None or part >= len(ways)):
        spans = [(_span(f"{way.begins}", f"{way.ends}"), way.fact is not None) for way in ways]
        return page(request, "editing/parts.jinja", f"Put {desk.name(entity)} back", plain=True,
                    spans=spans, path=request.path)  # fmt: skip
    way = ways[part or 0] if len(ways) > 1 else ways[0]
    task = _task(request, entity, way.verb)
    initial = filled(task, way.fact, way.begins, way.ends, way.begins)
    initial.put("reason", f"Put back as it was before entry {number}: ")
    if way.verb == "withdraw":
        initial.put(
            "extent", "altogether" if (way.begins, way.ends) == (BEFORE_ALL, OPEN) else "days"
        )
    return steps(request, task, initial)


def strike(request: HttpRequest, system: str, kind: str, slug: str) -> HttpResponse:
    """Strike out values of an entry for good."""
    task = _task(request, f"{system}/{kind}/{slug}", "redact")
    task.desk.live(task.entity)
    asked = request.POST if request.method == "POST" else request.GET
    entry = _strikable(task, asked.get("target", ""))
    if entry is None:
        written = [each for each in _written(task.desk, task.entity) if each.verb != "redact"]
        return page(request, "editing/strike.jinja", task.title, plain=True, entity=task.entity,
                    written=written)  # fmt: skip
    return steps(request, task, Answers({"target": [str(entry.number)]}))


def _strikable(task: Task, number: str) -> Entry | None:
    entry = task.desk.book.entry(whole(number) or 0)
    return entry if entry and entry.entity == task.entity and entry.verb != "redact" else None


# --- what was done ------------------------------------------------------------------------------


def done(request: HttpRequest, number: int) -> HttpResponse:
    """What has just been written."""
    desk = desk_of(request)
    entry = desk.book.entry(number)
    if entry is None or entry.actor != desk.viewer.name:
        return not_found(request, f"Entry {number} is none of yours.")
    return page(request, "editing/done.jinja", "Written", plain=True, entry=entry,
                name=desk.name(entry.entity), exempt=bool(is_exempt(entry.content)))  # fmt: skip


def mine(request: HttpRequest) -> HttpResponse:
    """The changes of whoever asks, the last first."""
    desk = desk_of(request)
    before = whole(request.GET.get("before", "")) or LIVE
    entries = desk.book.written_by(desk.viewer.name, before=before, most=_A_PAGE + 1)
    rows = [(each, desk.name(each.entity)) for each in entries[:_A_PAGE] if desk.saw(each.entity)]
    more = entries[_A_PAGE - 1].number if len(entries) > _A_PAGE else None
    return page(request, "editing/mine.jinja", "My changes", plain=True, rows=rows, more=more,
                crumbs=[Crumb("Make a change", "/edit/")])  # fmt: skip
