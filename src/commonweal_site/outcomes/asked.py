"""What a page of figures is asked for: which area, which sex, which age."""

from collections.abc import Iterable
from typing import NamedTuple

from django.http import HttpRequest

from commonweal.record.errors import RecordError, did_you_mean
from commonweal.record.snapshot import Snapshot

from .reading import COUNTRY, Choice, Reading

CHARTS = ("control", "run")
"""Charts over time that may be asked for; without, the one that fits the figures."""


class BadChoice(RecordError):
    """Something was asked for of which there are no figures."""


class Asked(NamedTuple):
    """What is shown. The area is empty if there are no figures of any."""

    area: str
    choice: Choice
    chart: str = ""

    def query(self, **more: str) -> str:
        """As the query of an address, for a link that keeps the choice."""
        parts = {"area": self.area, "sex": self.choice.sex, "age": self.choice.age,
                 "chart": self.chart, **more}  # fmt: skip
        return "&".join(f"{name}={value}" for name, value in parts.items() if value)


def asked(request: HttpRequest, snapshot: Snapshot, reading: Reading) -> Asked:
    """What a request asks of an indicator.

    raises  BadChoice, with what there is instead
    """
    sex = _one_of("sex", request.GET.get("sex", "").strip(), reading.sexes)
    age = _one_of("age", request.GET.get("age", "").strip(), reading.ages)
    choice = Choice(sex or None, age or None)
    areas = [each for each in reading.of(choice)["area"].unique().sort() if each != COUNTRY]
    given = request.GET.get("area", "").strip().strip("/")
    chart = _one_of("chart", request.GET.get("chart", "").strip(), CHARTS)
    return Asked(_area(snapshot, reading, given, areas), choice, chart)


def _one_of(what: str, given: str, there: Iterable[str]) -> str:
    known = list(there)
    if given and given not in known:
        if not known:
            raise BadChoice(f"There are no figures, so none for the {what} ‘{given[:60]}’.")
        raise BadChoice(
            f"There are no figures for the {what} ‘{given[:60]}’. {did_you_mean(given[:60], known)}"
        )
    return given


def _area(snapshot: Snapshot, reading: Reading, given: str, areas: list[str]) -> str:
    system = reading.name.partition("/")[0]
    if given:
        for name in (given, f"{system}/area/{given}"):
            if name in areas:
                return name
        known = [each.rpartition("/")[2] for each in areas]
        near = did_you_mean(given[:60], known) if known else "There are none of any area."
        raise BadChoice(
            f"There are no figures of {reading.indicator.name} for ‘{given[:60]}’. {near}"
        )
    about = reading.indicator.about or ""
    whole = f"{system}/area/system"
    return next((each for each in (about, whole) if each in areas), areas[0] if areas else "")
