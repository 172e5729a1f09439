"""A week lived in a notebook is the week of a run, and Mesa's own tools work on it."""

import gc
import weakref

import mesa
import networkx
import numpy as np
import pytest

from sim.agents.residents import Resident
from sim.model import EngagementModel
from sim.runs import compare, run
from sim.scenario import ScenarioFaults, load

pytestmark = [
    pytest.mark.filterwarnings("error::DeprecationWarning"),
    pytest.mark.filterwarnings("error::FutureWarning"),
]
SOON = ("area.warmup_weeks=2",)  # a short warm-up
PEOPLE = 60
LONG = 156  # weeks that the books are made for at first
CAMPAIGN = f'events=[{{week={LONG + 2}, kind="media-campaign", tone=1.0, reach=1.0}}]'


@pytest.fixture(scope="module")
def ordinary():
    return load("baseline", SOON)


def lived(steps, scenario="baseline", settings=SOON, **given):
    model = EngagementModel(scenario, PEOPLE, settings=settings, **given)
    for _ in range(steps):
        model.step()
    return model


def weeks_of(model):
    """Every indicator of every public in every week, publics in the order of a run."""
    world = model.area.world
    publics = len(model.names.publics)
    order = [publics, *range(publics), publics + 1, publics + 2]
    first = int(world.clock[1])
    return world.books.values[first : first + model.week + 1, order]


def columns_of(model):
    return {name: column.copy() for name, column in model.area.world.residents._asdict().items()}


def same(one, other):
    return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")


def all_the_same(one, other):
    return all(same(one[name], other[name]) for name in one)


@pytest.mark.parametrize(("seed", "replicate"), [(1, 0), (7, 1)])
def test_a_notebook_lives_the_weeks_of_a_run_to_the_last_bit(ordinary, seed, replicate):
    model = lived(8, rng=seed, replicate=replicate)
    results = run(ordinary, weeks=8, residents=PEOPLE, replicates=replicate + 1, seed=seed)
    assert same(weeks_of(model), results.values[replicate])
    assert model.indicator("trust", "young") == results.series("trust", "young")[replicate, -1]


def test_a_notebook_lives_the_other_world_of_a_comparison_to_the_last_bit(ordinary):
    two_way = load("two-way", SOON)
    model = lived(5, two_way, settings=(), before=ordinary)
    pair = compare(ordinary, [two_way], weeks=5, residents=PEOPLE, replicates=1)
    assert same(weeks_of(model), pair.others["two-way"].values[0])


def test_the_order_of_the_week_can_be_printed_and_is_the_order_in_which_it_is_lived():
    heard = []
    watched = lived(3, watch=lambda words, model: heard.append((model.week, words)))
    assert heard == [(week, words) for week in range(3) for words in watched.order]
    assert watched.order[1].startswith("1 plan")
    assert watched.order[-1].startswith("11 record")
    assert same(weeks_of(watched), weeks_of(lived(3)))


def test_whoever_goes_on_beyond_the_planned_weeks_lives_what_a_longer_plan_would_have_been():
    settings = (*SOON, CAMPAIGN)
    beyond, ordinary = LONG + 4, lived(LONG + 4)
    model = lived(beyond, weeks=3, settings=settings)
    results = run(load("baseline", settings), weeks=beyond, residents=PEOPLE, replicates=1)
    assert model.week == beyond
    assert same(weeks_of(model), results.values[0])
    assert not same(weeks_of(model), weeks_of(ordinary))  # the campaign did happen


def test_a_model_stops_by_itself_where_it_was_told_to(ordinary):
    model = EngagementModel(ordinary, PEOPLE, weeks=4)
    assert model.running
    model.run_model()
    assert (model.week, model.steps, model.running) == (4, 4, False)
    assert not EngagementModel(ordinary, PEOPLE, weeks=0).running


def test_a_model_without_an_end_does_not_run_for_ever(ordinary):
    with pytest.raises(ValueError, match="run_model needs an end: give weeks=156"):
        EngagementModel(ordinary, PEOPLE).run_model()


def test_no_area_lives_longer_than_residents_can_remember_weeks(ordinary):
    model = EngagementModel(ordinary, PEOPLE)
    model.area.world.clock[0] = 32_000
    with pytest.raises(ValueError, match="lives to week 31,998 at most, not 31,999"):
        model.step()
    with pytest.raises(ValueError, match="lives to week 31,998 at most, not 32,000"):
        EngagementModel(ordinary, PEOPLE, weeks=32_000)


def test_a_lever_given_by_name_is_the_lever_of_a_setting():
    by_name = lived(4, **{"policy.feedback": 0.9, "assumptions.absolve": np.float64(0.1)})
    by_text = lived(4, settings=(*SOON, "policy.feedback=0.9", "assumptions.absolve=0.1"))
    assert by_name.scenario.hash == by_text.scenario.hash
    assert by_name.scenario.policy.feedback == 0.9
    assert same(weeks_of(by_name), weeks_of(by_text))


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("policy.reach", "most-affected", lambda s: s.policy.reach_name == "most-affected"),
        (
            "policy.mix",
            {"inform": 0.2, "consult": 0.8, "collaborate": 0},
            lambda s: s.policy.mix.consult == 0.8,
        ),
        ("area.beats", np.int64(3), lambda s: s.area.beats == 3),
        ("area", "areas/small-town.toml", lambda s: s.area.name == "Small town"),
        ("events", [{"week": 2, "kind": "budget-cut", "share": 0.1}], lambda s: s.events),
        ("question", 'Who says "no"?', lambda s: s.question == 'Who says "no"?'),
    ],
)
def test_whatever_a_file_may_set_can_be_given_by_name(name, value, found):
    model = EngagementModel(residents=PEOPLE, **{name: value})
    assert found(model.scenario)


def test_words_that_mean_nothing_are_refused_with_the_remedy(ordinary):
    with pytest.raises(TypeError, match=r"'seed' is no argument.*the seed of the dice is rng"):
        EngagementModel(seed=3)
    with pytest.raises(TypeError, match="'feedback' is no argument of EngagementModel"):
        EngagementModel(feedback=0.9)
    with pytest.raises(ScenarioFaults, match="feedbak.*Did you mean feedback"):
        EngagementModel(settings="policy.feedbak=0.9")
    with pytest.raises(ScenarioFaults, match="polcy cannot be set. Did you mean policy?"):
        EngagementModel(**{"polcy.feedback": 0.9})
    with pytest.raises(ValueError, match="'baseline' is loaded already: give its name or path"):
        EngagementModel(ordinary, **{"policy.feedback": 0.9})


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"residents": 0}, "residents is at least 1, not 0"),
        ({"weeks": -1}, "weeks is at least 0, not -1"),
        ({"replicate": -1}, "replicate is at least 0, not -1"),
        ({"rng": -1}, "rng is at least 0, not -1"),
        ({"rng": 0.5}, "rng is a whole number, not 0.5"),
    ],
)
def test_numbers_that_make_no_model_are_refused(ordinary, given, fault):
    with pytest.raises(ValueError, match=fault):
        EngagementModel(ordinary, **given)


def test_no_seed_is_the_default_seed_and_numbers_of_numpy_are_numbers(ordinary):
    given = [{}, {"rng": None}, {"rng": np.int64(1), "replicate": np.int32(0)}]
    first, *others = [
        weeks_of(EngagementModel(ordinary, np.int64(PEOPLE), **each)) for each in given
    ]
    assert all(same(first, other) for other in others)


def test_an_indicator_is_read_for_the_area_and_for_each_public(ordinary):
    model = EngagementModel(ordinary, PEOPLE)
    assert model.publics == (*("all", *ordinary.area.groups, "most-affected", "usual-suspects"),)
    assert model.indicators["trust"] == model.indicator("trust")
    trust = [model.indicator("trust", public) for public in model.publics]
    residents = list(model.residents)
    followed = [resident.trust for resident in residents if resident.most_affected]
    assert trust[0] == pytest.approx(np.mean([resident.trust for resident in residents]))
    assert trust[-2] == pytest.approx(np.mean(followed))
    assert np.isnan(model.indicator("polarisation", "young"))
    with pytest.raises(KeyError, match="no indicator is called 'turst'. Did you mean trust?"):
        model.indicator("turst")
    with pytest.raises(KeyError, match="no public is called 'yung'. Did you mean young?"):
        model.indicator("trust", public="yung")


def test_nobody_is_made_before_somebody_looks_and_looking_changes_nothing(ordinary):
    unseen, seen = EngagementModel(ordinary, PEOPLE), EngagementModel(ordinary, PEOPLE)
    for _ in range(3):
        seen.agents.shuffle_do("step")
        seen.agents.shuffle(inplace=True)
        for model in (unseen, seen):
            model.step()
    assert not unseen._views
    assert all_the_same(columns_of(unseen), columns_of(seen))
    assert same(weeks_of(unseen), weeks_of(seen))


def test_a_set_of_residents_is_selected_grouped_and_summed_up(ordinary):
    model = lived(3)
    everyone = model.agents.select(agent_type=Resident)
    assert len(everyone) == PEOPLE
    assert len(model.agents) == PEOPLE + len(model.groups) + len(model.officers)
    assert everyone.agg("trust", np.mean) == pytest.approx(model.indicator("trust"))
    young = everyone.select(lambda resident: resident.public == "young")
    assert set(young.get("public")) == {"young"}
    by_public = everyone.groupby("public").agg("trust", np.mean)
    for public, trust in by_public.items():
        assert trust == pytest.approx(model.indicator("trust", public))
    assert set(everyone.shuffle().get("key")) == set(everyone.get("key"))
    assert [agent.unique_id for agent in everyone] == [*range(1, PEOPLE + 1)]
    assert [len(kind) for kind in model.agents_by_type.values()] == [
        *(PEOPLE, len(model.groups), len(model.officers)),
    ]


def test_a_collector_collects_every_indicator_from_week_0_on():
    table = lived(4).datacollector.get_model_vars_dataframe()
    assert table["week"].tolist() == [0, 1, 2, 3, 4]
    results = run(load("baseline", SOON), weeks=4, residents=PEOPLE, replicates=1)
    assert same(table[list(results.indicators)].to_numpy(), results.values[0, :, 0])


def test_a_collector_of_ones_own_reports_the_model_each_agent_and_each_kind(ordinary):
    model = EngagementModel(ordinary, PEOPLE)
    model.datacollector = mesa.DataCollector(
        {"young": lambda model: model.indicator("trust", "young"), "week": "week"},
        {"key": "key", "trust": lambda agent: getattr(agent, "trust", None)},
        {Resident: {"trust": "trust", "public": "public"}},
    )
    for _ in range(3):
        model.step()
    assert model.datacollector.get_model_vars_dataframe()["week"].tolist() == [1, 2, 3]
    everybody = model.datacollector.get_agent_vars_dataframe().loc[3]
    assert everybody["key"].tolist() == [agent.key for agent in model.agents]
    residents = model.datacollector.get_agenttype_vars_dataframe(Resident).loc[3]
    young = residents[residents["public"] == "young"]["trust"]
    assert young.mean() == pytest.approx(model.indicator("trust", "young"))
    assert everybody["trust"].dropna().tolist() == residents["trust"].tolist()


@pytest.mark.parametrize("processes", [1, 2])
def test_a_batch_sweeps_levers_and_replicates(processes):
    rows = mesa.batch_run(
        EngagementModel,
        {
            "policy.feedback": [0.1, 0.9],
            "replicate": range(2),
            "residents": PEOPLE,
            "settings": [SOON],
        },
        number_processes=processes,
        max_steps=3,
        display_progress=False,
    )
    assert {row["Step"] for row in rows} == {3}
    assert {row["week"] for row in rows} == {3}
    found = {(row["policy.feedback"], row["replicate"]): row["trust"] for row in rows}
    for feedback in (0.1, 0.9):
        scenario = load("baseline", (*SOON, f"policy.feedback={feedback}"))
        results = run(scenario, weeks=3, residents=PEOPLE, replicates=2)
        assert [found[feedback, replicate] for replicate in range(2)] == (
            results.series("trust")[:, -1].tolist()
        )


def test_a_hundred_models_that_were_looked_at_and_dropped_are_gone(ordinary):
    still_there = []
    for replicate in range(100):
        model = EngagementModel(ordinary, 20, replicate)
        model.step()
        assert model.agents[0].unique_id == 1
        still_there += [weakref.ref(model), weakref.ref(model.area.world.residents.total)]
    del model
    gc.collect()
    assert not [left for left in still_there if left() is not None]


def test_the_network_is_who_talks_with_whom(ordinary, tmp_path):
    model = lived(2)
    graph = model.network()
    assert graph.number_of_nodes() == PEOPLE
    for resident in model.residents:
        assert set(graph[resident.key]) == {tie.key for tie in resident.ties}
        assert graph.nodes[resident.key]["trust"] == resident.trust
        assert graph.nodes[resident.key]["age"] == resident.age
    networkx.write_graphml(graph, tmp_path / "ties.graphml")
    again = networkx.read_graphml(tmp_path / "ties.graphml")
    assert again.number_of_edges() == graph.number_of_edges()
