"""Readable identifiers, `system/kind/slug`, which are also web addresses."""

import re
from typing import Any, NamedTuple

from msgspec import Meta

from .errors import RecordError

_WORD = r"[a-z0-9]++(?:-[a-z0-9]++)*+"  # the second + keeps the search from going back
ID_PATTERN = re.compile(rf"({_WORD})/({_WORD})/({_WORD})")


class MalformedIdentifier(RecordError):
    """An identifier is not of the form `system/kind/slug`."""


class Identifier(NamedTuple):
    """The three parts of an identifier."""

    system: str
    kind: str
    slug: str

    def __str__(self) -> str:
        return f"{self.system}/{self.kind}/{self.slug}"


def identifier(text: str) -> Identifier:
    """Split an identifier into its parts.

    >>> identifier("dorset/area/system").kind
    'area'
    """
    if match := ID_PATTERN.fullmatch(text):
        return Identifier(*match.groups())
    raise MalformedIdentifier(
        f"'{text}' is not an identifier. Write system/kind/slug in small letters, digits and "
        "hyphens, such as 'dorset/area/system'."
    )


def slug(text: str) -> str:
    """Words as they stand in an identifier.

    >>> slug("Chandler's Ford & North Baddesley")
    'chandlers-ford-and-north-baddesley'
    """
    plain = text.lower().replace("&", " and ").replace("'", "").replace("’", "")
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def a(words: str) -> str:
    """Words with the article they take.

    >>> a("area"), a("seat")
    ('an area', 'a seat')
    """
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


def says(title: str, description: str, **limits: Any) -> Meta:
    """What a field means, said once for the form, the schema and the documentation."""
    return Meta(title=title, description=description, **limits)


def refers_to(*kinds: str, title: str, description: str) -> Meta:
    """A field that holds the identifier of another entity, of one of `kinds` (none: any kind)."""
    return Meta(title=title, description=description, extra={"refers_to": kinds})
