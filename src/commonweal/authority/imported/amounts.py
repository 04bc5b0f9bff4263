"""Limits as people write them: “£50k”, “over £50,000 to £1m”, “unlimited”, “nil”, “n/a”.

Four things stay apart: nothing written, not applicable, nought, and a limit.
"""

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from commonweal.authority.facts import LimitKind, pounds
from commonweal.record.errors import SpeakingError


class UnreadLimit(SpeakingError):
    """A text is not a limit that can be read."""


class Limit(NamedTuple):
    """What a cell says of how much may be decided, in pence.

    says   a limit; nothing; not applicable; nil, which is to say nought; or beyond what is read
    above  only amounts above this
    least  only this amount or more: what `above` is then is settled beside the other bands
    upper  this amount included
    kind   what it is measured by
    """

    says: Literal["limit", "nothing", "not applicable", "nil"] = "limit"
    above: int | None = None
    least: int | None = None
    upper: int | None = None
    kind: LimitKind = "not stated"
    vat: Literal["including", "excluding", "not stated"] = "not stated"

    @property
    def banded(self) -> bool:
        """Whether it begins above nothing."""
        return self.above is not None or self.least is not None

    @property
    def words(self) -> str:
        """The limit as a person reads it."""
        if self.kind == "no limit" and self.above is None:
            return "no limit"
        ends = [
            f"above {pounds(self.above)}" if self.above is not None else "",
            f"up to {pounds(self.upper)}" if self.upper is not None else "",
            self.kind if self.kind not in {"not stated", "no limit"} else "",
        ]
        return " ".join(filter(None, ends)) or "not stated"


NOT_STATED = Limit()

_NOTHING = frozenset({"", "-", "–", "—", "…"})
_NOT_APPLICABLE = frozenset({"n/a", "na", "n.a.", "not applicable"})
_NIL = frozenset({"nil", "none", "zero", "nought", "no authority", "£nil"})
_NO_LIMIT = frozenset(
    {"unlimited", "no limit", "without limit", "any amount", "no upper limit", "all amounts"}
)
_SILENT = frozenset({"limit not recorded", "not stated", "limit not stated", "not recorded"})
_TIMES = {
    "": 1, "k": 1000, "thousand": 1000, "m": 10**6, "mn": 10**6, "million": 10**6,
    "bn": 10**9, "billion": 10**9,
}  # fmt: skip
_BIG = 1000
"""From here on nobody leaves out the thousands."""

_POPULATION = (
    r"(?:per decision )?(?:(?:per|a) (?:year|annum) )?(?:per|for every) 100,?000 "
    r"(?:(?:of )?(?:the )?population|people)(?:,? (?:per|a|each) (?:year|annum))?"
)
_YEAR = (
    r"(?:per|a|each|in any(?: one)?|in one) (?:financial )?(?:year|annum)|p\.?a\.?(?!\w)|annually"
)
_DECISION = (
    r"(?:per|for each|for any one|each|a) "
    r"(?:decision|item|case|contract|transaction|order|invoice|time)|each"
)
_BUDGET = r"(?:(?:with)?in )?(?:the )?(?:approved|agreed|delegated)? ?budgets?(?: limits?)?"
_MEASURES: tuple[tuple[str, LimitKind], ...] = (
    (_POPULATION, "per 100,000 population per year"),
    (_YEAR, "per year"),
    (r"(?:over (?:the|its) )?whole[- ]life(?: cost| value)?(?: of (?:a|the) \w+)?", "whole life"),
    (
        r"cumulative(?:ly)?(?: per matter)?|in (?:total|aggregate|all)(?: on one matter)?",
        "cumulative per matter",
    ),
    (_DECISION, "per decision"),
    (_BUDGET, "within approved budget"),
)
_VAT = re.compile(
    r"\(?\b(?P<how>including|inclusive of|incl?\.?|excluding|exclusive of|excl?\.?|plus|net of)"
    r"\s+(?:vat|value added tax)\)?"
)
_MONEY = re.compile(
    r"(?P<minus>[-−(]\s*)?£?\s*(?P<minus2>[-−])?\s*(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s*(?P<times>thousand|million|billion|bn|mn|k|m)?\b\s*(?P<close>\))?"
)
_DASH = re.compile(r"(?<=[\dkmn])\s*[-–—]\s*(?=£?\d)")
_UP_TO = (
    r"up to and including|up to|not exceeding|not over|not above|not more than|no more than|"
    r"a maximum of|maximum of|maximum|max|<=|≤|to"
)
_OVER = r"over|above|more than|exceeding|greater than|in excess of|>"
_FROM = r"from|at least|between|>=|≥"
_TO = (
    r"to|-|–|—|and|up to|up to and including|and up to|but not over|but not exceeding|but not above"
)
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(form), name)
    for form, name in (
        (r"#", "upper"),
        (rf"(?:{_UP_TO}) #", "upper"),
        (r"# (?:or less|or under|and under|and below|maximum|max)", "upper"),
        (r"(?:under|below|less than|<) #", "under"),
        (rf"(?:{_OVER}) #", "above"),
        (r"# ?(?:\+|and over|and above|or more|upwards|and upwards)", "least"),
        (rf"(?:{_FROM}) #", "least"),
        (rf"(?:{_OVER}) # (?:{_TO}) #", "above upper"),
        (rf"(?:(?:{_FROM}) )?# ?(?:{_TO}) ?#", "least upper"),
    )
)


def limit(text: str) -> Limit:
    """What a cell says of how much may be decided.

    raises  UnreadLimit

    >>> limit("over £50k to £1m").words
    'above £50,000 up to £1,000,000'
    """
    plain = " ".join(text.replace("\u00a0", " ").lower().split()).rstrip(".")
    for words, says in ((_NOTHING, "nothing"), (_NOT_APPLICABLE, "not applicable"), (_NIL, "nil")):
        if plain in words:
            return Limit(says)  # type: ignore[arg-type]  # one of the words that it may say
    vat, plain = _vat(plain.removesuffix(" (how it is counted is not recorded)"))
    if plain in _NO_LIMIT:
        return Limit(kind="no limit", vat=vat)
    if plain in _SILENT:
        return Limit(vat=vat)
    kind, plain = _measure(plain)
    if not plain and kind == "within approved budget":
        return Limit(kind=kind, vat=vat)
    return _in_pence(plain, text, kind)._replace(vat=vat)


def _vat(plain: str) -> tuple[Literal["including", "excluding", "not stated"], str]:
    if not (match := _VAT.search(plain)):
        return "not stated", plain
    rest = f"{plain[: match.start()]} {plain[match.end() :]}"
    including = match["how"].startswith("inc")
    return ("including" if including else "excluding"), " ".join(rest.split())


def _measure(plain: str) -> tuple[LimitKind, str]:
    for form, kind in _MEASURES:
        if match := re.search(rf"[,;(]? ?\b(?:{form})\)?(?:$|(?=[ ,;]))", plain):
            rest = f"{plain[: match.start()]} {plain[match.end() :]}".strip(" ,;")
            return kind, " ".join(rest.split())
    return "not stated", plain


def _in_pence(plain: str, text: str, kind: LimitKind) -> Limit:
    plain = _DASH.sub(" to ", plain)
    found = list(_MONEY.finditer(plain))
    if not found:
        raise UnreadLimit(
            "this is no limit that can be read. Write an amount such as £50,000, a band such as "
            "‘over £50,000 to £250,000’, ‘unlimited’, ‘nil’ or ‘n/a’."
        )
    amounts = _amounts(found)
    form = " ".join(_MONEY.sub(" # ", plain).replace("£", " ").split())
    name = next((name for pattern, name in _FORMS if pattern.fullmatch(form)), "")
    if not name:
        raise UnreadLimit(
            f"‘{text.strip()}’ holds an amount, but what it says of it cannot be read. Write it "
            "as ‘up to £50,000’, ‘over £50,000’ or ‘over £50,000 to £250,000’."
        )
    return _shaped(name, amounts, kind)


def _shaped(name: str, amounts: list[int], kind: LimitKind) -> Limit:
    first, last = amounts[0], amounts[-1]
    if name in {"upper", "under"}:
        upper = last if name == "upper" else last - 1
        return Limit("limit" if upper > 0 else "nil", upper=upper, kind=kind)
    above = first if name.startswith("above") else None
    least = first if name.startswith("least") else None
    if least == 0:
        least = None
    upper_end = last if name.endswith("upper") else None
    if upper_end is None and kind != "within approved budget":
        kind = "no limit"
    if upper_end is not None and upper_end <= first:
        raise UnreadLimit(f"the band runs from {pounds(first)} to {pounds(upper_end)}: turn it.")
    return Limit("limit", above, least, upper_end, kind)


def _amounts(found: list[re.Match[str]]) -> list[int]:
    """Pence of each amount; what cannot be sure is refused."""
    ending = [match["times"] or "" for match in found]
    for match, times, after in zip(found, ending, [*ending[1:], ""], strict=True):
        if after and not times and Decimal(match["number"].replace(",", "")) < _BIG:
            raise UnreadLimit(
                f"‘{match[0].strip()}’ may be pounds or thousands. Write both ends in full."
            )
    return [_pence(match) for match in found]


def _pence(match: re.Match[str]) -> int:
    minus = match["minus"] or ""
    below = bool(match["minus2"]) or ("(" in minus and bool(match["close"])) or "-" in minus
    pence = Decimal(match["number"].replace(",", "")) * _TIMES[match["times"] or ""] * 100
    if below or "−" in minus:
        raise UnreadLimit(f"an amount below nothing (-{pounds(int(pence))}) is no limit.")
    if pence != int(pence):
        raise UnreadLimit("an amount has no part of a penny.")
    return int(pence)
