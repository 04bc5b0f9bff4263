"""An organisation as its service has it, set beside what the record has under the same code.

Nothing is put right by itself: both may be right, of different days.
"""

from collections.abc import Iterator

from commonweal.areas.facts import Area
from commonweal.bodies.facts import Body
from commonweal.record.naming import Code
from commonweal.record.snapshot import Snapshot
from commonweal.sources.organisations import Organisation


def beside(found: Organisation, record: Snapshot) -> tuple[str, ...]:
    """Whether the record has the code on its day, and what the two say differently."""
    on = f"{record.as_at.day} {record.as_at:%B %Y}"
    named = [
        fact.of
        for fact in record.all(Code).values()
        if (fact.type, fact.code) == ("ODS", found.code)
    ]
    if not named:
        return (f"Nothing on record has the code {found.code} on {on}.",)
    return tuple(line for entity in named for line in _differ(found, entity, record, on))


def _differ(found: Organisation, entity: str, record: Snapshot, on: str) -> Iterator[str]:
    yield f"On record on {on}: {entity}."
    fact = record.get(entity)
    if isinstance(fact, Body | Area) and fact.name.casefold() != found.name.casefold():
        yield f"Its name on record is “{fact.name}”."
    if not found.active:
        yield f"The service has it closed, the record has its code on {on}."
