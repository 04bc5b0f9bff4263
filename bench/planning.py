"""How fast a matter's story is told, a plan's regard is laid out, and what is due is listed.

The facts are made up: so many matters, each from a need to an outcome. A loop over every fact
stands beside each, as the plain way.
"""

from bench.meetings import snapshot_of
from bench.rows import Measured, median_of, row
from commonweal.meetings.decided import Decision
from commonweal.money.funds import Fund
from commonweal.outcomes.indicators import Indicator
from commonweal.plans.asking import Consultation, Engagement, Heard
from commonweal.plans.due import dues
from commonweal.plans.facts import Link, Plan
from commonweal.plans.items import PlanItem, Regard
from commonweal.plans.milestones import Milestone
from commonweal.plans.regarding import matrix
from commonweal.plans.stories import story
from commonweal.record.facts import Fact
from commonweal.record.snapshot import Snapshot

SYSTEM = "s0"
NEEDS, STRATEGY, FORWARD = (f"{SYSTEM}/plan/{each}" for each in ("needs", "strategy", "forward"))


def matters(size: int) -> dict[str, Fact]:
    """So many matters of one system, each with a fact of most parts."""
    board = f"{SYSTEM}/body/icb"
    facts: dict[str, Fact] = {
        NEEDS: Plan(name="Needs", stage="published"),
        STRATEGY: Plan(name="Strategy", stage="published", builds_on=(Link(plan=NEEDS),)),
        FORWARD: Plan(name="Forward plan", stage="published", builds_on=(Link(plan=STRATEGY),)),
    }
    for n in range(size):
        own = {
            kind: f"{SYSTEM}/{kind}/m{n}"
            for kind in "decision fund milestone indicator engagement regard".split()
        }
        need, aim, step = (f"{SYSTEM}/plan-item/{part}{n}" for part in ("need", "aim", "step"))
        facts |= {
            need: PlanItem(plan=NEEDS, name="Need", type="need"),
            aim: PlanItem(plan=STRATEGY, name="Aim", type="priority", answers=(need,)),
            step: PlanItem(
                plan=FORWARD, name="Step", type="objective", answers=(aim,), money=(own["fund"],),
                milestones=(own["milestone"],), measures=(own["indicator"],),
            ),
            own["decision"]: Decision(name="Pay", by=board, when="2025-03-12", type="delegated",
                                      paid_from=own["fund"]),
            own["fund"]: Fund(name="Pool", type="pooled", year="2025/26"),
            own["milestone"]: Milestone(name="Done", when="2026-03"),
            own["indicator"]: Indicator(name="Better"),
            own["engagement"]: Engagement(
                name="Listening", heard=(Heard(said="Pay", did="Paid", through=own["decision"]),)
            ),
            own["regard"]: Regard(plan=STRATEGY, item=aim, by=own["decision"], how="It pays."),
        }  # fmt: skip
    return facts


def scanned(snapshot: Snapshot, facts: dict[str, Fact], start: str, steps: int) -> set[str]:
    """What is so many links away, by asking every fact at each step what it names."""
    found = {start}
    for _ in range(steps):
        more = set()
        for name, fact in facts.items():
            kind = snapshot.vocabulary.kind_of(name)
            named = {each.entity for each in kind.references(fact)}
            if name in found:
                more |= named
            elif named & found:
                more.add(name)
        found |= more
    return found


@row(
    "Tell the story of one matter among so many", sizes=(10, 100, 1_000), of="matters", unit="ms",
    at_most=50, peer="A loop over every fact, one link far",
)  # fmt: skip
def one_story(size: int) -> Measured:
    facts = matters(size)
    snapshot, start = snapshot_of(facts), f"{SYSTEM}/decision/m0"
    told = {each.touch.part for each in story(snapshot, start)}
    assert {"need", "plan", "engagement", "money", "milestone", "outcome"} <= told
    ours = median_of(10, lambda: story(snapshot, start))
    plainly = median_of(1, lambda: scanned(snapshot, facts, start, 1))
    return Measured(ours * 1000, plainly * 1000)


@row(
    "Lay out who bore a plan in mind, item by item", sizes=(10, 100, 1_000), of="items", unit="ms",
    at_most=500, peer="A loop over every note for each cell",
)  # fmt: skip
def regard(size: int) -> Measured:
    facts = matters(size)
    snapshot = snapshot_of(facts)
    found = matrix(snapshot, STRATEGY)
    assert len(found.rows) == size
    notes = [each for each in facts.values() if isinstance(each, Regard)]
    columns = found.columns[:10]

    def plainly() -> int:
        return sum(
            n.item == row and n.by == c for row in found.rows for c in columns for n in notes
        )

    ours = median_of(5, lambda: matrix(snapshot, STRATEGY))
    # The loop looks at ten columns alone: at a thousand items all of them would take minutes.
    return Measured(ours * 1000, median_of(1, plainly) * 1000)


def plans(size: int) -> dict[str, Fact]:
    """So many plans of the country, each with a day for its review and a question that is open."""
    facts: dict[str, Fact] = {}
    for n in range(size):
        name = f"s{n % 42}/plan/p{n}"
        facts[name] = Plan(
            name="A plan", stage="published", review_due=f"20{25 + n % 5}-0{1 + n % 9}"
        )
        facts[f"s{n % 42}/consultation/c{n}"] = Consultation(
            plan=name, who=f"s{n % 42}/body/b", opens="2026-01-05", closes="2026-12-18"
        )
    return facts


@row(
    "List what is due of the plans of the country", sizes=(100, 1_000, 10_000), of="plans",
    unit="ms", at_most=1_000, peer="A loop that only reads the days",
)  # fmt: skip
def due(size: int) -> Measured:
    facts = plans(size)
    snapshot = snapshot_of(facts)
    assert len(dues(snapshot)) == 2 * size
    days = median_of(3, lambda: sorted(p.review_due for p in facts.values() if isinstance(p, Plan)))
    return Measured(median_of(3, lambda: dues(snapshot)) * 1000, days * 1000)
