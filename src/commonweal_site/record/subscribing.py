"""What programs subscribe to: a calendar to fill (iCalendar), and a feed of what is new (Atom)."""

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from icalendar import Calendar, vDuration

MOST = 50
"""Entries of one feed."""


def calendar(subject: str, title: str) -> Calendar:
    """A calendar without events yet (RFC 5545).

    subject  what it is of, in one word, such as Meetings
    title    what a subscriber sees it called
    """
    made = Calendar()
    made.add("prodid", f"-//Commonweal//{subject}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", title)
    made.add("refresh-interval", vDuration.from_ical("PT12H"), parameters={"VALUE": "DURATION"})
    return made


def calendar_file(text: bytes, name: str) -> HttpResponse:
    """A calendar as an answer, open to any site."""
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


class News(NamedTuple):
    """Something that came on record or changed, as the entry of a feed."""

    name: str
    title: str
    words: str
    recorded: datetime


class NewsFeed(Feed):
    """A feed of news. Its object holds `news` and the `path` it was asked for at."""

    feed_type = Atom1Feed

    def feed_url(self, obj: dict[str, Any]) -> str:
        return str(obj["path"])

    def items(self, obj: dict[str, Any]) -> list[News]:
        return list(obj["news"])

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return escape(item.words)  # readers of feeds take it for HTML

    def item_link(self, item: Any) -> str:
        return f"/{item.name}"

    def item_pubdate(self, item: Any) -> datetime:
        return item.recorded  # type: ignore[no-any-return]  # News.recorded

    def item_updateddate(self, item: Any) -> datetime:
        return item.recorded  # type: ignore[no-any-return]  # News.recorded
