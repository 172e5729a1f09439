"""A place made from an area: in the address, on the command line, in files."""

from __future__ import annotations

import io
import json
import random
import shlex
import string
import threading
import tomllib
import zipfile
from pathlib import Path

import pytest

from sim import load
from sim.scenario import SHIPPED
from tests.web import fake_engine
from web.desk import Desk
from web.files.policy import opened, policies
from web.own import code
from web.places import key_of, place_at, places, shipped_areas
from web.question import first_question, from_address

TOWN = tomllib.loads((SHIPPED / "areas" / "small-town.toml").read_text(encoding="utf-8"))


def own_town(name="Northfield", **changes):
    return code.written({**TOWN, "name": name, **changes})


def large_town():
    """An area whose notes do not fit into a link, nor shrink."""
    letters = random.Random(1).choices(string.ascii_letters, k=12_000)
    notes = ["".join(letters[at : at + 3000]) for at in range(0, 12_000, 3000)]
    return own_town("Largeton", notes=notes)


def test_every_shipped_area_is_a_place_with_policies_to_compare():
    assert len([key for key in shipped_areas() if "/london/" in key]) == 32
    place = place_at("areas/london/lambeth")
    assert (place.name, place.real, place.own) == ("Lambeth", True, False)
    assert len(place.policies) > 10
    assert place.today.load().area.people == 266091


def test_an_own_area_is_reopened_from_its_address_alone():
    question = first_question(own_town()).with_lever("feedback", 0.9).asking("weeks", 52)
    again, faults = from_address(question.address())
    assert (again, faults) == (question, [])
    assert again.where().name == "Northfield (your area)"
    assert len(question.address()) < 3000


def test_an_own_area_keeps_the_practice_that_was_chosen():
    ordinary, hackney = (place_at(key_of(own_town(), each)) for each in ("baseline", "hackney"))
    assert hackney.today.load().policy.hours == places()["hackney"].today.load().policy.hours
    assert ordinary.today.load().policy.hours != hackney.today.load().policy.hours
    question = first_question(key_of(own_town(), "hackney"))
    assert from_address(question.address()) == (question, [])


def test_a_large_area_is_named_by_the_link_and_found_where_it_is_at_hand():
    question = first_question(large_town())
    address = question.address()
    assert not question.carries_area()
    assert len(address) < 500
    other, faults = from_address(address)
    assert other == first_question()
    assert "Largeton" in faults[0]
    assert "Open its file" in faults[0]
    assert from_address(address, (large_town(),)) == (question, [])
    assert from_address(question.whole_address()) == (question, [])


@pytest.mark.parametrize("at", [20, 200, 900])
def test_a_word_that_was_altered_says_so_and_is_not_read(at):
    word = own_town()
    altered = word[:at] + ("A" if word[at] != "A" else "B") + word[at + 1 :]
    with pytest.raises(code.Unreadable):
        code.read(altered)
    question, faults = from_address(f"place={altered}")
    assert question == first_question()
    assert "altered" in faults[0]


@pytest.mark.parametrize(
    "word", ["own1-", "own1-zz", "own1-" + "0" * 12 + "-", "own1-" + "A" * 30_000, "own2-x"]
)
def test_nonsense_for_a_word_is_refused(word):
    assert place_at(word) is None
    assert from_address(f"place={word}")[1]


def test_a_word_that_unpacks_to_more_than_an_area_is_refused_unread():
    bomb = code.written({"notes": ["a" * 3_000_000]})
    assert len(bomb) < code.LONGEST
    with pytest.raises(code.Unreadable):
        code.read(bomb)


@pytest.mark.parametrize(
    "changes",
    [
        {"people": -5},
        {"groups": {}},
        {"notes": [{"a": 1}]},
        {"beats": "x"},
        {"notes": None},
        {"schema": 9},
        {"area": {}},
    ],
)
def test_an_area_with_faults_in_an_address_is_not_run(changes):
    word = own_town(**changes)
    assert place_at(word) is None
    question, faults = from_address(f"place={word}")
    assert question == first_question()
    assert len(faults) == 1


def test_the_command_and_the_saved_area_give_the_same_scenarios_as_the_page(tmp_path, monkeypatch):
    question = first_question(own_town()).with_another().with_lever("feedback", 0.9)
    words = shlex.split(question.command(4))
    place = question.where()
    (tmp_path / place.file).write_text(place.text(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    everywhere = [words[at + 1] for at, word in enumerate(words) if word == "--set"]
    others = [words[at + 1] for at, word in enumerate(words) if word == "--set-other"]
    base, *rest = question.scenarios()
    assert load(words[2], everywhere).hash == base.hash
    for which, scenario in enumerate(rest, start=1):
        own = [each.partition(":")[2] for each in others if each.startswith(f"{which}:")]
        assert load(words[2 + which], [*everywhere, *own]).hash == scenario.hash


@pytest.mark.parametrize("place", ["areas/london/lambeth", "own"])
@pytest.mark.parametrize("policy", ["two-way", "culture-change"])
def test_a_policy_is_saved_with_the_files_it_rests_on_and_opens_again(tmp_path, place, policy):
    key = own_town() if place == "own" else place
    question = first_question(key).asking("other", policy).with_lever("feedback", 0.66)
    with zipfile.ZipFile(io.BytesIO(policies(question, 0, "Mine"))) as archive:
        archive.extractall(tmp_path)
    found = {path.name for path in Path(tmp_path).iterdir()}
    stem = question.where().stem
    assert {f"{stem}-policy.toml", f"{stem}-today.toml"} <= found
    saved = tmp_path / f"{stem}-policy.toml"
    assert load(str(saved)).hash == question.scenarios()[1].hash
    assert load(str(tmp_path / f"{stem}-today.toml")).hash == question.scenarios()[0].hash
    again, faults = opened(saved.read_text(encoding="utf-8"), saved.name, question)
    assert faults == []
    assert again.scenarios()[1].hash == question.scenarios()[1].hash


def test_hostile_names_stay_words_in_files_and_commands():
    hostile = "=cmd|'/c calc'!A1 <script>window.harmed=1</script> ../../etc {{7*7}} \u202a"[:-1]
    place = place_at(own_town(hostile))
    assert tomllib.loads(place.text())["name"] == hostile
    assert place.file == "cmd-c-calc-a1-script-window-harmed-1-scr.toml"
    assert json.dumps(hostile)[1:-1] not in first_question(place.key).command()


def test_two_areas_that_differ_in_names_alone_are_computed_once_and_told_apart():
    groups = TOWN["groups"]
    secret = {**groups, "young": {**groups["young"], "label": "Secret street"}}
    hidden = {**groups, "young": {**groups["young"], "label": "Hidden lane"}}
    desk = Desk(fake_engine, threads=1)
    found = {}
    for label, word in (
        ("Secret street", own_town(groups=secret)),
        ("Hidden lane", own_town(groups=hidden)),
    ):
        question = (
            first_question(word).asking("weeks", 4).asking("residents", 100).asking("pairs", 4)
        )
        done = threading.Event()

        def hear(news, label=label, done=done):
            if news.finished:
                found[label] = news.comparison
                done.set()

        desk.ask(label, question, hear)
        assert done.wait(60)
    desk.close()
    for label, comparison in found.items():
        every = [comparison.base, *comparison.others.values()]
        assert {each.labels["young"] for each in every} == {label}
        assert {each.scenario.area.groups["young"].label for each in every} == {label}
    assert desk.shelf.state()[0] == 2
