"""The scores of one risk as three bars on one scale of 25, with a line at what is accepted."""

from collections.abc import Iterator

from markupsafe import Markup

from commonweal.assurance.framework import in_numbers
from commonweal.assurance.register import Standing, above
from commonweal.assurance.risks import HIGHEST, Risk, Score
from commonweal.record.identifiers import identifier
from commonweal.record.manuscript import Picture

from .svg import picture, tag

WIDE, NARROW = 620.0, 300.0
_NAMES, _STEP, _BAR, _FOOT = 126.0, 24.0, 14.0, 22.0
_HIGH = 3 * _STEP


def score_line(each: Standing) -> Picture | None:
    """The picture of a risk, wide and narrow; none where it has no score."""
    if each.risk.current is None:
        return None
    about = in_numbers(each)
    title = above(each.risk) or "How much is accepted is not on record"
    slug = identifier(each.name).slug
    wide, narrow = (
        _drawn(each.risk, room, (title, about, f"score {slug} {room:g}"))
        for room in (WIDE, NARROW)
    )  # fmt: skip
    return Picture(title, about.replace(f" {title}.", ""), wide, narrow)


def _drawn(risk: Risk, room: float, said: tuple[str, str, str]) -> Markup:
    title, about, key = said
    names = ("Without controls", "Now", "Aim")
    looks, scores = ("less", "whole", "more"), (risk.inherent, risk.current, risk.target)
    parts = [
        part
        for place, (name, look, score) in enumerate(zip(names, looks, scores, strict=True))
        for part in _bar(name, score, look, (room, place * _STEP))
    ]
    return picture(
        *parts, *_accepted(risk, room), key=key, title=title, description=about,
        size=(room, _HIGH + _FOOT), links=False, class_="cw-boxes",
    )  # fmt: skip


def _along(score: float, room: float) -> float:
    return _NAMES + (room - _NAMES - 4) * score / HIGHEST


def _bar(name: str, score: Score | None, look: str, at: tuple[float, float]) -> Iterator[Markup]:
    room, top = at
    told = f"{name} {score.worth}" if score else f"{name}: none"
    yield tag("text", told, x=0, y=top + _BAR, class_="cw-box__line")
    if score:
        wide = _along(score.worth, room) - _NAMES
        yield tag("rect", x=_NAMES, y=top + 3, width=wide, height=_BAR,
                  class_=f"cw-money cw-money--{look}")  # fmt: skip


def _accepted(risk: Risk, room: float) -> Iterator[Markup]:
    if risk.accepts is None:
        return
    x = _along(risk.accepts, room)
    words = f"accepted up to {risk.accepts}"
    yield tag("line", x1=x, x2=x, y1=0, y2=_HIGH + 4, class_="cw-money__nothing")
    anchor = "end" if risk.accepts > HIGHEST / 2 else "middle"
    yield tag("text", words, x=x, y=_HIGH + 18, text_anchor=anchor, class_="cw-box__line")
