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
