"""What the page of a body shows of scrutiny: what it still owes, and what it waits for."""

from commonweal.record.facts import Fact
from commonweal.record.snapshot import Snapshot
from commonweal.scrutiny.owed import Task, awaited, overdue, tasks
from commonweal_site.record.presenting import Link, Table, link_to, path_of, table


def owed_sections(snapshot: Snapshot, body: str) -> list[Table]:
    """What a body owes to scrutiny or Healthwatch, or is owed, overdue first; none if nothing."""
    on = snapshot.as_at
    every = (*overdue(snapshot, on), *awaited(tasks(snapshot), on))
    found = {(task.about, task.who): task for task in every if body in {task.who, task.to}}
    if not found:
        return []
    facts = [(task.about, snapshot.fact(task.about)) for task in found.values()]
    told = iter(found.values())

    def cells(name: str, fact: Fact) -> tuple[str | Link, ...]:
        task: Task = next(told)
        who = link_to(snapshot, task.who) if task.who else task.owed_by(snapshot)
        return who, task.title, Link(fact.label(snapshot.name), path_of(name)), task.in_words(on)

    heads = ("Who owes it", "What", "About", "Where it stands")
    return [table(snapshot, "Owed to scrutiny and Healthwatch", heads, facts, cells)]
