"""The log and the versions derived from it, guarded by the database itself.

The same two tables on SQLite and PostgreSQL. Days are dates, instants whole microseconds since 1970. A version
lives while `closed_by` holds the sentinel. The guards refuse every edit and deletion, apart from two: a live
version may be closed, and values may be struck out of an entry once the log holds the redaction that says so.
"""

from django.db import migrations

LIVE = 2**62

_ENTRY = """
create table record_entry (
    number      bigint primary key,
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
    seal        {bytes} not null,
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
    "create index record_entry_redactions on record_entry (target) where target > 0",
    "create index record_version_exempt on record_version (entity) where exempt = 1",
    "create index record_version_opened on record_version (opened_by)",
    f"create index record_version_closed on record_version (closed_by) where closed_by < {LIVE}",
]

_REDACTED = (
    "exists (select 1 from record_entry r where r.verb = 'redact' and r.target = {entry} "
    "and r.entity = {row}.entity)"
)

_OVERLAP = f"""
    select 1 from record_version v
    where v.kind = new.kind and v.entity = new.entity and v.closed_by = {LIVE}
      and v.valid_from < new.valid_to and new.valid_from < v.valid_to
"""

# What a guard tells whoever tries.
_NO_DELETE = "the record is never deleted from"
_NO_EDIT = "the log is never edited; only a redaction may strike out values"
_NO_RESTATE = "a version is never edited; it may only be closed, or struck out by a redaction"
_NO_OVERLAP = "an entity cannot have two live versions on one day"

_FIXED_ENTRY = "number recorded verb entity valid_from valid_to target seal hash".split()
_STRIKABLE = "actor reason content salts struck".split()
_FIXED_VERSION = "kind entity valid_from valid_to recorded_from stated_by opened_by exempt".split()


def _sqlite() -> list[str]:
    def trigger(name: str, event: str, when: str, says: str) -> str:
        return (
            f"create trigger {name} before {event} {when} begin select raise(abort, '{says}'); end"
        )

    closable = f"old.closed_by = {LIVE} and new.closed_by >= old.opened_by"
    return [
        _ENTRY.format(bytes="blob"),
        f"{_VERSION.rstrip()} without rowid",
        *_INDEXES,
        trigger("record_entry_kept", "delete on record_entry", "", _NO_DELETE),
        trigger("record_version_kept", "delete on record_version", "", _NO_DELETE),
        trigger(
            "record_entry_fixed",
            f"update of {', '.join(_FIXED_ENTRY)} on record_entry",
            "",
            _NO_EDIT,
        ),
        trigger(
            "record_entry_struck",
            f"update of {', '.join(_STRIKABLE)} on record_entry",
            f"when not {_REDACTED.format(entry='old.number', row='old')}",
            _NO_EDIT,
        ),
        trigger(
            "record_version_fixed",
            f"update of {', '.join(_FIXED_VERSION)} on record_version",
            "",
            _NO_RESTATE,
        ),
        trigger(
            "record_version_closed_once",
            "update of closed_by, recorded_to on record_version",
            f"when not ({closable})",
            _NO_RESTATE,
        ),
        trigger(
            "record_version_struck",
            "update of content on record_version",
            f"when not {_REDACTED.format(entry='old.stated_by', row='old')}",
            _NO_RESTATE,
        ),
        trigger(
            "record_version_alone",
            "insert on record_version",
            f"when new.closed_by = {LIVE} and exists ({_OVERLAP})",
            _NO_OVERLAP,
        ),
    ]


def _postgresql() -> list[str]:
    def changed(columns: list[str]) -> str:
        return " or ".join(f"new.{column} is distinct from old.{column}" for column in columns)

    def guard(name: str, table: str, event: str, body: str) -> list[str]:
        return [
            f"create function {name}() returns trigger language plpgsql as $$ begin {body} end $$",
            f"create trigger {name} before {event} on {table} for each row execute function {name}()",
        ]

    def refuse(when: str, says: str) -> str:
        return f"if {when} then raise exception '{says}' using errcode = 'integrity_constraint_violation'; end if;"

    keep = f"raise exception '{_NO_DELETE}' using errcode = 'integrity_constraint_violation';"
    entry = (
        refuse(changed(_FIXED_ENTRY), _NO_EDIT)
        + refuse(
            f"({changed(_STRIKABLE)}) and not {_REDACTED.format(entry='old.number', row='old')}",
            _NO_EDIT,
        )
        + " return new;"
    )
    closing = changed(["closed_by", "recorded_to"])
    version = (
        refuse(changed(_FIXED_VERSION), _NO_RESTATE)
        + refuse(
            f"({closing}) and not (old.closed_by = {LIVE} and new.closed_by >= old.opened_by)",
            _NO_RESTATE,
        )
        + refuse(
            f"({changed(['content'])}) and not {_REDACTED.format(entry='old.stated_by', row='old')}",
            _NO_RESTATE,
        )
        + " return new;"
    )
    alone = refuse(f"new.closed_by = {LIVE} and exists ({_OVERLAP})", _NO_OVERLAP) + " return new;"
    return [
        "create extension if not exists btree_gist",
        _ENTRY.format(bytes="bytea"),
        _VERSION,
        *_INDEXES,
        *guard("record_entry_kept", "record_entry", "delete", keep),
        *guard("record_version_kept", "record_version", "delete", keep),
        *guard("record_entry_fixed", "record_entry", "update", entry),
        *guard("record_version_fixed", "record_version", "update", version),
        *guard("record_version_alone", "record_version", "insert", alone),
        # Belt and braces: two writers at once could each pass the trigger, but not the constraint.
        "alter table record_version add constraint record_version_no_overlap exclude using gist "
        f"(entity with =, daterange(valid_from, valid_to) with &&) where (closed_by = {LIVE})",
        "create function record_no_truncate() returns trigger language plpgsql as "
        f"$$ begin {keep} end $$",
        "create trigger record_entry_whole before truncate on record_entry "
        "for each statement execute function record_no_truncate()",
        "create trigger record_version_whole before truncate on record_version "
        "for each statement execute function record_no_truncate()",
    ]


def lay(apps, schema_editor) -> None:
    """Make the tables and their guards."""
    statements = _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgresql()
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    """The first and, it is hoped, the last shape of the log."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
