"""The template environments: a strict one of ours, a lenient one for the NHS components."""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.templatetags.static import static
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    PackageLoader,
    StrictUndefined,
    Template,
)
from markupsafe import Markup, escape

from commonweal.record.when import day_in_words

from . import glossary, words


class Crumb(NamedTuple):
    """A step of the way to a page."""

    text: str
    path: str


class OurEnvironment(Environment):
    """Strict for our templates; the NHS components' own get the lenient environment."""

    lenient: Environment

    def get_template(self, name: Any, parent: Any = None, globals: Any = None) -> Template:  # noqa: A002  # the name Jinja gives it
        if isinstance(name, str) and name.startswith("nhsuk/"):
            return self.lenient.get_template(name, parent, globals)
        return super().get_template(name, parent, globals)


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja engine asks for."""
    env = OurEnvironment(**{**options, "undefined": StrictUndefined})
    nhs = ChoiceLoader([PackageLoader("nhsuk_frontend_jinja")])
    env.lenient = Environment(  # noqa: S701  # autoescape is among the options
        **{**options, "undefined": ChainableUndefined, "loader": nhs}
    )
    for each in (env, env.lenient):
        each.globals.update(static=static)
    env.globals.update(
        term=glossary.linked, brand=settings.BRAND, crumb_items=_crumb_items, span=words.span
    )
    env.filters.update(
        day=day_in_words,
        moment=words.moment,
        count=words.count,
        sentence=words.capital,
        local=words.local,
        who=words.who,
        stated=words.stated,
        plain=words.plain,
        lower_first=lambda text: text[:1].lower() + text[1:],
        plural=words.plural_of,
        whole_sums=_whole_sums,
    )
    return env


_BELOW_NOTHING = re.compile(r"−£[\d,.]+")


def _whole_sums(text: str) -> Markup:
    """Words in which no line breaks between a minus sign and its sum."""
    kept = _BELOW_NOTHING.sub(r'<span class="cw-whole">\g<0></span>', str(escape(text)))
    return Markup(kept)  # noqa: S704  # what was given is escaped


def _crumb_items(crumbs: Sequence[Crumb], at: Callable[[str], str]) -> list[dict[str, str]]:
    """The way to a page, as the NHS breadcrumb wants it."""
    whole = [Crumb("Map and systems", "/"), *crumbs]
    return [{"text": each.text, "href": at(each.path)} for each in whole]
