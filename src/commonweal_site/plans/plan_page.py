"""The page of one plan: what it says, who was asked, who bore it in mind, what the rules find."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse

from commonweal.checks import run
from commonweal.plans.asking import Engagement
from commonweal.plans.chain import (
    NamedPlan,
    consultations_on,
    drafts_of,
    is_current,
    is_made,
    items_of,
    opened_reviews,
)
from commonweal.plans.checks_of_forward_plans import share_on_mental_health
from commonweal.plans.content import deals_with
from commonweal.plans.facts import Plan
from commonweal.plans.items import PlanItem
from commonweal.plans.regarding import matrix, notes_by, notes_on
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words, in_words
from commonweal.record.wording import listed
from commonweal.statute import StatuteError
from commonweal.statute.rule import rule, rule_book
from commonweal_site.meetings.laid_out import Cell, Grid, grid
from commonweal_site.pages import page, the_snapshot, wants
from commonweal_site.record import entity
from commonweal_site.record.presenting import Link, link_to, path_of
from commonweal_site.words import capital, count

from . import telling


def plan(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """A plan on the day asked about."""
    snapshot, name = the_snapshot(request), f"{system}/plan/{slug}"
    fact = snapshot.get(name)
    if not isinstance(fact, Plan) or wants(request) != "html":
        return entity.entity(request, system, "plan", slug)
    named = (name, fact)
    given = entity.context(snapshot, request, name, [])
    return page(
        request, "plans/plan.jinja", fact.name, **given, text=lede(snapshot, named),
        about=tuple(_about(snapshot, named)), grids=list(_grids(snapshot, named)),
        links=tuple(_links(snapshot, named)),
    )  # fmt: skip


def lede(snapshot: Snapshot, named: NamedPlan) -> str:
    """What the plan is and whether it is in use, in two sentences."""
    name, fact = named
    says = items_of(snapshot, name)
    stage = telling.state(fact, current=is_current(snapshot, named))
    what = "Plan" if fact.type == "not stated" else capital(fact.type)
    far = telling.how_far(fact)
    first = f"{what}. {stage}: {far[:1].lower()}{far[1:]}."
    if fact.stage == "not stated" and not is_made(fact):
        first = f"{what}. How far it has come is not recorded."
    if not says:
        return f"{first} What it says is not recorded item by item."
    empty = matrix(snapshot, name).blanks
    blank = f", with {count(empty, 'blank')} in who bore it in mind" if empty else ""
    return f"{first} {count(len(says), 'item')} of it on record{blank}."


def _links(snapshot: Snapshot, named: NamedPlan) -> Iterator[Link]:
    name, _ = named
    if matrix(snapshot, name).columns:
        yield Link("Who bore it in mind, item by item", f"/{name}/regard/")
    yield Link("All plans, and how they follow from one another", f"/{name.split('/')[0]}/plans/")


def _about(snapshot: Snapshot, named: NamedPlan) -> Iterator[tuple[str, Cell]]:
    fact = named[1]
    yield "Whose", telling.whose(snapshot, fact)
    yield "Made by", telling.links_to(snapshot, fact.authors) or None
    yield "For", telling.where(snapshot, fact) or None
    yield "Covers", telling.covers(fact)
    if fact.version:
        yield "Version", capital(fact.version)
    yield "Legal basis", fact.law
    if fact.may_change:
        yield "It may change", fact.may_change
    yield "Ready", in_words(fact.prepared) if fact.prepared else None
    if fact.agreed or fact.agreed_by:
        yield "Agreed", in_words(fact.agreed) if fact.agreed else None
        yield "By decision", telling.links_to(snapshot, fact.agreed_by)
    yield "Published", in_words(fact.published) if fact.published else None
    yield "Builds on", tuple(_builds_on(snapshot, fact)) or None
    if fact.bears_on:
        yield "Bears on the work of", tuple(_bears_on(snapshot, fact))
    if fact.replaces:
        yield "In place of", link_to(snapshot, fact.replaces)
    if fact.document:
        yield "The document", link_to(snapshot, fact.document)
    if fact.pooling:
        yield "Shared budgets considered", fact.pooling
    if fact.review_due:
        yield "To be reviewed", in_words(fact.review_due)
    share = share_on_mental_health(fact)
    if share is not None:
        yield "Share spent on mental health", f"{share:.1%}. {fact.explained}"


def _builds_on(snapshot: Snapshot, fact: Plan) -> Iterator[Link]:
    for each in fact.builds_on:
        how = "" if each.how == "not stated" else f" ({_HOW.get(each.how, each.how)})"
        yield Link(f"{snapshot.name(each.plan)}{how}", path_of(each.plan))


def _bears_on(snapshot: Snapshot, fact: Plan) -> Iterator[Link]:
    for each in fact.bears_on:
        who = snapshot.name(each.who) if each.who else each.who_printed
        how = "" if each.how == "not stated" else f" (it {each.how} their work)"
        yield Link(f"{who}{how}", path_of(each.who) if each.who else "")


_HOW = {
    "determines": "settles this one", "informs": "informs this one", "frames": "frames this one",
    "is part of this": "is part of this one",
}  # fmt: skip


# --- tables ---------------------------------------------------------------------------------------


def _grids(snapshot: Snapshot, named: NamedPlan) -> Iterator[Grid]:
    name, fact = named
    yield _items(snapshot, name)
    if heads := deals_with(fact):
        yield _heads(fact)
    yield _asked(snapshot, named)
    yield _regarded(snapshot, name)
    versions = _versions(snapshot, named)
    if len(versions.rows) > 1:
        yield versions
    reviews = _reviews(snapshot, name)
    if reviews.rows:
        yield reviews
    if fact.views:
        yield grid(
            "What was said, and what was made of it", ("View", "Answer"),
            ((each.said, each.answered or telling.BLANK) for each in fact.views),
        )  # fmt: skip
    heard = [e for e in snapshot.referring(name, Engagement) if name in e[1].about]
    if heard:
        yield grid(
            "Listening that bore on it", ("What", "When", "What was heard"),
            ((link_to(snapshot, own), in_words(e.when) if e.when else None,
              "; ".join(h.said for h in e.heard)) for own, e in sorted(heard)),
        )  # fmt: skip
    if is_made(fact) and (fact.copies or heads):
        yield grid(
            "Who was given a copy", ("Who", "When"),
            ((link_to(snapshot, e.to), in_words(e.on) if e.on else None) for e in fact.copies),
        )  # fmt: skip
    yield _found(snapshot, name)


def _items(snapshot: Snapshot, name: str) -> Grid:
    """What a plan says: the columns of which something is on record, and the purposes it serves."""
    found = items_of(snapshot, name)
    asked = any(each.type in _FOR_PURPOSES for _, each in found)
    columns = [
        (head, cell)
        for head, cell in _COLUMNS
        if (head == "Purpose" and asked) or any(cell(snapshot, each) for _, each in found)
    ]
    rows = (
        (Link(_numbered(each), path_of(own)), *(cell(snapshot, each) for _, cell in columns))
        for own, each in found
    )
    return grid(
        "What it says", ("What", *(head for head, _ in columns)), rows,
        empty="What it says is not recorded item by item.",
    )  # fmt: skip


_FOR_PURPOSES = frozenset({"priority", "objective"})
"""What is to serve one of the four purposes; without one, the page says that none is recorded."""


def _numbered(item: PlanItem) -> str:
    return f"{item.number}. {item.name}" if item.number else item.name


def _by_when(snapshot: Snapshot, item: PlanItem) -> Cell:
    steps = telling.links_to(snapshot, item.milestones)
    return steps or (in_words(item.by) if item.by else None)


_COLUMNS: tuple[tuple[str, Callable[[Snapshot, PlanItem], Cell]], ...] = (
    ("For whom", lambda _, item: capital(item.audience) or None),
    ("Purpose", lambda _, item: capital(listed(item.purposes)) if item.purposes else None),
    ("Follows from", lambda snapshot, item: telling.links_to(snapshot, item.answers)),
    ("Measured by", lambda snapshot, item: telling.links_to(snapshot, item.measures)),
    ("Paid from", lambda snapshot, item: telling.links_to(snapshot, item.money)),
    ("By when", _by_when),
)
"""What a plan's items are shown by, if anything of it is on record."""


def _heads(fact: Plan) -> Grid:
    """What the law asks of it and it does not deal with, by the record; the rest in a sentence."""
    heads = deals_with(fact)
    done = [each.name for each, there in heads.items() if there]
    rows = (
        (
            each.name, "No" if there is False else None,
            Link(rule(each.rule).title, f"/rules/{each.rule}/"),
        )
        for each, there in heads.items() if not there
    )  # fmt: skip
    dealt = f": {listed(name[:1].lower() + name[1:] for name in done)}" if done else ""
    return grid(
        "What the law has it deal with", ("What", "Dealt with", "Asked for by"), rows,
        intro=f"It deals with {len(done)} of {count(len(heads), 'thing')} asked for{dealt}.",
        empty="Nothing that the law asks for is left out.",
    )  # fmt: skip


def _asked(snapshot: Snapshot, named: NamedPlan) -> Grid:
    name, fact = named
    drafts = [name] if not is_made(fact) else list(reversed(drafts_of(snapshot, name)))
    rows = [
        (
            link_to(snapshot, each.who) if each.who else each.who_printed,
            link_to(snapshot, draft), telling.between(each), telling.reply(each),
            link_to(snapshot, each.led_to) if each.led_to else each.answer or "—",
        )
        for draft in drafts
        for _, each in consultations_on(snapshot, draft)
    ]  # fmt: skip
    return grid(
        "Who was asked", ("Who", "About", "When", "What they said", "What came of it"), rows,
        empty="Nobody is on record as asked about it.",
    )  # fmt: skip


def _regarded(snapshot: Snapshot, name: str) -> Grid:
    """What it bore in mind, and who bore it in mind."""
    by = [
        (own, note, "It bore in mind", note.item or note.plan)
        for own, note in notes_by(snapshot, name)
    ]
    on = [(own, note, "Borne in mind by", note.by) for own, note in notes_on(snapshot, name)]
    rows = (
        (how, link_to(snapshot, other), telling.note_in_words((own, note)))
        for own, note, how, other in [*by, *on]
    )
    return grid(
        "Regard", ("Which way", "What", "What was made of it"), rows,
        empty="No note says what it bore in mind, or who bore it in mind.",
        intro="To have regard is to bear in mind; it is not to obey.",
    )  # fmt: skip


def _versions(snapshot: Snapshot, named: NamedPlan) -> Grid:
    """The plan, what it took the place of and what took its place, oldest first."""
    found, name = [named[0]], named[0]
    every = snapshot.all(Plan)
    while (before := every[name].replaces) and before in every and before not in found:
        found.insert(0, before)
        name = before
    after = {e.replaces: own for own, e in sorted(every.items()) if e.replaces}
    while (later := after.get(found[-1])) and later not in found:
        found.append(later)
    return grid(
        "Versions", ("Version", "For", "How far"),
        (
            (link_to(snapshot, each), telling.covers(every[each]), telling.how_far(every[each]))
            for each in found
        ),
    )  # fmt: skip


def _reviews(snapshot: Snapshot, name: str) -> Grid:
    rows = (
        (
            link_to(snapshot, each.because_of), day_in_words(each.on) if each.on else None,
            "Open: nothing on record settles it" if each.is_open or not each.review
            else capital(each.review.outcome),
        )
        for each in opened_reviews(snapshot) if each.plan == name
    )  # fmt: skip
    return grid("To be looked at again", ("Because of", "Of", "State"), rows)


def _found(snapshot: Snapshot, name: str) -> Grid:
    try:
        every = run(snapshot, rules=_planning_rules()).findings
    except StatuteError:
        every = ()
    found = [each for each in every if each.subject == name]
    order = {"not met": 0, "cannot tell": 1, "met": 2}
    rows = (
        (Link(rule(each.rule).title, f"/rules/{each.rule}/"), capital(each.outcome), each.because)
        for each in sorted(found, key=lambda each: (order[each.outcome], each.rule))
        if not (each.rule.startswith("DUT-") and each.outcome == "met")
    )
    return grid(
        "What the rules of law find", ("Rule", "Outcome", "Why"), rows,
        empty="No rule in force on this day speaks of it.",
        intro="Duties that the plan deals with are met, and are listed above." if found else "",
    )  # fmt: skip


def _planning_rules() -> list[str]:
    """The rules that speak of plans, by number: trying every rule there is would take seconds."""
    return [each.id for each in rule_book() if "plan" in each.subjects]
