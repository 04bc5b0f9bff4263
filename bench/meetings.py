"""How fast the ten lines of decisions are tried, and a calendar of meetings is written."""

from datetime import UTC, date, datetime, timedelta

from bench.authority import DAY, Made, england
from bench.rows import Measured, row, watch
from commonweal.bodies.facts import QuorumRule, Seat
from commonweal.meetings.decided import Decision, Vote
from commonweal.meetings.facts import AgendaItem, Attendance, Meeting
from commonweal.record.facts import Fact
from commonweal.record.snapshot import Snapshot
from commonweal.vocabulary import VOCABULARY

BOARD = "e/body/b0"
SEATS, ITEMS = 10, 20
_FIRST = date(2024, 1, 3)


def year_of(meetings: int) -> dict[str, Fact]:
    """A made-up England of 1,000 delegations, one board's meetings and twenty decisions at each."""
    facts: dict[str, Fact] = england(1_000)
    board = next(name for name in facts if name.split("/")[1] == "body")
    area = next(name for name in facts if name.split("/")[1] == "area")
    facts["e/quorum/board"] = QuorumRule(body=board, members=6, voting_only=True)
    for seat in range(SEATS):
        facts[f"e/seat/s{seat}"] = Seat(body=board, role=f"Seat {seat}", voting="voting")
    for number in range(meetings):
        facts.update(_meeting(number, board, area))
    return facts


def _meeting(number: int, board: str, area: str) -> dict[str, Fact]:
    when = _FIRST + timedelta(number % 1_000)
    notice = (when - timedelta(8)).isoformat()
    name = f"e/meeting/m{number}"
    found: dict[str, Fact] = {
        name: Meeting(body=board, when=when.isoformat(), time="10:00", type="held", notice=notice,
                      venue="A hall", public=True)
    }  # fmt: skip
    for seat in range(SEATS):
        found[f"e/attendance/m{number}-{seat}"] = Attendance(meeting=name, who=f"e/seat/s{seat}")
    for item in range(ITEMS):
        at = f"e/item/m{number}-{item}"
        found[at] = AgendaItem(meeting=name, number=str(item + 1), name=f"Item {item}")
        found[f"e/decision/m{number}-{item}"] = Decision(
            name=f"Decision {item}", item=at, type="vote", outcome="carried", amount=1_000_000,
            function=f"e/function/h{item % 20}-{number % 20}", area=area,
            votes=tuple(Vote(seat=f"e/seat/s{seat}", cast="for") for seat in range(SEATS)),
        )  # fmt: skip
    return found


def snapshot_of(facts: dict[str, Fact]) -> Snapshot:
    """The facts as a snapshot reads them."""
    known = datetime(2026, 12, 1, tzinfo=UTC)
    return Snapshot(VOCABULARY, Made(facts), as_at=DAY, known=known, head=len(facts))


@row("Try the ten lines of every decision", sizes=(100, 1_000), of="decisions", unit="s", at_most=3)
def ten_lines(size: int) -> Measured:
    from commonweal.meetings.powers import authority_of
    from commonweal.meetings.vires import LINES, vires

    snapshot = snapshot_of(year_of(size // ITEMS))
    with watch() as took:
        for name in snapshot.all(Decision):
            assert len(vires(snapshot, name, authority=authority_of)) == len(LINES)
    return Measured(took.seconds, processor=took.processor)


@row(
    "Write the calendar of a body", sizes=(10, 100, 1_000), of="meetings", unit="s", at_most=2,
    peer="icalendar alone, from plain values",
)  # fmt: skip
def calendar(size: int) -> Measured:
    from icalendar import Calendar, Event

    from commonweal_site.meetings.feeds import written
    from commonweal_site.meetings.forward import meetings_of

    kinds = {"meeting", "body", "area"}
    facts = {n: f for n, f in year_of(size).items() if n.split("/")[1] in kinds}
    snapshot = snapshot_of(facts)
    board = next(iter(snapshot.all(Meeting).values())).body
    with watch() as took:
        found = meetings_of(snapshot, board)
        written(snapshot, found, called="A board", site="https://example.org")
    with watch() as alone:
        plain = Calendar()
        for name, fact in snapshot.all(Meeting).items():
            event = Event()
            event.add("uid", name)
            event.add("dtstamp", snapshot.known)
            event.add("dtstart", datetime.fromisoformat(f"{fact.when}T10:00+00:00"))
            event.add("summary", "A board")
            plain.add_component(event)
        plain.to_ical()
    return Measured(took.seconds, alone.seconds, took.processor)
