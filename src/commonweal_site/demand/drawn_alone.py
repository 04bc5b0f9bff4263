"""A picture as a file of its own: it carries its colours and sizes with it."""

import re
from functools import cache
from pathlib import Path

import commonweal_site

_STYLED = re.compile(r"^\.cw-(?:fan|chart|money|mark|time__name)[^{]*\{[^}]*\}", re.MULTILINE)


def alone(svg: str) -> str:
    """The picture with the style that the site's sheet gives it."""
    return re.sub(r"(<svg[^>]*>)", lambda found: found[1] + _style(), svg, count=1)


@cache
def _style() -> str:
    sheet = Path(commonweal_site.__file__).parent / "static/commonweal/drawings.css"
    rules = "\n".join(_STYLED.findall(sheet.read_text(encoding="utf-8")))
    return f"<style>\ntext {{ font-family: Arial, sans-serif; fill: #212b32; }}\n{rules}\n</style>"
