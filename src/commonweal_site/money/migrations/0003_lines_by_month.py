"""Two indexes that PostgreSQL needs for a long ledger.

Days within one month are added up from an index alone: of five million lines only the month's are
looked at. SQLite does without, as a ledger of that length is no longer kept there. And the first
entry of an import is found at once; SQLite's index on the import has the numbers in it already.
"""

from typing import Any

from django.db import migrations

_INDEXES = (
    "create index money_line_month on money_line (month, tags, entry) include (pence)",
    "drop index money_entry_import",
    "create index money_entry_import on money_entry (import, number)",
)


def lay(apps: Any, schema_editor: Any) -> None:
    """Make the indexes."""
    del apps
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            for statement in _INDEXES:
                cursor.execute(statement)


class Migration(migrations.Migration):
    """Indexes for PostgreSQL."""

    dependencies = (("money", "0002_whole_imports"),)
    operations = (migrations.RunPython(lay, migrations.RunPython.noop),)
