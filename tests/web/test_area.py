"""The film of an area: the run of the other pages, packed into bytes and served to one session."""

from __future__ import annotations

import gc
import gzip
import json
import threading
import weakref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from starlette.applications import Starlette
from starlette.testclient import TestClient

import sim.runs as engine
from sim.agents.columns import COUNTS
from web.area import film as filming
from web.area import shown
from web.area.packing import NOTHING, POINTS_STEP, differences, rounded, step_for, summed
from web.area.places import drawn, places
from web.area.states import FIXED, HAPPENINGS, LIVED
from web.desk import Desk
from web.pages.area import PAGE
from web.question import first_question

WEEKS, RESIDENTS = 6, 120


class Alone:
    """What an errand runs with where nobody else is at the desk."""

    cancel = None


def asked(**sizes):
    question = first_question("baseline")
    for name, value in ({"weeks": WEEKS, "residents": RESIDENTS} | sizes).items():
        question = question.asking(name, value)
    return question


def filmed(question, which=0, **pair):
    steps = filming.film(question, which, **pair)(Alone())
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def unpacked(made):
    """The plan, and of each world its averages, events, bytes and what happened."""
    plan = json.loads(gzip.decompress(made.plan))
    weeks, rows, people = plan["weeks"] + 1, len(plan["rows"]), len(plan["beat"])
    shapes = [
        ("<f4", (weeks, rows, len(LIVED))),
        ("<f4", (weeks, rows, len(HAPPENINGS))),
        ("u1", (len(LIVED), weeks, people)),
        ("u1", (weeks, people)),
        ("u1", (weeks, people)),
    ]
    worlds = []
    for world in made.worlds:
        left, parts = gzip.decompress(world), []
        for kind, shape in shapes:
            size = int(np.prod(shape)) * np.dtype(kind).itemsize
            parts.append(np.frombuffer(left[:size], kind).reshape(shape))
            left = left[size:]
        assert left == b""
        means, events, told, low, high = parts
        worlds.append((means, events, summed(told), low.astype(int) | (high.astype(int) << 8)))
    return plan, worlds


@pytest.fixture(scope="module")
def question():
    return asked()


@pytest.fixture(scope="module")
def made(question):
    return filmed(question)


@pytest.fixture(scope="module")
def ran(question):
    """The same pair as `parley compare --replicates 1 --snapshots` has it."""
    base, *others = question.scenarios()
    return engine.compare(
        base, others, weeks=WEEKS, residents=RESIDENTS, replicates=1, workers=1,
        snapshots=tuple(range(WEEKS + 1)),
    )  # fmt: skip


def worlds_of(ran):
    return [ran.base, *ran.others.values()]


@given(
    st.floats(0, 100).flatmap(lambda top: arrays.arrays(np.float64, 20, elements=st.floats(0, top)))
)
def test_a_level_is_told_within_half_a_step(values):
    told = rounded(values, POINTS_STEP) * POINTS_STEP
    assert np.abs(told - values).max() <= POINTS_STEP / 2 + 1e-9


@given(arrays.arrays(np.uint16, 30, elements=st.integers(0, 2000)))
def test_a_count_is_told_exactly_up_to_254_and_within_half_a_step_beyond(counts):
    step = step_for(counts.max())
    apart = np.abs(rounded(counts, step) * step - counts).max()
    assert apart == 0 if counts.max() <= 254 else apart <= step / 2 + 1e-9


def test_what_there_is_not_is_nothing():
    assert rounded(np.array([np.nan, 1.0]), 1.0).tolist() == [NOTHING, 1]


@given(arrays.arrays(np.uint8, (3, 5, 7)))
def test_weeks_told_by_their_differences_come_back(weeks):
    assert (summed(differences(weeks)) == weeks).all()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=200))
def test_everybody_has_a_place_of_their_own_inside_the_circle_of_their_beat(people):
    beat, public = np.array(people).T
    found = places(beat, public, 5)
    for one in range(5):
        here = beat == one
        spots = found.x[here] + 1j * found.y[here]
        if not spots.size:
            assert found.radius[one] == 0
            continue
        assert np.abs(spots).max() < found.radius[one]
        apart = np.abs(spots[:, None] - spots[None, :]) + 10 * np.eye(spots.size)
        assert apart.min() > 1.0


def test_publics_stand_in_wedges_clockwise_from_the_top():
    public = np.repeat([0, 1, 2], 30)
    found = places(np.zeros(90, int), public, 1)
    turn = np.arctan2(found.x, -found.y) % (2 * np.pi)
    assert (public[np.argsort(turn)] == public).all()


def test_of_a_large_area_a_sample_is_drawn_evenly():
    rows = drawn(5000, 1000)
    assert len(set(rows.tolist())) == 1000
    assert set(np.diff(rows)) == {5}
    assert drawn(7, 1000).tolist() == list(range(7))


def test_every_count_of_a_resident_is_on_offer_in_the_order_of_the_columns():
    assert tuple(HAPPENINGS) == COUNTS
    assert len({state.key for state in (*LIVED, *FIXED)}) == len(LIVED) + len(FIXED)


@pytest.mark.parametrize("world", [0, 1])
@pytest.mark.parametrize(
    "state", [each for each in LIVED if each.key != "waiting"], ids=lambda s: s.key
)
def test_what_is_shown_is_the_run_of_the_command_within_half_a_step(made, ran, world, state):
    plan, worlds = unpacked(made)
    snapshots = worlds_of(ran)[world].snapshots
    at = LIVED.index(state)
    step = plan["states"][at]["step"]
    keys = [
        f"{plan['publics'][p]['key']}-{n}"
        for p, n in zip(plan["public"], plan["ordinal"], strict=True)
    ]
    for week in range(WEEKS + 1):
        here = snapshots["week"] == week
        found = dict(zip(snapshots["resident"][here], snapshots[state.key][here], strict=True))
        wanted = np.array([found[key] for key in keys], float)
        wanted = 100 * wanted if state.key == "known" else wanted
        told = worlds[world][2][at, week] * step
        assert np.abs(told - wanted).max() <= step / 2 + 1e-9


@pytest.mark.parametrize("world", [0, 1])
def test_averages_are_the_indicators_of_the_run(made, ran, world):
    plan, worlds = unpacked(made)
    results = worlds_of(ran)[world]
    rows = [row["key"] for row in plan["rows"]]
    for public in ("all", *results.scenario.area.groups, "most-affected", "usual-suspects"):
        for at, name in enumerate(("trust", "confidence", "legitimacy", "expectation")):
            told = worlds[world][0][:, rows.index(public), at]
            assert told == pytest.approx(results.series(name, public)[0], abs=1e-4)
    for name in filming.HEADLINE:
        told = np.array(plan["worlds"][world]["headline"][name], float)
        assert told == pytest.approx(results.series(name, "all")[0], abs=1e-4, nan_ok=True)


def test_another_pair_is_the_run_of_another_replicate_and_ends_as_the_comparison_has_it(
    question, made
):
    base, *others = question.scenarios()
    compared = engine.compare(
        base, others, weeks=WEEKS, residents=RESIDENTS, replicates=3, workers=1
    )
    third = filmed(question, pair=3)
    plan, worlds = unpacked(third)
    ends = []
    for at, results in enumerate((compared.base, *compared.others.values())):
        for state, name in enumerate(("trust", "confidence", "legitimacy", "expectation")):
            told = worlds[at][0][:, 0, state]
            assert told == pytest.approx(results.series(name)[2], abs=1e-4)
        ends.append(plan["worlds"][at]["headline"]["trust"][-1])
    name = next(iter(compared.others))
    assert ends[1] - ends[0] == pytest.approx(compared.pairs(name, "trust")[2, -1], abs=2e-4)
    assert plan["fixed"] != unpacked(made)[0]["fixed"]  # other people live there


def test_a_film_is_known_by_its_pair_and_the_first_is_what_is_shown_without_one(question, made):
    assert filming.mark(question, 0) == filming.mark(question, 0, 1)
    assert filming.mark(question, 0, 1) != filming.mark(question, 0, 2)
    assert filmed(question, pair=1) is made
    assert filmed(question, pair=2) is not made


@pytest.mark.parametrize("world", [0, 1])
def test_what_happened_in_a_week_is_what_the_counts_rose_by(made, world):
    plan, worlds = unpacked(made)
    _, events, told, happened = worlds[world]
    for bit, name in enumerate(HAPPENINGS):
        at = next(at for at, state in enumerate(LIVED) if state.key == name)
        rose = np.diff(told[at].astype(int), axis=0) > 0
        assert (((happened[1:] >> bit) & 1).astype(bool) == rose).all()
        assert (events[1:, 0, bit] == rose.sum(axis=1)).all()  # everybody is drawn here
    assert not happened[0].any()


def test_the_same_resident_stands_at_the_same_place_under_every_policy(made):
    other = filmed(asked().asking("other", "lay-led"))
    one, another = (json.loads(gzip.decompress(each.plan)) for each in (made, other))
    assert one["worlds"][1]["name"] != another["worlds"][1]["name"]
    for name in ("ordinal", "public", "beat", "x", "y", "ties", "fixed"):
        assert one[name] == another[name]
    assert unpacked(made)[1][0][2].tobytes() == unpacked(other)[1][0][2].tobytes()


def test_a_policy_against_itself_is_the_same_world_twice():
    twice = filmed(asked().asking("other", "baseline"))
    assert twice.worlds[0] == twice.worlds[1]


def test_ties_lead_both_ways_between_people_who_are_drawn(made):
    plan, _ = unpacked(made)
    ends = np.array(plan["ties"]).reshape(-1, 2)
    assert (np.bincount(ends.ravel(), minlength=RESIDENTS) == plan["talks"]).all()


def test_of_more_than_a_thousand_residents_a_thousand_are_drawn_and_all_are_averaged():
    plan, worlds = unpacked(filmed(asked(residents=1100, weeks=4)))
    assert len(plan["beat"]) == filming.MOST_DRAWN
    assert plan["rows"][0]["people"] == 1100


def test_a_film_that_would_not_fit_says_what_to_do(monkeypatch):
    monkeypatch.setattr(filming, "MOST_BYTES", 1000)
    with pytest.raises(filming.TooLarge, match="Follow fewer weeks"):
        filmed(asked(weeks=5))


def test_a_film_is_made_once_while_somebody_holds_it_and_then_forgotten():
    question = asked(weeks=4)
    first = filmed(question)
    assert filmed(question) is first
    there = weakref.ref(first)
    del first
    gc.collect()
    assert there() is None


def test_only_the_session_that_shows_a_film_is_served_it(made):
    with TestClient(Starlette(routes=shown.routes())) as client:
        name = shown.show(made, "mine")
        client.cookies.set("solara-session-id", "mine")
        answer = client.get(f"/area-film/{name}/plan")
        assert answer.json()["weeks"] == WEEKS
        assert answer.headers["cache-control"] == "no-store"
        assert client.get(f"/area-film/{name}/1").content == gzip.decompress(made.worlds[1])
        assert client.get(f"/area-film/{name}/2").status_code == 404
        client.cookies.set("solara-session-id", "another")
        assert client.get(f"/area-film/{name}/plan").status_code == 404
        client.cookies.set("solara-session-id", "mine")
        shown.hide(name)
        assert client.get(f"/area-film/{name}/plan").status_code == 404


def test_no_more_films_are_shown_than_there_is_room_for(made, monkeypatch):
    before = shown.state()["bytes"]
    monkeypatch.setattr(shown, "MOST_BYTES", before + made.size())
    first, again = shown.show(made, "a"), shown.show(made, "b")
    assert "" not in (first, again)  # one film, shown twice, takes its room once
    other = filming.Film(b"x" * 10, ())
    assert shown.show(other, "c") == ""
    shown.hide(first)
    shown.hide(again)
    assert shown.state()["bytes"] == before


def test_whoever_leaves_while_a_film_is_made_has_it_stopped():
    question, heard, started = asked(weeks=520, residents=3000), [], threading.Event()

    def listen(news):
        heard.append(news.kind)
        if news.kind == "working":
            started.set()

    desk = Desk(engine, threads=1)
    desk.send("a", question, filming.film(question, 0), listen)
    assert started.wait(60)
    desk.leave("a")
    done = threading.Event()
    desk.send("b", asked(), filming.film(asked(), 0), lambda news: news.finished and done.set())
    assert done.wait(60)
    assert "answer" not in heard
    desk.close()


def test_the_page_follows_the_question_and_computes_no_comparison():
    assert PAGE.asks
    assert not PAGE.compares
