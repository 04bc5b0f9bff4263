"""Where the entries behind a figure are to be read."""

from datetime import date
from urllib.parse import urlencode

from commonweal.money.ledger import TAGS

NO_TAG = "none"
"""What stands in an address for lines that do not have a tag, such as those of no fund."""

SPANS = ("year", "from", "to")


def entries_address(system: str, **tags: str | date | None) -> str:
    """The page of a system's ledger with the entries behind a figure.

    tags     any of account, body, fund, scheme, partner and decision: an identifier, or nothing at
             all for lines without it; and `year` (2025-26), `from_` and `to`, days (half-open);
             None asks for nothing

    >>> entries_address("exampleshire", fund="exampleshire/fund/digital-fund", year="2025-26")
    '/exampleshire/ledger/?fund=digital-fund&year=2025-26'
    >>> entries_address("exampleshire", account="spending", fund="", to=date(2025, 10, 1))
    '/exampleshire/ledger/?account=spending&fund=none&to=2025-10-01'
    """
    asked = {name.rstrip("_"): value for name, value in tags.items() if value is not None}
    if unknown := asked.keys() - {*TAGS, *SPANS}:
        raise TypeError(f"The ledger's address has no {', '.join(sorted(unknown))}.")
    given = {
        name: _short(system, str(asked[name])) if name in TAGS else str(asked[name])
        for name in (*TAGS, *SPANS)
        if name in asked
    }
    return f"/{system}/ledger/{'?' if given else ''}{urlencode(given, safe='/')}"


def entry_address(system: str, number: int) -> str:
    """The page of one entry.

    >>> entry_address("exampleshire", 12)
    '/exampleshire/ledger/12'
    """
    return f"/{system}/ledger/{number}"


def _short(system: str, name: str) -> str:
    """A name as it stands in an address: the last part is enough within the system."""
    if not name:
        return NO_TAG
    return name.rpartition("/")[2] if name.startswith(f"{system}/") else name
