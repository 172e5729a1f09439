"""The association through which a public acts, as Mesa and a notebook see it."""

from __future__ import annotations

from sim.agents.view import View
from sim.topics import TOPICS


def _share(name: str, meaning: str) -> property:
    """A column as a share 0-1."""

    def read(group: Group) -> float:
        return float(getattr(group._world.groups, name)[group.row])

    return property(read, doc=f"{meaning} Share 0-1.")


class Group(View):
    """The association of one public: it mobilises, passes information on, tires and withdraws."""

    strength = _share("strength", "How well organised it is.")
    access = _share("access", "How readily officers see it.")
    energy = _share("energy", "Energy: grows with success, fades when nobody answers.")
    loud_share = _share("loud_share", "Part of its voice that is from the area's loudest tenth.")

    @property
    def key(self) -> str:
        """Key of its public."""
        return self._names.publics[self.row]

    public = key

    @property
    def label(self) -> str:
        """Name of its public for readers."""
        return self._names.labels[self.row]

    @property
    def people(self) -> int:
        """Number of residents of its public, members or not."""
        return int(self._world.publics.people[self.row])

    @property
    def members(self) -> int:
        """Number of its members."""
        residents = self._world.residents
        return int(residents.member[residents.public == self.row].sum())

    @property
    def withdrawn(self) -> bool:
        """Whether it has turned its back on the police."""
        return bool(self._world.groups.withdrawn[self.row])

    @property
    def agenda(self) -> dict[str, float]:
        """What it speaks for: shares by topic, from its members by how loudly they speak."""
        mix = self._world.groups.agenda[self.row].tolist()
        return dict(zip(TOPICS, mix, strict=True))
