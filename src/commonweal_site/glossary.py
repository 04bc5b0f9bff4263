"""The glossary: every term, fixed once in GLOSSARY.md, and linked from wherever it stands."""

import re
from functools import cache
from typing import Any, NamedTuple

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from commonweal.record.identifiers import slug

from .shipping import shipped_at

FILE = shipped_at("GLOSSARY.md")

_ALSO = re.compile(r"Also known as:\s*(?P<names>.+?)\s*$", re.MULTILINE)


class Term(NamedTuple):
    """A term, what it means, and the other names people have for it."""

    name: str
    means: tuple[str, ...]
    also: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Where it stands on the glossary page."""
        return slug(self.name)


@cache
def terms() -> tuple[Term, ...]:
    """Every term, by name; none where the glossary was not installed with the site."""
    return read(FILE.read_text(encoding="utf-8")) if FILE.exists() else ()


def read(text: str) -> tuple[Term, ...]:
    r"""The terms of a glossary: headings of the third rank, each with its paragraphs.

    >>> read("### Area\n\nA footprint. Also known as: “patch”, “turf”.")[0].also
    ('patch', 'turf')
    """
    parts = re.split(r"^### +(.+?) *$", text, flags=re.MULTILINE)[1:]
    return tuple(_term(name, body) for name, body in zip(parts[::2], parts[1::2], strict=True))


def _term(name: str, body: str) -> Term:
    body = re.split(r"^## ", body, flags=re.MULTILINE)[0]
    also = _ALSO.search(body)
    means = [" ".join(each.split()) for each in body.split("\n\n")]
    found = re.findall(r"“([^”]+)”", also["names"]) if also else []
    return Term(name.strip(" `"), tuple(each for each in means if each), tuple(found))


@cache
def _anchors() -> dict[str, str]:
    """Where each term stands, by every name it goes by."""
    found = {slug(also): term.anchor for term in terms() for also in term.also}
    return found | {term.anchor: term.anchor for term in terms()}


def anchor(words: str) -> str | None:
    """Where a word stands in the glossary, in the singular or plural; nothing where it does not."""
    wanted = slug(words.partition(" (")[0])
    singular = re.sub(r"ies$", "y", wanted) if wanted.endswith("ies") else wanted.removesuffix("s")
    return next(
        (
            found
            for each in (slug(words), wanted, singular)
            if (found := _anchors().get(each)) is not None
        ),
        None,
    )


@pass_context
def linked(context: Context, words: str, text: str = "") -> Markup:
    """The words as a link to the glossary, where it has them."""
    shown = escape(text or words)
    spot = anchor(words)
    if spot is None:
        return shown
    address: Any = context["at"](f"/glossary/#{spot}")
    return Markup('<a class="cw-term" href="{}">{}</a>').format(address, shown)
