"""Notice and attendance at the clerk's desk: clear days by law, and who was there and how."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from msgspec.structs import replace

from commonweal.meetings.agenda import attended
from commonweal.meetings.facts import Attendance
from commonweal.meetings.notice import law_of_notice, notice_of, unbound
from commonweal.meetings.preparing import seats_to_tick
from commonweal.meetings.quorum import quorum
from commonweal.record.errors import RecordError
from commonweal.record.when import day_in_words
from commonweal.record.writing import Change
from commonweal.statute.errors import StatuteError
from commonweal_site.day import today
from commonweal_site.editing.questions import Answers

from . import boxes
from .beginning import at_the_desk
from .clerk import Clerk, Faults, made

# --- notice -------------------------------------------------------------------------------------

_NOTICE = (
    boxes.day("notice", "On which day was public notice given?"),
    boxes.day("convened", "On which day was it called?", "Only if it was called at short notice."),
)


def notice_desk(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """When notice was given, and whether the law finds that early enough."""
    clerk = Clerk(request, system, slug)
    answers, faults = boxes.answers_of(request), Faults()
    if request.method == "POST":
        values, faults = boxes.read(_NOTICE, answers)
        if not faults:
            meeting = replace(clerk.meeting, notice=values["notice"], convened=values["convened"])
            change = clerk.corrects(clerk.name, meeting, answers.number("seen"))
            faults = clerk.write([change], "Notice of the meeting recorded")
        if not faults:
            return HttpResponseRedirect(f"{clerk.path}notice/?saved=saved")
    else:
        boxes.put_day(answers, "notice", clerk.meeting.notice)
        boxes.put_day(answers, "convened", clerk.meeting.convened)
    return at_the_desk(
        request, clerk, "notice", "Notice", faults,
        answers=answers,
        questions=list(boxes.filled(_NOTICE, answers)), button="Save the notice",
        intro=_due(clerk), finding=notice_of(clerk.snapshot, clerk.name),
    )  # fmt: skip


def _due(clerk: Clerk) -> tuple[str, ...]:
    """By when notice is due, by the law that binds the body."""
    limit = law_of_notice(clerk.snapshot, clerk.meeting.body)
    if limit is None:
        return (unbound(clerk.snapshot, clerk.meeting.body),)
    if clerk.day is None:
        return ("The day of the meeting is not stated exactly, so no day can be worked out.",)
    try:
        due = limit.run(clerk.day).due
    except (StatuteError, RecordError) as wrong:
        return (str(wrong),)
    law = f"{limit.length} clear {limit.unit}s, {limit.cite}"
    return (f"Notice is due on {day_in_words(due)} at the latest ({law}).",)


# --- attendance ---------------------------------------------------------------------------------

_HOW = (
    ("", "Not recorded"),
    ("in person", "In person"),
    ("online", "Online"),
    ("present", "There, not said how"),
    ("apologies", "Sent apologies"),
    ("absent", "Absent, no apologies"),
    ("deputy in person", "A deputy, in person"),
    ("deputy online", "A deputy, online"),
)
_OTHERS = (
    ("in attendance", "Others in attendance", "By role: such as the head of governance."),
    ("guest", "Guests", "By role and organisation."),
    ("witness", "Witnesses", "By role and organisation."),
)


def attendance_desk(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """A list of the seats to tick, and others who were there."""
    clerk = Clerk(request, system, slug)
    seats = [
        (name, seat, name.split("/")[2]) for name, seat in seats_to_tick(clerk.snapshot, clerk.name)
    ]
    answers, faults = boxes.answers_of(request), Faults()
    if request.method == "POST":
        faults = _ticked(clerk, [name for name, _, _ in seats], answers)
        if not faults:
            return HttpResponseRedirect(f"{clerk.path}attendance/?saved=saved")
    else:
        answers = _as_answers(clerk)
    return at_the_desk(
        request, clerk, "attendance", "Attendance", faults,
        answers=answers, seats=seats, how=_HOW,
        questions=_other_questions(answers),
        button="Save who was there", intro=(), quorum=quorum(clerk.snapshot, clerk.name),
        anybody=bool(attended(clerk.snapshot, clerk.name)),
    )  # fmt: skip


def _other_questions(answers: Answers) -> list[object]:
    asked = [
        boxes.lines(f"others-{what.replace(' ', '-')}", title, hint)
        for what, title, hint in _OTHERS
    ]
    return list(boxes.filled(asked, answers))


def _as_answers(clerk: Clerk) -> Answers:
    """What is on record, as a form has it."""
    answers = Answers({})
    others: dict[str, list[str]] = {}
    for _, each in attended(clerk.snapshot, clerk.name):
        seat = _seat_of(each)
        if seat is None:
            said_ = each.who_printed or (clerk.snapshot.name(each.who) if each.who else "")
            others.setdefault(each.capacity, []).append(said_)
        elif each.capacity == "substitute":
            answers.put(
                f"how-{seat}", "deputy online" if each.type == "online" else "deputy in person"
            )
            answers.put(f"deputy-{seat}", each.who_printed or "")
        else:
            answers.put(f"how-{seat}", each.type)
    for what, roles in others.items():
        answers.put(f"others-{what.replace(' ', '-')}", "\n".join(roles))
    return answers


def _seat_of(attendance: Attendance) -> str | None:
    """The last part of the seat that an attendance is about; none for those without one."""
    if attendance.capacity not in {"member", "substitute"}:
        return None
    seat = attendance.on_behalf_of if attendance.capacity == "substitute" else attendance.who
    return seat.split("/")[2] if seat and seat.split("/")[1] == "seat" else None


def _ticked(clerk: Clerk, seats: list[str], answers: Answers) -> Faults:
    """Write who was there, as ticked: new, put right, or taken off."""
    faults: Faults = {}
    wanted = list(_wanted(clerk, seats, answers, faults))
    if faults:
        return faults
    changes = [*clerk.document(), *_as_changes(clerk, wanted, answers.number("seen"))]
    meeting = clerk.meeting
    past = clerk.day is not None and clerk.day <= today()
    if wanted and meeting.type == "announced" and past:
        changes.append(clerk.corrects(clerk.name, replace(meeting, type="held")))
    return clerk.write(changes, "Who was at the meeting recorded")


def _wanted(
    clerk: Clerk, seats: list[str], answers: Answers, faults: Faults
) -> Iterator[Attendance]:
    for seat in seats:
        slug = seat.split("/")[2]
        how, deputy = answers.text(f"how-{slug}"), answers.text(f"deputy-{slug}")
        if how.startswith("deputy") and not deputy:
            name = clerk.snapshot.name(seat)
            faults[f"deputy-{slug}"] = f"Say by role who came in place of {name}."
        elif how.startswith("deputy"):
            fact, _ = made(Attendance, {
                "meeting": clerk.name, "who_printed": deputy, "capacity": "substitute",
                "on_behalf_of": seat, "type": how.removeprefix("deputy "),
            })  # fmt: skip
            yield from [fact] if fact else []
        elif how in dict(_HOW) and how:
            fact, _ = made(Attendance, {"meeting": clerk.name, "who": seat, "type": how})
            yield from [fact] if fact else []
    for capacity, _, _ in _OTHERS:
        for role in answers.text(f"others-{capacity.replace(' ', '-')}").splitlines():
            if role.strip():
                fact, _ = made(Attendance, {
                    "meeting": clerk.name, "who_printed": role.strip(), "capacity": capacity,
                })  # fmt: skip
                yield from [fact] if fact else []


def _key(attendance: Attendance) -> tuple[str, str]:
    """What tells one attendance of a meeting from the others."""
    seat = _seat_of(attendance)
    return (
        ("seat", seat)
        if seat
        else (attendance.capacity, attendance.who_printed or attendance.who or "")
    )


def _as_changes(clerk: Clerk, wanted: list[Attendance], seen: int | None) -> Iterator[Change]:
    """What to write so that the record says what was ticked, and no more."""
    had = {_key(fact): (name, fact) for name, fact in attended(clerk.snapshot, clerk.name)}
    for fact in wanted:
        name, before = had.pop(_key(fact), (None, None))
        if name is None or before is None:
            yield clerk.adds("attendance", fact, *(_key(fact)[1:]))
            continue
        kept = replace(fact, left=before.left, returned=before.returned, note=before.note,
                       sources=before.sources)  # fmt: skip
        if before.who and not fact.who and fact.capacity != "substitute":
            kept = replace(kept, who=before.who)
        if kept != before:
            yield clerk.corrects(name, kept, seen)
    for name, _ in had.values():
        yield clerk.takes_off(name, seen)


# --- who came late or left early ----------------------------------------------------------------


def moves_desk(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """Who came late, left early, or was out of the room for some items."""
    clerk = Clerk(request, system, slug)
    there = [
        (name, fact, name.split("/")[2], fact.label(clerk.snapshot.name).partition(" at ")[0])
        for name, fact in attended(clerk.snapshot, clerk.name)
        if fact.type not in {"apologies", "absent"} and _seat_of(fact)
    ]
    items = [("", "–"), *((own, f"{item.number}. {item.name}") for own, item in clerk.items)]
    faults = Faults()
    if request.method == "POST":
        answers = boxes.answers_of(request)
        offered = {own for own, _ in items}
        changes = []
        for name, fact, short, _ in there:
            left, back = answers.text(f"left-{short}"), answers.text(f"back-{short}")
            if left in offered and back in offered:
                moved = replace(fact, left=left or None, returned=back or None)
                if moved != fact:
                    changes.append(clerk.corrects(name, moved, answers.number("seen")))
        faults = clerk.write(changes, "Who came late or left early recorded")
        if not faults:
            return HttpResponseRedirect(f"{clerk.path}attendance/?saved=saved")
    return at_the_desk(
        request, clerk, "moves", "Who came late or left early", faults,
        there=there, items=items,
    )  # fmt: skip
