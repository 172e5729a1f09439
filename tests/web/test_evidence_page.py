"""What the page of published patterns says of what `parley evidence --json` wrote."""

from __future__ import annotations

import json

import pytest

from web import evidence


def part(**more):
    usual = {"name": "share kept", "value": 0.62, "lo": 0.55, "hi": 0.7}
    return {**usual, "accepted": [0.45, 0.8], "hit": True, **more}


def pattern(name="E13", **more):
    usual = {"id": name, "claim": "a visit lasts", "parts": [part()], "hit": True}
    return {**usual, "source": "Peyton 2019", "seen": True, **more}


@pytest.fixture
def kept(tmp_path):
    def keep(*patterns):
        path = tmp_path / "evidence.json"
        path.write_text(json.dumps({"patterns": patterns, "hits": 0, "of": 0}))
        return json.loads(evidence.page(path))

    return keep


def test_without_results_the_page_says_how_to_make_them(tmp_path):
    said = json.loads(evidence.page(tmp_path / "nothing.json"))
    assert "not been measured" in said["missing"]
    assert said["command"] == "parley evidence --json"
    assert said["file"] == "scenarios/evidence/evidence.json"
    assert said["patterns"] == []


@pytest.mark.parametrize("content", ["", "{", '{"patterns": [{"id": 1}]}', "[]", '{"patterns": 3}'])
def test_a_file_that_holds_something_else_is_named_and_not_shown(tmp_path, content):
    path = tmp_path / "evidence.json"
    path.write_text(content)
    said = json.loads(evidence.page(path))
    assert "not what `parley evidence --json` writes" in said["missing"]


def test_inputs_are_counted_apart_from_what_was_found(kept):
    said = kept(pattern(), pattern("E01", hit=False), pattern("E36", input=True))
    assert said["headline"] == "The model reproduces 1 of 2 published patterns"
    assert said["more"][0].startswith("1 more, 1 of them reproduced, feed the building of areas")


def test_what_was_first_kept_back_is_counted_apart(kept):
    said = kept(pattern(fit="fit"), pattern("E02", fit="check", hit=False))
    assert "1 of 1 in the half that was fitted first" in said["more"][0]
    assert "0 of 1 in the half first kept back" in said["more"][0]


def test_a_recalled_figure_is_marked_so(kept):
    shown = kept(pattern(seen=False))["patterns"][0]
    assert shown["read"] == "quoted from memory, not checked"


def test_a_picture_comes_with_the_same_in_words(kept):
    shown = kept(pattern())["patterns"][0]["parts"][0]
    assert shown["says"] == "share kept: 0.62 (0.55 to 0.70); accepted 0.45 to 0.8. Inside."


def test_a_picture_shows_the_value_where_the_numbers_say_it_is(kept):
    inside = kept(pattern())["patterns"][0]["parts"][0]["picture"]
    assert inside["low"] < inside["from"] < inside["value"] < inside["to"] < inside["high"]
    miss = part(value=0.9, lo=0.85, hi=0.95, hit=False)
    outside = kept(pattern(parts=[miss], hit=False))["patterns"][0]["parts"][0]["picture"]
    assert outside["value"] > outside["high"]
    assert 0 <= outside["low"] < outside["to"] <= 100


def test_a_value_just_outside_is_not_rounded_onto_the_end_of_the_range(kept):
    close = part(value=0.8004, lo=0.7, hi=0.9, hit=False)
    shown = kept(pattern(parts=[close], hit=False))["patterns"][0]["parts"][0]
    assert shown["value"] == "0.8004"


@pytest.mark.parametrize(
    ("accepted", "words"),
    [([None, 0.1], "0.1 or less"), ([-0.05, None], "−0.05 or more"), ([None, None], "any value")],
)
def test_an_open_range_says_on_which_side(kept, accepted, words):
    shown = kept(pattern(parts=[part(value=0.0, accepted=accepted)]))["patterns"][0]["parts"][0]
    assert shown["accepted"] == words


def test_what_the_model_gives_no_value_for_has_no_picture(kept):
    nothing = part(value=None, lo=None, hi=None, hit=False)
    shown = kept(pattern(parts=[nothing], hit=False))["patterns"][0]["parts"][0]
    assert (shown["value"], shown["picture"]) == ("no value", None)
