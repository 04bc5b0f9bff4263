"""The page of minutes, for everybody: as worded, in which state, and in Word and PDF."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse

from commonweal.meetings.facts import Meeting
from commonweal.meetings.minuted import Minutes, as_sections
from commonweal.record.manuscript import Block, Heading, Manuscript, Note, Paragraph, line
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import in_words
from commonweal_site.pages import page, the_snapshot
from commonweal_site.published.forms import published
from commonweal_site.record import entity
from commonweal_site.record.presenting import Link, link_to

_FORMS = (("pdf", "PDF"), ("docx", "Word"))


def minutes_page(
    request: HttpRequest, system: str, slug: str, ending: str | None = None
) -> HttpResponse:
    """Minutes on the day asked about, as a page or in another form."""
    name, snapshot = f"{system}/minutes/{slug}", the_snapshot(request)
    fact = snapshot.get(name)
    if not isinstance(fact, Minutes) or ending in {"json", "csv"}:
        return entity.entity(request, system, "minutes", slug)
    if ending:
        return published(request, manuscript(snapshot, name, fact), ending, name=f"minutes-{slug}")
    given = entity.context(snapshot, request, name, [])
    return page(
        request, "meetings/minutes.jinja", fact.label(snapshot.name), **given,
        minuted=fact, parts=as_sections(fact.text), state=state(snapshot, fact),
        meeting=link_to(snapshot, fact.meeting),
        forms=[Link(called, f"/{name}.{form}") for form, called in _FORMS],
    )  # fmt: skip


def state(snapshot: Snapshot, fact: Minutes) -> str:
    """In one sentence, how far the minutes have come."""
    if fact.type == "draft":
        return "A draft that is not published."
    out = f"Published on {in_words(fact.published)}" if fact.published else "Published"
    if fact.type == "published draft":
        return f"{out} as a draft. The next meeting is asked to approve it as a correct record."
    item = snapshot.get(fact.approved_at) if fact.approved_at else None
    held = snapshot.get(getattr(item, "meeting", "") or fact.meeting)
    when = f" on {in_words(held.when)}" if isinstance(held, Meeting) and item else ""
    return f"{out}. Approved{when} as a correct record."


def manuscript(snapshot: Snapshot, name: str, fact: Minutes) -> Manuscript:
    """Minutes as a text to be published."""
    return Manuscript(
        fact.label(snapshot.name), day=snapshot.as_at, known=snapshot.known,
        blocks=tuple(_blocks(snapshot, fact)), invented=name.partition("/")[0] in snapshot.invented,
    )  # fmt: skip


def _blocks(snapshot: Snapshot, fact: Minutes) -> Iterator[Block]:
    yield Note(line(state(snapshot, fact)))
    for heading, lines in as_sections(fact.text):
        if heading:
            yield Heading(heading)
        for each in lines:
            yield Paragraph(line(each))
    if fact.corrections:
        yield Heading("Corrections made when they were approved")
        for each in fact.corrections:
            yield Paragraph(line(each))
