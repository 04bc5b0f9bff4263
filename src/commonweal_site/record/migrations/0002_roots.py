"""The published roots of the log: one a day, added after the last and never changed."""

from typing import Any

from django.db import migrations

_TABLE = """
create table record_root (
    day         date primary key,
    size        bigint not null check (size > 0),
    root        {bytes} not null,
    signature   {bytes} not null,
    public_key  {bytes} not null
)
"""

_KEPT = "a published root is never changed"
_NEXT = "a root is published after the last, on a log that grew"
_OUT_OF_ORDER = (
    "exists (select 1 from record_root r where r.day >= new.day or r.size >= new.size) "
    "or new.size > (select coalesce(max(number), 0) from record_entry)"
)


def _sqlite() -> list[str]:
    return [
        _TABLE.format(bytes="blob"),
        *(
            f"create trigger record_root_{event} before {event} on record_root when {when} "
            f"begin select raise(abort, '{says}'); end"
            for event, when, says in (
                ("delete", "true", _KEPT),
                ("update", "true", _KEPT),
                ("insert", _OUT_OF_ORDER, _NEXT),
            )
        ),
    ]


def _postgresql() -> list[str]:
    def refusing(name: str, when: str, says: str) -> str:
        return (
            f"create function {name}() returns trigger language plpgsql as $$ begin if {when} then "
            f"raise exception '{says}' using errcode = 'integrity_constraint_violation'; end if; "
            "return new; end $$"
        )

    return [
        _TABLE.format(bytes="bytea"),
        refusing("record_root_kept", "true", _KEPT),
        refusing("record_root_next", _OUT_OF_ORDER, _NEXT),
        *(
            f"create trigger record_root_{event} before {event} on record_root "
            f"for each {each} execute function {function}()"
            for event, each, function in (
                ("delete", "row", "record_root_kept"),
                ("update", "row", "record_root_kept"),
                ("truncate", "statement", "record_root_kept"),
                ("insert", "row", "record_root_next"),
            )
        ),
    ]


def lay(apps: Any, schema_editor: Any) -> None:
    """Make the table and its guards."""
    del apps
    statements = _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgresql()
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    """Published roots."""

    dependencies = [("record", "0001_log_and_versions")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
