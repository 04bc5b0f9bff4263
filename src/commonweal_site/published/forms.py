"""The forms in which a manuscript is published, by the ending of its address.

    answer = published(request, manuscript, "docx", name="scheme-of-kent")

For the page itself, give a template `blocks=on_page(manuscript)` and set them with the macro in
`published/manuscript.jinja`.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from commonweal.record.errors import RecordError, did_you_mean
from commonweal.record.manuscript import Block, Manuscript
from commonweal_site.pages import the_day

from .completed import completed
from .tables import as_csv, as_data, as_zip

type Address = Callable[[str], str]


class UnknownForm(RecordError):
    """Nothing is published in that form."""


class Form(NamedTuple):
    """A form: what the reader calls it, its media type, and how it is written."""

    called: str
    media: str
    write: Callable[[Manuscript, Address], bytes]


def _csv(manuscript: Manuscript, _: Address) -> bytes:
    return as_csv(manuscript).encode()


def _zip(manuscript: Manuscript, _: Address) -> bytes:
    return as_zip(manuscript)


def _json(manuscript: Manuscript, _: Address) -> bytes:
    return json.dumps(as_data(manuscript), indent=1, ensure_ascii=False).encode()


def _html(manuscript: Manuscript, _: Address) -> bytes:
    said = {"title": manuscript.title, "blocks": manuscript.laid_out(), "at": None}
    return get_template("published/alone.jinja").render(said).encode()


# Word and PDF are loaded when first asked for: they take a while, and most readers read pages.
def _word(manuscript: Manuscript, address: Address) -> bytes:
    from .word import as_word

    return as_word(manuscript, address)


def _pdf(manuscript: Manuscript, address: Address) -> bytes:
    from .pdf import as_pdf

    return as_pdf(manuscript, address)


def _workbook(manuscript: Manuscript, address: Address) -> bytes:
    from .workbook import as_workbook

    return as_workbook(manuscript, address)


_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMS: dict[str, Form] = {
    "pdf": Form("PDF", "application/pdf", _pdf),
    "docx": Form("Word", _OFFICE, _word),
    "xlsx": Form("Excel", _EXCEL, _workbook),
    "csv": Form("Main table (CSV)", "text/csv; charset=utf-8; header=present", _csv),
    "zip": Form("Every table (CSV files in a ZIP file)", "application/zip", _zip),
    "html": Form("Page of its own (HTML)", "text/html; charset=utf-8", _html),
    "json": Form("Data (JSON)", "application/json", _json),
}
"""Every form but the page, by ending."""


def on_page(manuscript: Manuscript) -> tuple[Block, ...]:
    """What stands beneath the title on a page, whose layout says that a system is invented."""
    blocks = completed(manuscript).laid_out()
    return blocks[1:] if manuscript.invented else blocks


def written(manuscript: Manuscript, ending: str, address: Address = lambda _: "") -> bytes:
    """The manuscript in a form.

    address  gives the whole web address of an entity, for links; none are made without it
    raises   UnknownForm
    """
    if ending not in FORMS:
        raise UnknownForm(f"Nothing is published as '{ending}'. {did_you_mean(ending, [*FORMS])}")
    return FORMS[ending].write(completed(manuscript), address)


def published(
    request: HttpRequest, manuscript: Manuscript, ending: str, *, name: str
) -> HttpResponse:
    """The answer to a reader who asks for a form; links keep the day.

    name  of the file, without its ending
    """
    day = the_day(request)

    def address(entity: str) -> str:
        return request.build_absolute_uri(day.link(f"/{entity}"))

    body = written(manuscript, ending, address)
    answer = HttpResponse(body, content_type=FORMS[ending].media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{Path(name).name}.{ending}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if ending in {"csv", "json"}:
        answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
