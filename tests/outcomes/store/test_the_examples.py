"""Every example in a docstring of the store is right."""

import doctest
import importlib
import pkgutil

import pytest

from commonweal.outcomes import store

NAMES = [each.name for each in pkgutil.iter_modules(store.__path__, f"{store.__name__}.")]


@pytest.mark.parametrize("name", NAMES)
def test_examples_come_out_as_written(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
