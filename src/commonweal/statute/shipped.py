"""The data files that ship with this room."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

# The C reader of YAML is ten times faster, but a few builds of the library come without it.
Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parsed(text: str) -> Any:
    """What a YAML text holds."""
    return yaml.load(text, Loader=Loader)  # noqa: S506 - both loaders are safe ones


@cache
def text(name: str) -> str:
    """The text of a file, by its name in this room's folder."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def names(folder: str) -> tuple[str, ...]:
    """The names, in order, of the YAML files in a folder of this room."""
    found = (page.name for page in files(__package__).joinpath(folder).iterdir())
    return tuple(sorted(name for name in found if name.endswith(".yaml")))
