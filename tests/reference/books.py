"""What is counted and posted, week by week, for each row of publics."""

from __future__ import annotations

import math
from collections import Counter

from sim.ledger import ATTITUDES, CAUSES


def countable(amount):
    """An amount in whole parts of 2^-20, so that sums are exact."""
    return math.floor(amount * 2**20 + 0.5) / 2**20


class Books:
    """The books of a row of publics: the residents in it, what was posted and counted of them."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.residents, self.ledger, self.counts = [], [], [Counter()]
        self.hazard = self.hazard_again = self.suspects_hazard = self.risk = 0.0

    def open_week(self):
        """Begin this week's pages."""
        self.ledger.append([[0.0] * len(CAUSES) for _ in ATTITUDES])
        self.counts.append(Counter())
        self.hazard = self.hazard_again = self.suspects_hazard = self.risk = 0.0

    def count(self, what, amount=1):
        """Count something of this week."""
        self.counts[-1][what] += countable(amount)

    def over(self, weeks, what):
        """What was counted in the last weeks."""
        return sum(week[what] for week in self.counts[-weeks:])

    @property
    def people(self):
        """The number of residents in the row."""
        return len(self.residents)


class Marked(Books):
    """Most affected or usual suspects."""

    def __init__(self, model, public, residents):
        super().__init__()
        self.public, self.residents = public, residents
        self.counts = [Counter() for _ in range(model.lived + 1)]
        for one in residents:
            one.rows.append(self)
            for week, what, amount in one.early:
                self.counts[week][what] += amount
        self.ledger = [None] * model.lived


class Everybody(Books):
    """All residents: what all groups have in their books."""

    public = "all"

    def __init__(self, model):
        super().__init__()
        self.groups, self.residents = model.groups, model.residents

    def over(self, weeks, what):
        """What was counted in the last weeks, in all groups."""
        return sum(group.over(weeks, what) for group in self.groups)
