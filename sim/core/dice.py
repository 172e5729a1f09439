"""Keyed dice: every draw is addressed, never taken from a queue.

The address is seed, purpose, week and the key of whoever draws. Nothing that happens elsewhere can
change a draw, so two policies meet exactly the same luck.

Mixing: a 64-bit finaliser with two multiplications and three shifts, of the family studied by
Stafford (2011) and Evensen (2019); uniformity and independence are tested in `tests/sim/core`.
"""

from __future__ import annotations

import math

import numpy as np

from sim.core.jit import rule

_FIRST = np.uint64(0x3C79AC492BA7B653)
_SECOND = np.uint64(0x1C69B3F74AC4AE35)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_WEYL = np.uint64(0xD1342543DE82EF95)
_S27, _S33 = np.uint64(27), np.uint64(33)
_S32, _S11, _S16, _S48 = np.uint64(32), np.uint64(11), np.uint64(16), np.uint64(48)
_LOW32, _LOW16 = np.uint64(0xFFFFFFFF), np.uint64(0xFFFF)
_MASK = (1 << 64) - 1


@rule
def mix(word):
    """Return 64 well-mixed bits of a 64-bit word; a bijection."""
    word = np.uint64(word)
    word ^= word >> _S27
    word *= _FIRST
    word ^= word >> _S33
    word *= _SECOND
    word ^= word >> _S27
    return word


@rule
def stream(seed, purpose, week):
    """Return the 64-bit address of all draws of one seed, purpose and week (week may be negative)."""
    address = mix(np.uint64(seed) ^ (np.uint64(purpose) + np.uint64(1)) * _GOLDEN)
    return mix(address ^ (np.uint64(week + 65536)) * _WEYL)


@rule
def bits(address, key):
    """Return the 64 bits that belong to a key at an address."""
    return mix(address ^ np.uint64(key))


@rule
def share(word):
    """Return a share strictly between 0 and 1 from the upper 53 bits."""
    return min(
        (np.float64(word >> _S11) + 0.5) * (1.0 / 9007199254740992.0),
        1.0 - 1.0 / 9007199254740992.0,
    )


@rule
def upper_share(word):
    """Return a share strictly between 0 and 1 from the upper 32 bits."""
    return (np.float64(word >> _S32) + 0.5) * (1.0 / 4294967296.0)


@rule
def lower_share(word):
    """Return a share strictly between 0 and 1 from the lower 32 bits."""
    return (np.float64(word & _LOW32) + 0.5) * (1.0 / 4294967296.0)


@rule
def centred(word, quarter):
    """Return a value in (-1, 1), mean 0, from one of the four 16-bit quarters of a word."""
    return (np.float64((word >> (_S16 * np.uint64(quarter))) & _LOW16) + 0.5) * (
        1.0 / 32768.0
    ) - 1.0


@rule
def draw(seed, purpose, week, key):
    """Return one share strictly between 0 and 1 for seed, purpose, week and key."""
    return share(bits(stream(seed, purpose, week), key))


@rule
def place(word, places):
    """Return a place from 0 to places - 1 from the upper 32 bits, each as likely."""
    return np.int64(((word >> _S32) * np.uint64(places)) >> _S32)


@rule
def pair_key(one, other):
    """Return a key for a pair, the same whichever comes first."""
    one, other = np.uint64(one), np.uint64(other)
    return mix(one ^ other) ^ mix(one + other)


@rule
def normal(chance):
    """Return the standard normal quantile of a share strictly between 0 and 1.

    Source: Wichura 1988, Applied Statistics 37(3), algorithm AS 241 (PPND16), relative error 1e-16.
    """
    q = chance - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = (
            (
                (
                    (
                        (
                            (2509.0809287301226727 * r + 33430.575583588128105) * r
                            + 67265.770927008700853
                        )
                        * r
                        + 45921.953931549871457
                    )
                    * r
                    + 13731.693765509461125
                )
                * r
                + 1971.5909503065514427
            )
            * r
            + 133.14166789178437745
        ) * r + 3.387132872796366608
        low = (
            (
                (
                    (
                        (
                            (5226.495278852545925 * r + 28729.085735721942674) * r
                            + 39307.89580009271061
                        )
                        * r
                        + 21213.794301586595867
                    )
                    * r
                    + 5394.1960214247511077
                )
                * r
                + 687.1870074920579083
            )
            * r
            + 42.313330701600911252
        ) * r + 1.0
        return q * top / low
    r = chance if q < 0.0 else 1.0 - chance
    r = math.sqrt(-math.log(r))
    if r <= 5.0:
        r -= 1.6
        top = (
            (
                (
                    (
                        (
                            (7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r
                            + 0.24178072517745061177
                        )
                        * r
                        + 1.27045825245236838258
                    )
                    * r
                    + 3.64784832476320460504
                )
                * r
                + 5.7694972214606914055
            )
            * r
            + 4.6303378461565452959
        ) * r + 1.42343711074968357734
        low = (
            (
                (
                    (
                        (
                            (1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r
                            + 0.0151986665636164571966
                        )
                        * r
                        + 0.14810397642748007459
                    )
                    * r
                    + 0.68976733498510000455
                )
                * r
                + 1.6763848301838038494
            )
            * r
            + 2.05319162663775882187
        ) * r + 1.0
    else:
        r -= 5.0
        top = (
            (
                (
                    (
                        (
                            (2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
                            + 0.0012426609473880784386
                        )
                        * r
                        + 0.026532189526576123093
                    )
                    * r
                    + 0.29656057182850489123
                )
                * r
                + 1.7848265399172913358
            )
            * r
            + 5.4637849111641143699
        ) * r + 6.6579046435011037772
        low = (
            (
                (
                    (
                        (
                            (2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r
                            + 1.8463183175100546818e-5
                        )
                        * r
                        + 7.868691311456132591e-4
                    )
                    * r
                    + 0.0148753612908506148525
                )
                * r
                + 0.13692988092273580531
            )
            * r
            + 0.59983220655588793769
        ) * r + 1.0
    return -top / low if q < 0.0 else top / low


@rule
def pick(cumulative, chance):
    """Return the first place whose cumulative share exceeds a chance (the last one otherwise)."""
    for place in range(cumulative.size - 1):
        if chance < cumulative[place]:
            return place
    return cumulative.size - 1


def replicate_seed(seed: int, replicate: int) -> np.uint64:
    """Return the 64-bit seed of one replicate of a run."""
    word = mix(np.uint64(seed & _MASK))
    return np.uint64(mix(np.uint64((int(word) + (replicate + 1) * int(_GOLDEN)) & _MASK)))


def name_key(name: str) -> np.uint64:
    """Return the 64-bit key of a name, the same on every machine (FNV-1a, then mixed)."""
    word = 0xCBF29CE484222325
    for byte in name.encode("utf-8"):
        word = ((word ^ byte) * 0x100000001B3) & _MASK
    return np.uint64(mix(np.uint64(word)))


@rule
def member_key(name, ordinal):
    """Return the key of the nth member of a named public, from the key of the name."""
    return mix(np.uint64(name) ^ (np.uint64(ordinal) + np.uint64(1)) * _GOLDEN)
