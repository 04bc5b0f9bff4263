"""What is worked out once for each snapshot."""

from collections.abc import Callable
from functools import wraps
from weakref import WeakKeyDictionary

from .snapshot import Snapshot


def remembered[T](work_out: Callable[[Snapshot], T]) -> Callable[[Snapshot], T]:
    """Keep what a function works out for as long as its snapshot lives.

    The answer must not hold the snapshot itself, or neither would ever be let go.
    """
    kept: WeakKeyDictionary[Snapshot, T] = WeakKeyDictionary()

    @wraps(work_out)
    def once(snapshot: Snapshot) -> T:
        if (known := kept.get(snapshot)) is not None:
            return known
        answer = kept[snapshot] = work_out(snapshot)
        return answer

    return once
