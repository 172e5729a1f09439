"""Every draw by its address: seed, purpose, week, key."""

from __future__ import annotations

import numpy as np

from sim.core import dice


class Luck:
    """The dice of one replicate."""

    def __init__(self, rng, replicate):
        self.seed = np.uint64(dice.replicate_seed(rng, replicate))
        self._addresses = {}

    def word(self, purpose, week, key):
        """The word of 64 bits that belongs to a purpose, a week and a key."""
        address = self._addresses.get((purpose, week))
        if address is None:
            address = np.uint64(dice.stream(self.seed, purpose, week))
            self._addresses[purpose, week] = address
        return np.uint64(dice.bits(address, key))

    def share(self, purpose, week, key):
        """A share from the upper 53 bits."""
        return dice.share(self.word(purpose, week, key))


class Lucky:
    """Somebody who draws: has a key and a model."""

    def word(self, purpose, week=None):
        """The word for a purpose, in this week unless another is named."""
        return self.model.luck.word(purpose, self.model.week if week is None else week, self.key)

    def share(self, purpose, week=None):
        """U: a share from the upper 53 bits."""
        return dice.share(self.word(purpose, week))

    def normal(self, purpose, week=None):
        """Z: the standard normal quantile of that share."""
        return dice.normal(self.share(purpose, week))

    def upper(self, purpose, week=None):
        """U↑: a share from the upper 32 bits."""
        return dice.upper_share(self.word(purpose, week))

    def lower(self, purpose, week=None):
        """U↓: a share from the lower 32 bits."""
        return dice.lower_share(self.word(purpose, week))
