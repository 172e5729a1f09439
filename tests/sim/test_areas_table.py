"""A table of publics, one row each, becomes an area; everything wrong with it is said at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.areas import area_from_table
from sim.scenario import ScenarioFaults, check, load

HEAD = "key,label,share,need,ease,voice,street,involvement,trust,confidence,legitimacy,expectation"
YOUNG = "young,Young people,0.2,0.6,0.3,0.2,0.8,0.1,55,56,60,62"
REST = "rest,Everyone else,0.8,0.4,0.6,0.5,0.3,0.1,60,61,62,62"


def table(tmp_path: Path, *lines: str, name: str = "town.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def read(tmp_path: Path, text: str):
    (tmp_path / "area.toml").write_text(text)
    assert check(tmp_path / "area.toml") == []
    (tmp_path / "scenario.toml").write_text('schema = 1\narea = "area.toml"\n')
    return load(tmp_path / "scenario.toml").area


def faults(path: Path, **options) -> list[str]:
    with pytest.raises(ScenarioFaults) as caught:
        area_from_table(path, **options)
    return [str(fault) for fault in caught.value.faults]


def test_a_table_becomes_an_area(tmp_path):
    area = read(tmp_path, area_from_table(table(tmp_path, HEAD, YOUNG, REST)))
    assert area.name == "town"
    assert list(area.groups) == ["young", "rest"]
    assert area.groups["young"].share == pytest.approx(0.2)
    assert area.groups["young"].trust == 55
    assert area.groups["rest"].voice_belief == 45  # left to the reader


def test_what_was_not_given_is_noted(tmp_path):
    path = table(tmp_path, HEAD, YOUNG, REST)
    area = read(tmp_path, area_from_table(path))
    assert any("people was not given: 100,000" in note for note in area.notes)
    area = read(tmp_path, area_from_table(path, name="Our town", people=45_000, beats=3))
    assert (area.name, area.people, area.beats) == ("Our town", 45_000, 3)
    assert not any("not given" in note for note in area.notes)


def test_semicolons_decimal_commas_and_a_byte_order_mark_are_read(tmp_path):
    plain = area_from_table(table(tmp_path, HEAD, YOUNG, REST))
    european = [line.replace(",", ";").replace(".", ",") for line in (HEAD, YOUNG, REST)]
    path = tmp_path / "town.csv"
    path.write_text("\ufeff" + "\r\n".join(european) + "\r\n;;;;\r\n", encoding="utf-8")
    assert area_from_table(path) == plain


def test_columns_may_stand_in_any_order_and_case(tmp_path):
    order = [11, 0, 5, 3, 1, 2, 4, 10, 9, 8, 7, 6]

    def moved(line: str) -> str:
        cells = line.split(",")
        return ",".join(cells[at] for at in order)

    path = table(tmp_path, moved(HEAD).upper(), moved(YOUNG), moved(REST))
    area = read(tmp_path, area_from_table(path))
    assert area.groups["young"].need == 0.6


def test_optional_columns_count_where_they_are_filled(tmp_path):
    path = table(
        tmp_path,
        HEAD + ",suspicion,concerns.antisocial,concerns.overpoliced",
        YOUNG + ",3,0.6,0.4",
        REST + ",,,",
    )
    groups = read(tmp_path, area_from_table(path)).groups
    assert groups["young"].suspicion == 3
    assert groups["rest"].suspicion == 1
    assert groups["young"].concerns["overpoliced"] == pytest.approx(0.4)
    assert groups["rest"].concerns["overpoliced"] == pytest.approx(0.03)


@pytest.mark.parametrize(
    "label", ['=HYPERLINK("x")', "+1", "@sum(a)", "<script>alert(1)</script>", 'a"] # [x]']
)
def test_a_formula_or_markup_stays_text(tmp_path, label):
    quoted = '"' + label.replace('"', '""') + '"'
    path = table(tmp_path, HEAD, YOUNG.replace("Young people", quoted), REST)
    assert read(tmp_path, area_from_table(path)).groups["young"].label == label


def test_every_fault_is_named_at_once(tmp_path):
    found = faults(
        table(
            tmp_path,
            HEAD + ",suspicion",
            "Young,,0.2,1.6,,=1+1,0.8,0.1,55 %,56,60,62,99",
            "all,Everyone,0.8,0.4,0.6,0.5,0.3,0.1,60,61,62,62,",
        )
    )
    assert [fault.split(": ")[0] for fault in found] == [
        "town.csv, line 2, key",
        "town.csv, line 2, label",
        "town.csv, line 2, need",
        "town.csv, line 2, ease",
        "town.csv, line 2, voice",
        "town.csv, line 2, trust",
        "town.csv, line 2, suspicion",
        "town.csv, line 3, key",
    ]
    assert "1.6 is outside its range. It is the exposure" in found[2]
    assert '"=1+1" is not a number' in found[4]


def test_shares_have_to_sum_to_one(tmp_path):
    (message,) = faults(table(tmp_path, HEAD, YOUNG, REST.replace("0.8", "0.7", 1)))
    said = "they sum to 0.9, but these shares must sum to 1. Add 0.1."
    assert message == f"town.csv, column share: {said}"


@pytest.mark.parametrize(
    "lines, message",
    [
        ([], "the file is empty"),
        ([HEAD], "the table has no rows"),
        ([HEAD.replace("trust", "trsut"), YOUNG], "Did you mean trust?"),
        ([HEAD.replace(",ease", ""), YOUNG], "column ease is missing. It is how easily"),
        ([HEAD.replace("ease", "need"), YOUNG], "column need stands there twice"),
        ([HEAD, YOUNG, YOUNG], "already the key of line 2"),
        ([HEAD, YOUNG + ",7", REST], "cells beyond the named columns"),
        ([HEAD, YOUNG.replace("0.2", "0", 1), REST], "0 is outside its range"),
        ([HEAD, YOUNG.replace("0.3", "inf"), REST], '"inf" is not a number'),
        ([HEAD, YOUNG.replace("Young", "Yo\u202eung"), REST], "control character"),
        ([HEAD, *[YOUNG] * 17], "17 publics; 16 at most"),
        ([HEAD + ",concerns.drugs", YOUNG + ",0.5", REST + ","], "concerns: they sum to 0.5"),
        ([HEAD, '"young'], "this is not CSV"),
    ],
)
def test_a_wrong_table_is_refused_with_its_remedy(tmp_path, lines, message):
    assert any(message in fault for fault in faults(table(tmp_path, *lines)))


def test_files_that_cannot_be_read_are_refused(tmp_path):
    assert "there is no such file" in faults(tmp_path / "none.csv")[0]
    assert "cannot be read" in faults(tmp_path)[0]
    utf16 = tmp_path / "excel.csv"
    utf16.write_bytes(HEAD.encode("utf-16"))
    assert "not UTF-8" in faults(utf16)[0]
    large = tmp_path / "large.csv"
    large.write_text(HEAD + "\n" + " " * 1_000_001)
    assert "larger than 1 MB" in faults(large)[0]


def test_options_outside_their_range_are_refused(tmp_path):
    path = table(tmp_path, HEAD, YOUNG, REST)
    found = faults(path, people=0, beats=1000, name=" ")
    assert [fault.split(": ")[0] for fault in found] == ["--name", "--people", "--beats"]
