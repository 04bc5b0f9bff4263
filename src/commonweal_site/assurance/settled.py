"""Carrying out a plan of homes on the record: all of it in one write, or none."""

from datetime import date, timedelta

from commonweal.assurance.homes import HomesPlan
from commonweal.assurance.settling import Standing, changes
from commonweal_site.record.book import Book, Written


def carry_out(book: Book, plan: HomesPlan, *, actor: str, reason: str) -> Written:
    """Write what a plan says.

    raises  BadPlan, Refused or Conflict, a sentence for each reason; the record stays as it was
    """
    before = book.snapshot(plan.on - timedelta(1))
    last: dict[str, int] = {}

    def versions(entity: str) -> list[Standing]:
        live = book.live(entity)
        last[entity] = live.last
        decode = book.vocabulary.kind_of(entity).decode
        return [
            Standing(
                date.fromisoformat(each.valid_from), date.fromisoformat(each.valid_to),
                decode(each.content),
            )
            for each in live.versions
        ]  # fmt: skip

    made = changes(plan, before, versions, book.referring)
    watched = [each._replace(seen=last.get(each.entity)) for each in made]
    return book.write(watched, actor=actor, reason=reason)
