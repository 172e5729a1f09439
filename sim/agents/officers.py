"""An officer, as Mesa and a notebook see them."""

from __future__ import annotations

import numpy as np

from sim.agents import columns as col
from sim.agents.view import View

ROLES = {col.RESPONSE: "response", col.GENERALIST: "generalist", col.SPECIALIST: "specialist"}


def _share(name: str, meaning: str) -> property:
    """A column as a share 0-1."""

    def read(officer: Officer) -> float:
        return float(getattr(officer._world.officers, name)[officer.row])

    return property(read, doc=f"{meaning} Share 0-1.")


class Officer(View):
    """One officer of the model, who stands for `posts` of the area's officers.

    A leaver's post is taken by somebody new: same officer number, tenure from 0, nobody known.
    """

    skill = _share("skill", "Skill in talking with people.")
    openness = _share("openness", "Readiness to listen to and work with the public.")
    tired = _share("tired", "Tiredness from load.")
    trained = _share("trained", "What is held of fairness training.")

    @property
    def key(self) -> str:
        """Officer and number, such as "officer-3"."""
        return f"officer-{self.row}"

    @property
    def role(self) -> str:
        """Whether response, generalist or specialist."""
        return ROLES[int(self._world.officers.role[self.row])]

    @property
    def beats(self) -> tuple[int, ...]:
        """Numbers of the beats they work on; response officers and specialists work on all."""
        of_beat = self._world.officers.of_beat
        if self.role != ROLES[col.GENERALIST]:
            return tuple(range(of_beat.shape[0]))
        return tuple(np.flatnonzero((of_beat == self.row).any(axis=1)).tolist())

    @property
    def posts(self) -> float:
        """How many posts of the sample they stand for."""
        return float(self._world.officers.weight[self.row])

    @property
    def tenure(self) -> int:
        """Weeks in post, counted from the founding of the area at most."""
        return int(self._world.officers.tenure[self.row])

    @property
    def familiarity(self) -> dict[str, float]:
        """How well they know each public, by its key. Shares 0-1."""
        known = self._world.officers.familiarity[self.row].tolist()
        return dict(zip(self._names.publics, known, strict=True))
