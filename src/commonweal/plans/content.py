"""What the law has a plan or report deal with, and whether one does."""

from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from commonweal.record.identifiers import slug
from commonweal.statute.shipped import parsed

from .facts import Plan, PlanType


class Asked(Struct, frozen=True, kw_only=True, rename={"types": "in"}):
    """One head of content.

    rule   the rule that asks for it
    types  the kinds of plan that must have it
    """

    name: str
    rule: str
    types: tuple[PlanType, ...]


@cache
def every_head() -> tuple[Asked, ...]:
    """Every head of content that the law asks for."""
    page = files(__package__).joinpath("content.yaml").read_text(encoding="utf-8")
    return tuple(msgspec.convert(parsed(page)["heads"], list[Asked]))


def asked_of(kind: PlanType) -> tuple[Asked, ...]:
    """What a plan of a kind must deal with.

    >>> [each.name for each in asked_of("annual report")][:1]
    ['Review of the forward plan']
    """
    return tuple(each for each in every_head() if kind in each.types)


def deals_with(plan: Plan) -> dict[Asked, bool | None]:
    """Whether a plan deals with what is asked of it; None where that is not recorded."""
    held = {slug(each.name): each.met for each in plan.heads}
    return {each: held.get(slug(each.name)) for each in asked_of(plan.type)}
