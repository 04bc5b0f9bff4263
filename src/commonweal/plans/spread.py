"""How care models spread: where each was taken up and how far it has come, by its sources."""

from collections import Counter
from typing import NamedTuple, get_args

from commonweal.record.snapshot import Snapshot
from commonweal.record.when import period

from .programmes import Adoption, Programme, Stage

STAGES: tuple[Stage, ...] = get_args(Stage)


class CareModel(NamedTuple):
    """A care model on a day.

    adopted  where it was taken up, in the order of its source; what a source says only of a later
             day is not recorded yet
    """

    name: str
    fact: Programme
    adopted: tuple[Adoption, ...]

    def counted(self) -> Counter[Stage]:
        """How many places are at each stage."""
        return Counter(each.stage for each in self.adopted)


def care_models(snapshot: Snapshot) -> list[CareModel]:
    """Every care model on record, by name of system and then of the model."""
    found = [
        CareModel(name, fact, tuple(e for e in fact.adopted if _told(e, snapshot)))
        for name, fact in snapshot.all(Programme).items()
        if fact.type == "care model"
    ]
    return sorted(found, key=lambda each: (each.name.split("/")[0], each.fact.name))


def _told(each: Adoption, snapshot: Snapshot) -> bool:
    return each.at is None or period(each.at)[0] <= snapshot.as_at
