"""A resident's weeks read as plain English, and two worlds part where they really do."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from sim.diary_words import HAPPENED, first_difference, pairs_in_words, sentence, weeks_in_words
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


def test_a_week_has_its_events_and_the_main_causes_of_what_moved():
    moves = {"trust": {"own-contact": 1.24, "fading": -0.3, "drift": 0.001}}
    diary = Diary([Entry(3, "consulted"), Entry(3, "saw patrol", postings=moves), Entry(4)])
    (week,) = weeks_in_words(diary)
    assert week.happened == ("An officer asked for their view", "Saw officers on foot patrol")
    assert week.moved == (
        "Trust 50.0 (own contact with officers +1.2, fading of recent events -0.3)",
    )


def test_two_worlds_part_in_the_first_week_that_differs_at_all():
    one = Diary([Entry(1, "saw patrol"), Entry(2), Entry(3, "consulted")])
    other = Diary(
        [
            Entry(1, "saw patrol"),
            Entry(2, attitudes=(50.0000001, 51.0, 52.0, 53.0)),
            Entry(3, "informed"),
        ]
    )
    assert first_difference(one, other) == 2
    assert [(pair.week, pair.first) for pair in pairs_in_words(one, other)] == [
        *((1, False), (2, True), (3, False)),
    ]


def test_the_same_world_twice_never_parts():
    one = Diary([Entry(1, "saw patrol"), Entry(3, "consulted")])
    assert first_difference(one, one) is None
    assert all(pair.one == pair.other and not pair.first for pair in pairs_in_words(one, one))
