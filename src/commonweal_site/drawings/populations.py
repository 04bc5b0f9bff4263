"""How many people live in areas, side by side, each number with its year and its basis."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from commonweal.areas.facts import Population
from commonweal.record.when import in_words

from .svg import Cell, Drawing, joined, lines_of_text, link, picture, plural, tag, wrapped

WIDE, NARROW = 900.0, 300.0
SIZE, STEP, BAR = 14.0, 17.0, 16.0

BASES = {
    "resident": "residents",
    "registered": "patients on lists",
    "weighted": "patients weighted for need",
    "not stated": "basis not stated",
}


class People(NamedTuple):
    """An area and its population, if one is recorded."""

    name: str
    population: Population | None
    href: str | None = None


def in_full(population: Population | None) -> str:
    """A population with its year and basis; or that it is not recorded."""
    if population is None:
        return "not recorded"
    if population.people is None:
        return f"“{population.printed}”; no number recorded"
    about = "about " if population.approximate else ""
    year = in_words(population.year) if population.year else "year not stated"
    return f"{about}{population.people:,} ({BASES[population.basis]}, {year})"


def population_bars(areas: Sequence[People], *, title: str) -> Drawing:
    """A bar for each area, the largest first; areas without a number stand last and say so.

    Numbers on another basis or of another year do not compare; a note says so where they differ.
    """
    ordered = sorted(areas, key=lambda each: (-_people(each), each.name))
    counted = [each.population for each in ordered if each.population and each.population.people]
    about = f"{plural(len(counted), 'population')} of {plural(len(ordered), 'area')}, to one scale."
    headings = ("Area", "People", "Basis and year")
    rows = tuple((Cell(each.name, each.href), *_cells(each.population)) for each in ordered)
    if not ordered:
        return Drawing(Markup(""), title, "No area was given.", headings, ())
    wide, narrow = (_picture(ordered, room, title=title, about=about) for room in (WIDE, NARROW))
    return Drawing(wide, title, about, headings, rows, narrow, tuple(_cautions(counted)))


def _people(each: People) -> int:
    known = each.population.people if each.population else None
    return -1 if known is None else known


def _cells(population: Population | None) -> tuple[Cell, Cell]:
    if population is None:
        return Cell("Not recorded"), Cell("")
    number = (
        f"{population.people:,}" if population.people is not None else f"“{population.printed}”"
    )
    year = in_words(population.year) if population.year else "year not stated"
    about = "about " if population.approximate else ""
    return Cell(f"{about}{number}"), Cell(f"{BASES[population.basis]}, {year}")


def _cautions(counted: Sequence[Population]) -> list[str]:
    said = []
    if len({each.basis for each in counted}) > 1:
        said.append("These numbers count different people, so the bars compare only roughly.")
    if len({each.year for each in counted}) > 1:
        said.append("They are not all of the same year.")
    return said


def _picture(areas: Sequence[People], room: float, *, title: str, about: str) -> Markup:
    most = max(1, *(_people(each) for each in areas))
    parts, top = [], 2.0
    for each in areas:
        part, top = _bar(each, room, top, most)
        parts.append(part)
    key = f"{title} {'narrow' if room < WIDE else 'wide'}"
    return picture(
        *parts, key=key, title=title, description=about, links=any(each.href for each in areas),
        size=(room, top), class_="cw-boxes",
    )  # fmt: skip


def _bar(each: People, room: float, top: float, most: int) -> tuple[Markup, float]:
    """Name and number over the bar. Every bar begins at nought."""
    lines = wrapped(f"{each.name}: {in_full(each.population)}", SIZE, room - 4)
    words = lines_of_text(lines, x=1, y=top + SIZE, step=STEP, class_="cw-time__name")
    below = top + len(lines) * STEP + 3
    people = _people(each)
    if people < 0:
        bar = silence(1, below, room - 2)
    else:
        about = each.population is not None and each.population.approximate
        look = "cw-people cw-people--about" if about else "cw-people"
        long = max((room - 2) * people / most, 1.0)
        bar = tag("rect", x=1, y=below, width=long, height=BAR, class_=look)
    return link(each.href, lines[0], joined([words, bar])), below + BAR + 10


def silence(x: float, y: float, wide: float, high: float = BAR) -> Markup:
    """The pattern for what is not recorded: an empty dashed box that says so."""
    box = tag("rect", x=x, y=y, width=wide, height=high, class_="cw-silence")
    words = tag("text", "not recorded", x=x + 6, y=y + high / 2 + 4, class_="cw-silence__words")
    return joined([box, words])


def not_recorded(what: str) -> Drawing:
    """A picture that stands where another would, had the record anything to draw."""
    title = f"{what[:1].upper()}{what[1:]}: not recorded"
    said = f"The sources on record do not say anything of {what}."
    lines = wrapped(said, SIZE, NARROW - 24)
    high = len(lines) * STEP + 22
    box = tag("rect", x=1, y=1, width=NARROW - 2, height=high - 2, class_="cw-silence")
    words = lines_of_text(lines, x=12, y=14 + SIZE, step=STEP, class_="cw-time__name")
    svg = picture(
        box, words, key=title, title=title, description=said, links=False, size=(NARROW, high),
        class_="cw-small",
    )  # fmt: skip
    return Drawing(svg, title, said, (), ())
