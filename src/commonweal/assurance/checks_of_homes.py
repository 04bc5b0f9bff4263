"""Checks that nothing goes on naming a body whose place another has taken."""

from collections.abc import Iterator

from commonweal.bodies.facts import Body
from commonweal.record.findings import Finding
from commonweal.record.naming import Succession
from commonweal.record.snapshot import Snapshot
from commonweal.record.standing import stands
from commonweal.record.wording import listed
from commonweal.statute.rule import rule
from commonweal.statute.runner import check

from .drill import still_naming


@check("OVR-HOME")
def what_it_held_has_a_home(snapshot: Snapshot) -> Iterator[Finding]:
    law = rule("OVR-HOME")
    told = set()
    for name, passed in snapshot.all(Succession).items():
        if passed.before in told or "/body/" not in passed.before or not stands(passed):
            continue
        body = snapshot.get(passed.before)
        if isinstance(body, Body) and body.stage != "dissolved":
            continue
        told.add(passed.before)
        left = still_naming(snapshot, passed.before)
        facts = tuple(dict.fromkeys(each.entity for each in left))
        after, more = snapshot.name(passed.after), {"sources": passed.sources, "about": facts}
        if not left:
            because = f"Nothing that is still open names it now that {after} has its place."
            yield law.met(name, because, **more)
        else:
            names = dict.fromkeys(f"‘{each.name}’" for each in left)
            verb = "names" if len(facts) == 1 else "name"
            because = f"{after} has its place, and yet {listed(names, most=3)} still {verb} it."
            yield law.not_met(name, because, **more)
