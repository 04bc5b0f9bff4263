"""The day a page is asked for, and the instant whose knowledge it uses.

One control turns the whole site.
"""

from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from commonweal.record.errors import RecordError
from commonweal.record.when import day_in_words

from .words import moment

_PARTS = ("day", "month", "year")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LONDON = ZoneInfo("Europe/London")
_EPOCH, _FAR = 1970, 9999
"""Years between which an instant can be reckoned by the clock."""

WORTH_A_LOOK = (
    (date(2018, 10, 1), "the four hospital footprints of Hampshire and Isle of Wight"),
    (date(2022, 5, 1), "clinical commissioning groups still buy care"),
    (date(2022, 7, 1), "42 integrated care boards begin"),
    (date(2026, 4, 1), "36 boards after the mergers"),
)
"""Days on which much changed, offered beside the date control."""


class MalformedDay(RecordError):
    """What was asked for is not a day."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class Day(NamedTuple):
    """The day asked about, the instant whose knowledge is used (none: now), and today."""

    as_at: date
    known: datetime | None
    today: date

    @property
    def turned(self) -> bool:
        """Whether the page shows another day than today."""
        return self.as_at != self.today

    @property
    def query(self) -> dict[str, str]:
        """What a link must carry to stay on this day."""
        asked = {"as_at": self.as_at.isoformat()} if self.turned else {}
        return asked | ({"known": self.known_text} if self.known else {})

    @property
    def known_text(self) -> str:
        """The instant as it stands in an address."""
        return self.known.isoformat().replace("+00:00", "Z") if self.known else ""

    def link(self, path: str, **more: Any) -> str:
        """A path on this site with the day kept, and with other parameters; none, if empty."""
        place, hash_, spot = path.partition("#")
        address, mark, had = place.partition("?")
        asked = self.query | {name: str(value) for name, value in more.items() if value}
        kept = had.replace(" ", "+") if mark else ""
        query = "&".join(filter(None, [kept, urlencode(asked, safe=":/")]))
        return f"{address}{'?' if query else ''}{query}{hash_}{spot}"

    def words(self) -> str:
        """The day in words, for titles and captions."""
        known = f", as known on {moment(self.known)}" if self.known else ""
        return f"as at {day_in_words(self.as_at)}{known}"


def today() -> date:
    """Today by the clock of England."""
    return _now().date()


def _now() -> datetime:
    return datetime.now(_LONDON)


def asked_day(query: QueryDict) -> Day:
    """The day that an address asks for.

    raises  MalformedDay
    """
    now = today()
    given, known = query.get("as_at", ""), query.get("known", "")
    return Day(_day(given) if given else now, _instant(known) if known else None, now)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise MalformedDay(f"‘{text}’ is not a day. Write it like 2022-07-01.", "as_at") from None


def _instant(text: str) -> datetime:
    """An instant, or the end of a day."""
    try:
        if len(text) == len("2022-07-01"):
            return _within_reach(datetime.combine(date.fromisoformat(text), time.max, UTC))
        given = datetime.fromisoformat(text.replace(" ", "+"))
        return _within_reach(given.astimezone(UTC) if given.tzinfo else given.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise MalformedDay(
            f"‘{text}’ is not a day or an instant. Write it like 2022-07-01 or "
            "2022-07-01T14:30:00Z.",
            "known",
        ) from None


def _within_reach(instant: datetime) -> datetime:
    if not _EPOCH <= instant.year < _FAR:
        raise ValueError("no clock of ours can show it")
    return instant


def from_parts(query: QueryDict, field: str) -> str:
    """A day given as day, month and year, as it stands in an address; empty where all are empty.

    raises  MalformedDay
    """
    day, month, year = (query.get(f"{field}-{part}", "").strip() for part in _PARTS)
    if not (day or month or year):
        return ""
    short = month[:3].lower()
    number = str(_MONTHS.index(short) + 1) if short in _MONTHS else month
    try:
        return date(int(year), int(number), int(day)).isoformat()
    except (ValueError, OverflowError):
        missing = [
            part for part, given in zip(_PARTS, (day, month, year), strict=True) if not given
        ]
        wrong = (
            f"The day must have a {' and a '.join(missing)}."
            if missing
            else f"There is no {day} {month} {year}. Write a day like 1 7 2022."
        )
        raise MalformedDay(wrong, field) from None


class AskedDay:
    """Gives every request its day. The form's three boxes become one address that can be kept."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        fallback = Day(today(), None, today())
        try:
            if any(f"{field}-year" in request.GET for field in ("as_at", "known")):
                return HttpResponseRedirect(_canonical(request))
            asked, wrong = asked_day(request.GET), None
        except MalformedDay as malformed:
            asked, wrong = fallback, malformed
        request.day, request.day_fault = asked, wrong  # type: ignore[attr-defined]  # ours to add
        answer: HttpResponse = self.get_response(request)
        return answer


def _canonical(request: HttpRequest) -> str:
    """The address that the date form stands for."""
    parts = {f"{field}-{part}" for field in ("as_at", "known") for part in _PARTS}
    kept = {
        name: value for name, value in request.GET.items() if name not in parts | {"as_at", "known"}
    }
    if request.GET.get("known") and "known-year" not in request.GET:
        kept["known"] = request.GET["known"]  # a form may ask for the day alone
    for field in ("as_at", "known"):
        if given := from_parts(request.GET, field):
            kept[field] = given
    if kept.get("as_at") == today().isoformat():
        del kept["as_at"]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
