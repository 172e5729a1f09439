"""A resident, as Mesa and a notebook see them.

Units are those of scenario files and snapshots: attitudes, belief, perceived impartiality and
hardness in points 0-100; traits, the label `known` and fairness as shares 0-1; weeks on the
calendar, where 0 is the end of the warm-up.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.agents import columns as col
from sim.agents.groups import Group
from sim.agents.view import View
from sim.topics import TOPICS

NOT_YET = -1  # before it has happened since week 0


class Concern(NamedTuple):
    """A concern that waits for an answer.

    Attributes:
        topic: what it is about, one of `sim.topics.TOPICS`.
        week: the week in which it was raised.
        promised: whether it was promised that something would be done.
        for_partner: whether only a partner agency can solve it.
        passed_on: whether it was passed to that agency.
        answered: whether there was an answer.
    """

    topic: str
    week: int
    promised: bool
    for_partner: bool
    passed_on: bool
    answered: bool


def _points(name: str, meaning: str, place: int | None = None) -> property:
    """A level as points 0-100: a column of its own, or one row of the four attitudes."""

    def read(resident: Resident) -> float:
        column = getattr(resident._world.residents, name)
        return 100.0 * float(column[resident.row] if place is None else column[place, resident.row])

    return property(read, doc=f"{meaning} Points 0-100.")


def _share(name: str, meaning: str) -> property:
    """A column as a share 0-1."""

    def read(resident: Resident) -> float:
        return float(getattr(resident._world.residents, name)[resident.row])

    return property(read, doc=f"{meaning} Share 0-1.")


def _last(name: str, met: int, meaning: str) -> property:
    """How the last meeting of a kind since week 0 went; NaN where there was none."""

    def read(resident: Resident) -> float:
        columns = resident._world.residents
        if columns.counts[met, resident.row] == 0:
            return float("nan")
        return float(getattr(columns, name)[resident.row])

    return property(read, doc=f"{meaning} Share 0-1, NaN if none since week 0.")


def _count(place: int, meaning: str) -> property:
    """A count since week 0."""

    def read(resident: Resident) -> int:
        return int(resident._world.residents.counts[place, resident.row])

    return property(read, doc=f"{meaning} Since week 0.")


def _week(name: str, meaning: str) -> property:
    """A week on the calendar."""

    def read(resident: Resident) -> int:
        world = resident._world
        week = int(getattr(world.residents, name)[resident.row]) - int(world.clock[1])
        return week if week >= 1 else NOT_YET

    return property(read, doc=f"{meaning} -1 before the first since week 0.")


def _marked(mark: int, meaning: str) -> property:
    """Whether a mark that was fixed at week 0 is set."""

    def read(resident: Resident) -> bool:
        return bool(resident._world.residents.marks[resident.row] & mark)

    return property(read, doc=meaning)


class Resident(View):
    """One resident: fixed traits, attitudes, what happened to them since week 0, and their ties."""

    trust = _points("total", "How far the police treat people like them fairly and mean well.", 0)
    confidence = _points("total", "How far the local police do a good job.", 1)
    legitimacy = _points("total", "How far the police have the right to be obeyed.", 2)
    expectation = _points("total", "What the police should do for them.", 3)
    voice_belief = _points("belief", "Belief that speaking up changes something.")
    perceived_impartiality = _points("impartiality", "How far the police serve all publics alike.")
    hardness = _points("hardness", "Distance felt towards other publics.")
    foreseen = _points("foreseen", "What they foresee that the police will do for them.")

    need = _share("need", "Exposure to harm and disorder.")
    ease = _share("ease", "How easily an officer reaches and follows them.")
    voice = _share("voice", "Readiness and skill to speak up.")
    street = _share("street", "Time spent in public space.")
    involvement = _share("involvement", "Actual offending.")
    enforcement = _share("enforcement", "How much more enforcement they want.")
    known = _share("known", "How well known to the police: the label of a usual suspect.")

    most_affected = _marked(col.MOST_AFFECTED, "Whether among the quarter most affected at week 0.")
    usual_suspect = _marked(col.USUAL_SUSPECT, "Whether among the best known tenth at week 0.")
    loudest = _marked(col.LOUDEST, "Whether among the tenth readiest to speak up.")

    contacts = _count(col.CONTACTS, "Engagement contacts.")
    consulted = _count(col.CONSULTED, "Contacts in which they were consulted or collaborated.")
    informed = _count(col.INFORMED, "Times they were told what the local police are doing.")
    stops = _count(col.STOPS, "Searches of them.")
    severe_stops = _count(col.SEVERE_STOPS, "Searches of them that were severe.")
    traffic_stops = _count(col.TRAFFIC_STOPS, "Brief traffic stops.")
    meetings = _count(col.MEETINGS, "Two-way contacts to which they came through the open door.")
    patrols_seen = _count(col.PATROLS_SEEN, "Weeks in which they saw foot patrol.")
    good_stories = _count(
        col.GOOD_STORIES, "Talks in which they heard something good of the police."
    )
    bad_stories = _count(col.BAD_STORIES, "Talks in which they heard something bad of the police.")
    calls = _count(col.CALLS, "Calls for service they made.")
    calls_resolved = _count(col.CALLS_RESOLVED, "Calls of theirs that were resolved.")
    promises_kept = _count(col.PROMISES_KEPT, "Promises to them that were kept.")
    promises_broken = _count(col.PROMISES_BROKEN, "Promises to them that were broken.")
    answers = _count(col.ANSWERS, "Answers to concerns of theirs.")

    last_contact_week = _week("last_contact", "Week of the last engagement contact.")
    last_informed_week = _week("last_informed", "Week in which they were last informed.")
    last_stop_week = _week("last_search", "Week of the last search.")
    last_contact_fairness = _last("last_contact_fairness", col.CONSULTED, "How the last talk felt.")
    last_stop_fairness = _last("last_stop_fairness", col.STOPS, "How the last search felt.")
    last_call_satisfaction = _last("last_call_satisfaction", col.CALLS, "With the last call.")
    last_call_fairness = _last("last_call_fairness", col.CALLS, "How fair the last call felt.")
    last_traffic_fairness = _last(
        "last_traffic_fairness", col.TRAFFIC_STOPS, "How the last traffic stop felt."
    )

    @property
    def key(self) -> str:
        """Public and ordinal, such as "young-17": the same resident in every scenario."""
        return f"{self.public}-{self.ordinal}"

    @property
    def ordinal(self) -> int:
        """Place within the public, from 0."""
        return int(self._world.residents.ordinal[self.row])

    @property
    def public(self) -> str:
        """Key of the public they belong to."""
        return self._names.publics[self._world.residents.public[self.row]]

    @property
    def group(self) -> Group:
        """The association that speaks for their public."""
        return self.model.views[Group][self._world.residents.public[self.row]]

    @property
    def member(self) -> bool:
        """Whether they are a member of that association."""
        return bool(self._world.residents.member[self.row])

    @property
    def beat(self) -> int:
        """Number of the beat they live on, from 0."""
        return int(self._world.residents.beat[self.row])

    @property
    def age(self) -> str:
        """Age band."""
        return self._names.ages[self._world.residents.age[self.row]]

    @property
    def tenure(self) -> str:
        """How they live: owner, private or social renter."""
        return self._names.tenures[self._world.residents.tenure[self.row]]

    @property
    def ethnic(self) -> str:
        """Ethnic group."""
        return self._names.ethnic_groups[self._world.residents.ethnic[self.row]]

    @property
    def concerns(self) -> dict[str, float]:
        """What they are concerned about: shares by topic that sum to 1."""
        mix = self._world.residents.concerns[self.row].tolist()
        return dict(zip(TOPICS, mix, strict=True))

    @property
    def waiting(self) -> Concern | None:
        """The concern they raised that still waits; None where there is none."""
        residents, row = self._world.residents, self.row
        state = int(residents.concern_state[row])
        if not state & col.WAITING:
            return None
        return Concern(
            topic=TOPICS[residents.concern_topic[row]],
            week=int(residents.concern_week[row]) - int(self._world.clock[1]),
            promised=bool(state & col.PROMISED),
            for_partner=bool(state & col.FOR_PARTNER),
            passed_on=bool(state & col.PASSED_ON),
            answered=bool(state & col.ANSWERED),
        )

    @property
    def ties(self) -> list[Resident]:
        """The residents they talk with."""
        ties = self._world.ties
        others = ties.other[ties.start[self.row] : ties.start[self.row + 1]]
        everyone = self.model.views[Resident]
        return [everyone[row] for row in others.tolist()]
