import math

import pytest

from web import words


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (3.14159, "3.1"),
        (-2.0, "−2.0"),
        (-0.04, "0.0"),
        (1234.5, "1,234.5"),
        (math.nan, "–"),
        (None, "–"),
    ],
)
def test_numbers_are_written_for_people(value, written):
    assert words.number(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(3.1, "+3.1"), (-3.1, "−3.1"), (0.04, "0.0"), (-0.04, "0.0"), (0.0, "0.0")],
)
def test_a_change_carries_its_sign_only_where_it_shows(value, written):
    assert words.signed(value) == written


def test_the_size_of_a_fall_is_told_without_minus_signs():
    assert words.size(-3.8, -2.4) == "2.4 to 3.8"


def test_an_interval_around_zero_keeps_its_signs():
    assert words.size(-0.5, 0.9) == "−0.5 to +0.9"


@pytest.mark.parametrize(
    ("weeks", "said"), [(156, "three years"), (52, "one year"), (26, "26 weeks"), (1, "1 week")]
)
def test_time_is_told_in_years_where_it_is_whole_years(weeks, said):
    assert words.lasting(weeks) == said


def test_names_are_listed_as_people_list_them():
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.listed(["a"]) == "a"
    assert words.listed([]) == ""
