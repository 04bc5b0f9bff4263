"""An import is posted whole: its entries, then their lines, then the import itself.

The import is let in only if every one of its entries balances, follows the last and lies in no
closed period; the database then adds up its balances itself. Before, each entry was tried as it
came in, which took as long as all the rest. Balances are kept by import and never changed, so that
they also tell what was known at an earlier time. A line has its month, so that the lines behind a
month's figure are found by index.

Guards are triggers. SQLite's "insert or replace" takes a row away without telling the triggers on
deleting, so that what is there already is looked for when something is put in.
"""

from typing import Any

from django.db import migrations

_MONTH = {
    "sqlite": "(cast(substr({0}, 1, 4) as integer) * 12 + cast(substr({0}, 6, 2) as integer) - 1)",
    "postgresql": (
        "(cast(extract(year from {0}) as integer) * 12 "
        "+ cast(extract(month from {0}) as integer) - 1)"
    ),
}
_DAYS = {"month": "e.day", "until": "c.until"}
"""The month of a day as one number, as `commonweal.money.ledger.month_of` has it."""

_TABLES = {
    "money_import": """
    number   {number} primary key,
    sha256   text not null unique,
    name     text not null,
    actor    text not null,
    reason   text not null,
    recorded bigint not null,
    entries  bigint not null check (entries > 0),
    lines    bigint not null
""",
    "money_entry": """
    number   {number} primary key,
    import   bigint not null references money_import (number) deferrable initially deferred,
    key      text not null,
    day      date not null,
    what     text not null check (what <> ''),
    reverses bigint not null check (reverses < number)
""",
    "money_line": """
    entry bigint not null references money_entry (number) deferrable initially deferred,
    line  integer not null,
    tags  bigint not null references money_tags (number),
    month integer not null,
    pence bigint not null check (pence <> 0),
    primary key (entry, line)
""",
    "money_balance": """
    import bigint not null references money_import (number) deferrable initially deferred,
    tags   bigint not null references money_tags (number),
    month  integer not null,
    pence  bigint not null,
    lines  bigint not null,
    primary key (import, tags, month)
""",
}
_CLUSTERED = ("money_line", "money_balance")

_INDEXES = [
    "create unique index money_entry_reverses on money_entry (reverses) where reverses > 0",
    "create index money_entry_import on money_entry (import)",
    "create index money_entry_day on money_entry (day, number)",
    "create index money_line_tags on money_line (tags, month, entry)",
    "create index money_import_name on money_import (name)",
]

_COPIES = [
    """
insert into money_import select i.*,
    (select count(*) from was_money_entry e where e.import = i.number),
    (select count(*) from was_money_entry e join was_money_line l on l.entry = e.number
     where e.import = i.number)
from was_money_import i
""",
    "insert into money_entry select * from was_money_entry",
    """
insert into money_line select l.entry, l.line, l.tags, {month}, l.pence
from was_money_line l join was_money_entry e on e.number = l.entry
""",
    """
insert into money_balance select e.import, l.tags, l.month, sum(l.pence), count(*)
from money_line l join money_entry e on e.number = l.entry group by 1, 2, 3
""",
]

_ADDED = "an import is added at the end of the ledger, with its entries, and nowhere else"
_FIRST = "(select min(number) from money_entry where import = new.number)"
"""The first entry of the import that comes in, which is the last: the lines from there are its."""

_BEFORE = [
    (
        _ADDED,
        """
new.number <> 1 + (select coalesce(max(number), 0) from money_import)
or exists (select 1 from money_import where sha256 = new.sha256)
or exists (select 1 from money_balance where import = new.number)
or not (
    select count(*) = new.entries and max(number) - min(number) = new.entries - 1
    and min(number) = 1 + (
        select coalesce(max(number), 0) from money_entry where import = new.number - 1
    )
    from money_entry where import = new.number
)
""",
    ),
    (
        "the lines of an entry come to nothing",
        f"""
new.entries <> (
    select count(*) from (
        select 1 from money_line where entry >= {_FIRST}
        group by entry having sum(pence) = 0 and count(*) > 1
    ) balanced
)
""",
    ),
    (
        "a line is of the month of its entry",
        """
exists (
    select 1 from money_entry e cross join money_line l
    where e.import = new.number and l.entry = e.number and l.month <> {month}
)
""",
    ),
]
_FILL = f"""
insert into money_balance
select new.number, tags, month, sum(pence), count(*) from money_line
where entry >= {_FIRST} group by tags, month
"""
_AFTER = [
    (_ADDED, "new.lines <> (select sum(lines) from money_balance where import = new.number)"),
    (
        "the period is closed",
        f"""
exists (
    select 1 from (select body, max(until) as until from money_closing group by body) c
    cross join money_tags t cross join money_balance b cross join money_line l
    cross join money_entry e
    where t.body = c.body and b.import = new.number and b.tags = t.number
    and b.month <= {{until}} and l.tags = b.tags and l.month = b.month and l.entry >= {_FIRST}
    and e.number = l.entry and e.day < c.until
)
""",
    ),
]
"""What is said when an import comes in, and why. SQLite joins in the order of a cross join."""

_POSTED = "exists (select 1 from money_import where number = new.import)"
_AMONG = {
    "money_entry": _POSTED,
    "money_line": """exists (
    select 1 from money_entry e join money_import i on i.number = e.import
    where e.number = new.entry
)""",
    "money_balance": _POSTED,
}
"""What would be put among what is posted already."""

_INSTEAD = {
    "money_entry": "number = new.number",
    "money_tags": """number = new.number or (
    account = new.account and body = new.body and fund = new.fund and scheme = new.scheme
    and partner = new.partner and decision = new.decision
)""",
    "money_closing": "body = new.body and until = new.until",
}
"""What would be put in the place of a row. PostgreSQL's keys see to that."""

_KEPT = "the ledger is never edited or deleted from; reverse the entry"
_THERE = "what is posted takes nothing more and is not put in twice"


def _sqlite_guards(filled: list[str]) -> list[str]:
    there = {
        table: f"exists (select 1 from {table} where {same})" for table, same in _INSTEAD.items()
    }
    for table, among in _AMONG.items():
        there[table] = " or ".join([*([there[table]] if table in there else []), among])
    return [
        _trigger("money_import_whole", "insert on money_import", *filled),
        *(
            _trigger(f"{table}_new", f"insert on {table} when {when}", _stop(_THERE))
            for table, when in there.items()
        ),
        *(
            _trigger(f"{table}_{event}", f"{event} on {table}", _stop(_KEPT))
            for table in _TABLES
            for event in ("update", "delete")
        ),
    ]


def _stop(says: str, when: str = "true") -> str:
    return f"select raise(abort, '{says}') where {when}"


def _trigger(name: str, before: str, *statements: str) -> str:
    return f"create trigger {name} before {before} begin {'; '.join(statements)}; end"


def _postgresql_guards(filled: list[str]) -> list[str]:
    guards = [
        (
            "money_import_whole", "before insert on money_import for each row",
            (*filled, "return new"),
        ),
        *(
            (
                f"{table}_new",
                f"after insert on {table} referencing new table as added for each statement",
                (
                    _refuse(
                        _THERE,
                        f"exists (select 1 from added where {there.replace('new.', 'added.')})",
                    ),
                    "return null",
                ),
            )
            for table, there in _AMONG.items()
        ),
        *(
            (
                f"{table}_{event}", f"before {event} on {table} for each row",
                (_refuse(_KEPT, "true"), "return null"),
            )
            for table in _TABLES
            for event in ("update", "delete")
        ),
    ]  # fmt: skip
    statements = []
    for name, when, body in guards:
        statements += [
            (
                f"create or replace function {name}() returns trigger language plpgsql as "
                f"$$ begin {'; '.join(body)}; end $$"
            ),
            f"create trigger {name} {when} execute function {name}()",
        ]
    return statements + [
        f"create trigger {table}_truncate before truncate on {table} "
        "for each statement execute function record_no_truncate()"
        for table in _TABLES
    ]


def _refuse(says: str, when: str) -> str:
    return (
        f"if {when} then raise exception '{says}' "
        "using errcode = 'integrity_constraint_violation'; end if"
    )


_OLD_GUARDS = {
    "money_entry_balances": "money_entry",
    "money_entry_next": "money_entry",
    "money_entry_open": "money_entry",
    "money_line_before": "money_line",
}


def _aside(vendor: str) -> list[str]:
    """Take the old guards and indexes away and put the old tables aside."""
    on = {"sqlite": "", "postgresql": " on {}"}[vendor]
    kept = {
        f"{table}_{event}": table
        for table in ("money_import", "money_entry", "money_line")
        for event in ("update", "delete")
    }
    return [
        *(f"drop trigger {name}{on.format(table)}" for name, table in (_OLD_GUARDS | kept).items()),
        *(f"drop function {name}" for name in _OLD_GUARDS if vendor == "postgresql"),
        "drop index money_entry_reverses",
        "drop index money_line_tags",
        *(f"alter table {table} rename to was_{table}" for table in _TABLES),
    ]


def _statements(vendor: str) -> list[str]:
    number, clustered = {"sqlite": ("integer", "without rowid"), "postgresql": ("bigint", "")}[
        vendor
    ]
    months = {each: _MONTH[vendor].format(on) for each, on in _DAYS.items()}
    guards, no = {
        "sqlite": (_sqlite_guards, _stop), "postgresql": (_postgresql_guards, _refuse)
    }[vendor]  # fmt: skip
    before = [no(says, when.format(**months)) for says, when in _BEFORE]
    after = [no(says, when.format(**months)) for says, when in _AFTER]
    return [
        *_aside(vendor),
        *(
            f"create table {table} ({columns.format(number=number)}) "
            f"{clustered if table in _CLUSTERED else ''}"
            for table, columns in _TABLES.items()
        ),
        *_INDEXES,
        *(copy.format(**months) for copy in _COPIES),
        *(["set constraints all immediate"] if vendor == "postgresql" else []),
        *(f"drop table was_{table}" for table in reversed(_TABLES)),
        *guards([*before, _FILL, *after]),
    ]


def whole(apps: Any, schema_editor: Any) -> None:
    """Make the tables anew with what was in them, and their guards."""
    del apps
    with schema_editor.connection.cursor() as cursor:
        for statement in _statements(schema_editor.connection.vendor):
            cursor.execute(statement)


class Migration(migrations.Migration):
    """Imports let in whole, and balances by import."""

    dependencies = (("money", "0001_ledger"),)
    operations = (migrations.RunPython(whole, migrations.RunPython.noop),)
