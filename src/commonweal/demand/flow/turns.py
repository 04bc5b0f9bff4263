"""Who goes first, and who leaves without: drawn for each who comes, in the order of coming."""

import numpy as np
import numpy.typing as npt

from .unstable import BadFlow, need_above_nought

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]


def checked(ranks: tuple[float, ...], patience: float | None) -> None:
    """Raises BadFlow for shares of ranks that do not add up, or a patience of nought or less."""
    if ranks and (min(ranks) < 0 or round(sum(ranks), 9) != 1):
        raise BadFlow(f"Shares of ranks add up to {sum(ranks):g}: they must add up to 1.")
    if patience is not None:
        need_above_nought(patience=patience)


def patience(mean: float | None, size: int, chance: np.random.Generator) -> Floats:
    """Days that each would wait: exponential about the mean, or for ever where there is none."""
    return np.full(size, np.inf) if mean is None else chance.exponential(mean, size)


def ranks(shares: tuple[float, ...], size: int, chance: np.random.Generator) -> Ints | None:
    """The rank of each, 0 first; none where it is first come, first served."""
    if not shares:
        return None
    ends = np.cumsum(shares)[:-1]
    return np.searchsorted(ends, chance.random(size), side="right").astype(np.int64)
