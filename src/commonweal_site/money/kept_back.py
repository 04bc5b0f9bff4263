"""Which names the ledger's entries are tagged by a viewer may not see.

An entry with any such tag is left out whole: not listed, counted, added up or to be asked for. It
then cannot be found by taking one total from another, since no total of the ledger has it.
"""

import json
from collections.abc import Iterable

from commonweal.record.identifiers import ID_PATTERN
from commonweal.record.remembered import remembered
from commonweal.record.snapshot import Snapshot
from commonweal_site.record import shelf
from commonweal_site.record.book import Past
from commonweal_site.record.lives import lives
from commonweal_site.record.shelf import EVERY


def kept_back(snapshot: Snapshot, names: Iterable[str], systems: frozenset[str]) -> frozenset[str]:
    """Those of some names that a viewer may not see.

    snapshot  as the viewer sees it
    systems   systems whose exempt facts the viewer may see
    """
    if EVERY in systems:
        return frozenset()
    known = _answers(snapshot)
    asked = {name for name in names if name and name.partition("/")[0] not in systems}
    known.update((name, _hidden(snapshot, name, systems)) for name in asked - known.keys())
    return frozenset(name for name in asked if known[name])


@remembered
def _answers(snapshot: Snapshot) -> dict[str, bool]:
    """What was found of each name: the shelf makes a new snapshot after every write."""
    del snapshot
    return {}


def _hidden(snapshot: Snapshot, name: str, systems: frozenset[str]) -> bool:
    """Whether a name is exempt on any day, or names what is; one never on record is not."""
    if not ID_PATTERN.fullmatch(name):
        return False
    standing = [past for past in shelf.SHELF.book.history(name) if _stands(past, snapshot.head)]
    if any(json.loads(past.content).get("exempt") for past in standing):
        return True
    if not standing or snapshot.get(name) is not None:
        return False
    today = any(past.valid_from <= snapshot.as_at < past.valid_to for past in standing)
    return today or not lives(shelf.SHELF, snapshot, name, systems)


def _stands(past: Past, head: int) -> bool:
    """Whether a version stands now, or stood at an entry of the log."""
    return past.closed_by is None or past.opened_by <= head < past.closed_by
