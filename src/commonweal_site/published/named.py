"""The documents that are published of a system or a body, by their word in an address."""

from typing import NamedTuple


class Named(NamedTuple):
    """What a document is called, and what it says in a few words."""

    called: str
    says: str


DOCUMENTS = {
    "scheme": Named(
        "Scheme of reservation and delegation", "who may decide each function, in three classes"
    ),
    "map": Named("Functions and decisions map", "where decisions are taken, for everybody"),
    "handbook": Named("Committee handbook", "every committee, its members and powers"),
    "terms": Named("Terms of reference", "what it is for and how it works"),
    "limits": Named("Limits", "who may decide up to how much"),
    "money": Named("Money", "funds, budgets, reserves and the years to come"),
    "outcomes": Named("Outcomes", "what is measured, what is wanted of it and how it stands"),
}

REPORTS = {
    "outturn": Named(
        "Forecast outturn", "budgets in versions side by side, forecasts, and variances in words"
    ),
    "pools": Named(
        "Shared funds", "who answers for each, and its reports for each quarter and the year"
    ),
    "delegated": Named(
        "100% of what was delegated", "each place’s money, from allocation to decision and outcome"
    ),
    "control-totals": Named("Control totals", "plan, agreed changes and actual, year by year"),
    "reserves": Named("Reserves", "what is kept for later years, and what of it is promised"),
    "capital": Named("Capital", "what counts against the limit, and what is left of it"),
    "better-care": Named(
        "Better Care Fund", "money in and out, floors, conditions, metrics and what does not fit"
    ),
    "years-to-come": Named("The years to come", "what is missing year by year, and how that moved"),
}
"""Reports on the money of a system or body, by their word after `money/` in an address."""

ONLY_OF_A_BODY = frozenset({"terms"})


def links(path: str, *, whole: bool) -> list[tuple[str, str, str]]:
    """The documents at an address: what each is called, where it is and what it says.

    whole  whether the address is that of a system
    """
    return [
        (each.called, f"{path}/{word}/", each.says)
        for word, each in DOCUMENTS.items()
        if not (whole and word in ONLY_OF_A_BODY)
    ]


def report_links(path: str) -> list[tuple[str, str, str]]:
    """The reports on money at an address, as `links` has documents."""
    return [(each.called, f"{path}/money/{word}/", each.says) for word, each in REPORTS.items()]
