"""The log and the versions derived from it, guarded by the database itself.

The same two tables on SQLite and PostgreSQL. Days are dates, instants whole microseconds since
1970. A version lives while `closed_by` holds the sentinel. Entries are added at the end only. The
guards refuse every edit and deletion, apart from two: a live version may be closed by an entry
about it, and values may be struck out of an entry once the log holds the redaction that says so.
"""

from typing import Any

from django.db import migrations

LIVE = 2**62

_ENTRY = """
create table record_entry (
    number      {number} primary key,
    recorded    bigint not null,
    actor       text not null,
    reason      text not null,
    verb        text not null check (verb in ('assert', 'amend', 'correct', 'withdraw', 'redact')),
    entity      text not null,
    valid_from  date not null,
    valid_to    date not null,
    content     text not null,
    target      bigint not null,
    salts       {bytes} not null,
    struck      text not null,
    hash        {bytes} not null,
    check (valid_from < valid_to)
)
"""

_VERSION = f"""
create table record_version (
    kind          text not null,
    entity        text not null,
    valid_from    date not null,
    valid_to      date not null,
    recorded_from bigint not null,
    recorded_to   bigint not null default {LIVE},
    stated_by     bigint not null,
    opened_by     bigint not null,
    closed_by     bigint not null default {LIVE},
    exempt        smallint not null,
    content       text not null,
    primary key (kind, entity, opened_by, valid_from),
    check (valid_from < valid_to)
)
"""

_INDEXES = [
    "create index record_entry_entity on record_entry (entity)",
    "create index record_entry_recorded on record_entry (recorded, number)",
    "create index record_entry_actor on record_entry (actor, number)",
    "create index record_entry_redactions on record_entry (target) where target > 0",
    "create index record_version_exempt on record_version (entity) where exempt = 1",
]

_CLOSES = """
exists (select 1 from record_entry r where r.number = new.closed_by and r.entity = old.entity
        and r.recorded = new.recorded_to)
"""

_NEXT = """
new.number = 1 + (select coalesce(max(number), 0) from record_entry)
"""

# The second half keeps SQLite's "insert or replace" from replacing.
_TAKEN = f"""
    select 1 from record_version v
    where v.kind = new.kind and v.entity = new.entity and (
        (v.closed_by = {LIVE} and new.closed_by = {LIVE}
         and v.valid_from < new.valid_to and new.valid_from < v.valid_to)
        or (v.opened_by = new.opened_by and v.valid_from = new.valid_from))
"""

# What a guard tells whoever tries.
_NO_DELETE = "the record is never deleted from"
_NO_EDIT = "the log is never edited; only a redaction may strike out values"
_NO_RESTATE = "a version is never edited; it may only be closed, or struck out by a redaction"
_NO_OVERLAP = "an entity cannot have two live versions on one day"
_NO_GAP = "an entry is added at the end of the log, and nowhere else"

_FIXED_ENTRY = "number recorded verb entity valid_from valid_to target hash".split()
_STRIKABLE = "actor reason content salts struck".split()
_FIXED_VERSION = "kind entity valid_from valid_to recorded_from stated_by opened_by exempt".split()


def _changed(columns: list[str], differs: str) -> str:
    return " or ".join(f"new.{column} {differs} old.{column}" for column in columns)


def _redacted(entry: str) -> str:
    return (
        "exists (select 1 from record_entry r where r.verb = 'redact' "
        f"and r.target = {entry} and r.entity = old.entity)"
    )


def _updates(differs: str) -> list[tuple[str, str, str, str]]:
    """What no update may do: name of the guard, table, when it is broken, and what it says."""
    closing = _changed(["closed_by", "recorded_to"], differs)
    return [
        ("record_entry_fixed", "record_entry", _changed(_FIXED_ENTRY, differs), _NO_EDIT),
        (
            "record_entry_struck",
            "record_entry",
            f"({_changed(_STRIKABLE, differs)}) and not {_redacted('old.number')}",
            _NO_EDIT,
        ),
        ("record_version_fixed", "record_version", _changed(_FIXED_VERSION, differs), _NO_RESTATE),
        (
            "record_version_closed_once",
            "record_version",
            f"({closing}) and not (old.closed_by = {LIVE} and {_CLOSES})",
            _NO_RESTATE,
        ),
        (
            "record_version_struck",
            "record_version",
            f"({_changed(['content'], differs)}) and not {_redacted('old.stated_by')}",
            _NO_RESTATE,
        ),
    ]


def _sqlite() -> list[str]:
    def guard(name: str, event: str, when: str, says: str) -> str:
        return (
            f"create trigger {name} before {event} when {when} "
            f"begin select raise(abort, '{says}'); end"
        )

    return [
        _ENTRY.format(bytes="blob", number="integer"),
        f"{_VERSION.rstrip()} without rowid",
        *_INDEXES,
        guard("record_entry_kept", "delete on record_entry", "true", _NO_DELETE),
        guard("record_version_kept", "delete on record_version", "true", _NO_DELETE),
        guard("record_entry_next", "insert on record_entry", f"not ({_NEXT})", _NO_GAP),
        guard(
            "record_version_alone", "insert on record_version", f"exists ({_TAKEN})", _NO_OVERLAP
        ),
        *(
            guard(name, f"update on {table}", when, says)
            for name, table, when, says in _updates("is not")
        ),
    ]


def _postgresql() -> list[str]:
    def guard(name: str, table: str, event: str, when: str, says: str) -> list[str]:
        back = "old" if event == "delete" else "new"
        function = (
            f"create function {name}() returns trigger language plpgsql as $$ begin if {when} then "
            f"raise exception '{says}' using errcode = 'integrity_constraint_violation'; end if; "
            f"return {back}; end $$"
        )
        each = f"before {event} on {table} for each row execute function {name}()"
        return [function, f"create trigger {name} {each}"]

    no_overlap = (
        "alter table record_version add constraint record_version_no_overlap exclude using gist "
        f"(entity with =, daterange(valid_from, valid_to) with &&) where (closed_by = {LIVE})"
    )
    no_truncate = (
        "create function record_no_truncate() returns trigger language plpgsql as $$ begin "
        f"raise exception '{_NO_DELETE}' using errcode = 'integrity_constraint_violation'; end $$"
    )
    truncating = "before truncate on {} for each statement execute function record_no_truncate()"
    return [
        "create extension if not exists btree_gist",
        _ENTRY.format(bytes="bytea", number="bigint"),
        _VERSION,
        *_INDEXES,
        *guard("record_entry_kept", "record_entry", "delete", "true", _NO_DELETE),
        *guard("record_version_kept", "record_version", "delete", "true", _NO_DELETE),
        *guard("record_entry_next", "record_entry", "insert", f"not ({_NEXT})", _NO_GAP),
        *guard(
            "record_version_alone", "record_version", "insert", f"exists ({_TAKEN})", _NO_OVERLAP
        ),
        *(
            statement
            for name, table, when, says in _updates("is distinct from")
            for statement in guard(name, table, "update", when, says)
        ),
        # Two writers at once could each pass the trigger, but not the constraint.
        no_overlap,
        no_truncate,
        f"create trigger record_entry_whole {truncating.format('record_entry')}",
        f"create trigger record_version_whole {truncating.format('record_version')}",
    ]


def lay(apps: Any, schema_editor: Any) -> None:
    """Make the tables and their guards."""
    del apps
    statements = _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgresql()
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    """The first and, it is hoped, the last shape of the log."""

    initial = True
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
