"""The page on which a scheme is handed in, looked at, settled and written."""

import json
from typing import get_args

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from commonweal.authority.facts import LimitKind
from commonweal.authority.imported.drawing import Drawn
from commonweal.record.errors import Refused
from commonweal.record.facts import Status
from commonweal.record.sheets import FileRead
from commonweal_site.day import today
from commonweal_site.editing.desk import Desk
from commonweal_site.editing.questions import Answers
from commonweal_site.jinja import Crumb
from commonweal_site.pages import page
from commonweal_site.record.presenting import system_name
from commonweal_site.viewer import viewer

from . import asked, doing, uploads
from .files import RefusedFile
from .reading import read_file

_SHOWN = 500
_TITLE = "Import a scheme of delegation"
_CRUMBS = [Crumb("Make a change", "/edit/")]


def begin(request: HttpRequest) -> HttpResponse:
    """The form: which file, how it is laid out, whose, and from when."""
    return _form(request, QueryDict(mutable=True), {})


def _form(
    request: HttpRequest,
    typed: QueryDict,
    faults: dict[str, str],
    *,
    token: str = "",
    name: str = "",
) -> HttpResponse:
    desk = _desk(request)
    return page(
        request, "importing/form.jinja", _TITLE, plain=True, crumbs=_CRUMBS, faults=faults,
        status=422 if faults else 200, answers=Answers(dict(typed.lists())), token=token, name=name,
        systems=[(each, system_name(desk.snapshot, each)) for each in desk.systems],
        shapes=asked.SHAPES_IN_WORDS, statuses=get_args(Status), measures=get_args(LimitKind),
        offered={kind: desk.offered((kind,), "") for kind in ("body", "basis", "instrument")},
    )  # fmt: skip


def _desk(request: HttpRequest) -> Desk:
    return Desk(viewer(request), today())


def read(request: HttpRequest) -> HttpResponse:
    """What the file would put on record, what is wrong with it, and writing it."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("import"))
    desk, typed = _desk(request), request.POST.copy()
    if typed.get("system") not in desk.systems:
        return _form(request, typed, {"system": "Choose the system whose record it belongs to."})
    try:
        name, data, token = uploads.handed_in(
            request, officer=desk.viewer.name, ask="Choose a file: .xlsx (Excel) or .docx (Word)."
        )
        file = read_file(name, data)
    except RefusedFile as refused:
        return _form(request, typed, {"file": str(refused)})
    given = asked.terms_of(typed, desk)
    if given.terms is None or typed.get("step") == "form":
        return _form(request, typed, given.faults, token=token, name=name)
    on_day = Desk(desk.viewer, given.terms.starts)
    unread: dict[str, str] = {}
    settled = asked.settle(typed, asked.settled_before(typed), on_day, unread)
    made = doing.drawn(
        desk.book, on_day.snapshot, file, given.terms, asked.answers_of(settled),
        sees=desk.may_know,
    )  # fmt: skip
    shown = _Shown(request, typed, desk=on_day, file=file, token=token, settled=settled, made=made)
    if typed.get("step") == "write" and made.changes and not unread:
        return shown.written()
    return shown.page(unread)


class _Shown:
    """One file as it lies before an officer."""

    def __init__(
        self,
        request: HttpRequest,
        typed: QueryDict,
        *,
        desk: Desk,
        file: FileRead,
        token: str,
        settled: dict[str, dict[str, str]],
        made: Drawn,
    ) -> None:
        self.request, self.typed, self.desk, self.file = request, typed, desk, file
        self.token, self.settled, self.made = token, settled, made

    @property
    def reason(self) -> str:
        typed = " ".join(self.typed.get("reason", "").split())[:1000]
        return typed or f"Imported from {self.file.name}, SHA-256 {self.file.sha256}."

    def written(self) -> HttpResponse:
        try:
            done = doing.write(
                self.desk.book, self.made, actor=self.desk.viewer.name, reason=self.reason
            )
        except Refused as refused:
            return self.page({}, refused=[self.desk.fit(each) for each in refused.reasons])
        uploads.forget(self.token)
        after = Desk(self.desk.viewer, self.desk.day)
        return page(
            self.request, "importing/done.jinja", "Imported", plain=True, crumbs=_CRUMBS,
            written=done.entries[:_SHOWN], many=len(done.entries), name=after.name,
            instrument=self.made_instrument(),
        )  # fmt: skip

    def made_instrument(self) -> str:
        """Identifier of the document of authority that it was written under."""
        found = (getattr(each.fact, "instrument", None) for each in self.made.changes)
        return next((each for each in found if each), "")

    def page(self, unread: dict[str, str], refused: list[str] | None = None) -> HttpResponse:
        """What was found, everything typed carried along."""
        if refused is None:
            refused = self._refusals()
        typed = [(n, v) for n in asked.CARRIED for v in self.typed.getlist(n)]
        ended = [each for each in self.made.changes if each.verb == "withdraw"]
        bad = bool(unread or refused or self.made.faults or self.made.asked)
        return page(
            self.request, "importing/seen.jinja", _TITLE, plain=True, crumbs=_CRUMBS,
            status=422 if bad else 200, file=self.file, made=self.made, typed=typed,
            token=self.token, settled=json.dumps(self.settled), unread=unread, refused=refused,
            choices=asked.choices(self.made.asked, self.desk), name=self.desk.name,
            mapping=asked.as_mapping(self.settled), shown=self.made.placed[:_SHOWN],
            faults_shown=self.made.faults[:_SHOWN], ended=ended, may_write=not bad and bool(
                self.made.changes), reason=self.reason, invented=self._invented(),
        )  # fmt: skip

    def _invented(self) -> bool:
        return self.typed.get("system", "") in self.desk.snapshot.invented

    def _refusals(self) -> list[str]:
        if not self.made.changes:
            return []
        reasons = doing.refusals(
            self.desk.book, self.made.changes, self.desk.viewer.name, self.reason
        )
        return [self.desk.fit(each) for each in reasons]
