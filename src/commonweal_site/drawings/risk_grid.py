"""Risks on a grid of five by five: how likely each is, and how bad it would be."""

from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup

from commonweal.assurance.register import Square
from commonweal.assurance.risks import IMPACT, LIKELIHOOD

from .svg import Cell, Drawing, Row, link, picture, plural, shortened, tag

WIDE, NARROW = 620.0, 300.0
LABEL, NARROW_LABEL = 150.0, 86.0
HIGH, FOOT = 54.0, 44.0
SIDE = 5
FEW = 50
"""Up to so many risks are named; of more it is said how many stand in each square."""

type At = Callable[[str], str]
"""Gives an address with the day kept."""

ABOUT = (
    "Rows: how likely, the most likely at the top. Columns: how bad, from 1, negligible, over 2, "
    "minor, 3, moderate, and 4, major, to 5, severe. The small number in a square is its score; a "
    "square with risks is dark and says how many."
)


def risk_grid(squares: Iterable[Square], at: At) -> Drawing:
    """Every square with its score and the number of risks in it; the table names them."""
    every = tuple(squares)
    number = sum(len(each.risks) for each in every)
    title = f"{plural(number, 'risk')} by how likely and how bad"
    rows = tuple(_rows(every, at, FEW if number <= FEW else 0))
    return Drawing(
        _drawn(every, WIDE, LABEL, "risk-grid", title), title, ABOUT,
        ("Score", "How likely", "How bad", "Risk"), rows,
        _drawn(every, NARROW, NARROW_LABEL, "risk-grid-narrow", title), (ABOUT,),
    )  # fmt: skip


def _rows(every: Iterable[Square], at: At, most: int) -> Iterator[Row]:
    for square in sorted(every, key=lambda each: -each.score.worth):
        if len(square.risks) > most:
            yield (*_place(square), Cell(plural(len(square.risks), "risk")))
            continue
        for each in square.risks:
            yield (*_place(square), Cell(each.risk.name, at(f"/{each.name}")))


def _place(square: Square) -> Row:
    score = square.score
    return (
        Cell(str(score.worth)), Cell(LIKELIHOOD[score.likelihood - 1]),
        Cell(IMPACT[score.impact - 1]),
    )  # fmt: skip


def _drawn(every: tuple[Square, ...], wide: float, label: float, key: str, title: str) -> Markup:
    step = (wide - label) / SIDE
    parts = [*_labels(label, step)]
    for square in every:
        x = label + step * (square.score.impact - 1)
        parts.append(_square(square, x, HIGH * (SIDE - square.score.likelihood), step))
    return picture(
        *parts, key=key, title=title, description=ABOUT, size=(wide, HIGH * SIDE + FOOT),
        links=False, class_="cw-heat",
    )  # fmt: skip


def _labels(label: float, step: float) -> Iterator[Markup]:
    small = label < LABEL
    look, size = ("cw-heat__unit", 11) if small else ("cw-heat__name", 13)
    for number, words in enumerate(LIKELIHOOD):
        y = HIGH * (SIDE - 1 - number) + HIGH / 2 + 4
        text = shortened(f"{number + 1} {words}", size, label - 2)
        yield tag("text", text, x=0, y=y, class_=look)
    for number, words in enumerate(IMPACT):
        x, below = label + step * (number + 0.5), HIGH * SIDE + 16
        yield tag("text", number + 1, x=x, y=below, text_anchor="middle", class_=look)
        if not small:
            yield tag(
                "text", words, x=x, y=below + 16, text_anchor="middle", class_="cw-heat__unit"
            )


def _square(square: Square, x: float, y: float, step: float) -> Markup:
    there = len(square.risks)
    look = "met" if there else "silent"
    frame = tag(
        "rect", x=x + 1, y=y + 1, width=step - 2, height=HIGH - 2,
        class_=f"cw-heat__cell cw-heat__cell--{look}",
    )  # fmt: skip
    inside = " cw-grid--in" if there else ""
    score = tag("text", square.score.worth, x=x + 6, y=y + 16, class_=f"cw-grid__score{inside}")
    parts = [frame, score]
    if there:
        words = tag(
            "text", there, x=x + step / 2, y=y + HIGH / 2 + 10, text_anchor="middle",
            class_="cw-grid__count cw-grid--in",
        )  # fmt: skip
        parts = [frame, score, words]
    named = [each.risk.name for each in square.risks[:FEW]]
    names = "; ".join([*named, *(["and more"] if there > FEW else [])])
    said = f"Score {square.score.worth}: {names or 'no risk'}"
    return link(None, said, *parts)
