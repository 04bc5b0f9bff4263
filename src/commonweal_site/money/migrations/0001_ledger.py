"""The ledger's tables, guarded by the database itself, alike on SQLite and PostgreSQL.

Lines are put in before their entry; the entry is let in only if they balance, and after it no line
more. That a line has its entry is seen to when the transaction ends. Nothing is edited or deleted,
but for the balances, which are worked out from the lines and can be worked out again.
"""

from typing import Any

from django.db import migrations

_TABLES = [
    """
create table money_import (
    number   {number} primary key,
    sha256   text not null unique,
    name     text not null,
    actor    text not null,
    reason   text not null,
    recorded bigint not null
)
""",
    """
create table money_entry (
    number   {number} primary key,
    import   bigint not null references money_import (number),
    key      text not null,
    day      date not null,
    what     text not null check (what <> ''),
    reverses bigint not null check (reverses < number)
)
""",
    """
create table money_tags (
    number   {number} primary key,
    account  text not null,
    body     text not null check (body <> ''),
    fund     text not null,
    scheme   text not null,
    partner  text not null,
    decision text not null,
    unique (account, body, fund, scheme, partner, decision)
)
""",
    """
create table money_line (
    entry bigint not null references money_entry (number) deferrable initially deferred,
    line  integer not null,
    tags  bigint not null references money_tags (number),
    pence bigint not null check (pence <> 0),
    primary key (entry, line)
) {clustered}
""",
    """
create table money_closing (
    body     text not null,
    until    date not null,
    actor    text not null,
    reason   text not null,
    recorded bigint not null,
    primary key (body, until)
)
""",
    """
create table money_balance (
    tags  bigint not null references money_tags (number),
    month integer not null,
    pence bigint not null,
    lines bigint not null,
    primary key (tags, month)
)
""",
    "create unique index money_entry_reverses on money_entry (reverses) where reverses > 0",
    "create index money_line_tags on money_line (tags, entry)",
    "create index money_tags_fund on money_tags (fund, scheme) where fund <> ''",
    "create index money_tags_body on money_tags (body, account)",
]

_FIXED = ("money_import", "money_entry", "money_tags", "money_line", "money_closing")
_KEPT = "the ledger is never edited or deleted from; reverse the entry"

_GUARDS = [
    (
        "money_entry_balances", "insert on money_entry",
        ("not coalesce((select count(*) > 1 and sum(pence) = 0 from money_line "
        "where entry = new.number), false)"),
        "the lines of an entry come to nothing",
    ),
    (
        "money_entry_next", "insert on money_entry",
        "new.number <> 1 + (select coalesce(max(number), 0) from money_entry)",
        "an entry is added at the end of the ledger, and nowhere else",
    ),
    (
        "money_entry_open", "insert on money_entry",
        (
            "exists (select 1 from money_closing c where new.day < c.until and c.body in "
            "(select t.body from money_line l join money_tags t on t.number = l.tags "
            "where l.entry = new.number))"
        ),
        "the period is closed",
    ),
    (
        "money_line_before", "insert on money_line",
        "exists (select 1 from money_entry e where e.number = new.entry)",
        "an entry takes no line more once it is posted",
    ),
    *(
        (f"{table}_{event}", f"{event} on {table}", "true", _KEPT)
        for table in _FIXED
        for event in ("update", "delete")
    ),
]  # fmt: skip


def _sqlite() -> list[str]:
    return [
        *(table.format(number="integer", clustered="without rowid") for table in _TABLES),
        *(
            f"create trigger {name} before {event} when {when} "
            f"begin select raise(abort, '{says}'); end"
            for name, event, when, says in _GUARDS
        ),
    ]


def _postgresql() -> list[str]:
    statements = [table.format(number="bigint", clustered="") for table in _TABLES]
    for name, event, when, says in _GUARDS:
        back = "old" if event.startswith("delete") else "new"
        statements += [
            (
                f"create function {name}() returns trigger language plpgsql as $$ begin "
                f"if {when} then raise exception '{says}' "
                "using errcode = 'integrity_constraint_violation'; end if; "
                f"return {back}; end $$"
            ),
            f"create trigger {name} before {event} for each row execute function {name}()",
        ]
    for table in _FIXED:
        statements.append(
            f"create trigger {table}_whole before truncate on {table} "
            "for each statement execute function record_no_truncate()"
        )
    return statements


def lay(apps: Any, schema_editor: Any) -> None:
    """Make the tables and their guards."""
    del apps
    statements = _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgresql()
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    """The first shape of the ledger."""

    initial = True
    dependencies = (("record", "0001_log_and_versions"),)
    operations = (migrations.RunPython(lay, migrations.RunPython.noop),)
