"""What holds in every week, whatever the policy and the assumptions; and what dated events do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import compare, live, load, run
from sim import world as w_
from sim.agents import columns as col
from sim.assumptions import ASSUMPTIONS
from sim.indicators.table import INDICATORS
from sim.ledger import CAUSES
from sim.policy.levers import LEVERS
from tests.sim.scenario_files import PUBLIC, village
from tests.sim.small_worlds import (
    SOME,
    always,
    assumptions,
    begun,
    happenings,
    policies,
    same_numbers,
    today,
)

WEEKS = 8
HAIR = 1e-9
SHARES = (
    "total", "settled", "disposition", "belief", "belief_home", "hardness", "hardness_home", "impartiality",
    "impartiality_home", "known", "foreseen", "need", "ease", "voice", "street", "involvement", "enforcement",
    "need_rank", "concerns",
)  # fmt: skip
SOMETIMES_EMPTY = {
    "last_contact_fairness",
    "last_stop_fairness",
    "last_call_satisfaction",
    "last_call_fairness",
    "last_traffic_fairness",
}


# ---- what every week has to keep


def assert_sound(area):
    """Levels are shares, nothing is empty that should not be, officers are at least eight."""
    world = area.world
    for name in SHARES:
        column = getattr(world.residents, name)
        assert column.min() >= 0.0, name
        assert column.max() <= 1.0, name
    for name in SOMETIMES_EMPTY:
        column = getattr(world.residents, name)
        assert not ((column < 0.0) | (column > 1.0)).any(), name
    for part in (
        world.residents,
        world.officers,
        world.groups,
        world.publics,
        world.places,
        world.police,
    ):
        for name, column in part._asdict().items():
            if name not in SOMETIMES_EMPTY and column.dtype.kind == "f":
                assert np.isfinite(column).all(), name
    officers = world.officers
    assert officers.role.size >= 8
    assert set(officers.role) == {col.RESPONSE, col.GENERALIST, col.SPECIALIST}
    for column in (
        officers.skill,
        officers.openness,
        officers.familiarity,
        officers.tired,
        officers.trained,
    ):
        assert column.min() >= 0.0
        assert column.max() <= 1.0
    for column in (
        world.groups.energy,
        world.groups.access,
        world.publics.cooperation,
        world.publics.delivered,
    ):
        assert column.min() >= 0.0
        assert column.max() <= 1.0
    assert world.places.disorder.min() >= 0.0
    for array in (world.books.ledger, world.books.counts, world.books.hours):
        assert np.isfinite(array).all()


def assert_accounts_balance(area, t):
    """Hours in are hours used, in all three accounts, to rounding."""
    hours = dict(zip(w_.HOURS_BOOKED, area.world.books.hours[t], strict=True))
    used = ("abstracted", "training", "leading", "contacts", "answers", "passed_on", "patrol", "solving",
            "searches", "given_up", "carried")  # fmt: skip
    size = max(1.0, hours["in"], hours["response_in"])
    assert abs(hours["in"] - sum(hours[name] for name in used)) < HAIR * size
    response = ("response_calls", "response_searches", "response_spare")
    assert (
        abs(hours["response_in"] + hours["given_up"] - sum(hours[name] for name in response))
        < HAIR * size
    )
    searched = hours["searches_made"] + hours["searches_carried"]
    assert abs(hours["searches"] + hours["response_searches"] - searched) < HAIR * size
    for name, booked in hours.items():
        if name not in ("carried", "searches_carried", "response_spare"):
            assert booked > -HAIR, name
    engaged = hours["specialist_engagement"] + hours["generalist_engagement"]
    assert hours["generalist_offered"] - hours["given_up"] == pytest.approx(
        hours["generalist_engagement"]
    )
    assert engaged <= hours["in"] + HAIR


def assert_measured(area, t):
    """Every indicator is empty or inside the range it is declared with."""
    values = area.world.books.values[t]
    assert not np.isinf(values).any()
    for place, (name, entry) in enumerate(INDICATORS.items()):
        column = values[:, place]
        column = column[~np.isnan(column)]
        if entry.low is not None:
            assert (column >= entry.low - HAIR).all(), name
        if entry.high is not None:
            assert (column <= entry.high * (1.0 + HAIR) + HAIR).all(), name


def assert_chances_add_up(area):
    """Expected searches of all residents are the searches planned; priorities are shares of one whole."""
    world = area.world
    publics = world.publics.people.size
    hazards = world.books.sums[:, w_.S_HAZARD]
    planned = world.police.state[w_.SEARCHES_PLANNED]
    assert hazards[publics] == pytest.approx(planned, rel=1e-5, abs=1e-9)
    assert hazards[:publics].sum() == pytest.approx(hazards[publics])
    assert world.places.priorities.sum() == pytest.approx(1.0)


def live_soundly(area, weeks):
    for _ in range(weeks):
        area.live(1)
        t = int(area.world.clock[0])
        assert_sound(area)
        assert_accounts_balance(area, t)
        assert_measured(area, t)
        assert_chances_add_up(area)


@SOME
@given(
    policies(),
    assumptions(),
    happenings(WEEKS, ("young", "settled-owners")),
    st.integers(1, 70),
    st.integers(0, 3),
)
def test_every_week_is_sound_under_any_policy_and_assumptions(
    policy, behaviour, events, residents, warm
):
    scenario = load("baseline", (f"area.warmup_weeks={warm}", *policy, *behaviour, *events))
    live_soundly(begun(always(scenario), residents, WEEKS), WEEKS)


@pytest.mark.parametrize("end", ["low", "high"])
def test_every_week_is_sound_with_every_assumption_at_one_end_of_its_range(end):
    behaviour = tuple(
        f"assumptions.{name}={getattr(known, end)!r}" for name, known in ASSUMPTIONS.items()
    )
    live_soundly(begun(today(*behaviour, "policy.hours=20"), 150, 30), 30)


@pytest.mark.parametrize("end", ["low", "high"])
def test_every_week_is_sound_with_every_lever_at_one_end_of_its_range(end):
    given = tuple(
        f"policy.{name}={getattr(lever, end)!r}"
        for name, lever in LEVERS.items()
        if "." not in name
    )
    live_soundly(begun(always(today(*given)), 150, 30), 30)


def test_years_go_by_soundly():
    area = begun(today(warm=0), 60, 600)
    live_soundly(area, 600)
    assert area.week == 600


def test_an_area_where_nobody_works_and_nobody_speaks_stays_sound():
    silent = always(
        today("policy.hours=0", "assumptions.lobbying=0", "assumptions.heard_fades=0.5", warm=0)
    )
    live_soundly(begun(silent, 20, 1200), 1200)


def test_what_was_heard_is_empty_a_year_after_the_last_word():
    silent = today("assumptions.lobbying=0", "policy.mix={inform=0, consult=1, collaborate=0}",
                   'events=[{week=20, kind="policy", policy={hours=0}}]', warm=0)  # fmt: skip
    results = run(silent, weeks=90, residents=300, replicates=4)
    for indicator in ("voice_concentration", "representativeness"):
        assert np.isnan(results.series(indicator)[:, 73:]).all(), indicator
    assert (results.series("engagement_hours")[:, 73:] == 0.0).all()


# ---- worlds at the edge


def somewhere(folder, publics=2, beats=2, text="", more=""):
    """An area of equal publics and so many beats."""
    parts = [f'name = "Somewhere"\npeople = 5000\nbeats = {beats}\nwarmup_weeks = 3\n']
    for number in range(publics):
        parts.append(
            f'[groups.public-{number}]\nlabel = "Public {number}"\nshare = {1 / publics!r}\n{PUBLIC}{more}'
        )
    return load(village(folder, text, "\n".join(parts)))


@pytest.mark.parametrize("publics", [1, 2, 16])
@pytest.mark.parametrize("beats", [1, 3, 40])
@pytest.mark.parametrize("residents", [1, 90])
def test_one_public_or_sixteen_one_beat_or_forty_live_soundly(tmp_path, publics, beats, residents):
    scenario = somewhere(tmp_path, publics, beats, "[policy]\nmix = {inform=0.2, consult=0.4, collaborate=0.4}\n"
                         "mixed_forums = 0.5\nhours = 15")  # fmt: skip
    area = begun(scenario, residents, 20)
    assert area.world.publics.people.size == publics
    assert area.world.places.people.size == beats
    live_soundly(area, 20)
    trust = area.world.books.values[-1, :, list(INDICATORS).index("trust")]
    assert np.isfinite(trust[publics])


def test_one_public_has_no_other_to_compare_with(tmp_path):
    results = run(somewhere(tmp_path, 1), weeks=6, residents=80, replicates=1)
    assert np.isnan(results.series("trust_gap", "public-0")).all()
    assert results.series("polarisation")[:, 1:] == pytest.approx(0.0)
    assert results.series("stop_ratio")[:, 1:] == pytest.approx(1.0)
    assert results.series("equity_of_service")[:, 1:] == pytest.approx(100.0)


def test_a_resident_without_ties_hears_nothing(tmp_path):
    scenario = somewhere(tmp_path, 2, 1)
    area = begun(scenario, 1, 12)
    assert area.world.ties.other.size == 0
    area.live(12)
    stories = list(CAUSES).index("friends-stories"), list(CAUSES).index("ties-pull")
    assert not area.world.books.ledger[..., stories].any()


@pytest.mark.parametrize("residents", [1, 2, 5])
def test_a_handful_of_residents_live_soundly(residents):
    live_soundly(begun(today(), residents, 30), 30)


@pytest.mark.parametrize("warm", [0, 1, 51, 52, 53])
def test_an_area_starts_at_week_0_however_long_its_warm_up(warm):
    area = begun(today(warm=warm), 80, 3)
    assert area.week == 0
    assert np.isfinite(area.world.books.values[warm, :, 0]).all()
    live_soundly(area, 3)
    assert area.week == 3


def test_no_weeks_leave_week_0_alone():
    results = run(today(), weeks=0, residents=50, replicates=2)
    assert results.values.shape[1] == 1
    assert results.ledger.shape[1] == 0
    assert np.isfinite(results.series("trust")).all()


def test_an_area_lives_no_further_than_its_books_reach():
    area = begun(today(), 50, 5)
    area.live(3)
    with pytest.raises(ValueError, match="room for 2 more weeks, not for 3"):
        area.live(3)
    assert area.week == 3
    area.live(2)
    assert area.week == 5


# ---- what is counted


def test_windows_hold_the_last_52_and_26_weeks_to_the_last_bit():
    """Before week 0 too, for those who were marked only then."""
    area = begun(today("policy.hours=40", "policy.stops=60", warm=110), 250, 70)
    for _ in range(70):
        area.live(1)
        books, t = area.world.books, int(area.world.clock[0])
        assert (books.window52 == books.counts[t - 51 : t + 1].sum(axis=0)).all()
        assert (books.window26 == books.counts[t - 25 : t + 1].sum(axis=0)).all()


def test_the_whole_area_is_the_sum_of_its_publics():
    area = begun(today("policy.hours=20", warm=60), 250, 20)
    area.live(20)
    world = area.world
    publics = world.publics.people.size
    for table in (world.books.counts[60:].sum(axis=0), world.books.sums):
        assert table[:publics].sum(axis=0) == pytest.approx(table[publics])
        assert (table[publics + 1 :] <= table[publics] + HAIR).all()


def test_a_quarter_is_most_affected_and_a_tenth_are_usual_suspects_for_good():
    area = begun(today(warm=60), 200, 20)
    marks = area.world.residents.marks.copy()
    area.live(20)
    assert (area.world.residents.marks == marks).all()
    assert (marks & col.MOST_AFFECTED > 0).sum() == 50
    assert (marks & col.USUAL_SUSPECT > 0).sum() == 20
    assert (marks & col.LOUDEST > 0).sum() == 20
    assert area.world.books.sums[-2:, w_.S_PEOPLE].tolist() == [50.0, 20.0]


# ---- hours buy contacts


def test_contacts_take_the_hours_that_are_booked_for_them():
    busy = today("policy.hours=25", "policy.mix={inform=0.3, consult=0.4, collaborate=0.3}", "policy.forward=0.5",
                 "policy.mixed_forums=0.5")  # fmt: skip
    area = begun(busy, 300, 30)
    area.live(30)
    world = area.world
    publics = world.publics.people.size
    engaged = world.books.counts[:, publics, w_.C_ENGAGED]
    assert engaged == pytest.approx(world.books.hours[:, w_.H_CONTACTS], abs=1e-4)
    assert engaged.sum() > 40


def test_hours_of_informing_buy_as_many_contacts_as_they_pay_for():
    scenario = today("policy.mix={inform=1, consult=0, collaborate=0}", "policy.hours=10")
    area = begun(scenario, 400, 26)
    area.live(26)
    world, a = area.world, scenario.assumptions
    publics, warm = world.publics.people.size, int(world.clock[1])
    contacts = world.books.counts[warm + 1 :, publics, w_.C_CONTACTS]
    hours = world.books.hours[warm + 1 :]
    assert hours[:, w_.H_CONTACTS] == pytest.approx(contacts * a["inform_hours"])
    # what engagement hours are not spent on answers and following up buys contacts, but for the change kept
    engaged = hours[:, [w_.H_SPECIALISTS, w_.H_GENERALISTS]].sum()
    spent = hours[:, [w_.H_CONTACTS, w_.H_ANSWERS, w_.H_PASSED_ON, w_.H_CARRIED]].sum()
    assert spent == pytest.approx(engaged)
    assert abs(hours[:, w_.H_CARRIED].sum()) < 2.5


def test_engagement_stays_within_what_the_policy_plans_for_it():
    scenario = today("policy.hours=10", "policy.time={engage=0.5, patrol=0.2, solve=0.2, stop=0.1}",
                     "policy.abstraction=0.25")  # fmt: skip
    area = begun(scenario, 400, 10)
    area.live(10)
    hours = area.world.books.hours[-1]
    free = 10.0 * 0.4 * 0.75
    assert hours[w_.H_IN] == pytest.approx(4.0)
    assert hours[w_.H_SOLVING] == pytest.approx(free * 0.2)
    assert hours[w_.H_SPECIALISTS] + hours[w_.H_GENERALISTS] <= free * 0.5 + HAIR
    assert hours[w_.H_PATROL] >= free * 0.2 - HAIR


def test_searches_are_those_intended_or_those_the_hours_allow():
    few, many = (
        run(today(f"policy.stops={stops}"), weeks=12, residents=500, replicates=2)
        for stops in (10, 100)
    )
    assert few.series("stops")[:, -1] == pytest.approx(10.0, rel=0.02)
    assert (many.series("stops")[:, -1] > 10.0).all()
    assert (many.series("stops")[:, -1] < 100.0).all()
    none = run(today("policy.stops=0"), weeks=12, residents=500, replicates=2)
    assert (none.series("stops")[:, -1] == 0.0).all()


# ---- resolution

MAIN = (
    "trust", "confidence", "legitimacy", "expectation", "voice_belief", "perceived_impartiality", "hardening",
    "reach", "informed", "visibility", "accessibility", "familiarity", "deliberation", "cooperation",
    "effectiveness", "responsiveness", "accountability", "officer_openness", "engagement_hours", "response_hours",
    "stops", "incidents", "generalist_effort", "specialist_share",
)  # fmt: skip


def test_rates_do_not_depend_on_how_many_residents_are_drawn():
    scenario = today(warm=52)
    few = run(scenario, weeks=52, residents=600, replicates=32)
    many = run(scenario, weeks=52, residents=4800, replicates=6)
    apart = {}
    for indicator in MAIN:
        one, other = (
            few.series(indicator)[:, -26:].mean(axis=1),
            many.series(indicator)[:, -26:].mean(axis=1),
        )
        error = np.sqrt(one.var(ddof=1) / one.size + other.var(ddof=1) / other.size)
        # a hundredth of the level is not worth a replicate: officers are at least eight
        if abs(one.mean() - other.mean()) > 4.5 * error + 0.01 * abs(other.mean()):
            apart[indicator] = (one.mean(), other.mean(), error)
    assert apart == {}


# ---- dated events

CALM = ("assumptions.wander=0",)


def with_events(*events, given=(), warm=6):
    return today(*given, f"events=[{', '.join(events)}]", warm=warm)


def differences(base, other, indicator, public="all"):
    """Other minus base by week, mean over replicates."""
    return (other.series(indicator, public) - base.series(indicator, public)).mean(axis=0)


def pair(*events, given=(), weeks=40, residents=500, replicates=4):
    found = compare(today(*given), [with_events(*events, given=given)],
                    weeks=weeks, residents=residents, replicates=replicates)  # fmt: skip
    return found.base, found.others["baseline"]


def ledger(results, attitude, cause, public):
    from sim.ledger import ATTITUDES

    q, k, c = results.publics.index(public), ATTITUDES.index(attitude), list(CAUSES).index(cause)
    return results.ledger[:, :, q, k, c].mean(axis=0)


def test_a_critical_incident_is_felt_by_its_public_first_and_heard_of_by_others():
    base, other = pair('{week=5, kind="critical-incident", group="young", severity=0.8}')
    for attitude in ("trust", "confidence", "legitimacy"):
        apart = differences(base, other, attitude, "young")
        assert (apart[:5] == 0.0).all()
        assert apart[5] < -2.0
        assert ledger(other, attitude, "public-event", "young")[4] < -2.0
    for public in ("settled-owners", "asian-families", "social-renters"):
        assert not ledger(other, "trust", "public-event", public).any()
        heard = ledger(other, "trust", "friends-stories", public) - ledger(
            base, "trust", "friends-stories", public
        )
        assert heard[4:12].sum() < 0.0, public
        later = differences(base, other, "trust", public)
        assert later.min() < 0.0
        assert later.min() > 0.3 * differences(base, other, "trust", "young").min()


def test_what_is_heard_of_an_incident_is_less_where_nobody_heeds_stories():
    event = '{week=5, kind="critical-incident", group="young", severity=0.8}'
    deaf = ("assumptions.hearsay=0", "assumptions.ties_pull=0")
    _, telling = pair(event)
    _, silent = pair(event, given=deaf)
    assert ledger(telling, "trust", "friends-stories", "settled-owners")[4:8].sum() < 0.0
    assert not ledger(silent, "trust", "friends-stories", "settled-owners").any()


def test_a_graver_incident_shocks_more_and_one_of_no_severity_not_at_all():
    found = [pair(f'{{week=5, kind="critical-incident", group="young", severity={severity}}}', weeks=8)
             for severity in ("0.0", "0.3", "1.0")]  # fmt: skip
    assert same_numbers(*found[0])
    shocks = [differences(base, other, "trust", "young")[5] for base, other in found]
    assert shocks[2] < shocks[1] < shocks[0] == 0.0


def test_a_shock_lasts_longer_than_a_campaign():
    base, hit = pair(
        '{week=2, kind="critical-incident", group="young", severity=1.0}', weeks=60, given=CALM
    )
    _, told = pair('{week=2, kind="media-campaign", tone=-1.0, reach=1.0}', weeks=60, given=CALM)
    shock, message = (differences(base, other, "trust", "young") for other in (hit, told))
    assert shock[2] < 0.0
    assert message[2] < 0.0
    assert shock[60] / shock[2] > 2.0 * message[60] / message[2]


def test_a_budget_cut_takes_its_share_of_all_hours_for_good():
    base, other = pair('{week=10, kind="budget-cut", share=0.4}', weeks=20)
    for account in (w_.H_IN, w_.H_RESPONSE_IN, w_.H_ABSTRACTED, w_.H_SOLVING):
        assert other.hours[:, :9, account] == pytest.approx(base.hours[:, :9, account])
        assert other.hours[:, 9:, account] == pytest.approx(0.6 * base.hours[:, 9:, account])
    assert differences(base, other, "visibility")[11:].mean() < 0.0
    assert differences(base, other, "accessibility")[11:].mean() < 0.0


def test_two_cuts_cut_what_the_first_left():
    base, other = pair(
        '{week=3, kind="budget-cut", share=0.5}', '{week=6, kind="budget-cut", share=0.5}', weeks=8
    )
    assert other.hours[:, 6, w_.H_IN] == pytest.approx(0.25 * base.hours[:, 6, w_.H_IN])


def test_a_cut_of_everything_leaves_no_hours():
    _, other = pair('{week=3, kind="budget-cut", share=1.0}', weeks=12)
    assert not other.hours[:, 3:, w_.H_IN].any()
    assert (other.series("visibility")[:, 4:] == 0.0).all()
    assert np.isfinite(other.series("trust")).all()


def test_rotation_takes_familiarity_and_tenure_with_it():
    rotated = begun(with_events('{week=4, kind="rotation", share=1.0}'), 400, 6)
    stayed = begun(today(), 400, 6)
    for area in (rotated, stayed):
        area.live(3)
    assert (rotated.world.officers.tenure > 3).any()
    assert (rotated.world.officers.familiarity > 0).any()
    for area in (rotated, stayed):
        area.live(1)
    assert rotated.world.officers.tenure.max() <= 1
    assert stayed.world.officers.tenure.max() > 3
    newcomers, old = rotated.world.officers.familiarity, stayed.world.officers.familiarity
    assert newcomers.sum() < 0.5 * old.sum()


def test_rotation_lowers_familiarity_for_a_while():
    base, other = pair(
        '{week=10, kind="rotation", share=0.7}', weeks=30, given=("policy.hours=20",)
    )
    apart = differences(base, other, "familiarity")
    assert (apart[:10] == 0.0).all()
    assert apart[11] < 0.0
    assert abs(apart[30]) < abs(apart[11])


def test_a_campaign_moves_its_way_and_fades():
    for tone in (1.0, -1.0):
        base, other = pair(
            f'{{week=4, kind="media-campaign", tone={tone}, reach=0.7}}', weeks=40, given=CALM
        )
        for attitude in ("trust", "confidence"):
            apart = tone * differences(base, other, attitude)
            assert apart[3] == 0.0
            assert apart[4] > 0.4
            assert apart[8] < 0.6 * apart[4]
            assert abs(apart[40]) < 0.3 * apart[4]


def test_a_campaign_that_reaches_nobody_or_says_nothing_changes_nothing():
    assert same_numbers(*pair('{week=4, kind="media-campaign", tone=1.0, reach=0.0}', weeks=12))
    assert same_numbers(*pair('{week=4, kind="media-campaign", tone=0.0, reach=1.0}', weeks=12))


def test_after_a_switch_the_area_lives_under_the_other_policy():
    """As if another schedule had been put in force that week: bit for bit."""
    new = "{mix = {inform=0.1, consult=0.2, collaborate=0.7}, reach = 'most-affected', feedback = 0.9}"
    switched = begun(with_events(f'{{week=7, kind="policy", policy={new}}}'), 150, 20)
    switched.live(20)
    other = today("policy.mix={inform=0.1, consult=0.2, collaborate=0.7}", "policy.reach=most-affected",
                  "policy.feedback=0.9")  # fmt: skip
    area = begun(today(), 150, 20)
    area.live(6)
    area.replace_schedule(live.found(other, area.world.seed[0], 150, 20).schedule)
    area.live(14)
    for name in ("total", "belief", "counts", "known"):
        mine, theirs = getattr(switched.world.residents, name), getattr(area.world.residents, name)
        assert mine.tobytes() == theirs.tobytes(), name
    assert switched.world.books.values.tobytes() == area.world.books.values.tobytes()


def test_before_a_switch_nothing_is_different():
    base, other = pair('{week=7, kind="policy", policy={hours=20}}', weeks=12)
    assert base.values[:, :7].tobytes() == other.values[:, :7].tobytes()
    assert other.hours[:, 6:, w_.H_IN] == pytest.approx(4.0 * base.hours[:, 6:, w_.H_IN])


def test_events_after_the_end_and_in_the_wrong_order_do_no_harm():
    late = with_events('{week=90, kind="budget-cut", share=1.0}')
    assert same_numbers(run(today(), weeks=10, residents=60, replicates=1),
                        run(late, weeks=10, residents=60, replicates=1))  # fmt: skip
    cut, campaign = (
        '{week=3, kind="budget-cut", share=0.5}',
        '{week=8, kind="media-campaign", tone=1.0, reach=0.5}',
    )
    orders = [run(with_events(*order), weeks=10, residents=60, replicates=1)
              for order in ((cut, campaign), (campaign, cut))]  # fmt: skip
    assert same_numbers(*orders)


def test_the_world_before_week_0_is_that_of_the_base():
    base, other = today(), replace(today("policy.hours=30"), before=today().before)
    found = compare(base, [other], weeks=3, residents=80, replicates=2)
    assert found.base.values[:, 0].tobytes() == found.others["baseline"].values[:, 0].tobytes()
