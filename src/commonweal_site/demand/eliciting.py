"""What those asked think of each assumption: side by side for everybody, and a form to be heard."""

import re
from decimal import Decimal
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from msgspec.structs import replace

from commonweal.demand import recorded
from commonweal.demand.eliciting import (
    Pooled,
    beside,
    disagree,
    from_plain,
    pooled,
    said_plainly,
    said_range,
)
from commonweal.demand.facts import ScenarioAssumption, View
from commonweal.demand.scales import CARE, plain, plain_unit
from commonweal.record.entries import Verb
from commonweal.record.identifiers import identifier
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import OPEN, in_words
from commonweal.record.writing import Change
from commonweal_site.day import today
from commonweal_site.drawings.range_bars import Span, Spans, range_bars
from commonweal_site.drawings.svg import Drawing
from commonweal_site.editing.desk import Desk
from commonweal_site.editing.questions import Question
from commonweal_site.jinja import Crumb
from commonweal_site.meetings import boxes
from commonweal_site.meetings.clerk import Faults, write
from commonweal_site.meetings.laid_out import Grid, grid
from commonweal_site.pages import Twins, as_csv, as_json, page, the_snapshot, wants
from commonweal_site.record.presenting import system_name
from commonweal_site.viewer import viewer

from .scenarios import Named, named

HEADS = "assumption who role low high reason given".split()
_MOST_VIEWS = 60
_A_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?")


class Asked(NamedTuple):
    """One assumption with what is thought of it."""

    entity: str
    fact: ScenarioAssumption
    takes: str
    said: str
    apart: bool
    views: Grid
    pooled: Pooled | None
    pooled_said: str
    drawing: Drawing | None

    @property
    def slug(self) -> str:
        return identifier(self.entity).slug


# --- for everybody -------------------------------------------------------------------------------


def views(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """All that is thought of a scenario's assumptions, side by side."""
    snapshot = the_snapshot(request)
    each = named(snapshot, system, slug)
    found = recorded.assumptions(snapshot, each.fact)
    path = f"/{system}/demand/{slug}/views"
    if wants(request) != "html":
        return _twin(request, f"{system}-{slug}-views", found)
    heard = sorted(found.items(), key=lambda each: not each[1].views)
    asked = [_asked(name, it) for name, it in heard]
    return page(
        request, "demand/views.jinja", f"What those asked think: {each.name}",
        crumbs=_crumbs(snapshot, system, each), twins=Twins(f"{path}.json", f"{path}.csv"),
        invented=system in snapshot.invented, asked=asked, path=path, named=each,
        summary=_summary(asked), may=viewer(request).may_propose(f"{system}/"), system=system,
        given=request.GET.get("given") == "yes",
    )  # fmt: skip


def _crumbs(snapshot: Snapshot, system: str, each: Named) -> list[Crumb]:
    return [
        Crumb(system_name(snapshot, system), f"/{system}/"),
        Crumb("Demand and capacity", f"/{system}/demand/"),
        Crumb(each.name, f"/{system}/demand/{each.slug}/"),
    ]


def _summary(asked: list[Asked]) -> str:
    heard, apart = sum(bool(it.fact.views) for it in asked), sum(it.apart for it in asked)
    if not heard:
        return f"Nobody’s view of its {len(asked)} assumptions is on record."
    split = f"those asked disagree on {apart}" if apart else "nobody’s range excludes another’s"
    return f"{heard} of {len(asked)} assumptions have views on record; {split}."


def _asked(name: str, it: ScenarioAssumption) -> Asked:
    pool = pooled(it.views) if it.views else None
    said = said_range(it.acts, (pool.low, pool.high)) if pool else ""
    return Asked(
        name, it, said_plainly(it), beside(it) if it.views else "", disagree(it), _views(it),
        pool, said, _drawn(it, pool),
    )  # fmt: skip


def _views(it: ScenarioAssumption) -> Grid:
    rows = [
        (view.who, view.role, said_range(it.acts, (view.low, view.high)), view.reason,
         in_words(view.given) if view.given else None)
        for view in it.views
    ]  # fmt: skip
    heads = ("Who", "Role", "In eight cases of ten", "Why", "When")
    return grid(f"Views of {it.name}", heads, rows, empty="Nobody’s view is on record.")


def _drawn(it: ScenarioAssumption, pool: Pooled | None) -> Drawing | None:
    if pool is None:
        return None
    spans = [_span(it, view.who, (view.low, view.high)) for view in it.views]
    spans.append(_span(it, "Pooled", (pool.low, pool.high), whole=True))
    if it.low is not None and it.high is not None:
        spans.append(_span(it, "As the scenario takes it", (it.low, it.high), whole=True))
    about = "Each line is the range of one of those asked; the dark ones stand for several."
    return range_bars(Spans(it.name, plain_unit(it.acts), spans, about))


def _span(
    it: ScenarioAssumption, name: str, ends: tuple[Decimal, Decimal], *, whole: bool = False
) -> Span:
    low, high = sorted(round(float(plain(it.acts, end)), 4) for end in ends)
    return Span(name, low, high, whole)


def _twin(request: HttpRequest, name: str, found: Any) -> HttpResponse:
    rows = [
        {"assumption": entity, "who": view.who, "role": view.role, "low": float(view.low),
         "high": float(view.high), "reason": view.reason, "given": view.given}
        for entity, it in found.items() for view in it.views
    ]  # fmt: skip
    if wants(request) == "csv":
        return as_csv(name, HEADS, rows)
    pools = {entity: pooled(it.views) for entity, it in found.items() if it.views}
    return as_json(
        {
            "views": rows,
            "pooled": {
                entity: {"low": float(it.low), "high": float(it.high), "working": it.working,
                         "disagree": disagree(found[entity])}
                for entity, it in pools.items()
            },
        }
    )  # fmt: skip


# --- to be heard ---------------------------------------------------------------------------------


def give(request: HttpRequest, system: str, slug: str, assumption: str) -> HttpResponse:
    """The form in which somebody says what they think of one assumption."""
    desk = Desk(viewer(request), today())
    each = named(desk.snapshot, system, slug)
    entity = f"{system}/scenario-assumption/{assumption}"
    fact = recorded.assumptions(desk.snapshot, each.fact).get(entity)
    if fact is None:
        raise Http404(f"{each.name} has no assumption {assumption}.")
    questions, answers, faults = _questions(fact), boxes.answers_of(request), Faults()
    if request.method == "POST":
        values, faults = boxes.read(questions, answers)
        view, wrong = _view(fact, values) if not faults else (None, faults)
        faults = wrong or (_put(desk, entity, fact, view, answers.number("seen")) if view else {})
        if not faults:
            back = f"/{system}/demand/{slug}/views/?given=yes#{assumption}"
            return HttpResponseRedirect(back)
    snapshot = desk.snapshot
    return page(
        request, "demand/give_view.jinja", f"Your view: {fact.name}", plain=True,
        status=422 if faults else 200, crumbs=_crumbs(snapshot, system, each),
        invented=system in snapshot.invented, fact=fact, faults=faults, answers=answers,
        questions=list(boxes.filled(questions, answers)), seen=snapshot.head,
        here=request.path, takes=said_plainly(fact), acts=_acts(fact),
        back=f"/{system}/demand/{slug}/views/",
    )  # fmt: skip


def _acts(it: ScenarioAssumption) -> str:
    return ", ".join(it.activities).replace("-", " ") or "everything that people use"


def _questions(it: ScenarioAssumption) -> list[Question]:
    unit = plain_unit(it.acts).strip()
    least = "In one case of ten it is less than this" + (", if anything" if it.acts in CARE else "")
    return [
        boxes.words("who", "Who are you, in your public role?",
                    "Such as Medical director. It is shown to everybody; write no private name.",
                    required=True),
        boxes.words("role", "For whom do you speak?", "Such as the board, or general practice."),
        boxes.words("low", f"At least how much, as a number ({unit})?", f"{least}.", required=True),
        boxes.words("high", f"At most how much, as a number ({unit})?",
                    "In one case of ten it is more than this.", required=True),
        boxes.long("reason", "Why?", "What you have seen, and where.", required=True),
    ]  # fmt: skip


def _view(it: ScenarioAssumption, given: dict[str, Any]) -> tuple[View | None, Faults]:
    ends, faults = dict[str, Decimal](), Faults()
    for name in ("low", "high"):
        value = _number(given[name])
        if value is None:
            faults[name] = f"‘{given[name][:30]}’ is not a number. Write one such as 12.5."
        else:
            ends[name] = value
    if faults:
        return None, faults
    if ends["low"] > ends["high"]:
        return None, {"high": "This is less than the other end: put the lower number first."}
    if it.acts in CARE and not 0 <= ends["low"] <= ends["high"] <= 100:  # noqa: PLR2004  # per cent
        return None, {"low": "Nothing can take away less than 0% or more than 100%."}
    low, high = from_plain(it.acts, ends["low"], ends["high"])
    made = View(
        who=given["who"], role=given["role"] or "", low=low, high=high,
        reason=" ".join(given["reason"].split()), given=today().isoformat(),
    )  # fmt: skip
    return made, {}


def _number(text: str) -> Decimal | None:
    """A number as a person writes it; none for what would not fit on a scale."""
    bare = text.strip().rstrip("%").replace("−", "-").replace(",", "").strip()
    return Decimal(bare) if _A_NUMBER.fullmatch(bare) else None


def _put(desk: Desk, entity: str, fact: ScenarioAssumption, view: View, seen: int | None) -> Faults:
    """Put a view beside those on record; one of the same role takes the place of the earlier."""
    kept = [it for it in fact.views if (it.who, it.role) != (view.who, view.role)]
    if len(kept) >= _MOST_VIEWS:
        return {"form": f"{_MOST_VIEWS} views are on record, which is all that one page holds."}
    new = replace(fact, views=(*kept, view))
    if wrong := list(new.faults()):
        return {"form": " ".join(wrong)}
    held = desk.snapshot.held(entity)
    last = desk.live(entity).last
    begins_today = held is not None and held.valid_from == today().isoformat()
    verb: Verb = "correct" if begins_today else "amend"
    change = Change(verb, entity, new, today(), OPEN, seen=min(last, seen) if seen else last)
    return write(desk, [change], f"The view of {view.who} on {fact.name}")
