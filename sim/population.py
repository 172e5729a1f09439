"""Founds an area: residents, ties, associations, officers, tables, empty books."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sim import founding
from sim import world as w
from sim.agents import columns as col
from sim.assumptions import ASSUMPTIONS
from sim.core import dice
from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES, CAUSES
from sim.purposes import OFFICER_OPENNESS, OFFICER_SKILL
from sim.schedule import schedule
from sim.topics import CRIME_TOPICS, TOPICS

if TYPE_CHECKING:
    from sim.scenario import Scenario

AGES = ("16-24", "25-34", "35-44", "45-64", "65+")
TENURES = ("owner", "private", "social")
ETHNIC_GROUPS = ("white", "asian", "black", "mixed", "other")
LEAST = {col.RESPONSE: 3, col.GENERALIST: 3, col.SPECIALIST: 2}  # at least eight officers
WEEKS_A_YEAR = 52.0
LEAST_HOURS = (
    1.0  # neighbourhood hours per 1,000 a week that posts are made for, however few there are
)
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(41)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
_RANK_BINS = 4096


def apportion(shares: np.ndarray, people: int) -> np.ndarray:
    """Divide people over publics so that one more person changes one public only (Sainte-Laguë)."""
    seats = np.floor(shares * max(0, people - len(shares))).astype(np.int64)
    while seats.sum() < people:
        seats[np.argmax(shares / (2 * seats + 1))] += 1
    return seats


def log_odds(means: np.ndarray, spread: float) -> np.ndarray:
    """Return the log-odds around which a normal spread (on that scale) has the given means (0-1)."""
    means = np.clip(np.asarray(means, float), 0.002, 0.998)
    return _log_odds(means.tobytes(), means.shape, float(spread)).copy()


@lru_cache(maxsize=64)
def _log_odds(held: bytes, shape: tuple[int, ...], spread: float) -> np.ndarray:
    """Halve the interval until it is closed; replicates of one area ask the same again and again."""
    means = np.frombuffer(held).reshape(shape)
    low, high = np.full(shape, -16.0), np.full(shape, 16.0)
    for _ in range(60):
        middle = 0.5 * (low + high)
        mean = (_WEIGHTS / (1.0 + np.exp(-(middle[..., None] + spread * _NODES)))).sum(-1)
        low, high = np.where(mean < means, middle, low), np.where(mean < means, high, middle)
    return 0.5 * (low + high)


def logit_variance(levels: np.ndarray, spread: float) -> np.ndarray:
    """Return the variance of shares whose log-odds are normal around `levels`."""
    shares = 1.0 / (1.0 + np.exp(-(levels[..., None] + spread * _NODES)))
    mean = (_WEIGHTS * shares).sum(-1)
    return (_WEIGHTS * shares**2).sum(-1) - mean**2


def assumption_record(values: dict[str, float]) -> np.ndarray:
    """Return all behavioural numbers as one record that rules read by name."""
    record = np.recarray(1, dtype=[(name, np.float64) for name in ASSUMPTIONS])
    for name, declared in ASSUMPTIONS.items():
        record[name][0] = values.get(name, declared.default)
    return record


def _levels(area, assumptions: dict[str, float]) -> np.ndarray:
    """Log-odds by public in the order of `founding.L_*`."""
    groups = list(area.groups.values())
    traits = np.array([[g.need, g.ease, g.voice, g.street, g.enforcement] for g in groups])
    points = np.array(
        [
            [
                g.trust,
                g.confidence,
                g.legitimacy,
                g.expectation,
                g.voice_belief,
                g.hardness,
                g.impartiality,
            ]
            for g in groups
        ]
    )
    members = np.array([[assumptions["member_share"] * g.strength] for g in groups])
    return np.hstack(
        [
            log_odds(traits, assumptions["trait_spread"]),
            log_odds(points / 100.0, assumptions["person_spread"]),
            log_odds(members, assumptions["members_by_voice"]),
        ]
    )


def _norms(levels: np.ndarray, shares: np.ndarray, area, spread: float) -> np.ndarray:
    """Mean and spread of need, ease and voice over the area, from the publics' means."""
    groups = list(area.groups.values())
    means = np.array([[g.need, g.ease, g.voice] for g in groups])
    within = logit_variance(levels[:, :3], spread)
    means = np.clip(means, 0.002, 0.998)
    mean = shares @ means
    variance = shares @ (within + (means - mean) ** 2)
    return np.column_stack([mean, np.sqrt(np.maximum(variance, 1e-6))])


def _empty_residents(people: int) -> col.Residents:
    def zeros(kind, *shape):
        return np.zeros(shape or (people,), kind)

    byte, short, f4, f8 = np.uint8, np.int16, np.float32, np.float64
    return col.Residents(
        key=zeros(np.uint64), ordinal=zeros(np.int32),
        public=zeros(byte), beat=zeros(byte), age=zeros(byte), tenure=zeros(byte), ethnic=zeros(byte),
        member=zeros(byte), marks=zeros(byte),
        need=zeros(f4), ease=zeros(f4), voice=zeros(f4), street=zeros(f4), involvement=zeros(f4),
        enforcement=zeros(f4), need_rank=zeros(f4), outreach=zeros(f4), door=zeros(f4),
        concerns=zeros(f4, people, len(TOPICS)),
        total=zeros(f8, 4, people), settled=zeros(f8, 4, people), disposition=zeros(f4, 4, people),
        belief=zeros(f8), belief_home=zeros(f4), hardness=zeros(f8), hardness_home=zeros(f4),
        impartiality=zeros(f8), impartiality_home=zeros(f4), known=zeros(f8), foreseen=zeros(f8),
        story=zeros(f8, people, 2),
        concern_topic=zeros(byte), concern_week=zeros(short), concern_state=zeros(byte),
        counts=zeros(np.uint16, len(col.COUNTS), people),
        last_contact=np.full(people, col.NEVER, short), last_informed=np.full(people, col.NEVER, short),
        last_search=np.full(people, col.NEVER, short),
        last_contact_fairness=np.full(people, np.nan, f4), last_stop_fairness=np.full(people, np.nan, f4),
        last_call_satisfaction=np.full(people, np.nan, f4), last_call_fairness=np.full(people, np.nan, f4),
        last_traffic_fairness=np.full(people, np.nan, f4),
    )  # fmt: skip


def _cells(group) -> tuple[np.ndarray, np.ndarray]:
    shares = np.array([cell[3] for cell in group.cells], float)
    codes = np.array(
        [
            [AGES.index(cell[0]), TENURES.index(cell[1]), ETHNIC_GROUPS.index(cell[2])]
            for cell in group.cells
        ],
        np.uint8,
    )
    return np.cumsum(shares / shares.sum()), codes


def _settle_people(scenario, seed, counts, levels, norms, record, beat_shares):
    """Fill residents in their final order; returns residents, positions, cell starts."""
    area = scenario.area
    publics, beats = beat_shares.shape
    people = int(counts.sum())
    residents = _empty_residents(people)
    position = np.empty(people)
    cell_start = np.zeros(publics * beats + 1, np.int64)
    first = 0
    for p, (name, group) in enumerate(area.groups.items()):
        last = first + int(counts[p])
        name_key = dice.name_key(name)
        ordinal = np.arange(last - first, dtype=np.int32)
        keys = np.empty(last - first, np.uint64)
        founding.fill_keys(name_key, keys)
        beat = np.empty(last - first, np.uint8)
        where = np.empty(last - first)
        founding.place_residents(seed, keys, np.cumsum(beat_shares[p]), beat, where)
        order = np.argsort(beat + where, kind="stable")
        residents.key[first:last] = keys[order]
        residents.ordinal[first:last] = ordinal[order]
        residents.public[first:last] = p
        residents.beat[first:last] = beat[order]
        position[first:last] = where[order]
        cell_start[p * beats + 1 : (p + 1) * beats + 1] = first + np.cumsum(
            np.bincount(beat, minlength=beats)
        )
        concerns = np.array([group.concerns[topic] for topic in TOPICS], float)
        founding.fill_traits(
            residents, seed, first, last, p, levels[p], _cells(group), concerns,
            float(group.involvement), float(group.suspicion), norms, record[0],
        )  # fmt: skip
        first = last
    return residents, position, cell_start


def _tie_people(seed, residents, position, cell_start, shares, beat_shares, ties) -> w.Ties:
    people = residents.key.size
    proposals = int(np.ceil(ties.mean / 2))
    target = np.empty(people * proposals, np.int32)
    founding.propose_ties(
        residents, seed, position, cell_start, np.cumsum(shares), np.cumsum(beat_shares, axis=1),
        ties.mean / 2, proposals, float(ties.homophily), float(ties.local), target,
    )  # fmt: skip
    start = np.zeros(people + 1, np.int32)
    founding.count_ties(target, proposals, start)
    other = np.empty(start[-1], np.int32)
    kept = founding.lay_ties(target, proposals, start, np.zeros(people, np.int32), other)
    del target
    return w.Ties(start, other[:kept].copy() if kept < 0.9 * other.size else other[:kept])


def _found_officers(seed, before, people, publics, beats, record) -> col.Officers:
    a = record[0]
    neighbourhood = max(LEAST_HOURS, before.policy.hours) * people / 1000.0 / a.officer_week
    strength = {
        col.RESPONSE: before.police.officers_per_1000 * people / 1000.0 * a.response_part,
        col.GENERALIST: neighbourhood * (1.0 - a.team_part),
        col.SPECIALIST: neighbourhood * a.team_part,
    }
    number = {role: max(LEAST[role], round(posts)) for role, posts in strength.items()}
    role = np.repeat(np.array(list(number), np.uint8), list(number.values()))
    count = role.size
    keys = np.empty(count, np.uint64)
    founding.fill_keys(dice.name_key("officers"), keys)
    weight = np.array([max(strength[r], 0.01) / number[r] for r in role.tolist()])

    def level(purpose, mean):
        z = np.array([dice.normal(dice.draw(seed, purpose, 0, key)) for key in keys])
        return np.clip(mean + a.officer_spread * z, 0.02, 0.98)

    generalists = np.flatnonzero(role == col.GENERALIST)
    per_beat = max(1, -(-generalists.size // beats))
    of_beat = np.empty((beats, per_beat), np.int32)
    beat = np.zeros(count, np.uint8)
    for b in range(beats):
        for n in range(per_beat):
            at = b + n * beats
            of_beat[b, n] = generalists[at if at < generalists.size else b % generalists.size]
    for n, officer in enumerate(generalists):
        beat[officer] = n % beats
    return col.Officers(
        key=keys, role=role, beat=beat, weight=weight,
        skill=level(OFFICER_SKILL, before.police.skill),
        openness=level(OFFICER_OPENNESS, before.police.openness),
        familiarity=np.zeros((count, publics)), tenure=np.zeros(count, np.int32),
        tired=np.zeros(count), trained=np.zeros(count), reward=np.zeros(count), met=np.zeros(count),
        met_public=np.zeros((count, publics)), of_beat=of_beat,
        specialists=np.flatnonzero(role == col.SPECIALIST).astype(np.int32),
        responders=np.flatnonzero(role == col.RESPONSE).astype(np.int32),
    )  # fmt: skip


def _books(weeks: int, people: int, publics: int, traced: bool) -> w.Books:
    rows = publics + 3
    trace = weeks + 1 if traced else 1
    return w.Books(
        ledger=np.zeros((weeks + 1, publics + 2, len(ATTITUDES), len(CAUSES))),
        counts=np.zeros((weeks + 1, rows, len(w.COUNTED))),
        window52=np.zeros((rows, len(w.COUNTED))), window26=np.zeros((rows, len(w.COUNTED))),
        sums=np.zeros((rows, len(w.SUMMED))), flow=np.zeros((publics, 7)),
        hours=np.zeros((weeks + 1, len(w.HOURS_BOOKED))),
        values=np.full((weeks + 1, rows, len(INDICATORS)), np.nan),
        traced=np.array([-1, 0]),
        trace_posts=np.zeros((trace, len(ATTITUDES), len(CAUSES))), trace_levels=np.zeros((trace, 4)),
        trace_notes=np.zeros((64 * trace if traced else 1, 6)),
        early_row=np.zeros(0, np.int32), early_week=np.zeros(0, np.int16), early_what=np.zeros(0, np.int16),
        early_weight=np.zeros(0), early_used=np.zeros(1, np.int64),
    )  # fmt: skip


def _scratch(people: int) -> w.Scratch:
    return w.Scratch(
        rows=np.zeros(people, np.int32), order=np.zeros(people), door_rows=np.zeros(people, np.int32),
        door_order=np.zeros(people),
        chosen=np.zeros(people, np.int32), chosen_kind=np.zeros(people, np.uint8),
        incident_rows=np.zeros(people, np.int32), stop_rows=np.zeros(people, np.int32),
        waiting=np.zeros(people, np.int32), used=np.zeros(8, np.int64),
        spoken=np.zeros((people, 4)), taken=np.zeros(people, np.uint8),
    )  # fmt: skip


def call_hours(
    area, before, demand_hours: float, report_base: float, response_week: float
) -> float:
    """Return the hours one call takes, so that demand takes its stated part of response at the start."""
    calls = area.demand.incidents / 1000.0 / WEEKS_A_YEAR * report_base
    response = before.police.officers_per_1000 / 1000.0 * response_week
    return response * demand_hours / max(calls, 1e-9)


def found(
    scenario: Scenario, seed: np.uint64, residents: int, weeks: int, *, traced: bool = False
) -> w.World:
    """Return an area at its founding, `area.warmup_weeks` before week 0.

    Args:
        scenario: a complete scenario.
        seed: 64-bit seed of the replicate (`dice.replicate_seed`).
        residents: number of residents, at least 1.
        weeks: weeks to be lived after week 0 (room in the books).
        traced: whether one resident's weeks are to be followed.
    """
    area, before = scenario.area, scenario.before
    record = assumption_record(scenario.assumptions)
    a = record[0]
    shares = np.array([group.share for group in area.groups.values()], float)
    shares = shares / shares.sum()
    counts = apportion(shares, residents)
    publics, beats = len(shares), int(area.beats)
    even = np.array(area.beat_shares or [1.0 / beats] * beats, float)
    beat_shares = np.array([group.beats or even for group in area.groups.values()], float)
    beat_shares = beat_shares / beat_shares.sum(axis=1, keepdims=True)
    levels = _levels(area, scenario.assumptions)
    norms = _norms(levels, shares, area, a.trait_spread)
    people, position, cell_start = _settle_people(
        scenario, seed, counts, levels, norms, record, beat_shares
    )
    loudest = max(1, int(np.ceil(residents / 10)))
    threshold = np.partition(people.voice, residents - loudest)[residents - loudest]
    people.marks[people.voice >= threshold] = col.LOUDEST
    ties = _tie_people(seed, people, position, cell_start, shares, beat_shares, area.ties)
    del position
    places, publics_table, groups = _tables(
        area, people, cell_start, counts, shares, beat_shares, norms, record, residents
    )
    warm = int(area.warmup_weeks)
    police = w.Police(np.zeros(len(w.POLICE_STATE)))
    state = police.state
    state[w.CUT], state[w.DEMAND_SCALE] = 1.0, 1.0
    state[w.OPENNESS], state[w.INTERNAL_FAIRNESS] = (
        before.police.openness,
        before.police.internal_fairness,
    )
    state[w.SKILL], state[w.PARTNER_CAPACITY] = before.police.skill, before.partners.capacity
    state[w.OFFICER_HOURS] = (
        before.police.officers_per_1000 * residents / 1000.0 * a.officer_week * a.response_part
    )
    state[w.CALL_HOURS] = call_hours(
        area, before, before.police.demand_hours, a.report_base, a.officer_week * a.response_part
    )
    state[w.PLAN_POLICY], state[w.CAPACITY], state[w.COOPERATION] = -1.0, 1.0, 0.5
    return w.World(
        seed=np.array([seed], np.uint64), clock=np.array([0, warm]), a=record, residents=people, ties=ties,
        officers=_found_officers(seed, before, residents, publics, beats, record), groups=groups,
        publics=publics_table, places=places, police=police,
        schedule=schedule(scenario, warm + weeks, norms),
        books=_books(warm + weeks, residents, publics, traced), scratch=_scratch(residents),
    )  # fmt: skip


def _tables(area, people, cell_start, counts, shares, beat_shares, norms, record, residents):
    publics, beats, topics = len(shares), int(area.beats), len(TOPICS)
    groups = list(area.groups.values())
    a = record[0]
    cells = publics * beats
    need_cell, involvement_cell, lay_cell = np.zeros(cells), np.zeros(cells), np.zeros(cells)
    ease, concern_need = np.zeros(publics), np.zeros((publics, beats, topics))
    everyone, loud = np.zeros(topics), np.zeros(topics)
    founding.tabulate(
        people, cell_start, need_cell, involvement_cell, lay_cell, ease, concern_need, everyone, loud,
        np.zeros(_RANK_BINS, np.int64), a,
    )  # fmt: skip
    agenda, agenda_beats, loud_share = (
        np.zeros((publics, topics)),
        np.zeros((publics, beats)),
        np.zeros(publics),
    )
    founding.form_agendas(people, cell_start, agenda, agenda_beats, loud_share, norms, a)
    people_cell = np.diff(cell_start).reshape(publics, beats)
    people_beat = people_cell.sum(axis=0).astype(float)
    disorder = np.array(
        area.beat_disorder or np.linspace(0.6, 1.4, beats) if beats > 1 else [1.0], float
    )
    home = np.ones((beats, topics))
    home[:, : len(CRIME_TOPICS)] = disorder[:, None]
    street = np.array([g.street for g in groups])
    suspicion = np.array([g.suspicion for g in groups], float)
    visible = np.tile(street * suspicion * shares, (publics, 1))
    np.fill_diagonal(visible, 0.0)
    whole = visible.sum(axis=1, keepdims=True)
    naming = np.cumsum(
        np.divide(visible, whole, out=np.zeros_like(visible), where=whole > 0), axis=1
    )
    start = np.array(
        [
            [g.trust, g.confidence, g.legitimacy, g.expectation, g.voice_belief, g.hardness, g.impartiality]
            for g in groups
        ],
        float,
    ) / 100.0  # fmt: skip
    zeros = lambda: np.zeros(publics)  # noqa: E731
    table = w.Publics(
        people=counts, share=counts / max(1, residents), suspicion=suspicion, start=start, naming=naming,
        need=need_cell.reshape(publics, beats).sum(axis=1), ease=ease / np.maximum(1, counts),
        blame=zeros(), blame_intensity=zeros(), contact_past=shares * 1.0, service=zeros(), passed_over=zeros(),
        blame_new=zeros(),
        stop_excess=zeros(), hazard=zeros(), cooperation=np.full(publics, 0.5), delivered=np.full(publics, 0.4),
        familiarity=zeros(),
    )  # fmt: skip
    places = w.Places(
        cell_start=cell_start, people=people_beat, need_cell=need_cell, involvement_cell=involvement_cell,
        lay_cell=lay_cell, familiarity_cell=np.zeros(cells), outreach_cell=np.zeros(cells),
        disorder=home.copy(), disorder_home=home,
        topic_rate=np.array([area.demand.topics[t] for t in CRIME_TOPICS] + [0.0]),
        partner_share=np.array([area.demand.partner_share[t] for t in TOPICS], float),
        heard_topic=everyone.copy(), heard_beat=people_beat / max(1.0, people_beat.sum()),
        heard_topic_new=np.zeros(topics), heard_beat_new=np.zeros(beats),
        priorities=np.zeros((beats, topics)), hours_topic=np.zeros((beats, topics)),
        act_chance=np.zeros((beats, topics)), care=np.zeros(beats), concern_need=concern_need,
        public_topics=everyone, loud_topics=loud, incident_factor=np.zeros(beats),
    )  # fmt: skip
    associations = col.Groups(
        strength=np.array([g.strength for g in groups], float),
        access=np.array([g.access for g in groups], float),
        access_start=np.array([g.access for g in groups], float),
        energy=np.full(publics, 0.5), withdrawn=np.zeros(publics, np.uint8), agenda=agenda,
        agenda_beats=agenda_beats, loud_share=loud_share,
    )  # fmt: skip
    return places, table, associations
