"""A small record with a ledger kept beside it, in memory."""

from datetime import date

from commonweal.money.ledger import month_of
from commonweal.money.spending import LEDGER, Spent
from commonweal.record.snapshot import Snapshot
from commonweal.vocabulary import VOCABULARY
from tests.making import KNOWN, Memory


class Told:
    """A ledger of what it is told was spent."""

    def __init__(self, spent):
        self.all = [Spent(*each[:4], month_of(date.fromisoformat(each[4])), each[5])
                    for each in spent]  # fmt: skip

    def tagged(self):
        names = {}
        for each in self.all:
            for name in filter(None, each[:4]):
                first, last = names.get(name, (each.month, each.month))
                names[name] = (min(first, each.month), max(last, each.month))
        return names

    def spent(self, until, head, without):
        del head
        return [
            each for each in self.all
            if each.month < month_of(until) and not set(without).intersection(each[:4])
        ]  # fmt: skip


class Ledgered(Memory):
    """Facts in memory, and a ledger beside them."""

    def __init__(self, items, spent):
        super().__init__(items)
        self.ledger = Told(spent)

    def beside(self, store):
        return self.ledger if store == LEDGER else None


def with_ledger(items, *spent, on):
    """The record on a day with what was spent: body, fund, scheme, decision, day, pence."""
    reader = Ledgered(items, spent)
    return Snapshot(VOCABULARY, reader, as_at=date.fromisoformat(on), known=KNOWN, head=len(items))
