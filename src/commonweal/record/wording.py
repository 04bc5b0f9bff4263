"""Names and numbers as they stand in a sentence."""

from collections.abc import Iterable, Sequence


def listed(names: Iterable[str], *, most: int = 6) -> str:
    """Names in a row, as in a sentence.

    >>> listed(["a", "b", "c"]), listed("abcdefgh", most=3)
    ('a, b and c', 'a, b, c and 5 more')
    """
    every: Sequence[str] = tuple(names)
    if len(every) > most:
        return f"{', '.join(every[:most])} and {len(every) - most} more"
    return f"{', '.join(every[:-1])} and {every[-1]}" if len(every) > 1 else "".join(every)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "seat"), counted(0, "body", "bodies")
    ('1 seat', 'no bodies')
    """
    return f"{number or 'no'} {one if number == 1 else many or f'{one}s'}"


def capital(text: str) -> str:
    """The first letter large, the rest as it was.

    >>> capital("interim, from 1 July 2022")
    'Interim, from 1 July 2022'
    """
    return text[:1].upper() + text[1:]
