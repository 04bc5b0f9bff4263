"""Who does what when health services are scrutinised: by kind of body, and in a system by name."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from commonweal.bodies.facts import Body
from commonweal.record.snapshot import Snapshot
from commonweal.statute.rule import rule


class Role(NamedTuple):
    """One thing that is done, by whom, and the rule that says so."""

    does: str
    who: tuple[str, ...]
    rule: str


@cache
def roles() -> tuple[Role, ...]:
    """Every role, in the order in which a councillor would ask."""
    text = files("commonweal.scrutiny").joinpath("roles.yaml").read_text(encoding="utf-8")
    return tuple(
        Role(each["does"], tuple(each["who"]), each["rule"]) for each in yaml.safe_load(text)
    )


def held(snapshot: Snapshot, system: str) -> tuple[tuple[Role, tuple[str, ...]], ...]:
    """Each role that is law on the snapshot's day, with the bodies of a system that have it."""
    bodies = snapshot.of_system(Body, system)
    found = []
    for each in roles():
        if rule(each.rule).in_force(snapshot.as_at):
            has = sorted(name for name, body in bodies.items() if body.type in each.who)
            found.append((each, tuple(has)))
    return tuple(found)
