"""Whatever bytes, tables and settings the reader is given, it loads them or says what is wrong."""

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario import SHIPPED, ScenarioFaults, check, load
from tests.sim.scenario_files import as_toml, written

MANY = settings(max_examples=80, deadline=None)
SEEDS = [
    (SHIPPED / name).read_bytes()
    for name in ("two-way.toml", "baseline.toml", "areas/inner-borough.toml")
]
KEYS = st.text(max_size=5) | st.sampled_from(
    [
        *("area", "groups", "young", "shares", "age", "16-24", "tenure", "joint", "share", "where"),
        *("beats", "beat_shares", "beat_disorder", "police", "openness", "topics", "demand"),
        *(
            "concerns",
            "partner_share",
            "label",
            "people",
            "policy",
            "mix",
            "time",
            "reach",
            "inform",
        ),
        *("events", "week", "kind", "group", "severity", "expect", "indicator", "assumptions"),
        *("absolve", "title", "question", "extends"),
    ]
)
LEAVES = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from(
        ["open-door", "young", "policy", "critical-incident", "baseline", "16-24", "all", "trust"]
    ),
    st.text(max_size=8),
)
TABLES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
VALUES = st.sampled_from(
    [
        *("1", "nan", "-inf", "true", "{}", "[]", "[[]]", "'a'", "x", "", "1\nb=2", "1e999"),
        *("most-affected", "areas/small-town.toml", "{need=2}", "9" * 4900),
        "[{week=3,kind='policy',policy={mix={inform=1}}}]",
    ]
)


def loads_or_says_why(path, given=()):
    try:
        scenario = load(path, given)
    except ScenarioFaults as found:
        faults = found.faults
    else:
        json.dumps(scenario.to_dict(), allow_nan=False)
        assert len(scenario.hash) == 16
        assert isinstance(scenario.changed, dict)
        return
    lines = [str(fault) for fault in [*faults, *check(path)]]
    assert faults
    assert all(line.isprintable() for line in lines)
    said_by_the_user = any("None" in setting for setting in given)
    if isinstance(path, Path):
        said_by_the_user |= b"None" in path.read_bytes()
    assert said_by_the_user or all("None" not in line for line in lines)


@MANY
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(tmp_path_factory, content):
    loads_or_says_why(written(tmp_path_factory.mktemp("bytes"), content))


@MANY
@given(
    st.sampled_from(SEEDS),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 30), st.binary(max_size=6)),
        min_size=1,
        max_size=4,
    ),
)
def test_no_damage_to_a_file_breaks_the_reader(tmp_path_factory, content, damages):
    for where, removed, put in damages:
        at = int(where * len(content))
        content = content[:at] + put + content[at + removed :]
    loads_or_says_why(written(tmp_path_factory.mktemp("damage"), content))


@MANY
@given(st.sampled_from(SEEDS), st.floats(0, 0.999), TABLES)
def test_no_value_in_the_place_of_another_breaks_the_reader(
    tmp_path_factory, content, where, value
):
    lines = content.decode().splitlines()
    set_lines = [at for at, line in enumerate(lines) if " = " in line and line[0].isalpha()]
    at = set_lines[int(where * len(set_lines))]
    lines[at] = f"{lines[at].split(' = ')[0]} = {as_toml(value)}"
    loads_or_says_why(written(tmp_path_factory.mktemp("value"), "\n".join(lines)))


@MANY
@given(st.dictionaries(KEYS, TABLES, max_size=5), st.booleans())
def test_no_tables_break_the_reader(tmp_path_factory, tables, extended):
    tables = {"schema": 1, **({"extends": "baseline"} if extended else {}), **tables}
    text = "\n".join(f"{as_toml(key)} = {as_toml(value)}" for key, value in tables.items())
    loads_or_says_why(written(tmp_path_factory.mktemp("tables"), text))


@MANY
@given(st.lists(st.tuples(st.lists(KEYS, min_size=1, max_size=4), VALUES), max_size=3))
def test_no_settings_break_the_reader(changes):
    loads_or_says_why("baseline", [f"{'.'.join(parts)}={value}" for parts, value in changes])
