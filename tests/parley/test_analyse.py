"""`parley analyse`: numbers by hand, every design from sweep to report, a page for strangers, faults."""

import csv
import json
import math
import re
import shutil
import sys
from html.parser import HTMLParser

import pandas as pd
import pytest

from parley.cli import main

WORLD = 'schema = 1\nextends = "baseline"\n[area]\nwarmup_weeks = 1\n'
HEAD = """
schema = 1
title = "Hours & <b>reach</b>"
question = "Do hours or reach matter more?"
scenario = "world.toml"
weeks = 3
residents = 100
replicates = {replicates}
seed = 9
indicators = ["trust", "trust_gap", "polarisation"]
{more}
"""
TWO = '[levers]\n"policy.hours" = [2, 12]\n"policy.reach" = ["open-door", "most-affected"]\n'
RANGES = (
    '[levers]\n"policy.hours" = {low = 1.0, high = 12.0}\n"policy.feedback" = {low = 0.0, high = 1.0}\n'
    '[uncertainties]\n"assumptions.absolve" = {low = 0.0, high = 0.8}\n'
)
DESIGNS = {
    "full-factorial": ("", TWO),
    "one-at-a-time": ('design = "one-at-a-time"\nweekly = true', TWO),
    "latin-hypercube": ('design = "latin-hypercube"\nsamples = 12', RANGES),
    "sobol": (
        'design = "sobol"\nsamples = 8',
        RANGES + 'theory = ["fair-treatment", "effectiveness"]\n',
    ),
    "morris": ('design = "morris"\nsamples = 4', RANGES),
}
T2 = 4.302652729911275  # Student's t, 97.5 %, two degrees of freedom


def sweep(place, design, replicates=2):
    (place / "world.toml").write_text(WORLD)
    more, factors = DESIGNS[design]
    (place / "experiment.toml").write_text(HEAD.format(replicates=replicates, more=more) + factors)
    folder = place / "sweep"
    assert (
        main(["sweep", str(place / "experiment.toml"), "--out", str(folder), "--workers", "1"]) == 0
    )
    return folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """Two levers of two values each, three replicates, swept and analysed."""
    folder = sweep(tmp_path_factory.mktemp("tiny"), "full-factorial", replicates=3)
    assert main(["analyse", str(folder)]) == 0
    return folder


@pytest.fixture
def copied(tiny, tmp_path):
    """A copy that a test may spoil."""
    return shutil.copytree(tiny, tmp_path / "sweep", ignore=shutil.ignore_patterns("analysis"))


def one(table, **wanted):
    rows = table
    for name, value in wanted.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1
    return rows.iloc[0]


# ---- the report's numbers


def test_effects_are_those_worked_out_by_hand(tiny):
    """Plain Python over the results: twelve runs, the difference in each replicate, then t."""
    rows = pd.concat(map(pd.read_parquet, sorted((tiny / "results").iterdir()))).to_dict("records")
    value = {
        (row["policy.hours"], row["policy.reach"], row["replicate"]): row["value"]
        for row in rows
        if row["indicator"] == "trust_gap" and row["public"] == "all"
    }
    assert len(value) == 12
    reaches = ("open-door", "most-affected")
    by_replicate = []
    for replicate in range(3):
        single = [value[12.0, reach, replicate] - value[2.0, reach, replicate] for reach in reaches]
        by_replicate.append(sum(single) / 2)
    mean = sum(by_replicate) / 3
    deviation = math.sqrt(sum((each - mean) ** 2 for each in by_replicate) / 2)
    half = T2 * deviation / math.sqrt(3)
    table = pd.read_csv(tiny / "analysis" / "effects.csv")
    row = one(table, factor="policy.hours", indicator="trust_gap", public="all")
    assert [row["difference"], row["low"], row["high"]] == pytest.approx(
        [mean, mean - half, mean + half]
    )
    assert (row["pairs"], row["replicates"], row["cells"]) == (6, 3, 2)

    both = [
        (value[12.0, "most-affected", r] - value[2.0, "most-affected", r])
        - (value[12.0, "open-door", r] - value[2.0, "open-door", r])
        for r in range(3)
    ]
    table = pd.read_csv(tiny / "analysis" / "interactions.csv")
    assert one(table, indicator="trust_gap", public="all")["interaction"] == pytest.approx(
        sum(both) / 3
    )

    page = (tiny / "analysis" / "report.html").read_text()
    shown = f"{abs(mean):.{max(1, -math.floor(math.log10(half)))}f}"
    assert shown in page.replace("−", "-")


def test_single_contrasts_are_pairs_with_the_same_dice(tiny):
    results = pd.concat(map(pd.read_parquet, sorted((tiny / "results").iterdir())))
    trust = results[(results["indicator"] == "trust") & (results["public"] == "young")]
    table = pd.read_parquet(tiny / "analysis" / "contrasts.parquet")
    for _, row in table[(table["indicator"] == "trust") & (table["public"] == "young")].iterrows():
        values = [
            trust[trust["point"] == row[name]].sort_values("replicate")["value"].to_numpy()
            for name in ("point", "base_point")
        ]
        assert row["difference"] == pytest.approx((values[0] - values[1]).mean())
        assert row["pairs"] == 3


@pytest.mark.parametrize("design", [name for name in DESIGNS if name != "full-factorial"])
def test_every_design_goes_from_experiment_to_report(design, tmp_path, capsys):
    folder = sweep(tmp_path, design)
    assert main(["analyse", str(folder)]) == 0
    said = capsys.readouterr()
    assert said.out.count("\n") >= 3
    assert "report.html" in said.err
    written = {path.name for path in (folder / "analysis").iterdir()}
    assert {
        "report.html",
        "manifest.json",
        "dictionary.csv",
        "effects.csv",
        "points.parquet",
    } <= written
    assert ("indices.csv" in written) == (design in ("sobol", "morris"))
    weekly = design == "one-at-a-time"
    assert ("effects-by-week.csv" in written) == weekly
    page = (folder / "analysis" / "report.html").read_text()
    assert ('id="part-weeks">Over time' in page) == weekly
    effects = pd.read_parquet(folder / "analysis" / "effects.parquet")
    trust = effects[(effects["indicator"] == "trust") & (effects["public"] == "all")]
    assert trust["difference"].notna().all()
    assert trust["difference"].abs().max() > 0
    assert set(effects["when"]) == ({"end", "mean"} if design == "one-at-a-time" else {"end"})
    assert "young" in set(effects["public"])
    if design == "sobol":
        indices = pd.read_parquet(folder / "analysis" / "indices.parquet")
        assert set(indices["world"]) == {"theory fair-treatment", "theory effectiveness"}
        assert "have NOT settled" in (folder / "analysis" / "report.html").read_text()


def test_the_mean_over_weeks_leaves_week_0_out(tmp_path):
    folder = sweep(tmp_path, "one-at-a-time")
    assert main(["analyse", str(folder), "--indicator", "trust"]) == 0
    results = pd.concat(map(pd.read_parquet, sorted((folder / "results").iterdir())))
    later = results[(results["week"] > 0) & (results["public"] == "all")]
    later = later[(later["indicator"] == "trust") & (later["point"] == 2)]
    points = pd.read_parquet(folder / "analysis" / "points.parquet")
    row = one(points, point=2, indicator="trust", public="all", when="mean")
    assert row["mean"] == pytest.approx(later["value"].mean())
    assert set(points["indicator"]) == {"trust"}


def test_effects_in_each_week_are_those_worked_out_by_hand(tmp_path):
    """Plain Python over the results: the difference in each replicate of one week, then t."""
    folder = sweep(tmp_path, "one-at-a-time", replicates=3)
    assert main(["analyse", str(folder)]) == 0
    rows = pd.concat(map(pd.read_parquet, sorted((folder / "results").iterdir()))).to_dict(
        "records"
    )
    value = {
        (row["point"], row["replicate"], row["week"]): row["value"]
        for row in rows
        if row["indicator"] == "trust" and row["public"] == "all"
    }
    weeks = pd.read_parquet(folder / "analysis" / "effects-by-week.parquet")
    hours = weeks[(weeks["factor"] == "policy.hours") & (weeks["level"] == "12")]
    hours = hours[hours["indicator"] == "trust"]
    assert hours["week"].tolist() == [0, 1, 2, 3]
    for week in (1, 2, 3):  # point 0 is the scenario's own, point 2 has 12 hours
        differences = [value[2, r, week] - value[0, r, week] for r in range(3)]
        mean = sum(differences) / 3
        deviation = math.sqrt(sum((each - mean) ** 2 for each in differences) / 2)
        row = one(hours, week=week)
        found = [row["difference"], row["low"], row["high"]]
        half = T2 * deviation / math.sqrt(3)
        assert found == pytest.approx([mean, mean - half, mean + half])
        assert row["pairs"] == 3
    assert hours["difference"].abs().max() > 0

    effects = pd.read_parquet(folder / "analysis" / "effects.parquet")
    end = effects[(effects["when"] == "end") & (effects["public"] == "all")]
    keys = ["factor", "level", "base_level", "indicator"]
    both = weeks[weeks["week"] == 3].merge(end, on=keys, suffixes=("", "_end"))
    assert len(both) == len(end)
    for name in ("difference", "low", "high"):
        assert both[name].to_numpy() == pytest.approx(both[f"{name}_end"].to_numpy(), nan_ok=True)

    page = (folder / "analysis" / "report.html").read_text()
    text = page[page.index('id="part-weeks"') :]
    assert "Trust over the weeks, everybody" in text
    assert text.count("<svg") >= 3
    with (folder / "analysis" / "dictionary.csv").open() as stream:
        said = {row["name"]: row["meaning"] for row in csv.DictReader(stream)
                if row["table"] == "effects-by-week"}  # fmt: skip
    assert set(said) == {"", *weeks.columns}
    assert "0 is the start" in said["week"]


# ---- the page and the tables


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.addresses, self.headings = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            if name in ("href", "src", "action", "xlink:href"):
                self.addresses.append(value)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


def test_the_page_needs_nothing_else_and_can_be_heard(tiny):
    text = (tiny / "analysis" / "report.html").read_text()
    page = Page(text)
    assert set(re.findall(r"\w+://[^\s\"'<)]+", text)) == {"http" + "://www.w3.org/2000/svg"}
    for absent in ("script", "img", "link", "iframe", "object", "form"):
        assert absent not in page.tags
    assert all(address.startswith("#") for address in page.addresses)
    assert {address[1:] for address in page.addresses} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert '<html lang="en-GB">' in text
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(
        after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False)
    )
    for landmark in ("header", "main", "nav", "footer"):
        assert page.tags.count(landmark) == 1
    figures = page.tags.count("svg")
    assert figures >= 8
    assert text.count("<title>") == figures + 1
    assert (
        text.count("<desc>") == page.tags.count("figure") == page.tags.count("details") == figures
    )


def test_words_from_files_are_text_and_never_markup(tiny):
    text = (tiny / "analysis" / "report.html").read_text()
    assert "Hours &amp; &lt;b&gt;reach&lt;/b&gt;" in text
    assert "<b>" not in text


def test_the_same_sweep_gives_the_same_bytes(tiny, tmp_path):
    for name in ("one", "two"):
        assert main(["analyse", str(tiny), "--out", str(tmp_path / name)]) == 0
    for path in sorted((tmp_path / "one").iterdir()):
        other = (tmp_path / "two" / path.name).read_bytes()
        same = path.read_bytes().replace(b"/one", b"/two")
        assert same == other, path.name


def test_every_file_and_column_is_in_the_dictionary(tiny):
    folder = tiny / "analysis"
    with (folder / "dictionary.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    tables = {row["table"] for row in rows if row["kind"] == "table"}
    assert tables == {path.stem for path in folder.glob("*.parquet")}
    for path in folder.glob("*.parquet"):
        known = {row["name"]: row["meaning"] for row in rows if row["table"] == path.stem}
        for column in pd.read_parquet(path).columns:
            assert known.get(column), (path.name, column)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert sorted([*manifest["files"], "manifest.json"]) == sorted(
        path.name for path in folder.iterdir()
    )


def test_tables_say_the_same_as_csv_and_as_parquet(tiny):
    for path in (tiny / "analysis").glob("*.parquet"):
        kept, text = pd.read_parquet(path), pd.read_csv(path.with_suffix(".csv"))
        for name in kept.columns:
            if pd.api.types.is_float_dtype(kept[name]):
                assert kept[name].to_numpy() == pytest.approx(text[name].to_numpy(), nan_ok=True)
        assert len(kept) == len(text)


def test_no_cell_is_a_formula(tiny, tmp_path, monkeypatch):
    from analysis.report import contents
    from analysis.report.section import Section, Table

    rows = pd.DataFrame({"=1+1": ["@cmd", "-2", "plain"], "number": [-1.0, 2.0, 3.0]})
    section = Section(
        "danger", "Danger <i>", ("Beware.",), (Table("danger", "Cells", rows),), warning=True
    )
    monkeypatch.setattr(contents, "PARTS", (*contents.PARTS, lambda findings: [section]))
    assert main(["analyse", str(tiny), "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "danger.csv").read_text() == (
        "'=1+1,number\n'@cmd,-1.0\n'-2,2.0\nplain,3.0\n"
    )
    text = (tmp_path / "out" / "report.html").read_text()
    assert text.index("Danger &lt;i&gt;") < text.index("In short")


def test_a_marking_is_on_the_page_and_in_every_table(tiny, tmp_path):
    assert (
        main(["analyse", str(tiny), "--out", str(tmp_path / "out"), "--marking", "OFFICIAL"]) == 0
    )
    assert (tmp_path / "out" / "report.html").read_text().count('class="marking">OFFICIAL') == 2
    for path in (tmp_path / "out").glob("*.parquet"):
        assert set(pd.read_parquet(path)["marking"]) == {"OFFICIAL"}


def test_a_stated_precision_decides_how_many_replicates_are_enough(tiny, tmp_path):
    words = ["analyse", str(tiny), "--precision", "0.2", "--precision", "trust=5"]
    assert main([*words, "--out", str(tmp_path / "out")]) == 0
    table = pd.read_csv(tmp_path / "out" / "replicates.csv")
    aimed = table[table["public"] == "all"].set_index("indicator")["precision"]
    assert aimed.to_dict() == {"trust": 5.0, "trust_gap": 0.2, "polarisation": 0.2}


# ---- what is not as it should be


def test_an_unfinished_sweep_is_analysed_and_says_so_first(copied, capsys):
    _without_the_last_run(copied)
    assert main(["analyse", str(copied)]) == 0
    assert "not finished: 1 of 12 runs are missing" in capsys.readouterr().err
    page = (copied / "analysis" / "report.html").read_text()
    assert page.index("not finished: 1 of 12") < page.index("In short")


def _without_the_last_run(folder):
    """Write the only part anew without its last run, as a part that was whole."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from analysis.running import parts

    path = folder / "results" / "part-0000000.parquet"
    table = pq.read_table(path)
    about = json.loads(table.schema.metadata[b"parley"])
    last = pc.and_(pc.equal(table["point"], 3), pc.equal(table["replicate"], 2))
    table = table.filter(pc.invert(last)).replace_schema_metadata(None)
    parts.write_part(folder / "results", 0, table, about["fingerprint"], [])


def test_failed_runs_are_said_first(copied, capsys):
    import pyarrow.parquet as pq

    from analysis.running import parts

    _without_the_last_run(copied)
    path = copied / "results" / "part-0000000.parquet"
    table = pq.read_table(path)
    about = json.loads(table.schema.metadata[b"parley"])
    failure = {"point": 3, "replicate": 2, "seed": 9, "message": "no"}
    table = table.replace_schema_metadata(None)
    parts.write_part(copied / "results", 0, table, about["fingerprint"], [failure])
    assert main(["analyse", str(copied)]) == 0
    assert "1 of 12 runs failed and are left out" in capsys.readouterr().err
    effects = pd.read_csv(copied / "analysis" / "effects.csv")
    assert one(effects, factor="policy.hours", indicator="trust", public="all")["pairs"] == 5


def refused(words, capsys):
    capsys.readouterr()
    assert main([str(word) for word in words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


def test_a_folder_without_a_sweep_is_refused(tmp_path, capsys):
    assert "holds no sweep" in refused(["analyse", tmp_path], capsys)
    (tmp_path / "file").write_text("")
    assert "is a file. Give the folder" in refused(["analyse", tmp_path / "file"], capsys)
    (tmp_path / "manifest.json").write_text('{"made_by": "parley", "kind": "sweep"}')
    assert "manifest.json is missing, damaged" in refused(["analyse", tmp_path], capsys)


def test_an_empty_sweep_is_refused(copied, capsys):
    shutil.rmtree(copied / "results")
    assert "holds no results yet" in refused(["analyse", copied], capsys)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            lambda path: path.write_bytes(path.read_bytes()[:-50]),
            "part-0000000.parquet cannot be used: it is truncated",
        ),
        (
            lambda path: path.with_name("stranger.parquet").write_bytes(b"no"),
            "stranger.parquet cannot be used: it is no part",
        ),
        (
            lambda path: shutil.copy(path, path.with_name("part-0000009.parquet")),
            "part-0000009.parquet cannot be used: it is no part",
        ),
    ],
    ids=["truncated", "foreign", "beyond the last"],
)  # fmt: skip
def test_a_part_that_cannot_be_used_is_named(spoil, said, copied, capsys):
    spoil(copied / "results" / "part-0000000.parquet")
    text = refused(["analyse", copied], capsys)
    assert said in text
    assert "parley sweep" in text
    assert not (copied / "analysis").exists()


def test_a_part_damaged_inside_is_named(copied, capsys):
    path = copied / "results" / "part-0000000.parquet"
    content = bytearray(path.read_bytes())
    for place in range(40, len(content) // 2, 7):
        content[place] ^= 0xFF
    path.write_bytes(bytes(content))
    assert "part-0000000.parquet cannot be used: it is damaged inside" in refused(
        ["analyse", copied], capsys
    )


def test_a_design_that_is_gone_is_named(copied, capsys):
    (copied / "design.parquet").unlink()
    assert "design.parquet is missing" in refused(["analyse", copied], capsys)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--indicator", "trst"], '--indicator "trst" is no indicator. Did you mean trust?'),
        (["--indicator", "reach"], "--indicator reach was not kept by this sweep, which has trust"),
        (["--precision", "0"], "--precision 0 is no width above 0"),
        (["--precision", "reach=1"], "reach is not among trust, trust_gap, polarisation"),
        (["--precision", "narrow"], "--precision narrow is no width"),
    ],
)
def test_an_option_that_cannot_be_followed_is_one_line(words, said, tiny, capsys):
    text = refused(["analyse", tiny, *words, "--force"], capsys)
    assert said in text
    assert text.count("\n") == 1


def test_what_is_there_is_kept_unless_forced(tiny, tmp_path, capsys):
    assert "exists and is kept" in refused(["analyse", tiny], capsys)
    assert main(["analyse", str(tiny), "--force"]) == 0
    other = tmp_path / "mine"
    other.mkdir()
    (other / "notes.txt").write_text("mine")
    assert "is kept" in refused(["analyse", tiny, "--out", other, "--force"], capsys)
    assert (other / "notes.txt").read_text() == "mine"


def test_the_sweep_itself_is_never_replaced(tiny, capsys):
    for place in (tiny, tiny.parent, tiny / "results" / "there"):
        said = refused(["analyse", tiny, "--out", place, "--force"], capsys)
        assert "Choose another folder" in said
    assert len(list((tiny / "results").iterdir())) == 1


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_no_other_command_replaces_a_sweep_or_its_analysis(
    force, copied, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr("parley.commands.results.carry_out", pytest.fail)
    assert main(["analyse", str(copied)]) == 0
    before = {path: path.read_bytes() for path in copied.rglob("*") if path.is_file()}
    small = ["--weeks", "2", "--residents", "50", "--replicates", "1", "--workers", "1"]
    for words in (["run", "baseline"], ["compare", "baseline", "most-affected"]):
        said = refused([*words, *small, "--out", copied, *force], capsys)
        assert said == (
            f'{copied} is kept: it holds the sweep "Hours & <b>reach</b>", 12 runs. --force of parley'
            f" {words[0]} replaces only results of runs. Choose another folder, or remove this one yourself.\n"
        )
        said = refused([*words, *small, "--out", copied / "analysis", *force], capsys)
        assert "analysis is kept: it holds the analysis of a sweep. --force of" in said
    other = shutil.copytree(copied, tmp_path / "other")
    assert "it holds the sweep" in refused(["analyse", copied, "--out", other, *force], capsys)
    assert {path: path.read_bytes() for path in copied.rglob("*") if path.is_file()} == before


def test_a_sweep_goes_on_beside_its_analysis(tiny):
    experiment = tiny.parent / "experiment.toml"
    assert main(["sweep", str(experiment), "--out", str(tiny), "--workers", "1"]) == 0


def test_a_missing_library_names_the_extra(tiny, tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for name in [name for name in sys.modules if name.startswith("analysis.report")]:
        monkeypatch.delitem(sys.modules, name)
    said = refused(["analyse", tiny, "--out", tmp_path / "out"], capsys)
    assert said == (
        "parley analyse: matplotlib is not installed. This needs the extra research:"
        " pip install 'parley[research]'.\n"
    )


def test_a_full_disk_leaves_nothing_half_written(tiny, tmp_path, capsys, monkeypatch):
    import errno

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    said = refused(["analyse", tiny, "--out", tmp_path / "out"], capsys)
    assert "was not written: the disk is full. Nothing was left half-written." in said
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_may_not_be_read_says_so(tiny, capsys, monkeypatch):
    import pathlib

    def closed(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(pathlib.Path, "iterdir", closed)
    assert "cannot be read: you may not read there" in refused(["analyse", tiny], capsys)


def test_more_memory_than_there_is_is_refused_with_both_numbers(tiny, capsys, monkeypatch):
    monkeypatch.setattr("parley.commands.analyse.memory_free", lambda: 10)
    said = refused(["analyse", tiny, "--force"], capsys)
    assert "--indicator NAME takes one outcome at a time" in said
