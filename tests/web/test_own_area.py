"""An area while it is edited, and files of it: opened, refused, saved and opened again."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sim
from sim.areas import area_from_table
from sim.scenario import AREA_FIELDS, SHIPPED, check
from web.own import code, draft, shown
from web.own.draft import put, reading
from web.own.fields import LABELS, declared, slot
from web.own.opening import LARGEST, Refused, from_shipped, on_offer, opened
from web.own.text import csv_text, toml_text, with_area
from web.places import place_at, shipped_areas

COLUMNS = (
    "key,label,share,need,ease,voice,street,involvement,trust,confidence,legitimacy,expectation"
)
TABLE = f"""{COLUMNS}
young,Young people,0.3,0.5,0.4,0.3,0.7,0.1,55,58,57,60
old,Older people,0.7,0.3,0.8,0.7,0.2,0.1,70,63,68,64
"""


def town():
    found = from_shipped("areas/small-town")
    assert found is not None
    return found


def hash_of(content):
    return with_area("baseline", toml_text(content)).hash


def refused(content, name):
    with pytest.raises(Refused) as found:
        opened(content if isinstance(content, bytes) else content.encode(), name)
    return found.value.faults


# ---- areas that come with Parley


def test_all_london_boroughs_are_on_offer_once_with_source_and_licence():
    boroughs = [each for each in on_offer() if each["kind"] == "London borough"]
    assert len({each["name"] for each in boroughs}) == 32
    assert all(each["source"] and "Open Government Licence" in each["licence"] for each in boroughs)
    assert {"Inner borough", "Small town"} <= {each["name"] for each in on_offer()}


@pytest.mark.parametrize(
    "area", [each for each in shipped_areas() if "/b" in each or "town" in each]
)
def test_a_shipped_area_is_read_alike_from_its_file_from_the_form_and_from_a_link(area):
    found = from_shipped(area)
    wanted = sim.load("baseline", (f'area="{area}.toml"',)).hash
    assert hash_of(found.content) == wanted
    assert hash_of(code.read(code.written(found.content))) == wanted
    assert draft.changes(found) == {}


def test_an_area_as_it_came_is_the_place_that_comes_with_parley():
    assert shown.comparable(from_shipped("areas/london/hackney")) == "hackney"
    assert shown.comparable(from_shipped("areas/inner-borough")) == "baseline"
    assert shown.comparable(from_shipped("areas/london/lambeth")) == "areas/london/lambeth"
    changed = put(from_shipped("areas/london/hackney"), ["people"], "1000")
    assert shown.comparable(changed).startswith(code.START)
    assert place_at(shown.comparable(changed)).name == "Hackney (your area)"


# ---- editing


def test_every_declared_number_of_an_area_has_a_label_and_the_declared_range():
    assert set(AREA_FIELDS) - set(LABELS) <= {"joint.share"}
    for name, field in declared().items():
        known = AREA_FIELDS[name]
        assert (field["low"], field["high"], field["unit"]) == (known.low, known.high, known.unit)


def test_every_fault_is_told_at_once_each_at_its_field():
    before = town()
    step = put(before, ["groups", "young", "need"], "abc")
    step = put(step, ["groups", "young", "trust"], "")
    step = put(step, ["people"], "-4")
    step = put(step, ["police", "skill"], "7")
    step = put(step, ["shares", "age", "16-24"], "0.5")
    step = put(step, ["groups", "families", "concerns", "drugs"], "0.9")
    found = json.loads(shown.form(step, reading(step), True, "", ""))["faults"]
    assert {each["at"] for each in found} == {
        "groups.young.need",
        "groups.young.trust",
        "people",
        "police.skill",
        "shares.age",
        "groups.families.concerns",
    }
    said = {each["at"]: each["text"] for each in found}
    assert "0 to 1" in said["groups.young.need"]
    assert '"abc"' in said["groups.young.need"]
    assert step.content["groups"]["young"]["need"] == "abc"


@pytest.mark.parametrize(
    "place",
    [
        ["nothing"],
        ["groups", "nobody", "need"],
        ["groups", "young", "where"],
        ["groups", "young", "beats", 99],
        ["groups", "young", "beats", -1],
        ["groups", "young", "cells"],
        ["__class__"],
        ["police", "police"],
        [],
        ["beat_disorder", "0"],
        [["people"]],
    ],
)
def test_what_is_no_field_changes_nothing(place):
    before = town()
    assert put(before, place, "1") is before


def test_lists_by_beat_are_drawn_again_when_the_number_of_beats_changes():
    changed = put(town(), ["beats"], "4")
    area = reading(changed).area
    assert area is not None
    assert len(changed.content["groups"]["young"]["beats"]) == 4
    assert len(area.beat_disorder) == 4


def test_publics_are_added_copied_moved_renamed_and_removed():
    before, after = town(), draft.by_rules(town(), False)
    assert reading(after).area is not None
    added, key = draft.add(after)
    area = reading(added).area
    assert area.groups[key].share == pytest.approx(0.1, abs=1e-5)
    copied, twin = draft.duplicate(added, key)
    assert reading(copied).area.groups[twin].share == pytest.approx(0.05, abs=1e-5)
    moved = draft.move(copied, twin, -1)
    assert list(moved.publics).index(twin) == list(copied.publics).index(twin) - 1
    renamed = draft.rename(moved, twin, "night-workers")
    assert "night-workers" in reading(renamed).area.groups
    assert draft.rename(renamed, "night-workers", "young") is renamed
    gone = draft.remove(draft.remove(renamed, "night-workers"), key)
    assert "sum to 1" in reading(gone).faults[0].message
    assert list(reading(draft.even_out(gone)).area.groups) == list(before.publics)


def test_a_rule_that_takes_everybody_first_is_named_at_the_public_that_is_left_without():
    added, _ = draft.add(town())
    fault = json.loads(shown.form(added, reading(added), True, "", ""))["faults"][0]
    assert fault["at"] == "groups.older-residents.where"
    ticked = draft.tick(added, "new-public", "ethnic", "asian", True)
    ticked = draft.tick(draft.move(ticked, "new-public", -1), "new-public", "age", "65+", True)
    for _ in range(6):
        ticked = draft.move(ticked, "new-public", -1)
    assert reading(ticked).faults == ()


def test_more_publics_than_the_reader_takes_are_refused_by_the_reader():
    many = draft.by_rules(town(), False)
    for _ in range(11):
        many, _ = draft.add(many)
    assert "16 at most" in reading(many).faults[0].message


def test_what_was_changed_is_written_into_the_notes_as_the_makers_own():
    changed = put(town(), ["groups", "young", "ease"], "0.55")
    note = changed.finished()["notes"][-1]
    assert "without a source" in note
    assert "groups.young.ease 0.4 → 0.55" in note
    assert hash_of(changed.finished()) == hash_of(changed.content)


# ---- files


def test_a_saved_area_reopens_to_the_same_in_the_page_in_check_and_in_run(tmp_path):
    changed = put(put(town(), ["groups", "young", "ease"], "0.55"), ["name"], 'N "o" = [x] \\ é')
    path = tmp_path / "mine.toml"
    path.write_text(toml_text(changed.finished()), encoding="utf-8")
    assert check(path) == []
    again = opened(path.read_bytes(), "mine.toml").draft
    assert again.content == changed.finished()
    assert again.area() == changed.area()
    by_command = sim.load("baseline", (f"area={json.dumps(str(path))}",))
    assert by_command.hash == hash_of(changed.content)
    few = {"weeks": 4, "residents": 100, "replicates": 2, "workers": 1}
    ours = sim.run(place_at(changed.area()).today.load(), **few)
    theirs = sim.run(by_command, **few)
    assert (ours.series("trust") == theirs.series("trust")).all()


def test_a_table_opens_as_the_command_makes_it_and_is_saved_as_the_same_table(tmp_path):
    path = tmp_path / "publics.csv"
    path.write_text(TABLE, encoding="utf-8")
    found = opened(TABLE.encode(), "publics.csv").draft
    by_command = tmp_path / "area.toml"
    by_command.write_text(area_from_table(path), encoding="utf-8")
    wanted = sim.load("baseline", (f"area={json.dumps(str(by_command))}",)).hash
    assert hash_of(found.content) == wanted
    saved = csv_text(reading(found).area)
    assert hash_of(opened(saved.encode(), "again.csv").draft.content) == wanted


def test_cells_that_a_spreadsheet_would_run_are_neutralised_in_the_saved_table():
    changed = put(town(), ["groups", "young", "label"], "=cmd|'/c calc'!A1")
    changed = put(changed, ["groups", "families", "label"], "@SUM(1)")
    rows = list(csv.reader(io.StringIO(csv_text(reading(changed).area).lstrip("\ufeff"))))
    assert {rows[1][1], rows[5][1]} == {"'=cmd|'/c calc'!A1", "'@SUM(1)"}


@pytest.mark.parametrize("start", ["\ufeff", ""])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_as_spreadsheets_save_them_are_read(start, separator):
    text = start + TABLE.replace(",", separator).replace("\n", "\r\n")
    if separator == ";":
        text = text.replace("0.", "0,")
    assert list(opened(text.encode(), "p.csv").draft.publics) == ["young", "old"]


WRONG_TABLES = {
    "empty": ("", ["the file is empty"]),
    "no rows": (COLUMNS + "\n", ["no rows"]),
    "missing columns": (
        TABLE.replace("need", "neet").replace("trust", "x"),
        ["need is missing", "trust is missing", "neet"],
    ),
    "twice the same column": (TABLE.replace("ease", "need"), ["stands there twice"]),
    "same key": (TABLE.replace("old,", "young,"), ["line 3, key"]),
    "out of range and no number": (
        TABLE.replace("0.5,0.4", "5,much"),
        ["line 2, need", "line 2, ease"],
    ),
    "shares": (TABLE.replace("0.7,0.3", "0.6,0.3"), ["column share", "0.9"]),
    "script as a key": (TABLE.replace("young,Y", "<script>,Y"), ["line 2, key"]),
    "formula as a number": (TABLE.replace("55,58", "=1+1,58"), ["line 2, trust", "=1+1"]),
    "control characters": (
        TABLE.replace("Young people", "Young\x07people"),
        ["line 2, label", "\\x07"],
    ),
}


@pytest.mark.parametrize("what", WRONG_TABLES)
def test_a_wrong_table_is_refused_with_every_fault_and_its_place(what):
    text, words = WRONG_TABLES[what]
    said = "\n".join(refused(text, "my table.csv"))
    assert [word for word in words if word not in said] == []
    assert all(line.startswith("my table.csv") for line in said.splitlines())


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"PK\x03\x04rest", "table.csv", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0rest", "table.csv", "spreadsheet"),
        (b"MZ\x90\x00", "run.exe", "ends neither"),
        (TABLE.encode("utf-16"), "p.csv", "not UTF-8"),
        (TABLE.replace("Young", "Jüng").encode("latin-1"), "p.csv", "not UTF-8"),
        (b"\x00\x01\x02", "p.csv", "first line"),
        (b"a" * (LARGEST + 1), "p.csv", "larger than 300 kB"),
        (b"", "p.toml", "empty"),
        (b"name = \nx = 1", "p.toml", "line 1"),
        (b"\xff\xfen", "p.toml", "UTF-16"),
        (b'name = "x"\npeople = 1000000000\nbeats = 300\n', "p.toml", "50,000,000"),
        (b'area = "/etc/passwd"\nschema = 1', "p.toml", "area names another file"),
        (b'extends = "../../secret.toml"\nschema = 1', "p.toml", "extends names no shipped"),
    ],
)
def test_a_wrong_file_is_refused_in_plain_words(content, name, word):
    said = refused(content, name)
    assert word in "\n".join(said)
    assert "/" not in "".join(said).replace("/etc/passwd", "").replace("0/", "").replace(
        "areas/", ""
    )


def test_a_files_name_leads_nowhere():
    found = opened(TABLE.encode(), "../../etc/<script>.csv").draft
    assert found.content["name"] == "_script_"
    assert "._/" not in str(found.content)


def test_the_area_of_a_scenario_is_taken_and_what_is_left_is_said():
    text = (SHIPPED / "two-way.toml").read_bytes()
    found = opened(text, "two-way.toml")
    assert "policy" in found.said
    assert hash_of(found.draft.content) == sim.load("baseline").hash
    hackney = opened((SHIPPED / "hackney.toml").read_bytes(), "h.toml").draft
    assert hackney.content["name"] == "Hackney"


# ---- any form, any words

SHARE = st.floats(0, 1, allow_nan=False).map(lambda value: round(value, 4))
POINTS = st.one_of(st.integers(0, 100), st.floats(0, 100).map(lambda value: round(value, 2)))
WORDS = st.text(min_size=1, max_size=60)
NUMBERS = {
    name: POINTS if AREA_FIELDS[f"groups.{name}"].high == 100 else SHARE
    for name in ("need", "ease", "voice", "street", "trust", "legitimacy", "hardness", "access")
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(typed=st.fixed_dictionaries(NUMBERS), people=st.integers(1, 10**6), mean=st.integers(0, 64))
def test_form_to_file_to_form_keeps_every_number(typed, people, mean):
    changed = put(put(town(), ["people"], str(people)), ["ties", "mean"], str(mean))
    for name, value in typed.items():
        changed = put(changed, ["groups", "young", name], str(value))
    assert reading(changed).faults == ()
    again = opened(toml_text(changed.finished()).encode(), "mine.toml").draft
    assert again.content == changed.finished()
    assert list(again.publics) == list(changed.publics)
    assert hash_of(again.content) == hash_of(changed.content)
    assert code.read(again.area()) == changed.finished()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=WORDS, note=st.text(max_size=200))
def test_any_words_survive_as_words_or_are_refused_by_the_reader(words, note):
    changed = put(put(town(), ["name"], words), ["groups", "young", "label"], words)
    changed = put(changed, ["notes"], note)
    read = reading(changed)
    if read.area is None:
        assert {each.key for each in read.faults} <= {
            "area.name",
            "area.groups.young.label",
            "area.notes",
        } | {f"area.notes.{at}" for at in range(200)}
        return
    assert read.area.name == words
    again = opened(toml_text(changed.finished()).encode(), "mine.toml").draft
    assert again.content["groups"]["young"]["label"] == words
    assert code.read(code.written(changed.finished()))["name"] == words


@settings(max_examples=150, deadline=None)
@given(
    place=st.lists(
        st.one_of(st.integers(-3, 9), st.sampled_from(["groups", "young", "beats", "need", "x"])),
        max_size=4,
    )
)
def test_a_place_that_somebody_made_up_breaks_nothing(place):
    before = town()
    after = put(before, place, "0.5")
    assert after is before or slot(tuple(place)) is not None
