"""What is asked of the store, as Ibis expressions: every engine answers them the same."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import ibis

from .observations import ENGLAND, KEY


def as_known(figures: Any, revision: int | None = None) -> Any:
    """The observations as they stood after a revision: of each the latest, none twice.

    revision  None: the latest there is
    """
    rows = figures if revision is None else figures.filter(figures.revision <= revision)
    latest = ibis.row_number().over(
        group_by=[rows[name] for name in KEY], order_by=rows.revision.desc()
    )
    numbered = rows.mutate(nth=latest)
    return numbered.filter(numbered.nth == 0).drop("nth")


def of_indicator(
    figures: Any,
    indicator: str,
    *,
    as_at: date,
    revision: int | None = None,
    kind: str | None = None,
    vintage: int | None = None,
    sex: str | None = None,
    age: str | None = None,
    beside: str = ENGLAND,
    by_group: bool = False,
) -> Any:
    """Figures of an indicator for every area and every period that was over on a day.

    as_at     a period counts once it has ended
    kind, vintage, sex, age  None: all that there are
    beside    the area that the others are set beside, there whatever its kind
    by_group  figures of groups of people instead of all people
    """
    rows = as_known(figures.filter(figures.indicator == indicator), revision)
    rows = rows.filter(rows.ends <= as_at)
    for name, wanted in {"kind": kind, "vintage": vintage, "sex": sex, "age": age}.items():
        if wanted is not None:
            its_own = rows.area == beside if name in {"kind", "vintage"} else False
            rows = rows.filter((rows[name] == wanted) | its_own)
    return rows.filter(rows.grouping != "" if by_group else rows.grouping == "")


def of_indicators(
    figures: Any, indicators: Sequence[str], *, as_at: date, revision: int | None = None
) -> Any:
    """Everything of some indicators that was over on a day: every area, sex, age and group."""
    rows = as_known(figures.filter(figures.indicator.isin(list(indicators))), revision)
    return rows.filter(rows.ends <= as_at)


def what_there_is(figures: Any) -> Any:
    """For each indicator, kind of area, vintage, sex and age: periods, areas and revisions."""
    return (
        as_known(figures)
        .group_by("indicator", "kind", "vintage", "sex", "age", "grouping")
        .agg(
            first=lambda t: t.starts.min(),
            last=lambda t: t.ends.max(),
            areas=lambda t: t.area.nunique(),
            figures=lambda t: t.count(),
            revision=lambda t: t.revision.max(),
        )
    )
