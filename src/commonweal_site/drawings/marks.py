"""Marks of charts, whose shape and not only their colour says what they mean."""

from markupsafe import Markup

from .svg import tag

MARK = 4.5


def mark(look: str, x: float, y: float) -> Markup:
    """A mark: "better" a square, "worse" a diamond, "neutral" a triangle, "absent" a cross.

    Any other look is a circle.
    """
    r, class_ = MARK, f"cw-mark cw-mark--{look}"
    shapes = {
        "better": f"M{x - r:.1f},{y - r:.1f}h{2 * r}v{2 * r}h{-2 * r}z",
        "worse": f"M{x:.1f},{y - 1.5 * r:.1f}l{1.5 * r},{1.5 * r}l{-1.5 * r},{1.5 * r}"
        f"l{-1.5 * r},{-1.5 * r}z",
        "neutral": f"M{x:.1f},{y - 1.4 * r:.1f}l{1.4 * r:.1f},{2.5 * r:.1f}h{-2.8 * r:.1f}z",
        "absent": f"M{x - r:.1f},{y - r:.1f}l{2 * r},{2 * r}m0,{-2 * r}l{-2 * r},{2 * r}",
    }
    if look in shapes:
        return tag("path", d=shapes[look], class_=class_)
    return tag("circle", cx=x, cy=y, r=r - 0.5, class_=class_)


LOOKS = {
    "better": "better",
    "worse": "worse",
    "higher": "neutral",
    "lower": "neutral",
    "similar": "common",
}
"""How a mark looks by how its figure stands beside a benchmark, in words; otherwise common."""


def sign(look: str) -> Markup:
    """A mark by itself, to stand before the words that say the same."""
    return tag(
        "svg", mark(look, 8, 8), viewBox="0 0 16 16", class_="cw-inline-mark", aria_hidden="true",
        focusable="false",
    )  # fmt: skip
