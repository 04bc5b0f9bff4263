"""Minutes at the clerk's desk: built from the record, worded by a person, published, approved."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from msgspec.structs import replace

from commonweal.meetings.agenda import decisions_at
from commonweal.meetings.decided import Decision
from commonweal.meetings.facts import Meeting
from commonweal.meetings.minuted import NOT_YET, Minutes, as_sections, as_text, differences
from commonweal.meetings.minutes import minutes
from commonweal.meetings.preparing import meetings_of, minutes_of, no_voters
from commonweal.meetings.quorum import quorum
from commonweal.meetings.said import Comment
from commonweal.record.errors import UnknownEntity
from commonweal.record.when import in_words
from commonweal.record.writing import Change
from commonweal_site.day import today
from commonweal_site.record import shelf

from . import boxes
from .beginning import at_the_desk
from .clerk import CANNOT_KEEP_BACK, AtItem, Clerk, Faults, made
from .settling import with_faults_named

_LONGEST = 400_000
"""Characters of minutes, at most: several hundred pages."""

_TELLING = 20
"""Characters from which on a line that is kept back is looked for in what is to be published."""


def built(clerk: Clerk) -> str:
    """What the record itself would say, from what everybody may see and nothing else."""
    try:
        return as_text(minutes(shelf.SHELF.snapshot(today()), clerk.name))
    except UnknownEntity:
        return ""  # The meeting itself is kept back.


def kept_back_in(clerk: Clerk, text: str) -> str:
    """A sentence if a text says what the record keeps back; else empty."""
    open_lines = set(built(clerk).splitlines())
    whole = as_text(minutes(clerk.snapshot, clerk.name)).splitlines()
    told = next(
        (
            line for line in whole
            if line not in open_lines and len(line) >= _TELLING and line.strip("# ") in text
        ),
        None,
    )  # fmt: skip
    if told is None:
        return ""
    return (
        f"This stands in the text but is not for publication: ‘{told.strip('# ')[:120]}’. "
        "Take it out, or ask whether it may be published."
    )


def minutes_desk(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """The text of the minutes: as the record gives it, and as somebody words it."""
    clerk = Clerk(request, system, slug)
    found = minutes_of(clerk.snapshot, clerk.name)
    ours = built(clerk)
    text, faults = (found[1].text if found else ours), Faults()
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\r\n", "\n").strip()
        step = request.POST.get("step", "")
        if step == "anew":
            text = ours
        elif step != "compare":
            faults = _save(clerk, text, boxes.answers_of(request).number("seen"))
            if not faults:
                return HttpResponseRedirect(f"{clerk.path}minutes/?saved={_kept_as(found)}")
    return at_the_desk(
        request, clerk, "minutes", "Minutes", faults,
        text=text, minuted=found[1] if found else None,
        changed=[each for each in differences(ours, text) if each.where != "both"],
    )  # fmt: skip


def _kept_as(found: tuple[str, Minutes] | None) -> str:
    return "saved" if found and found[1].type != "draft" else "drafted"


def _save(clerk: Clerk, text: str, seen: int | None) -> Faults:
    """Keep the text: as the draft, or put right in what is published already."""
    if wrong := _unfit(text):
        return {"text": wrong}
    found = minutes_of(clerk.snapshot, clerk.name)
    if found is None or found[1].type == "draft":
        return _save_draft(clerk, found, text, seen)
    if found[1].type == "approved":
        return {"form": "Approved minutes stay as they are. Corrections belong to a later meeting."}
    if wrong := kept_back_in(clerk, text):
        return {"text": wrong}
    change = clerk.corrects(found[0], replace(found[1], text=text), seen)
    return clerk.write([change], "Published draft of the minutes put right")


def _unfit(text: str) -> str:
    if not text:
        return "The minutes are empty. Build them from the record, or write them."
    if len(text) > _LONGEST:
        return f"Minutes have {_LONGEST:,} characters at most; these have {len(text):,}."
    return ""


def _save_draft(
    clerk: Clerk, found: tuple[str, Minutes] | None, text: str, seen: int | None
) -> Faults:
    """Keep a draft, which is not for publication."""
    if not clerk.may_keep_back:
        return {"form": f"{CANNOT_KEEP_BACK} You can publish the text as it stands instead."}
    if found:
        changes = [clerk.corrects(found[0], replace(found[1], text=text), seen)]
    else:
        fact, faults = made(Minutes, {"meeting": clerk.name, "text": text, "exempt": NOT_YET})
        if fact is None:
            return faults
        changes = [*clerk.document(), clerk.adds("minutes", fact, "draft")]
    return clerk.write(changes, "Draft of the minutes kept")


# --- publishing ---------------------------------------------------------------------------------


def publish_desk(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """What would be published, and the button that does it."""
    clerk = Clerk(request, system, slug)
    draft = minutes_of(clerk.snapshot, clerk.name, "draft")
    out = minutes_of(clerk.snapshot, clerk.name, "published draft", "approved")
    text, faults = (draft[1].text if draft else built(clerk)), Faults()
    if request.method == "POST" and not out:
        text = request.POST.get("text", text).replace("\r\n", "\n")
        faults = _publish(clerk, text)
        if not faults:
            return HttpResponseRedirect(f"{clerk.path}publish/?saved=published")
    return at_the_desk(
        request, clerk, "publish", "Publish", faults,
        text=text, sections=as_sections(text), out=out,
        changed=sum(each.where != "both" for each in differences(built(clerk), text)),
        decisions=len(_unpublished(clerk)),
    )  # fmt: skip


def _unpublished(clerk: Clerk) -> list[tuple[str, Decision]]:
    """Decisions of the meeting that are public, and not on record as published."""
    return [
        each for own, _ in clerk.items for each in decisions_at(clerk.snapshot, own)
        if not each[1].exempt and not each[1].published
    ]  # fmt: skip


def _publish(clerk: Clerk, text: str) -> Faults:
    """Put the minutes out as a draft, and its decisions with them, in one write."""
    if wrong := _unfit(text.strip()) or kept_back_in(clerk, text):
        return {"form": wrong}
    day = today().isoformat()
    fact, faults = made(Minutes, {
        "meeting": clerk.name, "text": text.strip(), "type": "published draft", "published": day,
    })  # fmt: skip
    if fact is None:
        return faults
    decided = [
        clerk.corrects(name, with_faults_named(clerk, name, replace(each, published=day)))
        for name, each in _unpublished(clerk)
    ]
    return clerk.write(
        [*clerk.document(), clerk.adds("minutes", fact), *decided], "Draft minutes published"
    )


# --- approving, at the next meeting -------------------------------------------------------------

_CORRECTIONS = (boxes.lines("corrections", "What was put right?", "Leave empty if nothing was."),)


def approve_desk(request: HttpRequest, system: str, slug: str, item: str) -> HttpResponse:
    """Record that the meeting approved the minutes of the one before."""
    clerk = Clerk(request, system, slug)
    own, fact = clerk.item(item)
    at, answers, faults = AtItem(clerk, own, fact), boxes.answers_of(request), Faults()
    waiting = to_approve(clerk)
    if request.method == "POST":
        given, faults = boxes.read(_CORRECTIONS, answers)
        faults = faults or _approve(at, waiting, given["corrections"])
        if not faults:
            return HttpResponseRedirect(f"{clerk.path}items/{item}/?saved=approved")
    intro = (
        f"{waiting[1].label(clerk.snapshot.name)}, published as a draft."
        if waiting
        else "No published draft of an earlier meeting of this body is waiting to be approved."
    )
    return at_the_desk(
        request, clerk, "approve", "Approve the minutes", faults,
        answers=answers, questions=list(boxes.filled(_CORRECTIONS, answers)),
        button="Record that they are approved", intro=(intro,), waiting=waiting,
    )  # fmt: skip


def to_approve(clerk: Clerk) -> tuple[str, Minutes] | None:
    """The minutes of the last meeting before this one whose draft is published."""
    for name, meeting in meetings_of(clerk.snapshot, clerk.meeting.body):
        if meeting.when < clerk.meeting.when:
            found = minutes_of(clerk.snapshot, name)
            if found and found[1].type == "published draft":
                return found
    return None


def _approve(at: AtItem, waiting: tuple[str, Minutes] | None, corrections: list[str]) -> Faults:
    """One write: the decision, the minutes approved, and each correction as it was raised."""
    clerk, own, item = at
    if waiting is None:
        return {"form": "There are no minutes to approve."}
    if nobody := no_voters(clerk.snapshot, own):
        return {"form": nobody}
    enough = quorum(clerk.snapshot, own)
    if enough.outcome == "not met":
        return {"form": f"Without a quorum the minutes cannot be approved. {enough.because}"}
    name, fact = waiting
    approved = replace(
        fact, type="approved", approved_at=own, corrections=(*fact.corrections, *corrections)
    )
    decision = _decision(clerk, at, fact)
    raised = [_raised(clerk, own, fact, each) for each in corrections]
    return clerk.write(
        [*clerk.document(), decision, *raised, _amends(clerk, name, approved)],
        f"Minutes approved at item {item.number}",
    )


def _decision(clerk: Clerk, at: AtItem, fact: Minutes) -> Change:
    held = clerk.snapshot.fact(fact.meeting)
    when = in_words(held.when) if isinstance(held, Meeting) else "an earlier meeting"
    decided = Decision(
        name=f"Minutes of {when} approved as a correct record", item=at.name, type="consensus",
        outcome="carried", consultation="not needed", needs_others=False,
    )  # fmt: skip
    return clerk.adds("decision", decided, "minutes approved")


def _raised(clerk: Clerk, own: str, fact: Minutes, words: str) -> Change:
    """A correction, as a matter arising."""
    comment = Comment(
        name=f"Correction to the {fact.label(clerk.snapshot.name).lower()}", item=own, text=words,
        by=clerk.meeting.body,
    )  # fmt: skip
    return clerk.adds("comment", comment, "matter arising")


def _amends(clerk: Clerk, name: str, fact: Minutes) -> Change:
    """The minutes become approved on the day of the approving meeting."""
    held = clerk.snapshot.held(name)
    first = date.fromisoformat(held.valid_from) if held else clerk.begins
    if clerk.begins > first:
        return Change("amend", name, fact, clerk.begins, seen=clerk.desk.live(name).last)
    return clerk.corrects(name, fact)
