"""Web addresses for changing the record, each behind the gate."""

from django.urls import path, register_converter

from commonweal_site.later import Later

from .gate import May, View, a_keeper, an_editor, anybody_signed_in, gate

views = Later("commonweal_site.editing.views")

_ENTITY = "edit/<word:system>/<word:kind>/<word:slug>"


class Word:
    """A part of an identifier."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Number:
    """A number of an entry."""

    regex = "[0-9]{1,15}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Change:
    """A verb that changes what is there."""

    regex = "assert|amend|correct|withdraw"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Word, "word")
register_converter(Change, "change")
register_converter(Number, "number")

_ROOMS: tuple[tuple[str, View, May, str], ...] = (
    ("edit/", views.start, anybody_signed_in, "edit"),
    ("edit/changes/", views.mine, anybody_signed_in, "edit-mine"),
    ("edit/done/<number:number>/", views.done, anybody_signed_in, "edit-done"),
    ("edit/add/", views.choose, an_editor, "edit-choose"),
    ("edit/add/<word:kind>/", views.add, an_editor, "edit-add"),
    (f"{_ENTITY}/", views.options, an_editor, "edit-entity"),
    (f"{_ENTITY}/redact/", views.strike, a_keeper, "edit-redact"),
    (f"{_ENTITY}/<change:verb>/", views.change, an_editor, "edit-verb"),
    (f"{_ENTITY}/put-back/<number:number>/", views.undo, an_editor, "edit-undo"),
)

urlpatterns = [path(route, gate(view, may), name=name) for route, view, may, name in _ROOMS]
