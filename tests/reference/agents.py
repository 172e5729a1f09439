"""Who and what the model is made of: residents, groups, officers; beats and cells."""

from __future__ import annotations

from dataclasses import dataclass, field

import mesa
import numpy as np

from sim.core import dice
from sim.ledger import CONFIDENCE, EXPECTATION, LEGITIMACY, TRUST
from sim.topics import TOPICS
from tests.reference.arithmetic import bounded, move
from tests.reference.books import Books, countable
from tests.reference.luck import Lucky

NEVER = -1_000_000


@dataclass(eq=False)
class Concern:
    """A concern that waits."""

    resident: Resident
    topic: int
    raised: int
    for_partner: bool
    promised: bool = False
    passed_on: bool = False
    answered: bool = False

    def share(self, purpose):
        """A draw at the address of the week in which the concern was raised."""
        return self.resident.share(purpose, self.raised - self.resident.model.warmup)


class Resident(Lucky, mesa.Agent):
    """Somebody who lives in the area."""

    def __init__(self, model, group, ordinal):
        super().__init__(model)
        self.group, self.ordinal = group, ordinal
        self.key = np.uint64(dice.member_key(group.name, ordinal))
        self.rows, self.early, self.ties = [group], [], []
        self.story = [0.0, 0.0]
        self.concern = None
        self.last_contact = self.last_informed = self.last_search = NEVER
        self.loudest = self.usual_suspect = self.saw_patrol = False
        self.hazard = self.risk = 0.0

    @property
    def trust(self):
        """Trust, 0 to 1."""
        return self.total[TRUST]

    @property
    def confidence(self):
        """Confidence, 0 to 1."""
        return self.total[CONFIDENCE]

    @property
    def legitimacy(self):
        """Legitimacy, 0 to 1."""
        return self.total[LEGITIMACY]

    @property
    def expectation(self):
        """Normative expectation, 0 to 1."""
        return self.total[EXPECTATION]

    def add(self, attitude, cause, change, settled):
        """Change an attitude and its settled part; the change is posted."""
        self.total[attitude] += change
        self.settled[attitude] += settled
        for row in self.rows:
            row.ledger[-1][attitude][cause] += change

    def count(self, what, amount=1):
        """Count something that happened with this resident this week."""
        for row in self.rows:
            row.count(what, amount)
        if not self.model.marked:
            self.early.append((self.model.lived, what, countable(amount)))

    def post(self, attitude, cause, push, settles):
        """An event: the total closes part of the way, the settled part its share of that (N9)."""
        settled = settles * move(self.settled[attitude], push)
        self.add(attitude, cause, move(self.total[attitude], push), settled)

    def shift(self, column, push):
        """Move belief, hardness or impartiality; the amount flows."""
        self.flow(column, move(getattr(self, column), push))

    def flow(self, column, change):
        """Change belief, hardness or impartiality by an amount that anchoring will know of."""
        setattr(self, column, getattr(self, column) + change)
        self.group.flows[column] += change

    def tell(self, trust, confidence):
        """Have something to tell."""
        self.story[0] += trust
        self.story[1] += confidence

    def foresee(self, outcome):
        """Learn from one outcome what the police will do (E61)."""
        assumed = self.model.assumed
        more = assumed.bad_news_moves_more if outcome < self.foreseen else 1.0
        share = min(0.95, assumed.news_moves_foresight * more)
        self.foreseen += share * (outcome - self.foreseen)

    def outcome(self, size):
        """How far an outcome pushes somebody who expects so much (E60)."""
        return bounded(size * (0.5 + self.expectation))


class Group(Books, mesa.Agent):
    """A public, and the association that speaks for it."""

    def __init__(self, model, number, key, table):
        super().__init__(model)
        self.number, self.public, self.table = number, key, table
        self.name = np.uint64(dice.name_key(key))
        self.flows = dict.fromkeys(("belief", "hardness", "impartiality"), 0.0)
        self.blame = self.new_blame = self.blame_intensity = 0.0
        self.service = self.passed_over = self.stop_excess = 0.0
        self.cooperation, self.delivered = 0.5, 0.4
        self.energy, self.withdrawn = 0.5, False
        self.strength, self.access = table.strength, table.access


class Officer(Lucky, mesa.Agent):
    """An officer, who stands for one or more posts of the area."""

    def __init__(self, model, ordinal, role, weight):
        super().__init__(model)
        self.role, self.weight = role, weight
        self.key = np.uint64(dice.member_key(dice.name_key("officers"), ordinal))
        self.forget()
        self.rest()

    def forget(self):
        """Know no public yet, be untired and untrained."""
        self.familiarity = [0.0] * len(self.model.groups)
        self.tiredness = self.training = 0.0

    def rest(self):
        """Clear what counts for one week."""
        self.reward = self.met = 0.0
        self.two_way = [0.0] * len(self.model.groups)


@dataclass(eq=False)
class Beat:
    """A beat, its disorder by topic and what is done about it."""

    number: int
    home: list
    residents: list = field(default_factory=list)
    places: list = field(default_factory=list)
    priorities: list = field(default_factory=lambda: [0.0] * len(TOPICS))
    act_chance: list = field(default_factory=lambda: [0.0] * len(TOPICS))
    care: float = 0.0

    def __post_init__(self):
        self.disorder = list(self.home)


@dataclass(eq=False)
class Cell:
    """Those of one public who live in one beat."""

    group: Group
    beat: Beat
    residents: list
