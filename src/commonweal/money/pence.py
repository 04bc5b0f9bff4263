"""Money as it is kept: whole pence, split so that no penny is lost or made.

Expenditure is positive and income negative, so that on either side of an account a variance
(forecast less budget) above nothing is adverse. People are shown words, never a bare sign.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

from commonweal.authority.facts import pounds
from commonweal.record.errors import SpeakingError

type Weight = int | Decimal | Fraction
"""A share in any unit: per cent, people, pence. Only its size beside the others counts."""


class BadMoney(SpeakingError):
    """Sums that cannot be done as they were put; the text says what would do."""


def split(total: int, weights: Sequence[Weight]) -> tuple[int, ...]:
    """Pence shared out by weight, adding up exactly.

    Each part is rounded down; the pence left over go, one each, to the parts that lost most by it,
    and where two lost alike to the earlier. A total below nothing is split as its opposite.

    raises  BadMoney if no weight is above nothing or one is below it

    >>> split(123_456_789, (Decimal("63.7"), Decimal("36.3")))
    (78641975, 44814814)
    """
    whole = _whole(tuple(weights))
    size, of = abs(total), sum(whole)
    parts = [divmod(size * weight, of) for weight in whole]
    left = size - sum([part for part, _ in parts])
    most = sorted(range(len(parts)), key=lambda i: -parts[i][1]) if left else []
    extra = set(most[:left])
    sign = -1 if total < 0 else 1
    return tuple([sign * (part + (i in extra)) for i, (part, _) in enumerate(parts)])


@lru_cache(maxsize=256)
def _whole(weights: tuple[Weight, ...]) -> tuple[int, ...]:
    """The weights as whole numbers in the same proportion. The same shares come again and again."""
    if not any(weights) or min(weights) < 0:
        listed = ", ".join(str(weight) for weight in weights) or "none"
        raise BadMoney(
            f"Money is shared by weights of nothing or more, one at least above nothing: {listed}."
        )
    ratios = [weight.as_integer_ratio() for weight in weights]
    common = lcm(*(below for _, below in ratios))
    return tuple(above * (common // below) for above, below in ratios)


def instalments(total: int, payments: int) -> tuple[int, ...]:
    """A sum in equal payments, the odd pence first.

    >>> instalments(10_000, 3)
    (3334, 3333, 3333)
    """
    if payments < 1:
        raise BadMoney(f"A sum is paid in one payment or more, not in {payments}.")
    return split(total, [1] * payments)


def rounded(amount: Decimal | Fraction) -> int:
    """To the nearest penny, a half away from nothing."""
    if isinstance(amount, Decimal):
        return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
    sign = -1 if amount < 0 else 1
    return sign * int((abs(amount) * 2 + 1) // 2)


def signed(pence: int) -> str:
    """Pounds with a true minus sign before what is below nothing.

    >>> signed(-125_000)
    '−£1,250'
    """
    return f"−{pounds(-pence)}" if pence < 0 else pounds(pence)


def variance_in_words(variance: int) -> str:
    """A variance as a report says it.

    >>> variance_in_words(-6_000_000)
    '£60,000 favourable'
    """
    if not variance:
        return "nil"
    return f"{pounds(abs(variance))} {'adverse' if variance > 0 else 'favourable'}"
