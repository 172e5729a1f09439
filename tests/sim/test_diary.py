"""A diary tells one resident's weeks to the last posting, and following them changes nothing."""

import numpy as np
import pytest

from sim import live
from sim.core import dice
from sim.diary import NoSuchResident, diary
from sim.diary_words import first_difference, sentence
from sim.growing import make_room
from sim.ledger import ATTITUDES
from sim.scenario import load
from sim.snapshots import snapshot
from sim.week.posting import NOTES

WEEKS, PEOPLE = 14, 80
BUSY = (
    "area.warmup_weeks=2",
    "policy.hours=30",
    "policy.stops=90",
    "policy.mixed_forums=1",
    'events=[{week=5, kind="media-campaign", tone=-0.5, reach=1.0}]',
)
RUN = {"weeks": WEEKS, "residents": PEOPLE}


@pytest.fixture(scope="module")
def busy():
    return load("two-way", BUSY)


@pytest.fixture(scope="module")
def untraced(busy):
    area = live.begin(busy, dice.replicate_seed(1, 0), PEOPLE, WEEKS)
    area.live(WEEKS)
    return area.world


@pytest.fixture(scope="module")
def everybody(busy, untraced):
    keys = snapshot(untraced, busy, 0, WEEKS)["resident"].tolist()
    return {key: diary(busy, key, **RUN) for key in keys}


def weeks_of(found):
    """Attitudes at the end of each week, and what was posted in it."""
    closing, posted = {}, {}
    for entry in found.entries:
        closing[entry.week] = entry.attitudes
        moves = posted.setdefault(entry.week, dict.fromkeys(ATTITUDES, 0.0))
        for attitude, causes in entry.postings.items():
            moves[attitude] += sum(causes.values())
    return closing, posted


def test_opening_and_postings_are_closing_in_every_week_of_every_resident(everybody):
    for found in everybody.values():
        closing, posted = weeks_of(found)
        assert list(closing) == list(range(WEEKS + 1))
        assert posted[0] == dict.fromkeys(ATTITUDES, 0.0)
        for week in range(1, WEEKS + 1):
            for place, attitude in enumerate(ATTITUDES):
                moved = closing[week][place] - closing[week - 1][place]
                assert posted[week][attitude] == pytest.approx(moved, abs=1e-9)


def test_a_diary_ends_where_the_resident_stands(everybody, busy, untraced):
    picture = snapshot(untraced, busy, 0, WEEKS)
    for place, key in enumerate(picture["resident"]):
        stands = tuple(float(picture[attitude][place]) for attitude in ATTITUDES)
        assert everybody[key].entries[-1].attitudes == stands


@pytest.mark.parametrize(
    ("counted", "kinds"),
    [
        ("stops", ("search", "severe search")),
        ("severe_stops", ("severe search",)),
        ("traffic_stops", ("traffic stop",)),
        ("calls", ("call",)),
        ("consulted", ("consulted", "collaborated")),
        ("answers", ("concern answered",)),
    ],
)
def test_a_diary_has_everything_that_was_counted(everybody, busy, untraced, counted, kinds):
    picture = snapshot(untraced, busy, 0, WEEKS)
    for key, number in zip(picture["resident"], picture[counted], strict=True):
        assert sum(entry.what in kinds for entry in everybody[key].entries) == number


def test_what_happened_is_told_with_names_not_numbers(everybody, busy):
    entries = [entry for found in everybody.values() for entry in found.entries if entry.what]
    by_kind = {entry.what: entry.details for entry in entries}
    assert set(by_kind) <= set(NOTES)
    assert {"consulted", "call", "search", "concern raised", "heard story"} <= set(by_kind)
    assert by_kind["concern raised"]["topic"] in busy.area.groups["young"].concerns
    assert by_kind["public event"]["kind"] == "media-campaign"
    assert {entry.week for entry in entries if entry.what == "public event"} == {5}
    assert by_kind["heard story"]["by"] in everybody
    assert all(0.0 < entry.details.get("fairness", 0.5) < 1.0 for entry in entries)
    assert isinstance(by_kind["call"]["officer"], int)
    assert isinstance(by_kind["search"]["found"], bool)
    for entry in entries:
        assert "None" not in sentence(entry.what, entry.details)


def test_a_week_in_which_nothing_happens_has_its_drift(everybody):
    quiet = [entry for found in everybody.values() for entry in found.entries[1:] if not entry.what]
    assert quiet
    assert all("drift" in entry.postings["trust"] for entry in quiet)


def test_following_a_resident_changes_nothing_for_anybody(busy, untraced):
    area = live.begin(busy, dice.replicate_seed(1, 0), PEOPLE, WEEKS, traced=True)
    live.follow(area, 7)
    area.live(WEEKS)
    for part in ("residents", "officers", "groups", "publics", "places", "police"):
        here, there = getattr(area.world, part), getattr(untraced, part)
        for name, column, other in zip(here._fields, here, there, strict=True):
            assert column.tobytes() == other.tobytes(), name
    assert area.world.books.values.tobytes() == untraced.books.values.tobytes()
    assert area.world.books.ledger.tobytes() == untraced.books.ledger.tobytes()


def test_a_followed_resident_is_followed_beyond_the_weeks_that_were_planned(busy):
    one, other = (
        live.begin(busy, dice.replicate_seed(1, 0), PEOPLE, weeks, traced=True) for weeks in (4, 9)
    )
    for area in (one, other):
        live.follow(area, 7)
    one.live(4)
    make_room(one, busy, 9)
    one.live(5)
    other.live(9)
    for name in ("traced", "trace_posts", "trace_levels", "trace_notes", "values", "counts"):
        here, there = getattr(one.world.books, name), getattr(other.world.books, name)
        assert np.array_equal(here, there, equal_nan=True), name


def test_two_worlds_are_the_same_until_week_0(busy):
    ordinary = load("baseline", BUSY)
    one, other = diary(ordinary, "young-3", **RUN), diary(busy, "young-3", **RUN, before=ordinary)
    assert one.entries[0] == other.entries[0]
    assert first_difference(one, other) is not None
    assert first_difference(one, diary(ordinary, "young-3", **RUN, before=ordinary)) is None
    assert diary(busy.with_before(ordinary), "young-3", **RUN) == other


def test_a_diary_is_headed_by_the_public_of_its_resident(everybody, busy):
    found = everybody["young-3"]
    assert (found.key, found.label) == ("young-3", busy.area.groups["young"].label)


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        (
            "yuong-3",
            "No resident is called yuong-3: the area has no public yuong. Did you mean young?",
        ),
        ("young", "No resident is called young. A key is a public and a number, such as "),
        ("young-x", "No resident is called young-x. A key is a public and a number"),
        ("young--1", "No resident is called young--1: the area has no public young-."),
        (
            "young-900",
            r"is called young-900: with 80 residents, keys go from young-0 to young-\d+\.",
        ),
    ],
)
def test_a_key_that_nobody_has_is_refused_with_the_keys_there_are(busy, key, fault):
    with pytest.raises(NoSuchResident, match=fault) as refused:
        diary(busy, key, **RUN)
    assert refused.value.faults == [str(refused.value)]
