"""The page on which a file of money is handed in, looked at, settled and posted."""

from decimal import Decimal
from typing import Any, NamedTuple, get_args

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from commonweal.money.budgets import Budget, Version
from commonweal.money.imported import budgets, entries
from commonweal.money.imported.finding import Read, read
from commonweal.money.imported.found import Found
from commonweal.money.imported.mapping import Mapping, as_yaml
from commonweal.money.ledger import Entry
from commonweal.money.pence import BadMoney, signed
from commonweal.record.errors import Refused
from commonweal.record.sheets import Fault, FileRead
from commonweal_site.day import today
from commonweal_site.editing.desk import Desk
from commonweal_site.editing.questions import Answers
from commonweal_site.jinja import Crumb
from commonweal_site.money import taking_in
from commonweal_site.money.importing import read_money
from commonweal_site.pages import as_csv, page
from commonweal_site.record.presenting import system_name
from commonweal_site.viewer import viewer

from . import doing, money_said, uploads
from .files import RefusedFile

_SHOWN = 500
_TITLE = "Import money"
_CRUMBS = [Crumb("Make a change", "/edit/")]


def begin(request: HttpRequest) -> HttpResponse:
    """The form: which file or table, what it is, and whose."""
    return _form(request, QueryDict(mutable=True), {})


def shorter(request: HttpRequest) -> HttpResponse:
    """The address that is easier to say."""
    del request
    return HttpResponseRedirect(reverse("import-money"))


def _form(
    request: HttpRequest,
    typed: QueryDict,
    faults: dict[str, str],
    *,
    token: str = "",
    name: str = "",
) -> HttpResponse:
    desk = Desk(viewer(request), today())
    return page(
        request, "importing/money_form.jinja", _TITLE, plain=True, crumbs=_CRUMBS, faults=faults,
        status=422 if faults else 200, answers=Answers(dict(typed.lists())), token=token, name=name,
        systems=[(each, system_name(desk.snapshot, each)) for each in desk.systems],
        kinds=money_said.INTO, versions=get_args(Version), bodies=desk.offered(("body",), ""),
        budgets=desk.offered(("budget",), ""),
    )  # fmt: skip


def take(request: HttpRequest) -> HttpResponse:
    """What is in the file, what is wrong with it, and posting it."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("import-money"))
    desk, typed = Desk(viewer(request), today()), request.POST.copy()
    if typed.get("system") not in desk.systems:
        return _form(request, typed, {"system": "Choose the system whose record it belongs to."})
    try:
        name, data, token = uploads.handed_in(
            request, officer=desk.viewer.name, ask="Choose a file, or paste a table.",
            pasted=typed.get("pasted", ""),
        )  # fmt: skip
        file = read_money(name, data)
    except RefusedFile as refused:
        return _form(request, typed, {"file": str(refused)})
    given = money_said.given(typed, desk)
    kept, wrong = money_said.settled(typed)
    faults = given.faults | ({"mapping": wrong} if wrong else {})
    if faults or typed.get("step") == "form":
        return _form(request, typed, faults, token=token, name=name)
    try:
        seen = _seen(desk, file, given, kept, calculated=bool(typed.get("calculated")))
    except BadMoney as refused:
        return _form(request, typed, {"mapping": str(refused)}, token=token, name=name)
    shown = _Shown(request, typed, desk, file, token, seen, kept)
    return shown.written() if typed.get("step") == "write" else shown.page()


def table(request: HttpRequest) -> HttpResponse:
    """A budget on record as the table it is read from, to write the next version in."""
    desk, typed = Desk(viewer(request), today()), request.GET.copy()
    try:
        entity = desk.resolve(typed.get("budget", ""), ("budget",))
    except ValueError as wrong:
        return _form(request, typed, {"budget": str(wrong)})
    budget = desk.snapshot.get(entity)
    if not isinstance(budget, Budget):
        return _form(request, typed, {"budget": f"{entity} is not on record today."})
    heads, *rows = budgets.laid_out(budget)
    columns = [str(head) for head in heads]
    cells = [dict(zip(columns, map(_printed, row), strict=True)) for row in rows]
    return as_csv(entity.rsplit("/", 1)[1], columns, cells)


def _printed(cell: str | Decimal | None) -> str | None:
    """A sum as tables print it. A minus before it would look like a formula."""
    if isinstance(cell, Decimal):
        return f"({-cell:.2f})" if cell < 0 else f"{cell:.2f}"
    return cell


class Seen(NamedTuple):
    """A file of money as it was read for one purpose.

    faults  what keeps it from being posted
    """

    into: str
    tables: Read
    faults: tuple[Fault, ...] = ()
    budget: budgets.Drawn | None = None
    plan: taking_in.Proposed | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def found(self) -> tuple[Found, ...]:
        return () if self.into == "ledger" else self.tables.found

    @property
    def to_confirm(self) -> int:
        """How many findings somebody must say that they have seen."""
        return sum(each.to_confirm for each in self.found)

    @property
    def may_write(self) -> bool:
        return not self.faults and bool(self.entries or (self.plan and self.plan.changes))


def _seen(
    desk: Desk, file: FileRead, given: money_said.Given, kept: Mapping, *, calculated: bool
) -> Seen:
    if given.into == "ledger":
        return _ledger(desk, file, given.year, calculated=calculated)
    tables = read(file.sheets, kept, calculated=calculated)
    if given.terms is None:
        return Seen("tables", tables)
    drawn = budgets.draw(tables, kept, given.terms)
    if not drawn.budget or not drawn.of:
        return Seen("budget", tables, drawn.faults, drawn)
    day = taking_in.begins(given.terms.year, given.terms.made)
    plan = taking_in.proposed(
        desk.on(day), file, drawn.budget, taking_in.at_table(drawn.of), taken=desk.book.exists
    )
    wrong = (Fault(None, "", desk.fit(plan.fault)),) if plan.fault else ()
    return Seen("budget", tables, wrong, drawn, plan)


def _ledger(desk: Desk, file: FileRead, year: str, *, calculated: bool) -> Seen:
    day = taking_in.begins(year, "")
    within = taking_in.bounds(year, desk.on(day), desk.snapshot)
    said = entries.read(file.sheets, within, calculated=calculated)
    bodies = {line.body for entry in said.entries for line in entry.lines}
    others = sorted(each for each in bodies if not desk.viewer.may_propose(each))
    wrong = said.faults + tuple(
        Fault(None, each, "you may not post to this body's books.") for each in others
    )
    return Seen("ledger", Read((), ()), wrong, entries=() if wrong else said.entries)


class _Shown(NamedTuple):
    """One file of money as it lies before an officer."""

    request: HttpRequest
    typed: QueryDict
    desk: Desk
    file: FileRead
    token: str
    seen: Seen
    kept: Mapping

    @property
    def reason(self) -> str:
        typed = " ".join(self.typed.get("reason", "").split())[:1000]
        return typed or f"Imported from {self.file.name}, SHA-256 {self.file.sha256}."

    def written(self) -> HttpResponse:
        """Post or write it, if nothing is wrong and what is found was seen."""
        if not self.seen.may_write:
            return self.page()
        if self.seen.to_confirm and self.typed.get("seen") != str(self.seen.to_confirm):
            return self.page(["Say that you have read what was found."])
        try:
            done = self._post() if self.seen.into == "ledger" else self._write()
        except Refused as refused:
            return self.page([self.desk.fit(each) for each in refused.reasons])
        except BadMoney as refused:
            return self.page(str(refused).splitlines())
        uploads.forget(self.token)
        return page(
            self.request, "importing/money_done.jinja", "Imported", plain=True, crumbs=_CRUMBS,
            file=self.file, **done,
        )  # fmt: skip

    def _post(self) -> dict[str, Any]:
        posted = taking_in.post(
            self.file, self.seen.entries, actor=self.desk.viewer.name, reason=self.reason
        )
        return {"posted": posted, "system": self.typed["system"], "entity": ""}

    def _write(self) -> dict[str, Any]:
        plan = self.seen.plan or taking_in.Proposed("")
        self.desk.book.write(plan.changes, actor=self.desk.viewer.name, reason=self.reason)
        after = Desk(self.desk.viewer, plan.changes[-1].valid_from)
        return {"posted": None, "entity": plan.entity, "name": after.name}

    def page(self, refused: list[str] | None = None) -> HttpResponse:
        """What was found, everything typed carried along."""
        seen, drawn = self.seen, self.seen.budget
        refused = self._refusals() if refused is None else refused
        bad = bool(seen.faults or refused)
        return page(
            self.request, "importing/money_seen.jinja", _TITLE, plain=True, crumbs=_CRUMBS,
            status=422 if bad else 200, file=self.file, seen=seen, refused=refused,
            typed=[(n, v) for n in money_said.CARRIED for v in self.typed.getlist(n)],
            token=self.token, mapping=as_yaml(self.kept), kept=self.kept,
            found=seen.found[:_SHOWN], faults=seen.faults[:_SHOWN],
            columns=money_said.columns(drawn.of if drawn else None, self.kept),
            roles=money_said.ROLES, units=money_said.UNITS, signs=money_said.SIGNS, signed=signed,
            posted=seen.entries[:_SHOWN], sums=entries.in_short(seen.entries),
            may_write=seen.may_write and not bad, reason=self.reason, name=self.desk.name,
            invented=self.typed.get("system", "") in self.desk.snapshot.invented,
        )  # fmt: skip

    def _refusals(self) -> list[str]:
        if not self.seen.plan or not self.seen.plan.changes:
            return []
        who = self.desk.viewer.name
        found = doing.refusals(self.desk.book, self.seen.plan.changes, who, self.reason)
        return [self.desk.fit(each) for each in found]
