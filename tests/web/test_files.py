"""What is carried out of the app: the numbers of the screen and of the command, to the last digit."""

import csv
import io
import json
import re
import shlex
import tempfile
import zipfile
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image
from starlette.testclient import TestClient

from parley.cli import main
from sim import load
from sim.report import LIMITS
from sim.version import VERSION
from web import money, settings

settings.apply()

from starlette.applications import Starlette  # noqa: E402

from web.answer import figures  # noqa: E402
from web.causes import chain, why  # noqa: E402
from web.files import routes  # noqa: E402
from web.files.brief import Terms, brief  # noqa: E402
from web.files.page import page  # noqa: E402
from web.files.pictures import picture  # noqa: E402
from web.files.policy import LARGEST, opened, policy  # noqa: E402
from web.files.tables import archive, safe  # noqa: E402
from web.files.word import word  # noqa: E402
from web.question import first_question  # noqa: E402
from web.words import signed  # noqa: E402

HOSTILE = "<script>alert(1)</script> {{7*7}} $x$"
TERMS = Terms("=My plan", "OFFICIAL", 60.0, "http://127.0.0.1/?place=hackney")


def small(theory=""):
    question = first_question().with_another().asking("theory", theory)
    for name, value in {"weeks": 12, "residents": 100, "pairs": 4, "within": 0}.items():
        question = question.asking(name, value)
    return question.with_lever("feedback", 0.11).with_assumption("absolve", 0.2)


@pytest.fixture(scope="module")
def answer():
    return routes.answered(small())


@pytest.fixture(scope="module")
def said(answer):
    return brief(answer, TERMS)


@pytest.fixture(scope="module", params=["", "effectiveness"], ids=["own numbers", "a rival theory"])
def shown(request):
    """An answer with three policies, moved levers and a moved assumption, and its brief."""
    found = routes.answered(small(request.param))
    return found, brief(found, TERMS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("command") / "out"


@pytest.fixture(scope="module")
def command(shown, folder):
    """What the command on the page prints and writes."""
    import contextlib

    words = shlex.split(shown[0].question.command(shown[0].pairs))
    assert words[0] == "parley"
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main([*words[1:], "--workers", "1", "--out", str(folder), "--force"]) == 0
    return json.loads(out.getvalue())


def table(made, name):
    with zipfile.ZipFile(io.BytesIO(made)) as files:
        return list(csv.DictReader(io.StringIO(files.read(name).decode())))


def test_screen_command_and_file_show_the_same_numbers_to_the_last_digit(shown, command):
    answer, said = shown
    rows = table(archive(answer, said, TERMS), "differences.csv")
    by_place = {(row["policy"], row["public"], row["indicator"]): row for row in rows}
    assert list(command["others"]) == answer.others
    for which, other in enumerate(command["others"].values()):
        everyone = {"all": other["indicators"], **other["groups"]}
        for public, indicators in everyone.items():
            for indicator, found in indicators.items():
                row = by_place["BC"[which], public, indicator]
                for part in ("difference", "lo", "hi", "share_above_zero"):
                    value = None if row[part] == "" else float(row[part])
                    assert value == found[part], (public, indicator, part)
        for each in figures(answer.looking_at(which)):
            assert float(each["value"]) == other["indicators"][each["indicator"]]["difference"]
    exact = {(row[0].removesuffix(" †"), row[1]): float(row[-1]) for row in said.tables[0].rows}
    first = command["others"][answer.others[0]]["indicators"]["trust"]["difference"]
    assert exact["Trust", "B"] == first


def test_the_chain_shows_the_numbers_of_the_command(shown, command):
    answer, _ = shown
    for which, name in enumerate(answer.others):
        for public in ("all", "young"):
            everyone = {"all": command["others"][name]["indicators"]}
            everyone |= command["others"][name]["groups"]
            for link in chain(answer.looking_at(which), public)["links"]:
                for each in link["measures"]:
                    if each["indicator"] != "friends-stories":
                        found = everyone[each["public"]][each["indicator"]]["difference"]
                        assert each["values"][2] == found


def test_causes_in_the_file_and_in_the_waterfall_are_those_of_the_command(shown, command):
    answer, said = shown
    rows = table(archive(answer, said, TERMS), "causes.csv")
    for letter, (name, other) in zip("BC", command["others"].items(), strict=True):
        for attitude, causes in other["ledger"].items():
            found = {
                row["cause"]: float(row["difference"])
                for row in rows
                if (row["policy"], row["public"], row["attitude"]) == (letter, "all", attitude)
            }
            for cause, points in found.items():
                assert points == causes[cause]
            assert sum(found.values()) == pytest.approx(causes["total"], abs=1e-9)
        looked = answer.looking_at(answer.others.index(name))
        for bar in why(looked, "trust", "all")["bars"]:
            if bar["cause"] in other["ledger"]["trust"]:
                posted = other["ledger"]["trust"][bar["cause"]]
                assert bar["points"] == posted


def test_differences_by_week_are_those_of_the_command_s_own_files(shown, command, folder):
    answer, said = shown
    with (folder / "weekly.csv").open(encoding="utf-8", newline="") as file:
        lived = {
            (row["scenario"], row["replicate"], row["week"], row["indicator"]): float(row["value"])
            for row in csv.DictReader(file)
            if row["public"] == "young" and row["indicator"] in ("trust", "expectation_gap")
        }
    rows = table(archive(answer, said, TERMS), "weekly_differences.csv")
    checked = 0
    for row in rows:
        if row["public"] != "young" or row["indicator"] not in ("trust", "expectation_gap"):
            continue
        at = row["week"], row["indicator"]
        pairs = [
            lived[row["scenario"], str(number), *at] - lived[command["base"], str(number), *at]
            for number in range(answer.pairs)
        ]
        assert float(row["difference"]) == pytest.approx(sum(pairs) / len(pairs), abs=1e-9)
        assert float(row["lo"]) <= float(row["difference"]) <= float(row["hi"])
        checked += 1
    assert checked == 2 * 2 * (answer.question.weeks + 1)


def test_the_last_week_of_the_weekly_differences_is_the_difference_at_the_end(said):
    # From eight pairs on, the order in which they are added up shows in the last digit.
    answer = routes.answered(small().asking("pairs", 10))
    made = archive(answer, said, TERMS)
    last = str(answer.question.weeks)
    weekly = {
        (row["scenario"], row["public"], row["indicator"]): row
        for row in table(made, "weekly_differences.csv")
        if row["week"] == last
    }
    for row in table(made, "differences.csv"):
        found = weekly[row["scenario"], row["public"], row["indicator"]]
        for part in ("difference", "lo", "hi", "pairs"):
            assert found[part] == row[part]


def test_weekly_means_in_the_file_are_those_of_the_command(shown, command):
    answer, said = shown
    rows = table(archive(answer, said, TERMS), "weekly.csv")
    base = [
        float(row["mean"])
        for row in rows
        if (row["policy"], row["public"], row["indicator"]) == ("A", "all", "trust")
    ]
    assert base[: len(command["series"]["trust"])] == command["series"]["trust"]


def test_the_archive_says_everything_that_is_needed_to_repeat_it(answer, said):
    made = archive(answer, said, TERMS)
    with zipfile.ZipFile(io.BytesIO(made)) as files:
        manifest = json.loads(files.read("manifest.json"))
    assert manifest["marking"] == "OFFICIAL"
    assert shlex.split(manifest["command"]) == shlex.split(answer.question.command(4))
    assert manifest["scenario_hash"] == answer.results()[0].scenario.hash
    assert manifest["limits_of_use"]
    about = {row["what"] for row in table(made, "about.csv")}
    assert {"question", "limit of use", "levers changed", "assumptions changed"} <= about
    described = {row["name"] for row in table(made, "dictionary.csv")}
    assert {"difference", "lo", "hi", "trust", "public", "share_above_zero"} <= described


def test_no_cell_of_a_table_is_a_formula(answer, said):
    made = archive(answer, brief(answer, Terms("=1+1", "@SUM(A1)")), Terms("=1+1", "@SUM(A1)"))
    for name in ("about.csv", "dictionary.csv", "differences.csv"):
        for row in table(made, name):
            for cell in row.values():
                assert not cell.startswith(("=", "+", "@"))
                if cell.startswith("-"):
                    float(cell)
    assert safe("-2+3") == "'-2+3"


def test_the_word_briefing_has_headings_native_tables_and_described_pictures(answer, said):
    document = Document(io.BytesIO(word(said)))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "List Bullet"} <= styles
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert said.main in words
    assert all(line in words for line in said.limits)
    assert document.sections[0].header.paragraphs[0].text == "OFFICIAL"
    cells = [cell.text for made in document.tables for row in made.rows for cell in row.cells]
    assert answer.question.command(4) in cells
    assert repr(answer.measured("trust", which=0).difference) in cells
    pictures = list(document.element.iter(qn("wp:docPr")))
    assert len(pictures) == len(said.charts)
    assert all(each.get("descr") for each in pictures)


class Tags(HTMLParser):
    """Every tag of a page, and everything it would fetch."""

    def __init__(self):
        super().__init__()
        self.tags, self.fetched = [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            if name in ("src", "href", "xlink:href") and not (value or "").startswith("#"):
                self.fetched.append(value)


def test_the_page_stands_alone_and_shows_hostile_words_as_words(answer):
    made = page(brief(answer, Terms(HOSTILE, HOSTILE))).decode()
    tags = Tags()
    tags.feed(made)
    assert "script" not in tags.tags
    assert tags.fetched == []
    assert "&lt;script&gt;alert(1)" in made
    assert tags.tags.count("h1") == 1
    assert "@page" in made
    assert answer.question.command(4).replace("'", "&#x27;").replace('"', "&quot;") in made


def test_pictures_carry_question_numbers_marking_and_limits(answer, said):
    svg = picture(said.charts[0], said, "svg").decode()
    assert "<title>Trust</title>" in svg
    for words in ("OFFICIAL", answer.results()[0].scenario.hash, "parley compare", "4 pairs"):
        assert words in svg
    assert "synthetic" in svg
    image = Image.open(io.BytesIO(picture(said.charts[0], said, "png")))
    assert image.width > 1000
    assert image.info["Description"] == said.charts[0]["summary"]


def test_briefings_draw_the_difference_with_its_interval_under_every_chart(answer, said):
    assert [each["id"] for each in said.differences] == [each["id"] for each in said.charts]
    assert all(each["difference"] for each in said.differences)
    one = replace(said, charts=said.charts[:1], differences=said.differences[:1])
    assert page(one).decode().count("Difference, with its 95 % interval") == 1
    document = Document(io.BytesIO(word(one)))
    shape = document.inline_shapes[0]
    assert shape.height / shape.width > 0.7  # two plots, one above the other


def test_every_file_says_all_that_has_to_be_known_to_judge_and_repeat_it(visitor):
    question = small("effectiveness")
    answer = routes.answered(question)
    wanted = {
        "marking": ["OFFICIAL-PLAIN"],
        "question": [policy.question for policy in question.policies()],
        "levers changed": ["Answers to concerns", "11"],
        "assumptions changed": ["0.2"],
        "interval": ["95 %"],
        "pairs": ["4"],
        "version": [f"Parley {VERSION}"],
        "hash": [results.scenario.hash for results in answer.results()],
        "limits": [LIMITS[0]],
        "command": [question.command(4)],
        "theory": ["--theory effectiveness"],
        "difference": [answer.measured("trust", which=0)],
    }
    for name in ("briefing.docx", "briefing.html", "figures.zip", "chart.svg", "chart.png"):
        for view in ("levels", "difference"):
            if "chart" not in name and view == "difference":
                continue
            more = f"shown=4&marking=OFFICIAL-PLAIN&view={view}"
            found = visitor.get(f"/files/{name}?{question.address()}&{more}")
            words = " ".join(plain_words(name, found.content).split())
            for what, texts in wanted.items():
                for text in texts:
                    if not isinstance(text, str):
                        text = signed(text.difference, text.decimals)
                    assert " ".join(text.split()) in words, (name, view, what)


def plain_words(name, made):
    """Everything that a file says, as plain text."""
    if name.endswith(".html"):
        return unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", made.decode(), flags=re.S))
    if name.endswith(".svg"):
        return unescape(re.sub(r"<[^>]+>", " ", made.decode()))
    if name.endswith(".png"):
        return Image.open(io.BytesIO(made)).info["Comment"]
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(made)) as files:
            rows = csv.reader(io.StringIO(files.read("about.csv").decode()))
            return " ".join(cell for row in rows for cell in row)
    document = Document(io.BytesIO(made))
    words = [paragraph.text for paragraph in document.paragraphs]
    words += [document.sections[0].header.paragraphs[0].text]
    words += [cell.text for made in document.tables for row in made.rows for cell in row.cells]
    return " ".join(words)


def test_a_policy_that_was_saved_opens_again_as_it_was(answer):
    question = small()
    saved = policy(question, 0, HOSTILE)
    again, faults = opened(saved, "plan.toml", first_question())
    assert faults == []
    assert again.tried[0] == question.tried[0]
    assert again.assumed == question.assumed


def test_a_saved_policy_runs_on_the_command_line_to_the_same_scenario(tmp_path):
    question = small()
    for which in (0, 1):
        path = tmp_path / "plan.toml"
        path.write_text(policy(question, which))
        there, here = load(str(path)), question.scenarios()[1 + which]
        assert there.policy == here.policy
        assert there.assumptions == here.assumptions


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * (LARGEST + 1), "letters"),
        ("=", "not valid TOML"),
        ('schema = 1\ntitle = "x"\nextends = "/etc/hostname"', "names no shipped scenario"),
        ('schema = 1\ntitle = "x"\nextends = "hackney"\narea = "../a.toml"', "another file"),
        ('schema = 1\ntitle = "x"\nextends = "hackney"\npolicy.feedback = 7', "outside 0 to 1"),
        ('schema = 1\ntitle = "x"\nextends = "hackney"\npolicy.magic = 7', "nobody reads"),
        (
            'schema = 1\ntitle = "x"\nquestion = "y?"\nextends = "hackney"\narea.people = 9',
            "more than the levers",
        ),
    ],
)
def test_a_file_that_cannot_be_opened_says_why(text, says):
    found, faults = opened(text, "plan.toml", first_question())
    assert found is None
    assert any(says in fault for fault in faults)
    assert not any(tempfile.gettempdir() in fault for fault in faults)


@pytest.fixture(scope="module")
def visitor():
    return TestClient(Starlette(routes=routes.routes()))


@pytest.mark.parametrize("name", routes.MAKERS)
def test_every_file_can_be_fetched(visitor, name):
    found = visitor.get(f"/files/{name}?{small().address()}&shown=4&marking=OFFICIAL")
    assert found.status_code == 200
    assert f'-{name}"' in found.headers["content-disposition"]
    assert len(found.content) > 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("place=atlantis", 400),
        ("marking=" + "x" * 101, 400),
        ("title=a%0Ab", 400),
        ("weeks=520&residents=5000&pairs=100", 400),
    ],
)
def test_a_file_that_cannot_be_made_says_why(visitor, query, status):
    found = visitor.get(f"/files/briefing.html?{query}")
    assert found.status_code == status
    assert len(found.text) > 20


def test_there_are_no_other_files(visitor):
    assert visitor.get("/files/passwd").status_code == 404
    address = small().address()
    assert visitor.get(f"/files/chart.svg?{address}&shown=4&chart=magic").status_code == 400


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("60", 60.0),
        ("£55.5", 55.5),
        ("", None),
        ("-1", None),
        ("nan", None),
        ("1e9", None),
        ("٣٠", None),
    ],
)
def test_an_officer_hour_costs_what_somebody_sensibly_says(given, taken):
    assert money.price(given) == taken


def test_hours_and_money_follow_the_policy_and_the_price(answer):
    question = small().with_lever("hours", 10.0)
    dearer = routes.answered(question)
    rows = {row[0]: row[1:] for row in money.hours_and_money(dearer, 100.0)["rows"]}
    people = dearer.results()[0].scenario.area.people
    planned = float(rows["Neighbourhood hours a week, as planned"][1].replace(",", ""))
    assert planned == pytest.approx(10.0 * people / 1000, abs=0.51)
    yearly = float(rows["Neighbourhood hours a year, £"][1].replace(",", ""))
    assert yearly == pytest.approx(10.0 * people / 1000 * 52 * 100, abs=1)
    assert len(money.hours_and_money(answer, None)["rows"]) == 3


def test_a_file_too_many_at_once_is_told_to_wait(visitor, monkeypatch):
    import threading

    monkeypatch.setattr(routes, "_waiting", threading.BoundedSemaphore(1))
    assert routes._waiting.acquire(blocking=False)
    found = visitor.get(f"/files/briefing.html?{small().address()}&shown=4")
    assert found.status_code == 503
    assert "Try again" in found.text
