"""Invented residents, with five years of what they have and use: no row is about anybody.

Ages, sexes, deprivation and recorded conditions follow public tables of England; what has no table
is assumed, and `invented.yaml` says which is which. One seed gives the same rows on every machine.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl
import yaml
from msgspec import Struct

from commonweal.record.errors import SpeakingError

from .conditions import DEFICITS, FOR_A_YEAR, IN_HOSPITAL, codes
from .scores import hospital_weights

type Numbers = npt.NDArray[np.floating]
type Whole = npt.NDArray[np.integer]

AT_ONCE = 100_000
"""People drawn together. Rows do not depend on how many parts are asked for."""

YEARS = 5
IN_AN_AREA, IN_A_PRACTICE = 1_500, 9_000
SYSTEM = "Invented system"
PLACES = {
    "Invented city": (0.27, 0.35), "Invented coast": (0.33, 0.22), "Invented hills": (0.40, 0.10),
}  # fmt: skip
"""Each place, with its share of the people and the share of its small areas that are in the most
deprived fifth of England; the other fifths are alike."""

_EPOCH = date(1970, 1, 1)
_RESOLVED = 0.02  # of conditions, besides those that the rates are of; assumed
_USUALLY = 0.75  # of diagnoses are of codes that no score or segment counts; assumed
_LAST = 18  # the band of 90 and over
_BEARING = range(3, 9)  # bands of five years
_CLUSTERED = 0.5  # how unevenly conditions fall on people alike in age and deprivation; assumed


class TooFew(SpeakingError):
    """Fewer people than can be drawn."""


class Drawn(Struct, frozen=True, forbid_unknown_fields=True):
    """A rate for each fifth of deprivation, per 1,000, and how it goes with age."""

    shape: str
    fifths: tuple[float, ...]


class Happening(Struct, frozen=True, forbid_unknown_fields=True):
    """Events a person a year, and how they go with age."""

    shape: str
    rate: float
    source: str


class Ages(Struct, frozen=True, forbid_unknown_fields=True):
    """People by bands of five years."""

    source: str
    per_thousand: tuple[float, ...]
    female: tuple[float, ...]


class Recorded(Struct, frozen=True, forbid_unknown_fields=True):
    """Conditions with a source, and without."""

    source: str
    given: dict[str, Drawn]
    assumed: dict[str, Drawn]


class Invention(Struct, frozen=True, forbid_unknown_fields=True):
    """All that residents are drawn from: `invented.yaml`, checked."""

    ages: Ages
    shapes: dict[str, tuple[float, ...]]
    conditions: Recorded
    deficits: tuple[float, float, float]
    events: dict[str, Happening]
    no_night: dict[str, float]
    nights: dict[str, float]
    by_ambulance: float
    in_care: dict[str, float]


@cache
def invention() -> Invention:
    """What residents are drawn from."""
    text = (files(__package__) / "invented.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), Invention, strict=False)


def residents(people: int, *, as_at: date, seed: int = 1) -> Iterator[dict[str, pl.DataFrame]]:
    """So many invented residents, a part at a time, with the five years before a day.

    returns  parts of at most AT_ONCE people: for each name of `rows.TABLES` a frame
    raises   TooFew
    """
    if people < 1:
        raise TooFew(f"{people:,} people are none to draw: ask for 1 or more.")
    for part in range(-(-people // AT_ONCE)):
        first = part * AT_ONCE
        yield _Part(first, min(AT_ONCE, people - first), as_at, seed).tables()


class _Part:
    """Some of the people: their numbers, and the chances that are theirs alone."""

    def __init__(self, first: int, people: int, as_at: date, seed: int) -> None:
        self.from_ = invention()
        # All are drawn even if fewer are wanted, so that a larger set begins with a smaller one.
        self.chance = np.random.default_rng([seed, first])
        self.last_day = (as_at - _EPOCH).days
        self.size = AT_ONCE
        self.wanted = first + people
        self.person = np.arange(first, first + AT_ONCE)
        self.area = self.person // IN_AN_AREA
        self._places()
        self._ages()
        spread = self.chance.normal(-(_CLUSTERED**2) / 2, _CLUSTERED, self.size)
        self.ill_luck = np.exp(spread)  # 1 on average

    def _places(self) -> None:
        """Small areas are dealt out to places and fifths by the number of the area alone."""
        turn = (self.area * 0.7548776662) % 1
        ends = np.cumsum([share for share, _ in PLACES.values()])
        self.place = np.minimum(np.searchsorted(ends, turn, side="right"), len(PLACES) - 1)
        most = np.array([deprived for _, deprived in PLACES.values()])[self.place]
        other = (self.area * 0.5698402910) % 1
        rest = 2 + np.floor((other - most) / (1 - most) * 4)
        self.fifth = np.where(other < most, 1, rest).astype(np.int8)

    def _ages(self) -> None:
        share = np.array(self.from_.ages.per_thousand)
        self.band = self.chance.choice(len(share), self.size, p=share / share.sum())
        self.age = self.band * 5 + self.chance.integers(0, np.where(self.band == _LAST, 8, 5))
        self.female = self.chance.random(self.size) < np.array(self.from_.ages.female)[self.band]

    def tables(self) -> dict[str, pl.DataFrame]:
        made = {
            "residents": self._residents(),
            "conditions": self._conditions(),
            **self._spells(),
            "attendances": self._attendances(),
            "contacts": self._contacts(),
            "care": self._care(),
        }
        return {name: frame.filter(pl.col("person") < self.wanted) for name, frame in made.items()}

    # --- what each table is drawn by --------------------------------------------------------------

    def _relative(self, shape: str) -> Numbers:
        """For each person how a rate goes with age, 1 on average over the people of England."""
        by_band = np.array(self.from_.shapes[shape])
        share = np.array(self.from_.ages.per_thousand)
        scaled: Numbers = (by_band / np.average(by_band, weights=share))[self.band]
        return scaled

    def _days_ago(self, number: int, most: int) -> Whole:
        return self.last_day - self.chance.integers(1, most, number)

    def _residents(self) -> pl.DataFrame:
        # Born so many years and some days before, and on the first of that month.
        days = self.age * 365.25 + self.chance.integers(31, 365, self.size)
        names = np.array(list(PLACES))
        return pl.DataFrame(
            {
                "person": self.person,
                "born": _dates((self.last_day - days).astype(np.int64)).dt.truncate("1mo"),
                "sex": np.where(self.female, "female", "male"),
                "area": np.char.add("Z01", np.char.zfill(self.area.astype(str), 6)),
                "fifth": self.fifth,
                "practice": np.char.add("Z", np.char.zfill(
                    (self.person // IN_A_PRACTICE).astype(str), 5)),
                "place": names[self.place],
                "system": np.full(self.size, SYSTEM),
            }
        )  # fmt: skip

    def _conditions(self) -> pl.DataFrame:
        drawn = self.from_.conditions.given | self.from_.conditions.assumed
        parts = []
        for name, each in drawn.items():
            rate = np.array(each.fifths)[self.fifth - 1] / 1_000
            likely = rate * self._relative(each.shape) * self.ill_luck
            parts.append(self._recorded(name, np.minimum(likely, 0.95)))
        stage = np.searchsorted([50, 65, 80], self.age, side="right")
        likely = np.array([0.0, *self.from_.deficits])[stage] * self.ill_luck
        parts += [
            self._recorded(name, np.minimum(likely, 0.8))
            for name, shown_by in DEFICITS.items()
            if shown_by == (name,) and name not in drawn
        ]
        return pl.concat(parts)

    def _recorded(self, name: str, likely: Numbers) -> pl.DataFrame:
        lasting = 1 - _RESOLVED
        have = self.person[self.chance.random(self.size) < likely / lasting]
        since = self._days_ago(len(have), 365 if name in FOR_A_YEAR else 365 * YEARS * 2)
        until = since + np.floor((self.last_day - since) * self.chance.random(len(have)))
        resolved = self.chance.random(len(have)) >= lasting
        return pl.DataFrame(
            {"person": have, "condition": pl.repeat(name, len(have), eager=True),
             "since": _dates(since), "until": _dates(until, but=~resolved)}
        )  # fmt: skip

    def _times(self, name: str) -> Whole:
        """The number of each person, once for every event that befell them in five years."""
        each = self.from_.events[name]
        mean = each.rate * YEARS * self._relative(each.shape) * self.ill_luck
        return np.repeat(self.person, self.chance.poisson(mean))

    def _spells(self) -> dict[str, pl.DataFrame]:
        spells, diagnoses = [], []
        for name in ("unplanned", "planned"):
            person = self._times(name)
            admitted = self._days_ago(len(person), 365 * YEARS)
            stayed = self.chance.random(len(person)) >= self.from_.no_night[name]
            nights = np.where(
                stayed, self.chance.geometric(1 / self.from_.nights[name], len(person)), 0
            )
            left = admitted + nights
            spells.append(
                pl.DataFrame(
                    {"person": person, "admitted": _dates(admitted),
                     "discharged": _dates(left, but=left >= self.last_day),
                     "planned": pl.repeat(name == "planned", len(person), eager=True)}
                )
            )  # fmt: skip
            diagnoses.append(self._diagnoses(person, admitted))
        return {"spells": pl.concat(spells), "diagnoses": pl.concat(diagnoses)}

    def _diagnoses(self, person: Whole, admitted: Whole) -> pl.DataFrame:
        """One to six codes a spell, more for the old; which codes is assumed."""
        who = person - self.person[0]
        number = 1 + self.chance.binomial(5, np.clip(self.age[who] / 100, 0, 1) * 0.6)
        whose, day = np.repeat(person, number), np.repeat(admitted, number)
        usual = self.chance.random(len(whose)) < _USUALLY
        # By its place in _CODES, which begins with the usual ones.
        code = np.where(
            usual,
            self.chance.integers(0, _USUAL, len(whose)),
            self.chance.integers(_USUAL, len(_CODES), len(whose)),
        )
        bearing = self.female & np.isin(self.band, _BEARING)
        code = np.where(_OF_BIRTH[code] & ~bearing[whose - self.person[0]], 0, code)
        return pl.DataFrame({"person": whose, "day": _dates(day), "code": _CODES.gather(code)})

    def _attendances(self) -> pl.DataFrame:
        major, minor = self._times("major"), self._times("minor")
        person = np.concatenate([major, minor])
        is_major = np.arange(len(person)) < len(major)
        by_ambulance = is_major & (self.chance.random(len(person)) < self.from_.by_ambulance)
        return pl.DataFrame(
            {"person": person, "day": _dates(self._days_ago(len(person), 365 * YEARS)),
             "major": is_major, "by_ambulance": by_ambulance}
        )  # fmt: skip

    def _contacts(self) -> pl.DataFrame:
        parts = []
        for team in ("community", "mental health", "outpatients"):
            person = self._times(team)
            day = _dates(self._days_ago(len(person), 365 * YEARS))
            named = pl.repeat(team, len(person), eager=True)
            parts.append(pl.DataFrame({"person": person, "day": day, "team": named}))
        return pl.concat(parts)

    def _care(self) -> pl.DataFrame:
        parts = []
        for kind, per_thousand in self.from_.in_care.items():
            likely = per_thousand / 1_000 * self._relative("oldest") * self.ill_luck
            person = self.person[self.chance.random(self.size) < likely]
            starts = _dates(self._days_ago(len(person), 365 * YEARS))
            parts.append(
                pl.DataFrame(
                    {"person": person, "starts": starts,
                     "ends": pl.repeat(None, len(person), dtype=pl.Date, eager=True),
                     "kind": pl.repeat(kind, len(person), eager=True)}
                )
            )  # fmt: skip
        return pl.concat(parts)


def _dates(days: Whole | Numbers, *, but: npt.NDArray[np.bool_] | None = None) -> pl.Series:
    """Days since 1970 as dates; null where `but`."""
    there = pl.Series(days.astype(np.int32)).cast(pl.Date)
    return (
        there if but is None else there.zip_with(~pl.Series(but), pl.Series([None], dtype=pl.Date))
    )


def _all_codes() -> pl.Series:
    usual = "I10 E11 J45 R07 R10 K57 H26 M17 C44 J06 I48".split()
    named = [code for span in IN_HOSPITAL.values() for code in codes(span)[:2]]
    return pl.Series([*usual, *hospital_weights()["code"], *named])


_CODES, _USUAL = _all_codes(), 11
_OF_BIRTH = _CODES.str.starts_with("O").to_numpy()
