"""The records and the site that the tests of the site use."""

from tests.commands.conftest import commonweal, demo
from tests.site.conftest import kent, shipped, shipped_book

__all__ = ["commonweal", "demo", "kent", "shipped", "shipped_book"]
