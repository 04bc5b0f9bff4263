"""What comes with the code: at the root of a checkout, inside the package of a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]


def shipped_at(name: str) -> Path:
    """Where a file or folder that ships is, such as `packs` or `GLOSSARY.md`."""
    at_root = _CHECKOUT / name
    return at_root if (_CHECKOUT / "pyproject.toml").exists() else _PACKAGE / "shipped" / name
