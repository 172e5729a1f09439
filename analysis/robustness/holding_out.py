"""Half of the draws of the world are held out: what is found on the rest has to hold there."""

from __future__ import annotations

import numpy as np

FEWEST_WORLDS = 40  # below that, where a policy fails is not looked for
FEWEST_OF_EACH = 5  # worlds of either kind in both halves
SHUFFLES = 999


def held_out(draws: np.ndarray, answer: np.ndarray, seed: int) -> np.ndarray:
    """Which worlds are held out: half of the draws, with about as much of the answer as the rest.

    Args:
        draws: the draw of each world; worlds of one draw stay together.
        answer: what is asked of each world, true or false.
        seed: of the split.
    """
    known, place = np.unique(draws, return_inverse=True)
    count = np.bincount(place)
    share = np.bincount(place, answer) / count
    dice = np.random.default_rng(seed)
    order = np.lexsort((dice.random(len(known)), share))  # neighbours are alike
    out = np.zeros(len(known), dtype=bool)
    for first in range(0, len(known) - 1, 2):
        out[order[first + dice.integers(2)]] = True
    return np.asarray(out[place])


def too_few(answer: np.ndarray, out: np.ndarray) -> str:
    """Why nothing is looked for, or an empty text."""
    if len(answer) < FEWEST_WORLDS:
        return f"{len(answer)} worlds are too few: {FEWEST_WORLDS} are needed"
    halves = (answer[out], ~answer[out], answer[~out], ~answer[~out])
    if min(int(half.sum()) for half in halves) < FEWEST_OF_EACH:
        yes = int(answer.sum())
        return (
            f"{yes} worlds of one kind and {len(answer) - yes} of the other leave fewer than"
            f" {FEWEST_OF_EACH} of each in a half"
        )
    return ""


def chance_of(inside: np.ndarray, answer: np.ndarray, draws: np.ndarray, seed: int) -> float:
    """How often a shuffle of the held-out worlds does as well: a permutation test.

    Where each world is a draw of its own, all shuffles together are the hypergeometric
    distribution. Else draws change places, and the worlds of a draw change places within it, so
    that worlds that share their numbers never count as independent; what is rarer than the
    shuffles can tell is read off their normal curve.

    Args:
        inside: which worlds a rule points at.
        answer: what is asked of each of them.
        draws: the draw of each world.
        seed: of the shuffles.
    """
    from scipy.stats import hypergeom, norm

    if inside.all() or not inside.any():
        return 1.0
    if len(np.unique(draws)) == len(draws):
        both = int((inside & answer).sum())
        return float(hypergeom.sf(both - 1, len(answer), int(answer.sum()), int(inside.sum())))
    found = _agreement(inside, answer)
    dice = np.random.default_rng(seed)
    shuffled = np.array(
        [_agreement(inside, _shuffled(answer, draws, dice)) for _ in range(SHUFFLES)]
    )
    as_good = int((shuffled >= found - 1e-12).sum())
    if as_good or shuffled.std() == 0:
        return (1 + as_good) / (1 + SHUFFLES)
    tail = float(norm.sf((found - shuffled.mean()) / shuffled.std()))
    return min(tail, 1 / (1 + SHUFFLES))


def _agreement(inside: np.ndarray, answer: np.ndarray) -> float:
    """How much more often the answer is yes inside than outside."""
    return float(answer[inside].mean() - answer[~inside].mean())


def _shuffled(answer: np.ndarray, draws: np.ndarray, dice: np.random.Generator) -> np.ndarray:
    """The answers with draws exchanged among those of one size, and worlds within draws."""
    order = np.lexsort(
        (dice.random(len(draws)), draws)
    )  # draws in turn, worlds within in any order
    _, sizes = np.unique(draws, return_counts=True)
    starts = np.cumsum(sizes) - sizes
    shuffled = np.empty_like(answer)
    for size in np.unique(sizes):
        own = starts[sizes == size]
        to = order[own[:, None] + np.arange(size)]
        given = order[dice.permutation(own)[:, None] + np.arange(size)]
        shuffled[to] = answer[given]
    return shuffled
