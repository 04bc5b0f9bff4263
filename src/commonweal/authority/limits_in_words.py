"""How much, where and on what terms, as a published scheme puts it."""

from commonweal.record.facts import Name
from commonweal.record.manuscript import Line, Run, line

from .dispositions import Grant
from .facts import Delegation, pounds
from .sentences import condition_in_words, fault_in_words

_PER = {
    "per decision": "a decision",
    "whole life": "over the whole life of a contract",
    "per year": "a year",
    "cumulative per matter": "in all on one matter",
    "per 100,000 population per year": "a year for every 100,000 people",
    "within approved budget": "within the approved budget",
}


def limit_in_words(fact: Delegation) -> str:
    """The limit of a delegation.

    >>> common = {"giver": "e/body/b", "taker": "e/body/c", "function": "e/function/f"}
    >>> limit_in_words(Delegation(**common, limit="per decision", upper=25_000_000))
    'up to £250,000 a decision'
    >>> limit_in_words(Delegation(**common))
    'limit not recorded'
    """
    above = f"above {pounds(fact.lower)} " if fact.lower is not None else ""
    if fact.limit == "no limit":
        return f"{above}without limit"
    per = _PER.get(fact.limit, "")
    if fact.upper is None:
        said = per if fact.limit == "within approved budget" else "limit not recorded"
    else:
        said = f"up to {pounds(fact.upper)} {per or '(how it is counted is not recorded)'}"
    return f"{above}{said}"


def terms_in_words(fact: Delegation, name: Name) -> tuple[str, ...]:
    """What else a delegation asks for, each in a few words."""
    said = [condition_in_words(each, name) for each in fact.conditions]
    said += [f"it is {fact.money} money"] if fact.money != "either" else []
    said += (
        [f"the amount is counted {fact.vat} value added tax"] if fact.vat != "not stated" else []
    )
    return tuple(said)


def onward_terms(fact: Delegation) -> str:
    """Whether it may be passed on, as its own words say."""
    said = {
        "none": "May not be passed on",
        "any": "May be passed on",
        "limited": f"May be passed on, {fact.onward_depth} deep",
        "as the law says": "As the law says",
        "not stated": "Not recorded",
    }[fact.onward]
    upto = f", up to {pounds(fact.delegatable)}" if fact.delegatable is not None else ""
    return f"{said}{upto}"


def grant_line(grant: Grant, name: Name, *, giver: str = "") -> Line:
    """A delegation as one line: who, where, how much, on what terms.

    giver  the body whose scheme it is; another giver is named
    """
    fact = grant.fact
    where = f", for {name(fact.area)}" if fact.area else ""
    terms = terms_in_words(fact, name)
    provided = f", provided that {' and '.join(terms)}" if terms else ""
    through = f", from {name(grant.giver)}" if giver and grant.giver != giver else ""
    status = f" ({fact.status})" if fact.status != "in force" else ""
    said = f"{where}, {limit_in_words(fact)}{provided}{through}{status}"
    return line(Run(name(grant.taker), grant.taker), said)


def doubts(grant: Grant, name: Name) -> tuple[str, ...]:
    """What is wrong with a delegation, or too little recorded of it, in words."""
    return tuple(fault_in_words(each, name) for each in grant.faults)
