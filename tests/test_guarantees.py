"""The three guarantees: the same dice, the ledger, no effect by decree (docs/guarantees.md)."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from sim import compare, live, load, purposes, run
from sim import world as w_
from sim.agents import columns as col
from sim.core import dice
from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES, CAUSES
from sim.policy.levers import ENGAGEMENT_ONLY, LEVERS
from sim.population import apportion
from sim.scenario import shipped_names
from tests.sim.small_worlds import (
    SOME,
    always,
    assumptions,
    begun,
    columns,
    different,
    happenings,
    policies,
    same_numbers,
    today,
)

SIM = Path(live.__file__).parent
SMALL = {"weeks": 10, "residents": 90, "replicates": 3}
ROUNDING = 1e-9  # points
LIVELY = (
    "policy.mix={inform=0.2, consult=0.4, collaborate=0.4}",
    "policy.mixed_forums=0.5",
    "policy.forward=0.5",
    "policy.stops=60",
    "policy.leadership=0.5",
)


def written(*places: str) -> list[tuple[Path, ast.Module]]:
    """The modules of these folders and files of sim, parsed."""
    paths: list[Path] = []
    for place in places:
        paths += sorted((SIM / place).rglob("*.py")) if (SIM / place).is_dir() else [SIM / place]
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


# ---- 1. the same dice


def test_identical_policies_differ_by_exactly_nothing():
    base = today(*LIVELY)
    again = load("baseline", ("area.warmup_weeks=6", *LIVELY))
    found = compare(base, [base, again], **SMALL)
    for name, other in found.others.items():
        assert same_numbers(found.base, other)
        for indicator in INDICATORS:
            for public in found.base.publics:
                difference = found.difference(name, indicator, public)
                assert difference.pairs == 0 or difference.difference == 0.0
                assert difference.pairs < 2 or difference.lo == difference.hi == 0.0
        for attitude in ATTITUDES:
            assert set(found.ledger_difference(name, attitude).values()) == {0.0}


def test_a_dated_switch_to_the_very_same_policy_changes_nothing():
    busy = today("policy.hours=40", "policy.reach=easy-first", "policy.leadership=1",
                 "assumptions.drift_to_ease=2", "assumptions.culture_pulls=0.2", warm=1)  # fmt: skip
    switched = today("policy.hours=40", "policy.reach=easy-first", "policy.leadership=1",
                     "assumptions.drift_to_ease=2", "assumptions.culture_pulls=0.2",
                     'events=[{week = 17, kind = "policy", policy = {leadership = 1.0}}]', warm=1)  # fmt: skip
    found = compare(busy, [switched], weeks=20, residents=900, replicates=1)
    assert same_numbers(found.base, found.others["baseline"])


def test_the_same_seed_gives_the_same_bits_and_another_gives_other_people():
    one, again, other = (run(today(), seed=seed, **SMALL) for seed in (1, 1, 2))
    assert same_numbers(one, again)
    assert not np.isclose(one.series("trust")[:, -1], other.series("trust")[:, -1]).any()


def test_a_replicate_is_the_same_in_a_run_of_two_and_of_five():
    two = run(today(), weeks=8, residents=80, replicates=2)
    five = run(today(), weeks=8, residents=80, replicates=5)
    assert two.values.tobytes() == five.values[:2].tobytes()
    assert two.ledger.tobytes() == five.ledger[:2].tobytes()


def test_replicates_are_other_lives():
    last = run(today(), weeks=8, residents=80, replicates=5).series("trust")[:, -1]
    assert np.unique(last).size == 5


def test_one_two_and_four_workers_give_identical_bits():
    one, two, four = (
        run(today(*LIVELY), workers=n, weeks=8, residents=150, replicates=4) for n in (1, 2, 4)
    )
    assert same_numbers(one, two)
    assert same_numbers(one, four)


def test_workers_do_not_matter_to_a_comparison_either():
    base, others = today(), [today("policy.feedback=0.9"), today("policy.reach=most-affected")]
    one, four = (compare(base, others, workers=n, **SMALL) for n in (1, 4))
    assert same_numbers(one.base, four.base)
    assert all(same_numbers(one.others[name], four.others[name]) for name in one.others)


def test_the_order_of_scenarios_does_not_matter():
    base = today()
    one, two, three = (
        today("policy.feedback=0.9"),
        today("policy.stops=50"),
        today("policy.hours=12"),
    )
    first = list(compare(base, [one, two, three], **SMALL).others.values())
    second = list(compare(base, [three, one, two], **SMALL).others.values())
    for place, other in enumerate((1, 2, 0)):
        assert same_numbers(first[place], second[other])


def test_a_scenario_run_alone_gives_the_numbers_of_a_comparison():
    """As far as both share the world before week 0, which they do where one extends the other."""
    base, other = today(), today("policy.mix={inform=0, consult=0.5, collaborate=0.5}")
    assert other.before == base.before
    assert same_numbers(run(other, **SMALL), compare(base, [other], **SMALL).others["baseline"])
    assert same_numbers(run(base, **SMALL), compare(base, [other], **SMALL).base)


def test_an_area_kept_warm_is_the_area_lived_anew():
    """The second comparison starts from areas that were kept; the run lives every warm-up."""
    base, other = today("policy.promise=0.4"), today("policy.promise=0.4", "policy.hours=9")
    first, second = (compare(base, [other], **SMALL) for _ in range(2))
    assert same_numbers(first.others["baseline"], second.others["baseline"])
    assert same_numbers(second.base, run(base, **SMALL))


def test_an_area_folded_away_comes_back_with_every_number_and_the_room_it_had():
    area = begun(today(*LIVELY))
    folded = area.folded()
    assert folded.bytes() < 0.8 * area.bytes()
    back = folded.unfolded(len(area.world.books.values))
    assert different_without_traces(area, back, set()) == []


def test_looking_at_every_resident_changes_nothing():
    assert same_numbers(run(today(), **SMALL), run(today(), snapshots=(0, 3, 10), **SMALL))


def test_following_a_resident_changes_nothing():
    alone, followed = begun(today(*LIVELY)), begun(today(*LIVELY), traced=True)
    live.follow(followed, 17)
    for area in (alone, followed):
        area.live(12)
    traces = {"books.traced", "books.trace_posts", "books.trace_levels", "books.trace_notes"}
    assert set(different_without_traces(alone, followed, traces)) == set()


def different_without_traces(one, other, traces):
    mine, theirs = columns(one), columns(other)
    return [
        name
        for name in mine
        if name not in traces and mine[name].tobytes() != theirs[name].tobytes()
    ]


@pytest.mark.parametrize("scenario", [today(), today(*LIVELY)], ids=["today", "lively"])
def test_weeks_lived_in_one_go_week_by_week_and_phase_by_phase_are_the_same(scenario):
    at_once, weekly, by_phase = (begun(scenario, weeks=15) for _ in range(3))
    at_once.live(15)
    for _ in range(15):
        weekly.live(1)
    for _ in range(15):
        t = int(by_phase.world.clock[0]) + 1
        for _, phase in live.WEEK:
            phase(by_phase.held, t)
        by_phase.world.clock[0] = t
    assert different(at_once, weekly) == []
    assert different(at_once, by_phase) == []
    assert at_once.week == weekly.week == by_phase.week == 15


def test_a_copy_lives_as_its_original_would_have():
    original = begun(today(*LIVELY))
    original.live(4)
    copy = original.copy()
    original.live(8)
    ahead = columns(original)["residents.total"].copy()
    assert columns(copy)["clock"][0] == columns(original)["clock"][0] - 8
    copy.live(8)
    assert different(original, copy) == []
    assert ahead.tobytes() == columns(copy)["residents.total"].tobytes()


@pytest.mark.parametrize("people", [1, 7, 60, 299])
def test_one_more_resident_joins_one_public_and_leaves_the_others_as_they_were(people):
    shares = np.array([group.share for group in today().area.groups.values()])
    more = apportion(shares, people + 1) - apportion(shares, people)
    assert sorted(more) == [0] * (len(shares) - 1) + [1]


def by_key(area, names):
    """Columns of residents in the order of their keys."""
    r = area.world.residents
    order = np.argsort(r.key)
    return {name: np.take(getattr(r, name), order, axis=-1 if getattr(r, name).shape[-1:] == r.key.shape else 0)
            for name in names}  # fmt: skip


TRAITS = (
    "key", "ordinal", "public", "beat", "age", "tenure", "ethnic", "member", "need", "ease", "voice", "street",
    "involvement", "enforcement", "door", "concerns", "total", "settled", "disposition", "belief", "belief_home",
    "hardness", "hardness_home", "impartiality", "impartiality_home", "known", "foreseen",
)  # fmt: skip


def found(scenario, residents):
    return live.Area(live.found(scenario, dice.replicate_seed(1, 0), residents, 20))


@pytest.mark.parametrize("people", [1, 59, 400])
def test_a_resident_added_changes_nobody_elses_traits(people):
    fewer, more = found(today(warm=0), people), found(today(warm=0), people + 1)
    old = set(fewer.world.residents.key.tolist())
    new = set(more.world.residents.key.tolist())
    assert old < new
    assert len(new - old) == 1
    stays = np.isin(np.sort(more.world.residents.key), np.sort(fewer.world.residents.key))
    mine, theirs = by_key(fewer, TRAITS), by_key(more, TRAITS)
    for name in TRAITS:
        column = theirs[name]
        kept = column[..., stays] if column.shape[-1] == stays.size else column[stays]
        assert mine[name].tobytes() == np.ascontiguousarray(kept).tobytes(), name


# Nobody talks, meets, is searched or is compared with the mean: what is left is a resident's own luck.
HERMITS = (
    "policy.hours=0", "policy.stops=0", "assumptions.hearsay=0", "assumptions.ties_pull=0",
    "assumptions.meeting_softens=0", "assumptions.lobbying=0", "assumptions.cooperation_helps=0",
    "assumptions.contacts_reward=0", "assumptions.learning=0", "assumptions.tired_costs=0",
    "assumptions.passed_over_hardens=0", "assumptions.passed_over_moves_confidence=0",
    "assumptions.passed_over_seen_partial=0", "assumptions.capture_seen_partial=0",
    "assumptions.spare_response_stops=0", "area.demand.incidents=1500", "area.police.demand_hours=0.1",
    "area.demand.traffic_stops=1000",
)  # fmt: skip


def test_a_resident_added_changes_nobody_elses_luck():
    """Weekly draws too: where residents do not meet, all the others live the very same weeks."""
    hermits = today(*HERMITS, warm=0)
    fewer, more = begun(hermits, 400, 20), begun(hermits, 401, 20)
    for area in (fewer, more):
        area.live(20)
    assert fewer.world.residents.counts.sum() > 300
    stays = np.isin(np.sort(more.world.residents.key), np.sort(fewer.world.residents.key))
    names = (
        "counts",
        "total",
        "settled",
        "belief",
        "hardness",
        "impartiality",
        "foreseen",
        "known",
        "story",
    )
    mine, theirs = by_key(fewer, names), by_key(more, names)
    for whose in (mine, theirs):  # a new tie shifts whom its owner meets, and so what they hear
        whose["counts"] = whose["counts"][: col.GOOD_STORIES]
    for name in names:
        column = theirs[name]
        kept = column[..., stays] if column.shape[-1] == stays.size else column[stays]
        # what officers are like is a mean over posts, whose number follows the residents': rounding
        assert np.abs(mine[name] - kept.astype(float)).max() < 1e-12, name


def test_every_purpose_has_a_number_of_its_own():
    numbers = [value for name, value in vars(purposes).items() if name.isupper()]
    assert len(set(numbers)) == len(numbers) > 40
    assert all(isinstance(value, int) for value in numbers)


def test_nothing_is_drawn_from_a_queue():
    """No random module anywhere in the model; every draw names seed, purpose, week and whoever draws."""
    offenders, draws = [], 0
    for path, tree in written("."):
        for node in ast.walk(tree):
            text = (
                ast.unparse(node)
                if isinstance(node, (ast.Import, ast.ImportFrom, ast.Attribute))
                else ""
            )
            drawn = "random" in text and not (
                path.name == "model.py" or path.parent.name == "agents"
            )
            if drawn:
                offenders.append(f"{path.name}:{node.lineno}: {text}")
            if not isinstance(node, ast.Call) or path.parent.name == "core":
                continue
            called = ast.unparse(node.func)
            if called not in ("dice.draw", "dice.stream"):
                continue
            draws += 1
            seed, purpose = (ast.unparse(argument) for argument in node.args[:2])
            if len(node.args) != (4 if called == "dice.draw" else 3) or not seed.endswith(
                ("seed", "seed[0]")
            ):
                offenders.append(f"{path.name}:{node.lineno}: {ast.unparse(node)}")
            if not purpose.startswith("for_.") and purpose != "purpose":
                offenders.append(f"{path.name}:{node.lineno}: {purpose}")
    assert offenders == []
    assert draws > 40


def test_weekly_draws_are_addressed_by_the_calendar_and_not_by_the_length_of_the_warm_up():
    """In the week, the week of a draw is the calendar's (or the week in which a concern was raised)."""
    offenders = []
    for path, tree in written("week"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "dice.draw",
                "dice.stream",
            ):
                week = ast.unparse(node.args[2])
                if week not in (
                    "week",
                    "week + 1",
                    "raised",
                    "calendar(w, t)",
                    "book.calendar(w, t)",
                ):
                    offenders.append(f"{path.name}:{node.lineno}: {week}")
    assert offenders == []


# ---- 2. the ledger


def residual(results):
    """Largest difference in points between an attitude and its opening plus all postings, in any week."""
    places = [results.indicators.index(attitude) for attitude in ATTITUDES]
    levels = results.values[..., places]
    booked = levels[:, :1] + np.cumsum(results.ledger.sum(axis=-1), axis=1)
    assert not np.isnan(booked[~np.isnan(levels[:, 1:])]).any()
    apart = np.abs(booked - levels[:, 1:])
    return np.nanmax(apart)


@pytest.mark.parametrize("name", shipped_names())
def test_opening_and_postings_make_the_closing_in_every_shipped_scenario(name):
    results = run(load(name), weeks=16, residents=200, replicates=2)
    assert np.isfinite(results.series("trust")).all()
    assert np.isfinite(results.series("trust", "most-affected")).all()
    assert np.isfinite(results.series("trust", "usual-suspects")).all()
    assert residual(results) < ROUNDING


@SOME
@given(policies(), assumptions(), happenings(publics=("young", "settled-owners")))
def test_opening_and_postings_make_the_closing_under_any_policy_and_assumptions(
    policy, behaviour, events
):
    scenario = load("baseline", ("area.warmup_weeks=3", *policy, *behaviour, *events))
    assert residual(run(scenario, weeks=8, residents=60, replicates=1)) < ROUNDING


def test_the_books_of_every_resident_who_is_followed_balance():
    start = begun(today(*LIVELY, 'events=[{week=3, kind="critical-incident", group="young", severity=1.0}]'),
                  residents=60, weeks=15, traced=True)  # fmt: skip
    warm = int(start.world.clock[1])
    for row in range(60):
        area = start.copy()
        live.follow(area, row)
        opening = area.world.residents.total[:, row].copy()
        area.live(15)
        posted = area.world.books.trace_posts[warm + 1 :].sum(axis=2)
        levels = area.world.books.trace_levels[warm:]
        assert (
            np.abs(opening + posted.sum(axis=0) - area.world.residents.total[:, row]).max() * 100
            < ROUNDING
        )
        assert np.abs(np.diff(levels, axis=0) - posted).max() * 100 < ROUNDING


def test_the_books_of_all_residents_together_are_those_of_their_publics():
    start = begun(today(*LIVELY), residents=40, weeks=6, traced=True)
    warm = int(start.world.clock[1])
    together = 0.0
    for row in range(40):
        area = start.copy()
        live.follow(area, row)
        area.live(6)
        together = together + area.world.books.trace_posts[warm + 1 :]
    publics = area.world.publics.people.size
    booked = area.world.books.ledger[warm + 1 :, :publics].sum(axis=1)
    assert np.abs(together - booked).max() < 1e-12


def test_the_list_of_causes_is_closed():
    """Every posting names a cause of the list, and every cause of the list is posted somewhere."""
    listed = {name.upper().replace("-", "_") for name in CAUSES}
    posted: set[str] = set()
    for path, tree in written("week"):
        named = {}  # local names of a cause, such as `cause = A if partner else B`
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "cause":
                named["cause"] = {
                    n.id for n in ast.walk(node.value) if isinstance(n, ast.Name) and n.id.isupper()
                }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("book.post", "post"):
                cause = ast.unparse(node.args[4])
                causes = named.get(cause, {cause})
                assert causes <= listed, f"{path.name}:{node.lineno}: {cause}"
                posted |= causes
            if isinstance(node, ast.AugAssign) and ast.unparse(node.target).startswith("posts["):
                posted.add(ast.unparse(node.target.slice).strip("()").split(", ")[1])
    assert posted == listed


def test_every_cause_is_instrumental_expressive_or_neither():
    assert {cause.kind for cause in CAUSES.values()} == {"instrumental", "expressive", "neither"}
    assert all(cause.label and cause.name == name for name, cause in CAUSES.items())


# ---- 3. no effect by decree

ENGAGEMENT = {
    "mix": "policy.mix={inform=0, consult=0.3, collaborate=0.7}",
    "reach": "policy.reach=most-affected",
    "specialists": "policy.specialists=1.0",
    "feedback": "policy.feedback=1.0",
    "forward": "policy.forward=1.0",
    "promise": "policy.promise=1.0",
    "mixed_forums": "policy.mixed_forums=1.0",
}


@pytest.fixture(
    scope="module", params=[False, True], ids=["after a warm-up with hours", "never any hours"]
)
def without_hours(request):
    never = request.param
    return lambda *changes: (always if never else lambda same: same)(
        today("policy.hours=0", *changes, warm=30)
    )


@pytest.mark.parametrize("lever", [*ENGAGEMENT, "all of them"])
def test_a_policy_with_no_hours_changes_nothing(without_hours, lever):
    changes = ENGAGEMENT.values() if lever == "all of them" else [ENGAGEMENT[lever]]
    base = without_hours()
    other = replace(without_hours(*changes), before=base.before)
    assert other.policy != base.policy
    pair = compare(base, [other], weeks=40, residents=150, replicates=2)
    assert same_numbers(pair.base, pair.others["baseline"])


def test_the_levers_that_only_shape_engagement_are_these():
    assert set(ENGAGEMENT) == set(ENGAGEMENT_ONLY)


def test_with_hours_the_same_levers_do_change_something():
    for lever, change in ENGAGEMENT.items():
        context = ("policy.hours=20", "policy.mix={inform=0.2, consult=0.4, collaborate=0.4}")
        pair = compare(today(*context, warm=30), [today(*context, change, warm=30)],
                       weeks=40, residents=150, replicates=2)  # fmt: skip
        assert not same_numbers(pair.base, pair.others["baseline"]), lever


def test_a_policy_carries_levers_and_nothing_else():
    assert set(w_.LEVER_ORDER) == set(LEVERS)
    area = begun(today())
    assert area.world.schedule.policies.shape[1] == len(LEVERS)
    assert set(today().policy.levels()) == set(LEVERS)
    assert {name.split(".")[0] for name in LEVERS} == set(today().policy.as_dict())


def test_no_lever_is_an_attitude_or_an_outcome():
    outcomes = {name for name, entry in INDICATORS.items() if entry.kind == "outcome"}
    minds = {*ATTITUDES, *outcomes, *MINDS}
    names = {part for lever in LEVERS for part in lever.split(".")}
    assert names & minds == set()


def test_the_policy_knows_nothing_of_residents():
    """What the police decide is declared without a word of agents, attitudes or the week."""
    for path, tree in written("policy"):
        imported = [
            node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
            for node in ast.walk(tree)
            if isinstance(node, (ast.Import, ast.ImportFrom))
        ]
        assert {name for name in imported if name.startswith("sim")} <= {"sim.core.declared"}, (
            path.name
        )


# columns that hold what a resident thinks and feels
MINDS = {
    "total", "settled", "disposition", "belief", "belief_home", "hardness", "hardness_home", "impartiality",
    "impartiality_home", "foreseen", "story",
}  # fmt: skip
# the only rules that write them: by posting, by shifting, in settling, and at the founding and anchoring
WRITERS = {
    "posting.py": {"post", "shift"},
    "contact.py": {"tell"},
    "feedback.py": {"foresee"},
    "settling.py": {"speak", "settle"},
    "turning.py": {"anchor_attitude", "anchor_level"},
    "founding.py": {"fill_levels"},
}


def names_of_minds(function):
    """Local names that stand for a column of minds, such as `trusts` for `r.total[0]`."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            pairs = [(node.targets[0], node.value)]
            if isinstance(node.targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(node.targets[0].elts, node.value.elts, strict=True))
            for target, value in pairs:
                column = value.value if isinstance(value, ast.Subscript) else value
                if (
                    isinstance(column, ast.Attribute)
                    and column.attr in MINDS
                    and isinstance(target, ast.Name)
                ):
                    found.add(target.id)
    return found


def writes_minds(function):
    """Whether a rule writes into a column of minds, by its own name or another."""
    aliases = names_of_minds(function) | {"level", "home", "column"} & {
        a.arg for a in function.args.args
    }
    for node in ast.walk(function):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if not isinstance(node, (ast.Assign, ast.AugAssign)):
            continue
        for target in targets:
            for part in target.elts if isinstance(target, ast.Tuple) else [target]:
                if not isinstance(part, ast.Subscript):
                    continue
                column = part.value
                if (
                    isinstance(column, ast.Attribute)
                    and column.attr in MINDS
                    and ast.unparse(column) != "w.story"
                ):
                    return True
                if isinstance(column, ast.Name) and column.id in aliases:
                    return True
    return False


def rules_of(tree):
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def reads_levers(node):
    """Whether anything in it is a lever, by name."""
    text = ast.unparse(node)
    return any(word in text for word in ("levers", "policy_of", "schedule.policies", "LEVER"))


def test_only_a_few_rules_write_what_residents_think_and_none_of_them_sees_a_lever():
    found: dict[str, set[str]] = {}
    for path, tree in written("week", "founding.py", "rules"):
        for function in rules_of(tree):
            if writes_minds(function):
                found.setdefault(path.name, set()).add(function.name)
                assert not reads_levers(function), f"{path.name}: {function.name}"
    assert found == WRITERS


def test_how_far_an_event_moves_a_resident_never_depends_on_a_lever():
    """A lever may decide whether something is done; how it is felt is decided without it."""
    movers = ("post", "shift", "tell", "foresee", "answer", "keep", "lapse")
    offenders, moves = [], 0
    for path, tree in written("week"):
        for function in rules_of(tree):
            tainted = {"levers"}
            for _ in range(3):  # what is made from what is made from a lever
                for node in ast.walk(function):
                    if isinstance(node, (ast.Assign, ast.AugAssign)):
                        names = {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)}
                        if names & tainted or reads_levers(node.value):
                            targets = (
                                node.targets if isinstance(node, ast.Assign) else [node.target]
                            )
                            tainted |= {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)
                                        and isinstance(n.ctx, ast.Store)}  # fmt: skip
            for node in ast.walk(function):
                if (
                    isinstance(node, ast.Call)
                    and ast.unparse(node.func).removeprefix("book.") in movers
                ):
                    moves += 1
                    names = {
                        n.id
                        for argument in node.args
                        for n in ast.walk(argument)
                        if isinstance(n, ast.Name)
                    }
                    if names & tainted or any(reads_levers(argument) for argument in node.args):
                        offenders.append(f"{path.name}:{node.lineno}: {ast.unparse(node)}")
    assert offenders == []
    assert moves > 40
