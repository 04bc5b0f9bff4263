"""Every example in a docstring of the sources is right."""

import doctest
import importlib
import pkgutil

import pytest

from commonweal import sources

NAMES = [each.name for each in pkgutil.iter_modules(sources.__path__, f"{sources.__name__}.")]


@pytest.mark.parametrize("name", NAMES)
def test_examples_come_out_as_written(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
