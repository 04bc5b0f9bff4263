"""Meetings as sources announce and report them: agenda, papers, who came, who had an interest.

What was decided stands in `decided.py`, what was asked, answered and promised in `said.py`.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from commonweal.record.facts import Fact, Name, date_faults
from commonweal.record.identifiers import refers_to, says
from commonweal.record.when import in_words


class Meeting(Fact, frozen=True, kw_only=True):
    """A meeting of a body: announced, held or only said to be."""

    kind = "meeting"
    plural = "meetings"

    body: Annotated[str, refers_to("body", title="Meeting of", description="Who meets.")]
    when: Annotated[str, says("Day", "The day, such as 2022-12-12.")]
    time: Annotated[str | None, says("Time", "When it starts, such as 13:30.")] = None
    date_printed: Annotated[
        str | None, says("Date as printed", "The date with its weekday, as the source prints it.")
    ] = None
    venue: Annotated[str | None, says("Venue", "Where.")] = None
    type: Annotated[
        Literal["announced", "held", "not evidenced", "cancelled"],
        says(
            "Evidence",
            "Announced ahead; held, as reported; announced but never evidenced; or called off.",
        ),
    ] = "announced"
    public: Annotated[
        bool | None, says("In public", "Whether the public may attend. Empty: not stated.")
    ] = None
    excluded_because: Annotated[
        str | None, says("Public excluded because", "The reason in the resolution.")
    ] = None
    notice: Annotated[str | None, says("Notice given on", "The day public notice was given.")] = (
        None
    )
    convened: Annotated[
        str | None, says("Convened on", "The day it was called, if after the notice was due.")
    ] = None
    items: Annotated[tuple[str, ...], says("Items", "What was on the agenda, in our words.")] = ()
    apologies: Annotated[
        tuple[str, ...], says("Apologies", "Who sent apologies, by public role.")
    ] = ()
    recording: Annotated[
        str | None, says("Recording", "Where the recording is. Empty: none is on record.")
    ] = None

    def label(self, name: Name) -> str:
        return f"{name(self.body)}, {in_words(self.when)}"

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.when, self.notice, self.convened)


class AgendaItem(Fact, frozen=True, kw_only=True):
    """One item on the agenda of a meeting."""

    kind = "item"
    plural = "agenda items"

    meeting: Annotated[
        str, refers_to("meeting", title="Meeting", description="On whose agenda it stands.")
    ]
    number: Annotated[str, says("Number", "As printed, such as 4 or 4a.", min_length=1)]
    name: Annotated[str, says("Title", "What it is about.", min_length=1)]
    type: Annotated[
        Literal[
            "apologies",
            "declare interests",
            "confirm minutes",
            "receive",
            "note",
            "discuss",
            "question and answer",
            "comment",
            "consult",
            "endorse",
            "support in principle",
            "agree",
            "approve",
            "delegate",
            "refer",
            "next meeting",
            "not stated",
        ],
        says("Ask", "What the meeting is asked to do. To note is never to approve."),
    ] = "not stated"
    asked: Annotated[str | None, says("What is asked", "The ask, in our words.")] = None
    part: Annotated[
        str | None, says("Part", "The part of the agenda, such as meeting business.")
    ] = None
    pages: Annotated[
        str | None, says("Pages of the pack", "Where its papers stand, such as 5-12.")
    ] = None
    brought_by: Annotated[
        tuple[
            Annotated[
                str,
                refers_to("seat", "post", "body", title="Brought by", description="Who brings it."),
            ],
            ...,
        ],
        says("Brought by", "Who presents it."),
    ] = ()
    private_because: Annotated[
        str | None,
        says("Taken in private because", "The reason in law. Empty: in public, as the meeting is."),
    ] = None
    late_because: Annotated[
        str | None,
        says("Taken late because", "Why the chair held it urgent, if it came after the agenda."),
    ] = None
    follows: Annotated[
        str | None,
        refers_to("item", title="Carries on", description="The earlier item that it carries on."),
    ] = None

    def sentence(self, name: Name) -> str:
        return f"Item {self.number} at {name(self.meeting)}: {self.name}."


class Paper(Fact, frozen=True, kw_only=True):
    """A document put before a meeting under one item."""

    kind = "paper"
    plural = "papers"

    item: Annotated[str, refers_to("item", title="Item", description="The item it is for.")]
    document: Annotated[
        str, refers_to("document", title="Document", description="What was put before it.")
    ]
    type: Annotated[
        Literal[
            "report",
            "presentation",
            "appendix",
            "minutes",
            "guidance",
            "article",
            "background",
            "not stated",
        ],
        says("Kind of paper", "What it is for."),
    ] = "not stated"
    pages: Annotated[str | None, says("Pages", "Its own pages, or how many it has, as stated.")] = (
        None
    )
    pack_pages: Annotated[
        str | None, says("Pages of the pack", "Its pages as the pack counts them, such as 39-48.")
    ] = None
    checksum: Annotated[
        str | None,
        says("Checksum", "The SHA-256 of the file, in 64 hexadecimal digits. Empty: not recorded."),
    ] = None
    published: Annotated[str | None, says("Published on", "When the public could read it.")] = None
    with_minutes: Annotated[
        bool, says("Kept with the minutes", "It is said to be attached to the signed minutes.")
    ] = False

    def label(self, name: Name) -> str:
        return name(self.document)

    def sentence(self, name: Name) -> str:
        return f"“{name(self.document)}” was put before the meeting under {name(self.item)}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.published)
        if self.checksum is not None and not re.fullmatch(r"[0-9a-f]{64}", self.checksum):
            yield "A checksum has 64 digits, from 0 to 9 and a to f; this one has not."


class Attendance(Fact, frozen=True, kw_only=True):
    """Who was at a meeting, how and as what, or sent apologies."""

    kind = "attendance"
    plural = "attendances"

    meeting: Annotated[str, refers_to("meeting", title="Meeting", description="The meeting.")]
    who: Annotated[
        str | None,
        refers_to("seat", "post", "body", title="Who", description="The seat or role on record."),
    ] = None
    who_printed: Annotated[
        str | None, says("Who, as printed", "The role, where it is no seat or post on record.")
    ] = None
    type: Annotated[
        Literal["present", "in person", "online", "apologies", "absent"],
        says("How", "In person or online; present, where it is not said which; or not there."),
    ] = "present"
    capacity: Annotated[
        Literal["member", "substitute", "in attendance", "witness", "guest", "not stated"],
        says("As what", "As a member, in a member's place, or without being one."),
    ] = "member"
    on_behalf_of: Annotated[
        str | None,
        refers_to(
            "seat", "post", "body", title="On behalf of", description="In whose place, or for whom."
        ),
    ] = None
    left: Annotated[
        str | None,
        refers_to("item", title="Left before", description="The first item that was missed."),
    ] = None
    returned: Annotated[
        str | None,
        refers_to("item", title="Came, or came back, for", description="The first item heard."),
    ] = None

    def _who(self, name: Name) -> str:
        return name(self.who) if self.who else self.who_printed or ""

    def label(self, name: Name) -> str:
        return f"{self._who(name)} at {name(self.meeting)}"

    def sentence(self, name: Name) -> str:
        how = {"apologies": "sent apologies for", "absent": "was absent from"}
        mode = " online" if self.type == "online" else ""
        return f"{self._who(name)} {how.get(self.type, 'was at')} {name(self.meeting)}{mode}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        if not (self.who or self.who_printed):
            yield "Say who it was: a seat or post on record, or the role as printed."
        if self.capacity == "substitute" and not self.on_behalf_of:
            yield "A substitute is there on somebody's behalf: say on whose."


class Conflict(Fact, frozen=True, kw_only=True):
    """An interest that touches an item, and what was done so that it did no harm."""

    kind = "conflict"
    plural = "conflicts of interest"

    item: Annotated[str, refers_to("item", title="Item", description="The item it touches.")]
    of: Annotated[
        str, refers_to("seat", "post", title="Whose", description="Who has the interest.")
    ]
    interest: Annotated[
        str | None,
        refers_to("interest", title="Interest", description="The entry in the register."),
    ] = None
    nature: Annotated[str | None, says("Nature", "The interest, if it is on no register.")] = None
    declared: Annotated[
        bool | None, says("Declared", "Declared at the meeting. Empty: not stated.")
    ] = None
    type: Annotated[
        Literal[
            "left the meeting",
            "stayed without speaking or voting",
            "spoke but did not vote",
            "took full part",
            "nothing was done",
            "not stated",
        ],
        says("What was done", "How the interest was dealt with at the item."),
    ] = "not stated"
    because: Annotated[
        str | None, says("Because", "Why the chair, or a dispensation, allowed that.")
    ] = None

    def label(self, name: Name) -> str:
        return f"{name(self.of)}: {name(self.item)}"

    def sentence(self, name: Name) -> str:
        return f"{name(self.of)} has an interest in {name(self.item)}: {self.type}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        if not (self.interest or self.nature):
            yield "Say which interest it is: the entry in the register, or its nature."
