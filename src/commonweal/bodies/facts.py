"""Who: organisations, seats, the people in them, and who answers to whom."""

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Struct

from commonweal.record.facts import Alias, Fact, Name, date_faults
from commonweal.record.identifiers import a, refers_to, says

BodyType = Literal[
    "government department",
    "national body",
    "regional team",
    "integrated care system",
    "integrated care board",
    "integrated care partnership (statutory)",
    "integrated care partnership (acute footprint, 2018)",
    "sustainability and transformation partnership",
    "clinical commissioning group",
    "council",
    "NHS foundation trust",
    "NHS trust",
    "NHS provider",
    "primary care network",
    "general practice federation",
    "provider collaborative",
    "clinical network",
    "health and wellbeing board",
    "place board",
    "place forum",
    "joint committee",
    "committee",
    "scrutiny committee",
    "council body",
    "leadership group",
    "reference group",
    "task and finish group",
    "local Healthwatch",
    "voluntary sector body",
    "professional network",
    "research or support body",
    "partner",
    "team",
]

LegalStatus = Literal[
    "statutory body",
    "statutory committee",
    "committee of a body",
    "joint committee",
    "not a legal body",
    "not stated",
]

Stage = Literal[
    "proposed", "existing", "shadow", "interim", "designate", "statutory", "dissolved", "not stated"
]

Category = Literal[
    "chair",
    "vice-chair",
    "chief executive",
    "director of finance",
    "medical director",
    "director of nursing",
    "other executive",
    "non-executive",
    "partner: NHS trusts",
    "partner: primary care",
    "partner: councils",
    "other ordinary member",
    "accountable officer",
    "chief finance officer",
    "registered nurse",
    "secondary care specialist",
    "lay member",
    "board member",
    "council member",
    "director of adult social services",
    "director of children's services",
    "director of public health",
    "local Healthwatch",
    "voluntary sector",
    "social care providers",
    "other",
]


class Body(Fact, frozen=True, kw_only=True):
    """An organisation, board, committee, forum, network or group."""

    kind = "body"
    plural = "bodies"

    name: Annotated[str, says("Name", "The name the sources use.", min_length=1)]
    type: Annotated[BodyType, says("Kind of body", "What sort of body it is.")]
    legal: Annotated[
        LegalStatus,
        says("Legal status", "What it is in law. A partnership of a place is no body in law."),
    ] = "not stated"
    stage: Annotated[
        Stage, says("Stage", "How far it has come: shadow, designate, statutory, dissolved.")
    ] = "not stated"
    areas: Annotated[
        tuple[
            Annotated[str, refers_to("area", title="Area", description="An area it serves.")], ...
        ],
        says("Areas", "The areas it serves."),
    ] = ()
    parents: Annotated[
        tuple[Annotated[str, refers_to("body", title="Body", description="A parent body.")], ...],
        says("Committee or part of", "The bodies it is a committee or part of."),
    ] = ()
    council_tier: Annotated[
        Literal[
            "county",
            "unitary",
            "metropolitan borough",
            "London borough",
            "district",
            "City of London",
            "Isles of Scilly",
        ]
        | None,
        says("Tier of council", "For councils: which tier. Empty: not stated, or no council."),
    ] = None
    place_model: Annotated[
        Literal[
            "consultative forum",
            "committee of the integrated care board",
            "joint committee",
            "individual directors",
            "lead provider",
        ]
        | None,
        says("Place model", "Which of the five ways of deciding at place. Empty: not stated."),
    ] = None
    purpose: Annotated[str | None, says("Purpose", "What it is for, in our words.")] = None
    services: Annotated[
        tuple[str, ...], says("Services", "Services it provides, as far as stated.")
    ] = ()
    resourcing: Annotated[str | None, says("Resourcing", "Who staffs it, as far as stated.")] = None
    named: Annotated[
        bool,
        says(
            "Named",
            "No: the sources count it but do not name it, and the number in its name is ours.",
        ),
    ] = True
    aliases: Annotated[tuple[Alias, ...], says("Other names", "Other names for it.")] = ()

    def sentence(self, name: Name) -> str:
        del name
        stage = "" if self.stage == "not stated" else f" ({self.stage})"
        return f"{self.name} is {a(self.type)}{stage}."


class Relation(Fact, frozen=True, kw_only=True):
    """How one body stands to another. To answer to a body is not to be directed by it."""

    kind = "relation"
    plural = "relations"

    who: Annotated[
        str, refers_to("body", "post", title="Who", description="The one it is said of.")
    ]
    type: Annotated[
        Literal[
            "accountable to",
            "reports to",
            "directs",
            "cannot direct",
            "oversees",
            "member of",
            "partner in",
            "advises",
            "hosts",
            "works with",
            "links to",
            "deploys staff to",
            "leads",
            "supports",
        ],
        says("How", "How it stands to the other."),
    ]
    to_whom: Annotated[str, refers_to("body", "post", "area", title="To", description="The other.")]
    capacity: Annotated[str | None, says("In what capacity", "As whom, or for what part.")] = None

    def label(self, name: Name) -> str:
        return f"{name(self.who)}: {self.type} {name(self.to_whom)}"

    def sentence(self, name: Name) -> str:
        verb = self.type if self.type.endswith("s") or "cannot" in self.type else f"is {self.type}"
        capacity = f" ({self.capacity})" if self.capacity else ""
        return f"{name(self.who)} {verb} {name(self.to_whom)}{capacity}."


class Post(Fact, frozen=True, kw_only=True):
    """An office that a person can hold, apart from any seat on a board."""

    kind = "post"
    plural = "posts"

    name: Annotated[str, says("Title", "The title of the office.", min_length=1)]
    bodies: Annotated[
        tuple[
            Annotated[str, refers_to("body", title="Body", description="A body it serves.")], ...
        ],
        says("Bodies", "The bodies it serves: more than one if the post is shared."),
    ] = ()
    area: Annotated[
        str | None,
        refers_to("area", title="Area", description="The area it serves, if it is of a place."),
    ] = None
    held_with: Annotated[
        str | None,
        says("Held together with", "Another office that its holder has, as stated."),
    ] = None
    aliases: Annotated[tuple[Alias, ...], says("Other names", "Other names for it.")] = ()

    def sentence(self, name: Name) -> str:
        bodies = " and ".join(name(body) for body in self.bodies)
        return f"{self.name}, {bodies}." if bodies else f"{self.name}."


class Bar(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """Why the law keeps a seat's holder from voting, while this version of the seat holds."""

    reason: Annotated[str, says("Reason", "Why, in plain words.", min_length=1)]
    law: Annotated[str | None, says("Law", "The rule or Act, as far as known.")] = None


class Seat(Fact, frozen=True, kw_only=True):
    """One seat on a board, committee or forum."""

    kind = "seat"
    plural = "seats"

    body: Annotated[
        str, refers_to("body", title="Seat on", description="The body it is a seat on.")
    ]
    role: Annotated[str, says("Role", "In what role its holder sits.", min_length=1)]
    type: Annotated[Category, says("Category", "Which requirement on membership it fills.")] = (
        "other"
    )
    nominated_by: Annotated[
        str | None,
        refers_to("body", title="For", description="The body its holder comes from or speaks for."),
    ] = None
    nominated_by_printed: Annotated[
        str | None,
        says("For, as printed", "Who it speaks for, where that is not one body on record."),
    ] = None
    electorate: Annotated[
        str | None, says("Nominated by", "Who nominates: such as the partner trusts jointly.")
    ] = None
    voting: Annotated[
        Literal["voting", "non-voting", "barred", "not stated"],
        says("Vote", "Whether its holder votes while this version holds."),
    ] = "not stated"
    bar: Annotated[Bar | None, says("Legal bar", "Why the law keeps its holder from voting.")] = (
        None
    )
    basis: Annotated[
        Literal["elected", "ex officio", "appointed", "co-opted", "nominated", "not stated"],
        says("Basis", "How its holder comes by it."),
    ] = "not stated"
    expertise: Annotated[
        tuple[str, ...], says("Expertise", "Such as mental health, where stated.")
    ] = ()

    def label(self, name: Name) -> str:
        of = name(self.nominated_by) if self.nominated_by else self.nominated_by_printed
        return f"{self.role}, {of}" if of else self.role

    def sentence(self, name: Name) -> str:
        vote = f" ({self.voting})" if self.voting != "not stated" else ""
        return f"{self.label(name)} has a seat on {name(self.body)}{vote}."


class Approval(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Somebody's agreement that an appointment needs."""

    by: Annotated[str, says("By", "Who approved: NHS England, the Secretary of State, the chair.")]
    on: Annotated[str | None, says("On", "When. Empty: not recorded.")] = None


class Test(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A test that an appointment has to pass, made by a person and recorded with its reason."""

    __test__ = False

    type: Annotated[
        Literal[
            "independence of the NHS",
            "fit and proper person",
            "disqualification",
            "independent chair",
        ],
        says("Test", "Which test."),
    ]
    outcome: Annotated[Literal["passed", "failed"], says("Outcome", "What was found.")]
    on: Annotated[str | None, says("On", "When it was made.")] = None
    reason: Annotated[str | None, says("Reason", "Why, in the words of who made it.")] = None


class Appointment(Fact, frozen=True, kw_only=True):
    """Who holds a seat or post.

    People stand here only in the public role in which a source names them.
    """

    kind = "appointment"
    plural = "appointments"

    holds: Annotated[
        str, refers_to("seat", "post", title="Seat or post", description="What the person holds.")
    ]
    holder: Annotated[
        str,
        says(
            "Holder", "The person's name as the source gives it, or the office held.", min_length=1
        ),
    ]
    party: Annotated[str | None, says("Party", "For councillors, where the source says.")] = None
    employer: Annotated[
        str | None, refers_to("body", title="Employer", description="Who employs the person.")
    ] = None
    approvals: Annotated[
        tuple[Approval, ...], says("Approvals", "Whose agreement was given, and when.")
    ] = ()
    tests: Annotated[tuple[Test, ...], says("Tests", "Tests made before the appointment.")] = ()

    def label(self, name: Name) -> str:
        del name
        return self.holder

    def sentence(self, name: Name) -> str:
        return f"{self.holder} holds {name(self.holds)}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(*(approval.on for approval in self.approvals))
        yield from date_faults(*(test.on for test in self.tests))


class Vacancy(Fact, frozen=True, kw_only=True):
    """A seat or post that nobody holds. Without such a fact an empty seat is only not recorded."""

    kind = "vacancy"
    plural = "vacancies"

    of: Annotated[str, refers_to("seat", "post", title="Vacant", description="The seat or post.")]
    reason: Annotated[str | None, says("Reason", "Why it is vacant, where stated.")] = None

    def label(self, name: Name) -> str:
        return f"Vacancy: {name(self.of)}"

    def sentence(self, name: Name) -> str:
        return f"{name(self.of)} is vacant."


class Interest(Fact, frozen=True, kw_only=True):
    """An interest that a member or employee has declared."""

    kind = "interest"
    plural = "interests"

    of: Annotated[
        str,
        refers_to(
            "seat", "post", title="Declared by the holder of", description="The seat or post."
        ),
    ]
    type: Annotated[
        Literal[
            "financial",
            "non-financial professional",
            "non-financial personal",
            "indirect",
            "not stated",
        ],
        says("Type", "What sort of interest."),
    ] = "not stated"
    organisation: Annotated[str, says("Organisation", "With whom.", min_length=1)]
    nature: Annotated[str | None, says("Nature", "What the interest is.")] = None
    aware: Annotated[str | None, says("Aware on", "The day the person became aware of it.")] = None
    declared: Annotated[str | None, says("Declared on", "The day it was declared.")] = None
    action: Annotated[str | None, says("Action", "What is done so that it does no harm.")] = None

    def label(self, name: Name) -> str:
        return f"Interest of {name(self.of)} in {self.organisation}"

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.aware, self.declared)


class Coverage(Fact, frozen=True, kw_only=True):
    """A provider serves an area, wholly or in part."""

    kind = "coverage"
    plural = "coverages"

    provider: Annotated[str, refers_to("body", title="Provider", description="Who provides.")]
    area: Annotated[
        str | None, refers_to("area", title="Serves", description="The area served.")
    ] = None
    area_printed: Annotated[
        str | None,
        says("Area as printed", "The source's name for it, where that is no area on record."),
    ] = None
    extent: Annotated[
        Literal["whole", "part", "not stated"], says("How much of it", "All of the area or part.")
    ] = "not stated"
    service: Annotated[str | None, says("Service", "What is provided there.")] = None

    def label(self, name: Name) -> str:
        return f"{name(self.provider)} in {name(self.area) if self.area else self.area_printed}"

    def sentence(self, name: Name) -> str:
        extent = {"whole": "all of ", "part": "part of ", "not stated": ""}[self.extent]
        where = name(self.area) if self.area else f"“{self.area_printed}”"
        return f"{name(self.provider)} serves {extent}{where}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        if self.area is None and not self.area_printed:
            yield "Say which area is served, or how the source prints its name."


class Transfer(Fact, frozen=True, kw_only=True):
    """What passes from one body to another when functions move or a body ends."""

    kind = "transfer"
    plural = "transfers"

    giver: Annotated[str, refers_to("body", title="From", description="Who gives.")]
    taker: Annotated[str, refers_to("body", title="To", description="Who takes.")]
    type: Annotated[
        Literal["functions", "staff", "property", "rights and liabilities", "everything"],
        says("What", "What passes."),
    ]
    share: Annotated[
        str | None, says("Share", "What part of it, where it is divided; as stated.")
    ] = None

    def label(self, name: Name) -> str:
        return f"{self.type.capitalize()} from {name(self.giver)} to {name(self.taker)}"

    def sentence(self, name: Name) -> str:
        return f"{self.type.capitalize()} pass from {name(self.giver)} to {name(self.taker)}."


class Order(Fact, frozen=True, kw_only=True):
    """The order that sets up, changes or ends a board."""

    kind = "order"
    plural = "orders"

    name: Annotated[str, says("Title", "The order's title.", min_length=1)]
    bodies: Annotated[
        tuple[Annotated[str, refers_to("body", title="Body", description="A body it names.")], ...],
        says("Bodies", "The bodies it sets up, changes or ends."),
    ]
    type: Annotated[Literal["establish", "vary", "revoke"], says("Effect", "What it does.")]
    made: Annotated[str | None, says("Made on", "When it was made.")] = None
    consulted: Annotated[str | None, says("Consulted on", "When the boards were consulted.")] = None
    published: Annotated[str | None, says("Published on", "When it was published.")] = None
    area_named: Annotated[
        str | None, refers_to("area", title="Area", description="The area it gives the board.")
    ] = None

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.made, self.consulted, self.published)


class Constitution(Fact, frozen=True, kw_only=True):
    """A body's constitution in one version."""

    kind = "constitution"
    plural = "constitutions"

    name: Annotated[str, says("Title", "The title and version.", min_length=1)]
    body: Annotated[str, refers_to("body", title="Body", description="Whose constitution it is.")]
    states_name: Annotated[str | None, says("Name it gives", "The body's name in it.")] = None
    states_area: Annotated[
        str | None, refers_to("area", title="Area it gives", description="The area named in it.")
    ] = None
    sections: Annotated[
        tuple[
            Literal[
                "membership",
                "appointments",
                "exercise of functions",
                "procedure",
                "transparency",
                "conflicts of interest",
                "conflict principles",
                "public involvement",
                "involvement principles",
                "variation",
            ],
            ...,
        ],
        says("Sections", "Which of the sections the law asks for it has."),
    ] = ()
    proposed_by: Annotated[
        tuple[Annotated[str, refers_to("body", title="Body", description="A proposer.")], ...],
        says("Proposed by", "Who proposed it."),
    ] = ()
    approved: Annotated[
        str | None, says("Approved by NHS England on", "When NHS England approved it.")
    ] = None
    address: Annotated[str | None, says("Published at", "Where it is published.")] = None

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.approved)


class Publication(Fact, frozen=True, kw_only=True):
    """Something a body must publish, and where it has."""

    kind = "publication"
    plural = "publications"

    body: Annotated[str, refers_to("body", title="Body", description="Whose it is.")]
    type: Annotated[
        Literal[
            "constitution",
            "governance handbook",
            "standing financial instructions",
            "scheme of reservation and delegation",
            "functions and decisions map",
            "register of interests",
            "terms of reference",
            "skills review",
        ],
        says("What", "What is published."),
    ]
    on: Annotated[str | None, says("Published on", "When this version was published.")] = None
    address: Annotated[str | None, says("At", "Where.")] = None
    covers: Annotated[
        tuple[str, ...], says("Covers", "Whom or what it covers: such as board members, employees.")
    ] = ()

    def label(self, name: Name) -> str:
        return f"{self.type.capitalize()} of {name(self.body)}"

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        yield from date_faults(self.on)


class QuorumRule(Fact, frozen=True, kw_only=True):
    """How many members, and which, must be there for a body to decide.

    Set locally; no Act gives a number.
    """

    kind = "quorum"
    plural = "quorums"

    body: Annotated[str, refers_to("body", title="Body", description="The body it binds.")]
    members: Annotated[int, says("Members", "How many must be there.", ge=1)]
    voting_only: Annotated[bool, says("Voting members only", "Only voting members count.")] = False
    categories: Annotated[
        dict[str, int], says("And among them", "How many of each category of seat.")
    ] = msgspec.field(default_factory=dict)

    def label(self, name: Name) -> str:
        return f"Quorum of {name(self.body)}"

    def sentence(self, name: Name) -> str:
        who = "voting members" if self.voting_only else "members"
        return f"{name(self.body)} needs {self.members} {who} to decide."
