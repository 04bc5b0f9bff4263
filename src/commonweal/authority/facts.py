"""Who may decide: functions, the law that gives them, and how they are passed on.

All money is in whole pence.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Struct

from commonweal.bodies.facts import BodyType
from commonweal.record.facts import Alias, Fact, Name
from commonweal.record.identifiers import a, refers_to, says

HolderType = Literal[BodyType, "post"]

Onward = Literal["none", "any", "limited", "as the law says", "not stated"]

LimitKind = Literal[
    "no limit",
    "per decision",
    "whole life",
    "per year",
    "cumulative per matter",
    "per 100,000 population per year",
    "within approved budget",
    "not stated",
]

Nature = Literal[
    "prescribed nationally",
    "uniform across the system",
    "relies on integration",
    "tailored to a geography",
]


def pounds(pence: int) -> str:
    """Pence as a person writes them.

    >>> pounds(25_000_000), pounds(1)
    ('£250,000', '£0.01')
    """
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02}" if rest else f"£{whole:,}"


class Function(Fact, frozen=True, kw_only=True):
    """Something a body may or must do, under a plain name and with the law it comes from."""

    kind = "function"
    plural = "functions"

    name: Annotated[str, says("Name", "What is done, in plain words.", min_length=1)]
    type: Annotated[
        Literal[
            "commissioning",
            "planning",
            "money",
            "governance",
            "public health",
            "social care",
            "oversight",
            "scrutiny",
            "other",
        ],
        says("Kind of function", "What sort of thing it is."),
    ] = "other"
    law: Annotated[str | None, says("Law", "The provision it comes from. Empty: local.")] = None
    explained: Annotated[str | None, says("Explained", "What it means for people.")] = None
    part_of: Annotated[
        tuple[
            Annotated[
                str, refers_to("function", title="Function", description="A wider function.")
            ],
            ...,
        ],
        says("Part of", "The wider functions it belongs to; the first is its place in the tree."),
    ] = ()
    nature: Annotated[
        tuple[Nature, ...], says("Nature", "What decides at which level it is best led.")
    ] = ()
    aliases: Annotated[tuple[Alias, ...], says("Other names", "Other names for it.")] = ()

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        if len(set(self.part_of)) < len(self.part_of):
            yield "A function names the same wider function twice."


class Basis(Fact, frozen=True, kw_only=True):
    """A provision under which functions may be passed on, and on what terms."""

    kind = "basis"
    plural = "bases"

    name: Annotated[str, says("Name", "What it allows, in a few words.", min_length=1)]
    law: Annotated[str, says("Law", "The provision.", min_length=1)]
    givers: Annotated[
        tuple[HolderType, ...], says("May give", "Which kinds of body or post may give.")
    ]
    takers: Annotated[
        tuple[HolderType, ...], says("May take", "Which kinds of body or post may take.")
    ]
    own: Annotated[
        bool,
        says("Only its own", "The taker must be a committee or part, or a post, of the giver."),
    ] = False
    onward: Annotated[
        Onward, says("Further", "Whether what was taken may be passed on, if no terms say so.")
    ] = "not stated"
    excludes: Annotated[
        tuple[
            Annotated[
                str, refers_to("function", title="Function", description="One that is shut out.")
            ],
            ...,
        ],
        says("Shuts out", "Functions that it cannot be used for."),
    ] = ()
    all_parents: Annotated[
        bool,
        says("All must join", "A joint committee under it needs every parent whose area is met."),
    ] = False
    liable: Annotated[
        Literal["giver", "taker", "both", "not stated"],
        says("Liable", "Who answers at law for what is done under it."),
    ] = "not stated"
    needs_instrument: Annotated[
        bool, says("Needs a document", "Nothing passes under it without a document.")
    ] = True
    payers: Annotated[
        tuple[HolderType, ...],
        says("May pay into a pool", "Kinds of body that may pay into a pooled fund under it."),
    ] = ()

    def sentence(self, name: Name) -> str:
        del name
        return f"{self.name} ({self.law})."


class Power(Fact, frozen=True, kw_only=True):
    """A function that the law gives to a body or post, or to every body of a kind."""

    kind = "power"
    plural = "powers"

    function: Annotated[str, refers_to("function", title="Function", description="What it may do.")]
    holder: Annotated[
        str | None,
        refers_to("body", "post", title="Holder", description="Who holds it."),
    ] = None
    every: Annotated[
        BodyType | None,
        says("Every", "Instead of one holder: every body of this kind, each for its own areas."),
    ] = None
    area: Annotated[
        str | None,
        refers_to("area", title="Area", description="Where. Empty: the holder's own areas."),
    ] = None
    law: Annotated[str | None, says("Law", "The provision that gives it.")] = None

    def label(self, name: Name) -> str:
        who = name(self.holder) if self.holder else f"every {self.every}"
        return f"{name(self.function)}: {who}"

    def sentence(self, name: Name) -> str:
        who = name(self.holder) if self.holder else f"Every {self.every}"
        return f"{who} holds the function “{name(self.function)}”."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        if bool(self.holder) == bool(self.every):
            yield "Say either who holds it or that every body of a kind does, not both."


class Instrument(Fact, frozen=True, kw_only=True):
    """A document by which authority is passed on or kept.

    Versions stand side by side: one in force, another a draft or proposed.
    """

    kind = "instrument"
    plural = "instruments"

    name: Annotated[str, says("Title", "The title.", min_length=1)]
    type: Annotated[
        Literal[
            "constitution",
            "scheme of reservation and delegation",
            "standing financial instructions",
            "terms of reference",
            "agreement",
            "memorandum of understanding",
            "direction",
            "transfer scheme",
            "minute",
        ],
        says("Kind of document", "What sort of document it is."),
    ]
    body: Annotated[
        str | None, refers_to("body", title="Body", description="Whose document it is.")
    ] = None
    parties: Annotated[
        tuple[Annotated[str, refers_to("body", title="Party", description="A party to it.")], ...],
        says("Parties", "Who is party to it, if several are."),
    ] = ()
    version: Annotated[str | None, says("Version", "Which version.")] = None
    replaces: Annotated[
        str | None,
        refers_to("instrument", title="Replaces", description="The version before it."),
    ] = None
    saves: Annotated[
        tuple[
            Annotated[
                str,
                refers_to("delegation", "instrument", title="Saves", description="What it saves."),
            ],
            ...,
        ],
        says("Saves", "Delegations, or all those under a document, that it keeps for a successor."),
    ] = ()
    made: Annotated[str | None, says("Made on", "When it was made or approved.")] = None

    def sentence(self, name: Name) -> str:
        whose = f" of {name(self.body)}" if self.body else ""
        return f"{self.name} is {a(self.type)}{whose}."


class Condition(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something that must also be so when a delegation is used."""

    type: Annotated[
        Literal[
            "joint sign-off",
            "consult",
            "inform",
            "report",
            "substantive holder only",
            "urgent only",
            "written approval",
            "funds available",
        ],
        says("Condition", "Which of the known conditions."),
    ]
    who: Annotated[
        str | None,
        refers_to("body", "post", title="Who", description="With whom, or to whom."),
    ] = None
    days: Annotated[int | None, says("Within days", "Within how many days, if stated.")] = None


class Delegation(Fact, frozen=True, kw_only=True):
    """A function that one body or post lets another exercise. The giver keeps its power."""

    kind = "delegation"
    plural = "delegations"

    giver: Annotated[str, refers_to("body", "post", title="From", description="Who passes it on.")]
    taker: Annotated[str, refers_to("body", "post", title="To", description="Who may use it.")]
    function: Annotated[
        str, refers_to("function", title="Function", description="What may be decided.")
    ]
    area: Annotated[
        str | None,
        refers_to("area", title="Area", description="Where. Empty: wherever the giver may."),
    ] = None
    limit: Annotated[LimitKind, says("Kind of limit", "What the limit is measured by.")] = (
        "not stated"
    )
    lower: Annotated[int | None, says("From, in pence", "Only amounts above this.")] = None
    upper: Annotated[int | None, says("Up to, in pence", "This amount included.")] = None
    vat: Annotated[
        Literal["including", "excluding", "not stated"],
        says("VAT", "Whether the limit counts value added tax."),
    ] = "not stated"
    money: Annotated[
        Literal["revenue", "capital", "either"], says("Money", "Which money it is good for.")
    ] = "either"
    conditions: Annotated[tuple[Condition, ...], says("Conditions", "What else must be so.")] = ()
    onward: Annotated[Onward, says("Further", "Whether the taker may pass it on.")] = (
        "as the law says"
    )
    onward_depth: Annotated[int | None, says("Further, times", "How many times, if limited.")] = (
        None
    )
    delegatable: Annotated[
        int | None,
        says("May pass on up to, in pence", "A lower limit for what is passed on."),
    ] = None
    fund: Annotated[
        Literal["none", "pooled", "aligned", "not stated"],
        says("Fund", "Whether money is pooled with it. Pooled is not aligned."),
    ] = "not stated"
    payers: Annotated[
        tuple[Annotated[str, refers_to("body", title="Payer", description="Who pays in.")], ...],
        says("Payers", "Who pays into the pooled fund."),
    ] = ()
    basis: Annotated[
        str | None,
        refers_to("basis", title="Law", description="The provision that allows it."),
    ] = None
    instrument: Annotated[
        str | None,
        refers_to("instrument", title="Document", description="The document that says so."),
    ] = None
    line: Annotated[str | None, says("Line", "Where in the document, such as 4.2.")] = None

    def label(self, name: Name) -> str:
        return f"{name(self.function)}: {name(self.giver)} to {name(self.taker)}"

    def sentence(self, name: Name) -> str:
        limit = f" up to {pounds(self.upper)}" if self.upper is not None else ""
        what = name(self.function)
        return f"{name(self.giver)} lets {name(self.taker)} decide on “{what}”{limit}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        if self.giver == self.taker:
            yield "Nobody can delegate to itself."
        if min(self.lower or 0, self.upper or 0, self.delegatable or 0) < 0:
            yield "A limit cannot be below nothing."
        if self.lower is not None and self.upper is not None and self.lower >= self.upper:
            yield (
                f"The limit runs from {pounds(self.lower)} to {pounds(self.upper)}: nothing "
                "lies between."
            )
        if self.limit == "no limit" and self.upper is not None:
            yield f"It has no limit, and yet one of {pounds(self.upper)}; say which."
        if (self.onward == "limited") != (self.onward_depth is not None):
            yield "Say how many times it may be passed on if, and only if, that is limited."


class Reservation(Fact, frozen=True, kw_only=True):
    """A function, or an amount of it, that a body keeps to itself, whatever it has delegated."""

    kind = "reservation"
    plural = "reservations"

    holder: Annotated[
        str, refers_to("body", "post", title="Reserved to", description="Who keeps it.")
    ]
    function: Annotated[str, refers_to("function", title="Function", description="What is kept.")]
    area: Annotated[
        str | None, refers_to("area", title="Area", description="Where. Empty: everywhere.")
    ] = None
    lower: Annotated[
        int | None,
        says("Above, in pence", "Only amounts above this are kept. Empty: all."),
    ] = None
    instrument: Annotated[
        str | None,
        refers_to("instrument", title="Document", description="The document that says so."),
    ] = None
    line: Annotated[str | None, says("Line", "Where in the document.")] = None

    def label(self, name: Name) -> str:
        return f"{name(self.function)}: reserved to {name(self.holder)}"

    def sentence(self, name: Name) -> str:
        above = f" above {pounds(self.lower)}" if self.lower is not None else ""
        return f"“{name(self.function)}”{above} is reserved to {name(self.holder)}."

    def faults(self) -> Iterator[str]:
        yield from Fact.faults(self)
        if (self.lower or 0) < 0:
            yield "A limit cannot be below nothing."


class AllocationRule(Fact, frozen=True, kw_only=True):
    """At which level functions of some nature are normally led. It suggests; it does not decide."""

    kind = "allocation-rule"
    plural = "allocation rules"

    name: Annotated[str, says("Rule", "The rule in a few words.", min_length=1)]
    within: Annotated[
        str, refers_to("area", title="System", description="The system that uses the rule.")
    ]
    natures: Annotated[
        tuple[Nature, ...], says("For functions that are", "Any of these.", min_length=1)
    ]
    levels: Annotated[
        tuple[Literal["system", "local delivery system", "place", "neighbourhood"], ...],
        says("Led at", "The level or levels at which they are normally led.", min_length=1),
    ]


class Readiness(Fact, frozen=True, kw_only=True):
    """Whether a body was found ready to take on a function, and by whom."""

    kind = "readiness"
    plural = "readiness assessments"

    body: Annotated[str, refers_to("body", title="Body", description="Who was assessed.")]
    function: Annotated[
        str, refers_to("function", title="Function", description="What it would take on.")
    ]
    outcome: Annotated[
        Literal["ready", "ready with conditions", "not ready", "not assessed"],
        says("Found", "What was found."),
    ]
    by: Annotated[
        str | None, refers_to("body", title="Assessed by", description="Who assessed it.")
    ] = None

    def label(self, name: Name) -> str:
        return f"Readiness of {name(self.body)}: {name(self.function)}"

    def sentence(self, name: Name) -> str:
        return f"{name(self.body)} for “{name(self.function)}”: {self.outcome}."
