"""The examples in this room's own documentation are true."""

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("module", ["calendar", "counting", "minimums", "rule"])
def test_the_examples_in_the_documentation_are_true(module):
    result = doctest.testmod(import_module(f"commonweal.statute.{module}"))
    assert result.attempted > 0
    assert result.failed == 0
