"""The week in order, as a Mesa model: read this first.

`EngagementModel` lives one area under one scenario, week by week:

    model = EngagementModel("two-way", residents=500)
    for words in model.order:
        print(words)
    for _ in range(52):
        model.step()
    model.indicator("trust", public="young")
    model.agents.select(lambda resident: resident.stops > 0, agent_type=Resident).agg("trust", max)

The order of the week is `sim.live.WEEK`; each phase is a file in `sim/week`, and how people behave
is in `sim/rules`. State lives in columns. `Resident`, `Group` and `Officer` are views of a row that
exist only once somebody looks, so that a model nobody looks into costs next to nothing.

`sim.runs.run` lives the same weeks without Mesa: same scenario, seed and replicate, same bits.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from sim import live
from sim.agents.groups import Group
from sim.agents.officers import Officer
from sim.agents.residents import Resident
from sim.agents.view import Names, View
from sim.core import dice
from sim.growing import make_room, most_weeks, room
from sim.indicators.table import INDICATORS
from sim.population import AGES, ETHNIC_GROUPS, TENURES
from sim.scenario import Scenario, load
from sim.scenario.faults import suggestion
from sim.scenario.settings import SETTABLE

if TYPE_CHECKING:
    import networkx

Watch = Callable[[str, "EngagementModel"], None]
SEED = 1
ROOM = 156  # weeks the books are first made for, and made longer by at least
ALL = "all"
FOLLOWED = ("most-affected", "usual-suspects")
_PLACES = {name: place for place, name in enumerate(INDICATORS)}


class EngagementModel(mesa.Model):
    """One area under one scenario: founded, warmed up, and then lived week by week.

    With Mesa's `batch_run`, sweep `replicate` to repeat a run with other dice (`rng` is the seed
    from which all replicates come), and levers or assumptions by their dotted names:

        mesa.batch_run(
            EngagementModel,
            {"policy.feedback": [0.1, 0.9], "replicate": range(10), "residents": 500},
            max_steps=104,
        )

    Let `max_steps` end a batch: the `batch_run` of Mesa 3.3 leaves out the last week of a model
    that stops by itself.

    Args:
        scenario: a shipped name, the path of a file, or a `Scenario`.
        residents: residents drawn, a matter of resolution only.
        replicate: replicate r of any scenario with the same `rng` meets the same luck.
        rng: the seed of the dice. None is the default seed, never chance that cannot be repeated.
        weeks: where `running` ends and how far `run_model` goes; None for no end. Weeks may be
            lived beyond it.
        settings: laid over the scenario in turn, such as "policy.feedback=0.9".
        before: the scenario whose world the area lives in before week 0, for a paired comparison
            with it; None for the scenario's own.
        watch: called after each phase of a week with its words and the model. The phases are then
            called one by one instead of together, with the same result.
        **changes: settings by name, such as `**{"policy.feedback": 0.9}` or `area="areas/x.toml"`.

    Attributes:
        scenario: the complete scenario.
        area: the area's columns (`area.world`), for reading.
        weeks, replicate, seed, watch: as given.
        datacollector: collects every indicator of the whole area from week 0 on; replace it by a
            `mesa.DataCollector` with reporters of your own. What only residents have, such as
            trust, is reported by kind: `agenttype_reporters={Resident: {"trust": "trust"}}`.

    Raises:
        ScenarioFaults: with every fault of the scenario and settings.
        ValueError: for numbers that make no run.
        TypeError: for a keyword that is neither an argument nor a dotted name.
    """

    order: tuple[str, ...] = tuple(words for words, _ in live.WEEK)

    def __init__(
        self,
        scenario: str | Path | Scenario = "baseline",
        residents: int = 3000,
        replicate: int = 0,
        rng: int | None = SEED,
        weeks: int | None = None,
        *,
        settings: str | Sequence[str] = (),
        before: str | Path | Scenario | None = None,
        watch: Watch | None = None,
        **changes: Any,
    ) -> None:
        given = [settings] if isinstance(settings, str) else [*settings]
        chosen = _loaded(scenario, [*given, *(_setting(*change) for change in changes.items())])
        self.seed = _whole("rng", SEED if rng is None else rng, 0)
        self.replicate = _whole("replicate", replicate, 0)
        self.weeks = None if weeks is None else _whole("weeks", weeks, 0)
        residents = _whole("residents", residents, 1)
        word = dice.replicate_seed(self.seed, self.replicate)
        super().__init__(rng=int(word))  # for shuffling a set of agents; the dice are addressed
        self._scenario = (
            chosen if before is None else chosen.with_before(_loaded(before, settings=()))
        )
        self.area = live.begin(self._scenario, word, residents, ROOM)
        make_room(self.area, self._scenario, self.weeks or ROOM)
        self.watch = watch
        groups = self._scenario.area.groups
        labels = tuple(group.label for group in groups.values())
        self.names = Names(tuple(groups), labels, AGES, TENURES, ETHNIC_GROUPS)
        self.agent_numbers = count(1)
        self._views: dict[type[View], list[Any]] = {}
        self.datacollector = mesa.DataCollector(
            {"week": "week"} | {name: partial(_of_area, name=name) for name in INDICATORS}
        )
        self.datacollector.collect(self)
        self._stop_at_the_end()

    def step(self) -> None:
        """Live one week, in the order of `order`; then data are collected."""
        if self.week >= room(self.area.world):
            self._make_room()
        if self.watch is None:
            self.area.live(1)
        else:
            self._live_watched(self.watch)
        self.datacollector.collect(self)
        self._stop_at_the_end()

    def run_model(self) -> None:
        """Live to the end that was given as `weeks`.

        Raises:
            ValueError: where none was given.
        """
        if self.weeks is None:
            raise ValueError("run_model needs an end: give weeks=156, or call step() in a loop")
        while self.running:
            self.step()

    def _make_room(self) -> None:
        """Room for many weeks at once, at least for one."""
        longer = self.week + max(ROOM, self.week // 2)
        longer = max(self.week + 1, min(longer, most_weeks(self.area.world)))
        make_room(self.area, self._scenario, longer)

    def _live_watched(self, watch: Watch) -> None:
        clock = self.area.world.clock
        now = int(clock[0]) + 1
        for words, phase in live.WEEK:
            phase(self.area.held, now)
            watch(words, self)
        clock[0] = now

    def _stop_at_the_end(self) -> None:
        if self.weeks is not None and self.week >= self.weeks:
            self.running = False

    @property
    def scenario(self) -> Scenario:
        """The complete scenario."""
        return self._scenario

    @scenario.setter
    def scenario(self, own: Any) -> None:
        """Take no notice of the scenario that newer versions of Mesa make for every model."""

    @property
    def week(self) -> int:
        """The week that was lived last: 0 at the end of the warm-up."""
        return self.area.week

    @property
    def publics(self) -> tuple[str, ...]:
        """What indicators have values for: all, each public, most affected, usual suspects."""
        return (ALL, *self.names.publics, *FOLLOWED)

    @property
    def indicators(self) -> dict[str, float]:
        """This week's indicators of the whole area; NaN where there is no denominator."""
        world = self.area.world
        values = world.books.values[world.clock[0], len(self.names.publics)]
        return dict(zip(INDICATORS, values.tolist(), strict=True))

    def indicator(self, name: str, public: str = ALL) -> float:
        """Return one indicator of this week, for the whole area or one public.

        Args:
            name: as in `sim.indicators.table.INDICATORS`.
            public: one of `publics`.

        Returns:
            Its value; NaN where there is no denominator or no value by public.

        Raises:
            KeyError: for a name that is not known, with the nearest.
        """
        if name not in _PLACES:
            raise KeyError(f"no indicator is called {name!r}. {suggestion(name, _PLACES)}")
        rows = (*self.names.publics, ALL, *FOLLOWED)
        if public not in rows:
            raise KeyError(f"no public is called {public!r}. {suggestion(public, rows)}")
        world = self.area.world
        return float(world.books.values[world.clock[0], rows.index(public), _PLACES[name]])

    @property
    def views(self) -> dict[type[View], list[Any]]:
        """Residents, groups and officers by kind, each in the order of its rows.

        They are made when somebody first looks; before, a model holds columns only.
        """
        if not self._views:
            world = self.area.world
            numbers = {
                Resident: world.residents.key.size,
                Group: len(self.names.publics),
                Officer: world.officers.key.size,
            }
            for kind, number in numbers.items():
                self._views[kind] = [kind(self, row) for row in range(number)]
        return self._views

    @property
    def agents(self) -> Any:
        """Everybody as a Mesa AgentSet: residents, then groups, then officers."""
        self.views  # noqa: B018 - whoever asks for agents looks
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """An AgentSet for each kind of agent."""
        self.views  # noqa: B018
        return super().agents_by_type

    @property
    def agent_types(self) -> list[type]:
        """The kinds of agents."""
        return list(self.agents_by_type)

    @property
    def residents(self) -> Any:
        """All residents as a Mesa AgentSet."""
        return self.agents_by_type[Resident]

    @property
    def groups(self) -> Any:
        """All groups, one for each public, as a Mesa AgentSet."""
        return self.agents_by_type[Group]

    @property
    def officers(self) -> Any:
        """All officers as a Mesa AgentSet."""
        return self.agents_by_type[Officer]

    def network(self) -> networkx.Graph:
        """Return who talks with whom as a networkx graph, residents as they are this week."""
        from sim.network import network

        return network(self.area.world, self._scenario)


def _of_area(model: EngagementModel, name: str) -> float:
    return model.indicator(name)


def _whole(name: str, number: Any, least: int) -> int:
    """The number as a whole one, at least as large as it has to be."""
    try:
        whole = operator.index(number)
    except TypeError:
        raise ValueError(f"{name} is a whole number, not {number!r}") from None
    if whole < least:
        raise ValueError(f"{name} is at least {least}, not {whole}")
    return whole


def _loaded(scenario: Any, settings: Sequence[str]) -> Scenario:
    if not isinstance(scenario, Scenario):
        return load(scenario, settings)
    if settings:
        raise ValueError(
            f"settings are laid over a scenario's file, but {scenario.key!r} is loaded already:"
            " give its name or path, or hand the settings to sim.load"
        )
    return scenario


def _setting(name: str, value: Any) -> str:
    """A change given as a keyword, written like `--set`."""
    if "." not in name and name not in SETTABLE:
        raise TypeError(
            f"{name!r} is no argument of EngagementModel and no dotted name such as"
            " 'policy.feedback' or 'assumptions.absolve'"
            + (" (the seed of the dice is rng)" if name == "seed" else "")
        )
    return f"{name}={_toml(value)}"


def _toml(value: Any) -> str:
    """A value as TOML on one line."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, Mapping):
        pairs = (f"{json.dumps(str(key))} = {_toml(entry)}" for key, entry in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list | tuple | np.ndarray):
        return f"[{', '.join(_toml(entry) for entry in value)}]"
    if isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
