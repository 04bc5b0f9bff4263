"""A picture as a file of its own, which carries its style with it."""

import re
from functools import cache
from pathlib import Path

_SHEET = Path(__file__).parents[1] / "static/commonweal/drawings.css"
_OF_CHARTS = re.compile(
    r"^\.cw-(?:picture|chart|fan|money|mark|funnel|dots|tiles-of|shade|time__name)[^{]*\{[^}]*\}",
    re.MULTILINE,
)


@cache
def _style() -> str:
    rules = "\n".join(_OF_CHARTS.findall(_SHEET.read_text(encoding="utf-8")))
    return f"<style>\ntext {{ font-family: Arial, sans-serif; fill: #212b32; }}\n{rules}\n</style>"


def alone(svg: str) -> str:
    """A drawing's picture as a whole SVG file, with the style that the site's sheet gives it."""
    start, rest = svg.split(">", 1)
    return f"{start}>{_style()}{rest}\n"
