"""Every example in a docstring of the methods is right."""

import doctest
import importlib
import pkgutil

import pytest

from commonweal.outcomes import methods

NAMES = sorted(
    each.name for each in pkgutil.iter_modules(methods.__path__, "commonweal.outcomes.methods.")
)


@pytest.mark.parametrize("name", NAMES)
def test_examples_come_out_as_written(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.failed == 0


def test_there_are_examples():
    tried = [doctest.testmod(importlib.import_module(name)).attempted for name in NAMES]
    assert sum(tried) > 20
