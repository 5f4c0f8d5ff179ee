"""Could it be chance? How likely it is that so many of those who were refused live in one place, if places made no difference.

People are drawn without putting back (the hypergeometric tail), in decimal numbers of 50 digits: the same answer on every machine.
"""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Final

DIGITS: Final = 50
_LN_TWO_PI: Final = Decimal("1.8378770664093454835606594728112352797227949472755668")
# of Stirling's series: ln n! = (n + 1/2) ln n - n + ln(2 pi) / 2 + sum of these over n to an odd power
_SERIES: Final = ((1, 12), (-1, 360), (1, 1260), (-1, 1680), (1, 1188), (-691, 360360), (1, 156), (-3617, 122400))
_EXACT: Final = 256
MOST: Final = 6  # powers of ten that are told


def at_most(refused_here: int, here: int, refused: int, everybody: int) -> Decimal:
    """An upper bound (close: the tail is summed as a geometric series) of the chance that of `here` people, drawn out of `everybody`
    of whom `refused` were refused, `refused_here` or more were. Never more than 1."""
    if refused_here * everybody <= here * refused:  # not more than was to be expected
        return Decimal(1)
    with localcontext() as context:
        context.prec = DIGITS
        first = (
            _ln_choose(refused, refused_here)
            + _ln_choose(everybody - refused, here - refused_here)
            - _ln_choose(everybody, here)
        ).exp()
        more = Decimal((refused - refused_here) * (here - refused_here))
        ratio = more / ((refused_here + 1) * (everybody - refused - here + refused_here + 1))
        return min(Decimal(1), first / (1 - ratio)) if ratio < 1 else Decimal(1)


def one_in(chance: Decimal, compared: int) -> int:
    """The largest power of ten such that the chance, over all the places that were `compared`, is at most 1 in it; 1 when none is."""
    found = 1
    for power in range(1, MOST + 1):
        if chance * compared * 10**power > 1:
            break
        found = 10**power
    return found


def _ln_choose(n: int, k: int) -> Decimal:
    return _ln_factorial(n) - _ln_factorial(k) - _ln_factorial(n - k)


@lru_cache(maxsize=4096)
def _ln_factorial(n: int) -> Decimal:
    """With the precision of the context in which it is asked: `at_most` sets it."""
    if n < _EXACT:
        return Decimal(math.factorial(n)).ln()
    number = Decimal(n)
    rest = sum((Decimal(up) / (low * number ** (2 * at + 1)) for at, (up, low) in enumerate(_SERIES)), Decimal(0))
    return (number + Decimal("0.5")) * number.ln() - number + _LN_TWO_PI / 2 + rest
