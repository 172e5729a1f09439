"""A resident's weeks read as plain English, and two worlds part where they really do."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from sim.diary_words import (
    HAPPENED,
    first_difference,
    first_event_apart,
    pairs_in_words,
    sentence,
    totals,
    weeks_in_words,
)
from sim.week.posting import NOTES


@dataclass
class Entry:
    week: int
    what: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    attitudes: tuple[float, ...] = (50.0, 51.0, 52.0, 53.0)
    postings: dict[str, dict[str, float]] = field(default_factory=dict)


@dataclass
class Diary:
    entries: list[Entry]


def test_everything_that_can_happen_has_words():
    assert set(NOTES) == set(HAPPENED)
    for what in NOTES:
        said = sentence(what, {})
        assert said[0].isupper()
        assert "None" not in said


@pytest.mark.parametrize(
    ("what", "details", "said"),
    [
        ("concern raised", {"topic": "antisocial"}, "Raised a concern about anti-social behaviour"),
        (
            "search",
            {"found": False, "fairness": 0.2},
            "Was stopped and searched; nothing was found; it felt very unfair",
        ),
        (
            "call",
            {"resolved": True, "fairness": 0.8},
            "Called the police; the matter was resolved; it felt very fair",
        ),
        (
            "promise broken",
            {"topic": "drugs", "promised": True},
            "Nothing came of what was promised about drugs, twelve weeks on",
        ),
        ("heard story", {"trust": -0.02}, "A friend told them of a bad experience with the police"),
        ("a new kind", {}, "A new kind"),
    ],
)
def test_what_happened_is_said_with_its_details(what, details, said):
    assert sentence(what, details) == said


def test_a_week_has_its_events_and_what_they_moved_without_the_background():
    moves = {
        "trust": {"own-contact": 1.24, "fading": -0.9, "blame-or-passed-over": -0.05},
        "confidence": {"own-contact": 0.5, "drift": 2.0},
    }
    diary = Diary([Entry(3, "consulted"), Entry(3, "saw patrol", postings=moves)])
    (week,) = weeks_in_words(diary)
    assert week.happened == ("An officer asked for their view", "Saw officers on foot patrol")
    assert week.because == ("own contact with officers: trust +1.2, confidence +0.5",)


def test_weeks_with_nothing_to_tell_are_drawn_together():
    diary = Diary(
        [Entry(0), Entry(1, "saw patrol"), Entry(2), Entry(3, attitudes=(44.0, 0, 0, 0)), Entry(4)]
    )
    weeks = weeks_in_words(diary)
    assert [(week.first, week.last, week.quiet) for week in weeks] == [
        *((0, 0, True), (1, 1, False), (2, 4, True)),
    ]


def test_two_worlds_part_in_the_first_week_that_differs_at_all():
    one = Diary([Entry(1, "saw patrol"), Entry(2), Entry(3), Entry(4, "consulted")])
    other = Diary(
        [
            Entry(1, "saw patrol"),
            Entry(2, attitudes=(50.0000001, 51.0, 52.0, 53.0)),
            Entry(3),
            Entry(4, "informed"),
        ]
    )
    assert first_difference(one, other) == 2
    assert first_event_apart(one, other) == 4
    pairs = pairs_in_words(one, other)
    assert [(pair.one.first, pair.one.last, pair.parts, pair.first_event) for pair in pairs] == [
        *((1, 1, False, False), (2, 3, True, False), (4, 4, False, True)),
    ]


def test_the_same_world_twice_never_parts():
    one = Diary([Entry(1, "saw patrol"), Entry(2), Entry(3, "consulted")])
    assert first_difference(one, one) is None
    assert first_event_apart(one, one) is None
    pairs = pairs_in_words(one, one)
    assert all(pair.one == pair.other and not pair.parts for pair in pairs)


def test_what_moved_a_resident_adds_up():
    postings = {"trust": {"own-contact": 1.0, "fading": -0.25}}
    diary = Diary([Entry(1, postings=postings), Entry(2, "consulted", postings=postings)])
    points = totals(diary, "trust")
    assert (points["own-contact"], points["fading"], points["total"]) == (2.0, -0.5, 1.5)
