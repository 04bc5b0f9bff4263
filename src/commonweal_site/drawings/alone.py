"""A picture as a file of its own, which carries its style with it."""

from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from .svg import Drawing

_SHEET = Path(__file__).parents[1] / "static/commonweal/drawings.css"
_OF_CHARTS = (".cw-picture", ".cw-chart", ".cw-mark", ".cw-funnel", ".cw-dots", ".cw-tiles-of")


@lru_cache(maxsize=1)
def _style() -> Markup:
    lines = _SHEET.read_text(encoding="utf-8").splitlines()
    rules = "".join(line for line in lines if line.startswith(_OF_CHARTS))
    return Markup("<style>{}</style>").format(Markup(rules))  # noqa: S704 - our own sheet


def alone(drawing: Drawing) -> str:
    """The wide picture of a drawing as a whole SVG file."""
    start, rest = drawing.svg.split(">", 1)
    return f"{start}>{_style()}{rest}\n"
