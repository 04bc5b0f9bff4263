"""Assumptions as people say and write them: in which unit, and how far each may go.

What is kept of a growth is 1.02, and what is said is 2% a year. Both can be written; whoever writes
one is told the other.
"""

import re
from decimal import Decimal
from math import ceil, log10
from typing import NamedTuple

from .changing import Assumed
from .errors import CannotProject
from .facts import UNITS, Acts
from .ranges import Range, Stated, ranged

CARE = frozenset({"avoidance", "efficiency", "substitution"})
_NUMBER = re.compile(r"([-−+]?[0-9]{1,12}(?:\.[0-9]{1,12})?)\s*(%?)")
_BOTH_ENDS = 2


def plain_unit(acts: Acts) -> str:
    """The unit in which a person is asked and answered."""
    if acts in CARE:
        return "% less"
    return {"growth": "% a year", "waiting list": " more a year"}.get(acts, "%")


def plain[N: (float, Decimal)](acts: Acts, value: N) -> N:
    """A number in that unit: what leaves 0.55 is 45% less."""
    if acts in CARE:
        return (1 - value) * 100
    if acts == "growth":
        return (value - 1) * 100
    return value if acts == "waiting list" else value * 100


def kept[N: (float, Decimal)](acts: Acts, said: N) -> N:
    """A number in that unit as it is kept: 45% less leaves 0.55."""
    if acts in CARE:
        return 1 - said / 100
    if acts == "growth":
        return 1 + said / 100
    return said if acts == "waiting list" else said / 100


class Scale(NamedTuple):
    """How far an assumption may be moved, in the unit in which it is said.

    step  of a slider
    """

    acts: Acts
    unit: str
    least: float
    most: float
    step: float

    @property
    def bounds(self) -> str:
        """How far, as it is said and as it is kept.

        >>> Scale("growth", "% a year", -5, 10, 0.1).bounds
        '−5 to 10% a year, which is 0.95 to 1.1 times the year before'
        """
        said = _signed(f"{self.least:,.6g} to {self.most:,.6g}{self.unit}")
        if self.acts == "waiting list":
            return said
        low, high = sorted(kept(self.acts, end) for end in (self.least, self.most))
        return f"{said}, which is {low:g} to {high:g} {UNITS[self.acts]}"


_SCALES: dict[Acts, tuple[float, float, float]] = {
    "growth": (-5, 10, 0.1), "health": (0, 100, 0.5), "baseline": (50, 150, 0.5),
    "avoidance": (0, 100, 0.5), "efficiency": (0, 100, 0.5), "substitution": (0, 100, 0.5),
}  # fmt: skip


def scale(it: Assumed) -> Scale:
    """How far an assumption may be moved: at least as far as it is assumed to go."""
    of = ranged(it.stated)
    if it.does == "waiting list":
        most = max(1_000.0, 10.0 ** ceil(log10(max(abs(of.high), 1)) + 1))
        return Scale(it.does, plain_unit(it.does), 0, most, most / 1_000)
    least, most, step = _SCALES[it.does]
    ends = [round(plain(it.does, end), 6) for end in (of.low, of.high)]
    return Scale(it.does, plain_unit(it.does), min(least, *ends), max(most, *ends), step)


def in_words(acts: Acts, stated: Stated) -> str:
    """A number or range as a person says it.

    >>> in_words("growth", Range(1.004, 1.014)), in_words("efficiency", 0.8)
    ('0.4 to 1.4% a year', '20% less')
    """
    of = ranged(stated)
    ends = sorted(round(plain(acts, end), 6) for end in (of.low, of.high))
    words = " to ".join(dict.fromkeys(f"{end:,.6g}" for end in ends))
    return _signed(f"{words}{plain_unit(acts)}")


def as_kept(stated: Stated) -> str:
    """The same as it is kept, as it can be written.

    >>> as_kept(Range(1.004, 1.014))
    '1.004,1.014'
    """
    of = ranged(stated)
    return ",".join(dict.fromkeys(f"{end:.12g}" for end in (of.low, of.high)))


def written(it: Assumed, text: str) -> Stated:
    """What is written in place of an assumption: 2% or 1.02, alone or as LOW,HIGH.

    raises  CannotProject, with how far it may go
    """
    ends = _ends(text, f"{it.handle}={text}")
    unit = plain_unit(it.does)
    if any(per_cent for _, per_cent in ends) and "%" not in unit:
        raise CannotProject([f"“{it.name}” is a number{unit}, not per cent: write it bare."])
    values = [round(kept(it.does, number), 12) if per_cent else number for number, per_cent in ends]
    own = scale(it)
    for value in values:
        said = plain(it.does, value)
        if not own.least - 1e-9 <= said <= own.most + 1e-9:
            meant = f"“{it.handle}={text}” means {_too_far(it.does, said)}"
            raise CannotProject([f"{meant}, which cannot be used. Give {own.bounds}."])
    if len(values) == 1:
        return values[0]
    low, high = sorted(values)
    whole = ranged(it.stated)
    return Range(low, high, whole.least, whole.most)


def _too_far(acts: Acts, said: float) -> str:
    """A number beyond its scale as a person says it, for whom −50% less is 50% more."""
    if acts in CARE and said < 0:
        return f"{-said:,.6g}% more"
    sign = "+" if acts == "growth" else ""
    return _signed(f"{said:{sign},.6g}{plain_unit(acts)}")


def share_written(name: str, text: str) -> Stated:
    """A share as 20% or 0.2, or its range. Raises CannotProject for one that is not 0 to 1."""
    shares = [
        number / 100 if per_cent else number for number, per_cent in _ends(text, f"{name}={text}")
    ]
    for share in shares:
        if not 0 <= share <= 1:
            raise CannotProject(
                [f"“{name}={text}” is a share of {share:.0%}: give one from 0% to 100%, or 0 to 1."]
            )
    if len(shares) == 1:
        return shares[0]
    low, high = shares
    return Range(low, high, 0.0, 1.0)


def share_in_words(stated: Stated | None) -> str:
    """A share, or its range, in per cent; one that is not stated is said to be so.

    >>> share_in_words(0.18), share_in_words(Range(0.1, 0.25))
    ('18%', '10 to 25%')
    """
    if stated is None:
        return "a share that is not stated"
    of = ranged(stated)
    ends = dict.fromkeys(f"{100 * end:.4g}" for end in (of.low, of.high))
    return f"{' to '.join(ends)}%"


def _ends(text: str, whole: str) -> list[tuple[float, bool]]:
    """The one or two numbers that are written, each with whether it is per cent."""
    parts = [_NUMBER.fullmatch(part.strip()) for part in text.split(",")]
    found = [(float(it[1].replace("−", "-")), it[2] == "%") for it in parts if it]
    if len(found) != len(parts) or len(parts) > _BOTH_ENDS:
        raise CannotProject(
            [f"“{text}” is neither a number nor a range: write NUMBER or LOW,HIGH, as 0.8 or 20%."]
        )
    if len({per_cent for _, per_cent in found}) > 1:
        raise CannotProject([f"“{whole}” has one end in per cent and one not: write both alike."])
    numbers = [number for number, _ in found]
    if numbers != sorted(numbers):
        raise CannotProject(
            [f"“{whole}” runs from {numbers[0]:g} down to {numbers[1]:g}: put the lower end first."]
        )
    return found


def _signed(text: str) -> str:
    return text.replace("-", "−")
