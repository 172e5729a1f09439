"""The reference model: an area that lives week by week."""

from __future__ import annotations

from types import SimpleNamespace

import mesa

from tests.reference import (
    agenda,
    change,
    contact,
    encounters,
    events,
    feedback,
    founding,
    officers,
    plan,
    reach,
    record,
    settling,
    solving,
    tables,
    warming,
)
from tests.reference.books import Everybody
from tests.reference.luck import Luck
from tests.reference.ties import tie_residents


class ReferenceModel(mesa.Model):
    """One area under one scenario; after construction it stands at week 0.

    Attributes:
        lived: weeks since the founding (t on the page); week: the calendar week (w).
        residents, groups, beats, officers: everybody, in the order of the page's rows.
        residents_by_key: (public, ordinal) → resident.
        indicators: calendar week → (indicator, public) → value, None where it is empty.
    """

    def __init__(self, scenario, residents=3000, rng=1, replicate=0, warmup=None):
        super().__init__(rng=rng)
        self.own_scenario, self.area, self.size = scenario, scenario.area, residents
        self.assumed = SimpleNamespace(**scenario.assumptions)
        self.luck = Luck(rng, replicate)
        self.warmup = self.area.warmup_weeks if warmup is None else warmup
        self.lived = 0
        self.waiting, self.officers, self.marked, self.indicators = [], [], [], {}
        self._found()
        warming.live(self)

    def _found(self):
        founding.found_beats(self)
        founding.found_groups(self)
        founding.find_homes(self)
        founding.found_people(self)
        tables.draw_up(self)
        self.everybody = Everybody(self)
        tie_residents(self)
        self.residents_by_key = {(one.group.public, one.ordinal): one for one in self.residents}
        warming.found_force(self)
        officers.found_officers(self)
        self.mean_openness = officers.mean_openness(self)
        solving.find_incident_factors(self)
        settling.sum_attitudes(self)
        self.policies = warming.policies(self)

    @property
    def week(self):
        """The calendar week: 0 when the warm-up is over."""
        return self.lived - self.warmup

    @property
    def rows(self):
        """The rows of publics: each public, all, most affected, usual suspects."""
        return [*self.groups, self.everybody, *self.marked]

    def policy_in_force(self):
        """The last policy that has begun."""
        return [policy for first, policy in self.policies if first <= self.lived][-1]

    def step(self):
        """Live a week."""
        self.live_week()

    def live_week(self):
        """What happens in a week, always in this order."""
        self.lived += 1
        self.policy = self.policy_in_force()
        for row in self.rows:
            row.open_week()
        for phase in (
            events.happen,
            plan.divide_hours,
            reach.choose,
            contact.meet,
            agenda.set_priorities,
            solving.solve,
            feedback.follow_up,
            encounters.encounter,
            settling.settle,
            change.change,
            record.record,
        ):
            phase(self)
