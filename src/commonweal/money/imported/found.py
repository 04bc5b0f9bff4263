"""One thing that is wrong with the tables of a file, or that a person must know of them."""

from typing import Literal, NamedTuple

from commonweal.record.sheets import Spot

Kind = Literal["formula", "damage", "cast", "tie", "variance", "rounding", "remark"]

READ_ONLY: frozenset[Kind] = frozenset({"rounding", "remark"})
"""Kinds that need only be read; the others must be confirmed before anything is posted."""


class Found(NamedTuple):
    """One thing that a person must see before anything is posted.

    raw  what stands there
    """

    kind: Kind
    at: Spot | None
    raw: str
    because: str

    def __str__(self) -> str:
        raw = f" (“{self.raw}”)" if self.raw else ""
        return f"{self.at}{raw}: {self.because}" if self.at else self.because

    @property
    def to_confirm(self) -> bool:
        """Whether somebody must say that they have seen it."""
        return self.kind not in READ_ONLY
