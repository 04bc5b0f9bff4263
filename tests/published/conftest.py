"""The records and the site that the tests of the site use."""

from tests.site.conftest import kent, shipped, shipped_book

__all__ = ["kent", "shipped", "shipped_book"]
