"""What is wrong with the tables of a file: formulas, damage, sums, and places that differ."""

from collections.abc import Iterator
from typing import NamedTuple

from commonweal.record.sheets import Sheet

from .casts import casts, variances
from .damage import damage, repaired
from .formulas import formulas, typed
from .found import Found
from .mapping import Mapping
from .prose import in_words
from .tables import Table, Text, tables, texts
from .ties import between, stated


class Read(NamedTuple):
    """The tables of a file, damage mended as the findings say, and everything found in it."""

    tables: tuple[Table, ...]
    found: tuple[Found, ...]

    @property
    def to_confirm(self) -> tuple[Found, ...]:
        """What somebody must say that they have seen."""
        return tuple(each for each in self.found if each.to_confirm)


def read(
    sheets: tuple[Sheet, ...], kept: Mapping | None = None, *, calculated: bool = False
) -> Read:
    """Read the tables of a file.

    kept        what is settled of its source
    calculated  take what formulas came to when the file was saved
    raises      BadMoney, if a tie that is settled names what the file does not hold
    """
    kept = kept or Mapping()
    as_printed = tables(sheets if calculated else typed(sheets), kept.nil)
    said = texts(sheets)
    mended = [repaired(table) for table in as_printed]
    wrong = [] if calculated else list(formulas(sheets))
    for table in as_printed:
        wrong += damage(table)
    wrong += _of(mended, said, kept)
    return Read(tuple(mended), tuple(wrong))


def _of(mended: list[Table], said: list[Text], kept: Mapping) -> Iterator[Found]:
    for table in mended:
        yield from casts(table)
        yield from variances(table)
    yield from between(mended)
    yield from in_words(mended, said)
    yield from stated(kept.ties, mended, said)
