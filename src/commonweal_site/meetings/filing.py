"""Papers at the clerk's desk: files sent for an item, checked, kept, and read for search."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from commonweal.meetings.agenda import papers_for
from commonweal.meetings.facts import AgendaItem, Paper
from commonweal.record.documents import Document
from commonweal.record.facts import Source
from commonweal.record.writing import Change
from commonweal_site.day import today
from commonweal_site.editing.questions import Answers, Question

from . import boxes, store
from .agendas import PRIVATE
from .beginning import at_the_desk
from .clerk import CANNOT_KEEP_BACK, Clerk, Faults, made
from .finding import file_path
from .sending import refused_on_its_way

_KINDS = (
    ("report", "Report"),
    ("presentation", "Presentation"),
    ("appendix", "Appendix"),
    ("minutes", "Minutes"),
    ("guidance", "Guidance"),
    ("background", "Background"),
    ("not stated", "Something else"),
)
_REASONS = dict(PRIVATE)


def _questions(clerk: Clerk) -> tuple[Question, ...]:
    items = [(own.split("/")[2], f"{item.number}. {item.name}") for own, item in clerk.items]
    return (
        boxes.choice("item", "For which item?", items, required=True),
        boxes.words("title", "What is the paper called?", required=True),
        boxes.words("issuer", "Who wrote it?", "By role or body, such as the director of finance."),
        boxes.choice("type", "What is it?", _KINDS, first="report"),
        boxes.choice(
            "private", "May the public read it?", (("", "Yes"), *PRIVATE),
            "A paper for a private item is kept back with its item, whatever you choose here.",
        ),
    )  # fmt: skip


def papers_desk(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """The papers of a meeting: send one, look at one, take one off."""
    clerk = Clerk(request, system, slug)
    questions = _questions(clerk)
    answers, faults = boxes.answers_of(request), Faults()
    if request.method == "POST":
        step, _, which = request.POST.get("step", "").partition(":")
        if step == "off":
            faults, done = _taken_off(clerk, which, answers), "removed"
        else:
            faults, done = _sent(request, clerk, questions, answers)
        if not faults:
            return HttpResponseRedirect(f"{clerk.path}papers/?saved={done}")
    return at_the_desk(
        request, clerk, "papers", "Papers", faults,
        answers=answers,
        questions=list(boxes.filled(questions, answers)), papers=_rows(clerk),
        largest=store.LARGEST // 2**20,
    )  # fmt: skip


def _rows(clerk: Clerk) -> list[tuple[str, AgendaItem, Paper, str, str]]:
    """Each paper: the last part of its name, its item, itself, its title, its file's address."""
    return [
        (name.split("/")[2], item, paper, clerk.snapshot.name(paper.document),
         file_path(name) if paper.checksum and store.file_of(paper.checksum) else "")
        for own, item in clerk.items
        for name, paper in papers_for(clerk.snapshot, own)
    ]  # fmt: skip


def _sent(
    request: HttpRequest, clerk: Clerk, questions: tuple[Question, ...], answers: Answers
) -> tuple[Faults, str]:
    """Take a file in, and put its paper on record; what is wrong, or how far its reading is."""
    values, faults = boxes.read(questions, answers)
    if too_large := refused_on_its_way(request):
        return {"file": too_large}, ""
    upload = request.FILES.get("file")
    if upload is None:
        faults["file"] = "Choose the file of the paper."
    if faults or upload is None:
        return faults, ""
    own, item = clerk.item(values["item"])
    exempt = item.private_because or item.exempt or _REASONS.get(values["private"] or "")
    if exempt and not clerk.may_keep_back:
        return {"form": CANNOT_KEEP_BACK}, ""
    try:
        filed = store.put(upload)
    except store.PaperRefused as refused:
        return {"file": str(refused)}, ""
    faults = clerk.write(
        _on_record(clerk, own, values, filed, exempt), f"Paper for item {item.number} filed"
    )
    return faults, "filed" if filed.read else "reading"


def _on_record(
    clerk: Clerk, item: str, values: dict[str, str], filed: store.Filed, exempt: str | None
) -> list[Change]:
    """The document and the paper, in one write. What is kept back has no telling identifier."""
    words = ("paper",) if exempt else (values["title"],)
    document, _ = made(Document, {
        "title": values["title"], "issuer": values["issuer"] or "not stated",
        "date": today().isoformat(), "exempt": exempt,
    })  # fmt: skip
    if document is None:
        return []
    entered = Change("assert", clerk.free("document", *words), document, clerk.begins)
    paper = Paper(
        item=item, document=entered.entity, type=values["type"], pages=str(filed.pages),  # type: ignore[arg-type]  # one of those offered
        checksum=filed.checksum, published=None if exempt else today().isoformat(), exempt=exempt,
        sources=(Source(document=entered.entity),),
    )  # fmt: skip
    return [*clerk.document(), entered, clerk.adds("paper", paper, *words)]


def _taken_off(clerk: Clerk, which: str, answers: Answers) -> Faults:
    name = f"{clerk.system}/paper/{which}"
    mine = {own for item, _ in clerk.items for own, _ in papers_for(clerk.snapshot, item)}
    if name not in mine:
        return {"form": f"This meeting has no paper {which}."}
    return clerk.write([clerk.takes_off(name, answers.number("seen"))], "Paper taken off")
