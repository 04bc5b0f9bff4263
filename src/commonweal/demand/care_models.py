"""What the sources say that new models of care did, as scenarios that anybody can run."""

from functools import cache
from importlib.resources import files

import msgspec
import yaml

from .errors import CannotProject, near
from .scenario import Growth, Kind, Mitigation, Scenario


class Change(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mitigation as reported of one year. Fields as of `Mitigation`."""

    name: str
    kind: Kind
    types: tuple[str, ...]
    remaining: float
    share: float | None


class Grown(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Growth as reported of one year, with whatever population did in it."""

    types: tuple[str, ...]
    yearly: float


class CareModel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a source says of a model of care, in its own terms and no more."""

    name: str
    says: str
    source: str
    growth: tuple[Grown, ...] = ()
    changes: tuple[Change, ...] = ()

    def scenario(
        self, base: int, horizon: int, variant: str, *, share: float | None = None
    ) -> Scenario:
        """What would come of it if growth went on, and changes were in full a year after the base.

        People do not change in it: what was reported has them in it already.

        variant  any population variant of the inputs
        share    of the activity, the share that is avoidable, where the source does not say
        """
        growth = tuple(
            Growth(types=each.types, yearly=each.yearly, source=self.source) for each in self.growth
        )
        changes = tuple(
            Mitigation(
                name=each.name, kind=each.kind, types=each.types, remaining=each.remaining,
                share=share if each.share is None else each.share,
                starts=base, full=base + 1, source=self.source,
            )
            for each in self.changes
        )  # fmt: skip
        return Scenario(
            name=self.name, source=self.source, base=base, horizon=horizon,
            variants={variant: 1.0}, demography=False, growth=growth, mitigations=changes,
        )  # fmt: skip


@cache
def care_models() -> tuple[CareModel, ...]:
    """Those that ship, in the order of their source."""
    shipped = yaml.safe_load((files(__package__) / "care_models.yaml").read_text("utf-8"))
    return msgspec.convert(shipped, tuple[CareModel, ...])


def care_model(name: str) -> CareModel:
    """One by name. Raises CannotProject with the names that do exist."""
    for each in care_models():
        if each.name == name:
            return each
    names = [each.name for each in care_models()]
    raise CannotProject([f"There is no care model “{name}”. There are: {near(names)}."])
