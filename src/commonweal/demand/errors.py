"""What can go wrong with a projection, said before anything runs."""

from collections.abc import Sequence

from commonweal.record.errors import SpeakingError


class CannotProject(SpeakingError):
    """Every fault of what was asked, a sentence each.

    faults  the sentences
    """

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


class Stopped(SpeakingError):
    """A run was stopped before its end. Nothing of it is given out, for it would not be whole."""

    def __init__(self, done: int, of: int) -> None:
        super().__init__(
            f"The run was stopped after {done} of {of} areas. Nothing of it is shown: run it again."
        )


def or_refuse(faults: Sequence[str]) -> None:
    """Raise `CannotProject` if there is any fault."""
    if faults:
        raise CannotProject(faults)


def near(names: Sequence[str], shown: int = 6) -> str:
    """Names that do exist, for an unknown one."""
    more = "" if len(names) <= shown else f" and {len(names) - shown:,} more"
    return f"{', '.join(names[:shown])}{more}"
