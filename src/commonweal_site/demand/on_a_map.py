"""The change of activity in each area, where it lies, beside that of the whole system."""

from django.conf import settings

from commonweal.record.snapshot import Snapshot
from commonweal_site.areas import boundaries
from commonweal_site.drawings.measure_map import Spot, measure_map, measure_tiles
from commonweal_site.drawings.svg import Drawing

from .answers import Shown, called


def areas_drawn(shown: Shown, snapshot: Snapshot) -> Drawing | None:
    """By boundaries where some are loaded, otherwise as tiles; none for fewer than two areas."""
    areas = [each for each in shown.on.names if each not in shown.on.groups]
    if len(areas) < 2 or not shown.on.groups:  # noqa: PLR2004 - one area is no map
        return None
    whole = next(iter(shown.on.groups))
    spots = {area: _spot(shown, area, whole) for area in areas}
    title = f"{shown.label} by area, change {shown.scenario.base} to {shown.year}"
    about = f"Each area beside {whole}: higher or lower where {_judged(shown)}."
    shapes = boundaries.shapes_of(snapshot, areas, settings.DATA_DIR)
    if shapes:
        notes = boundaries.licences(snapshot, settings.DATA_DIR)
        return measure_map(title, spots, shapes, about, notes)
    return measure_tiles(title, list(spots.values()), about)


def _judged(shown: Shown) -> str:
    if shown.drawn:
        return "nine of ten of its futures lie on one side of the middle one of the whole"
    return "its mean differs by a percentage point or more"


def _spot(shown: Shown, area: str, whole: str) -> Spot:
    own, all_ = _growth(shown, area), _growth(shown, whole)
    if own is None or all_ is None:
        return Spot(called(shown.on, area), "Not known", "not compared", within=whole, absent=True)
    low, middle, high = own
    if not shown.drawn:
        low, high = middle - 0.01, middle + 0.01
    stands = "higher" if low > all_[1] else "lower" if high < all_[1] else "similar"
    figure = f"{middle:+.0%}".replace("-", "−")
    return Spot(called(shown.on, area), figure, stands, within=whole)


def _growth(shown: Shown, name: str) -> tuple[float, float, float] | None:
    """The lower end, the middle and the upper end, as shares of the base year."""
    now = float(shown.outlook[name].baseline[shown.number])
    then = [float(each) for each in shown.outlook[name].centiles[:, shown.at, shown.number]]
    if not now or any(each != each for each in then):  # noqa: PLR0124 - what is not known is NaN
        return None
    low, middle, high = (each / now - 1 for each in then)
    return low, middle, high
