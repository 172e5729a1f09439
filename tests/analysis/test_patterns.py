"""Published patterns are data: every one is there, whole, and its file is checked."""

import re

import pytest

from analysis.calibration.targets import SEEN_BEFORE, split
from analysis.evidence.field import scenario_of, together
from analysis.evidence.measures import MEASURES
from analysis.evidence.patterns import FOLDER, PatternFaults, read_pattern, shipped_patterns

LISTED = [
    *("E01", "E03", "E04", "E05", "E09", "E13", "E14", "E17", "E19", "E23", "E24", "E27", "E28"),
    *("E29", "E30", "E31", "E32", "E34", "E35", "E36", "E37", "E40", "E41", "E42", "E43", "E44"),
    *("E45", "E46", "L1", "L2", "P1"),
]
PATTERNS = shipped_patterns()


def test_every_pattern_of_the_list_is_there_and_none_is_dropped():
    assert [pattern.id for pattern in PATTERNS] == LISTED
    assert {p.id for p in PATTERNS if p.input} == {"E35", "E36", "L2"}


def test_ranges_are_as_they_were_accepted():
    """A range is never widened: a change here is a change of what counts as a hit."""
    ranges = {(p.id, part.name): part.accepted for p in PATTERNS for part in p.parts}
    for key, accepted in {
        ("E01", "bad"): (-0.8, -0.25),
        ("E03", "fairness"): (0.7, 1.6),
        ("E03", "effectiveness"): (1.3, 5.0),
        ("E04", "any contact"): (-0.10, 0.10),
        ("E09", "net"): (6.0, 18.0),
        ("E13", "at once"): (0.2, 0.7),
        ("E13", "left after three weeks"): (0.45, 0.80),
        ("E13", "minority over majority"): (1.4, 2.6),
        ("E14", "satisfaction"): (0.08, 0.28),
        ("E17", "good under test"): (15.0, 35.0),
        ("E19", "satisfaction"): (1.15, 1.60),
        ("E19", "crime"): (0.90, 1.25),
        ("E24", "aware"): (35.0, 48.0),
        ("E27", "owner over renter"): (1.8, 4.5),
        ("E28", "need and activity"): (-0.7, -0.2),
        ("E31", "highest over lowest"): (4.0, 10.0),
        ("E32", "on the most exposed"): (55.0, 75.0),
        ("E34", "gap"): (8.0, 20.0),
        ("E37", "high less low"): (12.0, 22.0),
        ("E41", "encounter"): (-0.6, -0.2),
        ("E42", "should"): (-0.5, -0.1),
        ("E43", "contact and distance"): (-0.30, -0.12),
        ("E45", "one year"): (0.60, 0.85),
        ("E46", "message left"): (0.30, 0.60),
        ("L1", "informed"): (0.15, 0.60),
        ("P1", "bad"): (-0.30, -0.05),
    }.items():
        assert ranges[key] == accepted, key


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.id)
def test_a_pattern_names_a_measure_and_arms_that_exist(pattern):
    assert pattern.measure in MEASURES
    assert all(0 <= week <= pattern.weeks for week in pattern.snapshots)
    for arm in pattern.arms.values():
        scenario_of(arm)
    for text in (pattern.how, pattern.hit, pattern.miss, pattern.claim, pattern.source):
        assert len(text) > 10


def test_every_measure_is_that_of_one_pattern():
    assert sorted(p.measure for p in PATTERNS) == sorted(MEASURES)


def test_patterns_of_one_size_share_their_runs():
    groups = together(PATTERNS)
    assert sorted(p.id for group in groups for p in group) == sorted(LISTED)
    assert len(groups) < len(PATTERNS) / 2
    for group in groups:
        assert len({(p.weeks, p.residents, p.replicates) for p in group}) == 1


def test_half_of_the_patterns_are_fitted_and_half_check_and_nobody_chose():
    roles = split(PATTERNS)
    fitted = [name for name, role in roles.items() if role == "fit"]
    checked = [name for name, role in roles.items() if role == "check"]
    assert len(fitted) == len(checked) == 14
    assert set(SEEN_BEFORE) <= set(fitted)
    assert split(list(reversed(PATTERNS))) == roles


def spoiled(tmp_path, *changes):
    text = (FOLDER / "E09.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert re.search(old, text, re.MULTILINE), old
        text = re.sub(old, new, text, count=1, flags=re.MULTILINE)
    path = tmp_path / "E09.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "old, new, said",
    [
        (r"^claim = .*$", "", "E09.toml: claim is missing: a sentence."),
        (r"^weeks = 52$", "weeks = 0", "E09.toml: weeks is missing: a whole number above 0."),
        (r"^weeks = 52$", "weeks = 52\nmood = 1", "E09.toml: mood is no key of a pattern."),
        (
            r"^accepted = .*$",
            "accepted = [18.0, 6.0]",
            "E09.toml: [[parts]] 0: accepted is missing: [lowest, highest], the lower one first.",
        ),
        (
            r"^snapshots = .*$",
            'snapshots = "0"',
            "E09.toml: snapshots is missing: a list of weeks.",
        ),
    ],
)
def test_a_pattern_with_a_fault_says_what_is_wrong(tmp_path, old, new, said):
    with pytest.raises(PatternFaults) as wrong:
        read_pattern(spoiled(tmp_path, (old, new)))
    assert wrong.value.faults == [said]


def test_all_faults_of_all_files_come_at_once(tmp_path):
    spoiled(tmp_path, (r"^claim = .*$", ""), (r"^source = .*$", ""))
    (tmp_path / "E10.toml").write_text("id = ", encoding="utf-8")
    with pytest.raises(PatternFaults) as wrong:
        shipped_patterns(tmp_path)
    assert len(wrong.value.faults) == 3
    assert wrong.value.faults[-1].startswith("E10.toml: ")
