"""The page Your area in a real browser: edited, mended, opened, saved, compared, shared, by keyboard."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import sim
from sim.scenario import check
from tests.web.conftest import HOME
from tests.web.test_own_area import TABLE, town
from tests.web.test_own_places import large_town
from web.own.text import toml_text

pytestmark = pytest.mark.browser
SMALL = "weeks=13&residents=200&pairs=4&within=0"
FINISHED = ".headline[data-finished=true]"
PATIENCE = 240_000
HOSTILE = "<img src=x onerror=window.harmed=1>{{constructor.constructor('window.harmed=1')()}}"


@pytest.fixture(scope="module")
def visitor(app, chromium):
    """One visitor, who opens the page again and again."""
    return chromium.open(f"{app.address}/about")


@pytest.fixture
def page(app, visitor):
    """The page, just opened on a small town."""
    visitor.set_viewport_size({"width": 1280, "height": 900})
    visitor.goto(f"{app.address}/your-area?place=areas/small-town&{SMALL}")
    visitor.wait_for_selector(".area-form", timeout=PATIENCE)
    return visitor


def field(page, at):
    return page.locator(f"[data-field='{at}']")


def unfold(page, block):
    summary = page.locator(f"[data-block='{block}'] > summary")
    if page.locator(f"[data-block='{block}']").get_attribute("open") is None:
        summary.focus()
        page.keyboard.press("Enter")
    page.wait_for_selector(f"[data-block='{block}'][open]")


def type_in(page, at, words):
    field(page, at).fill(words)
    field(page, at).press("Enter") if at != "notes" else field(page, at).blur()


def give(page, name, content):
    data = content if isinstance(content, bytes) else content.encode()
    box = page.locator("[data-area-file]")
    box.set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})


def saved(page, selector):
    with page.expect_download() as download:
        page.locator(selector).press("Enter")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def settled(page, place):
    """Wait until the answer on the screen is about this place, and finished."""
    page.wait_for_selector(f"{FINISHED} .context:has-text('{place}')", timeout=PATIENCE)
    page.wait_for_selector(".progress-line:not(.busy)", timeout=PATIENCE)


def axe(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:160] for node in each["nodes"]][:3]) for each in found]


def test_every_number_of_the_form_can_be_changed_and_is_marked_as_yours(page):
    for block in ("public.young", "who", "beats", "police", "partners", "demand", "ties"):
        unfold(page, block)
    places = page.eval_on_selector_all("[data-more]", "all => all.map(each => each.dataset.more)")
    assert len(places) > 60
    for at in [*places[::5], "groups.young.need", "ties.mean", "police.skill"]:
        before = field(page, at).input_value()
        high = page.locator(f"[data-more='{at}']")
        high.click()
        page.wait_for_function(
            "([at, before]) => document.querySelector(`[data-field='${at}']`).value !== before",
            arg=[at, before],
        )
        page.wait_for_selector(f".field.yours:has([data-field='{at}']) .was")
    page.click("[data-area-reset]")
    page.wait_for_selector(".field.yours", state="detached")
    page.click("[data-area-undo]")
    page.wait_for_selector(".field.yours")


def test_minus_arrows_and_words_change_what_they_stand_at(page):
    unfold(page, "public.young")
    page.click("[data-less='groups.young.need']")
    page.wait_for_selector(".was:has-text('before: 0.45')")
    assert field(page, "groups.young.need").input_value() == "0.44"
    field(page, "groups.young.need").press("ArrowUp")
    page.wait_for_selector(".field.yours:has([data-field='groups.young.need'])", state="detached")
    type_in(page, "groups.young.label", "The young")
    page.wait_for_selector("[data-block='public.young'] h3:has-text('The young')")
    type_in(page, "name", "Northfield")
    page.wait_for_selector("#area-form-title:has-text('Northfield')")
    type_in(page, "notes", "One note\nAnother")
    type_in(page, "source", "My own count")
    page.wait_for_selector("[data-yours]:has-text('Northfield (your area)')")


def test_publics_are_added_copied_moved_renamed_removed_and_given_shares(page):
    page.click("[data-ruled=shares]")
    page.wait_for_selector("[data-public-even]")
    page.click("[data-public-add]")
    page.wait_for_function("document.activeElement.dataset.field === 'groups.new-public.label'")
    assert page.locator("#area-summary").count() == 0
    page.click("[data-copy='new-public']")
    page.wait_for_selector("[data-block='public.new-public-2']")
    page.wait_for_function("document.activeElement.dataset.field === 'groups.new-public-2.label'")
    page.click("[data-up='new-public-2']")
    page.wait_for_function(
        "[...document.querySelectorAll('.public')].slice(-2)[0].dataset.block === 'public.new-public-2'"
    )
    page.click("[data-down='new-public-2']")
    page.wait_for_function(
        "[...document.querySelectorAll('.public')].pop().dataset.block === 'public.new-public-2'"
    )
    type_in(page, "groups.new-public-2", "night-workers")
    page.wait_for_selector("[data-block='public.night-workers']")
    type_in(page, "groups.night-workers", "young")
    page.wait_for_selector("[data-area-note]:has-text('taken')")
    type_in(page, "groups.night-workers", "Not a key")
    page.wait_for_selector("#area-summary a:has-text('Key')")
    page.click("[data-area-undo]")
    page.wait_for_selector("#area-summary", state="detached")
    page.click("[data-remove='night-workers']")
    page.wait_for_selector("#area-summary:has-text('sum to 1')")
    assert page.evaluate("document.activeElement.id") == "own-groups"
    page.click("[data-public-even]")
    page.wait_for_selector("#area-summary", state="detached")
    page.click("[data-ruled=rules]")
    page.wait_for_selector("#area-summary")
    unfold(page, "public.young")
    page.click("[data-tick='young.age.16-24']")
    page.wait_for_selector("#area-summary:has-text('nobody is left')")


def test_a_list_by_beat_is_left_to_the_model_and_said_again(page):
    unfold(page, "beats")
    page.click("[data-list='beat_disorder']")
    page.wait_for_selector("[data-field='beat_disorder.0']", state="detached")
    page.click("[data-list='beat_disorder']")
    page.wait_for_selector("[data-field='beat_disorder.5']")
    page.click("[data-list='beat_shares']")
    page.wait_for_selector("[data-field='beat_shares.5']")
    type_in(page, "beats", "3")
    page.wait_for_selector("[data-field='beat_shares.3']", state="detached")
    assert page.locator("#area-summary").count() == 0


def test_all_errors_stand_beside_their_fields_and_in_a_summary_that_leads_to_them(page):
    unfold(page, "public.young")
    type_in(page, "groups.young.need", "abc")
    type_in(page, "groups.young.trust", "")
    type_in(page, "people", "-4")
    unfold(page, "police")
    type_in(page, "police.skill", "7")
    page.wait_for_selector("#area-summary li:nth-child(4)")
    page.locator("[data-block=police] > summary").click()
    page.wait_for_selector("[data-field='police.skill']", state="detached")
    box = field(page, "groups.young.need")
    assert box.input_value() == "abc"
    assert box.get_attribute("aria-invalid") == "true"
    fault = box.get_attribute("aria-describedby").split()[0]
    assert "0 to 1" in page.inner_text(f"#{fault}")
    page.locator("[data-compare-area]").press("Enter")
    assert page.evaluate("document.activeElement.id") == "area-summary"
    page.locator("[data-save-refused]").press("Enter")
    assert page.evaluate("document.activeElement.id") == "area-summary"
    assert axe(page) == []
    page.locator("#area-summary a:has-text('Skill')").press("Enter")
    page.wait_for_function("document.activeElement.dataset.field === 'police.skill'")
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function(f"document.documentElement.scrollWidth <= {width}")
    assert axe(page) == []


def test_the_areas_are_searched_and_a_borough_is_picked_with_source_and_licence_and_compared(page):
    page.fill("[data-area-search]", "lamb")
    page.wait_for_selector("[role=status]:has-text('1 of 34 areas')")
    page.press("[data-area-search]", "Enter")
    page.wait_for_selector("#area-form-title:has-text('Lambeth')")
    source = page.inner_text("[data-source]")
    assert "London tables" in source
    assert "Open Government Licence" in source
    page.locator("[data-compare-area]").press("Enter")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    assert "place=areas/london/lambeth" in page.url
    assert "Lambeth, after" in page.inner_text(".headline .context")
    assert "taken for today's practice here" in page.inner_text(".limits")
    page.click("nav a[data-page='for-whom']")
    page.wait_for_selector(".plain-table", timeout=PATIENCE)
    assert "Black and mixed young people" in page.inner_text(".plain-table")


def test_an_own_area_is_compared_shared_and_the_same_on_screen_in_files_and_by_command(
    page, app, chromium, tmp_path
):
    type_in(page, "name", f"North {HOSTILE}")
    unfold(page, "public.young")
    type_in(page, "groups.young.ease", "0.55")
    type_in(page, "groups.young.label", f"=cmd {HOSTILE}")
    page.wait_for_selector("[data-yours]")
    name, content = saved(page, "[data-save=toml]")
    area = tmp_path / name
    area.write_bytes(content)
    assert check(area) == []
    _, table = saved(page, "[data-save=csv]")
    assert next(csv.reader(io.StringIO(table.decode("utf-8-sig").splitlines()[1])))[1].startswith(
        "'=cmd"
    )
    page.locator("[data-compare-area]").press("Enter")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    assert "own1-" in page.url
    assert page.evaluate("window.harmed") is None
    assert HOSTILE in page.inner_text(".headline .context")
    assert "(your area)" in page.inner_text(".headline .context")
    assert "their own assumptions, not data" in page.inner_text(".limits")
    command = page.inner_text(".carry pre code")
    assert name in command
    again, text = saved(page, "a[data-file='area.toml']")
    assert (again, text) == (name, content)
    _, figures = saved(page, "a[data-file='figures.zip']")
    with zipfile.ZipFile(io.BytesIO(figures)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    setting = f"area={json.dumps(str(area))}"
    by_command = sim.load("baseline", (setting,))
    assert by_command.hash in json.dumps(manifest)
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command), "--workers", "1"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(HOME)},
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    first = next(iter(told["others"].values()))
    exact = repr(first["indicators"]["trust"]["difference"])
    assert page.locator("[data-figure=trust] data").get_attribute("value") == exact
    _, brief = saved(page, "a[data-file='briefing.html']")
    assert exact in brief.decode()
    assert HOSTILE not in brief.decode()
    link = page.url
    other = chromium.open(link)
    other.wait_for_selector(FINISHED, timeout=PATIENCE)
    assert other.inner_text(".headline h1") == page.inner_text(".headline h1")
    assert other.locator(".question .fault").count() == 0
    assert other.url == link
    other.click("nav a[data-page='your-area']")
    other.wait_for_selector("[data-field=name]")
    assert other.input_value("[data-field=name]") == f"North {HOSTILE}"


def test_a_table_and_an_area_file_are_opened_and_reopened_to_the_same(page, tmp_path):
    give(page, "my publics.csv", TABLE)
    page.wait_for_selector("[data-file-said]:has-text('my publics.csv is open')")
    assert page.locator(".block.public").count() == 2
    type_in(page, "name", "Two publics")
    page.wait_for_selector("#area-form-title:has-text('Two publics')")
    name, content = saved(page, "[data-save=toml]")
    page.click("[data-area-reset]")
    page.wait_for_selector("#area-form-title:has-text('my publics')")
    give(page, name, content)
    page.wait_for_selector("#area-form-title:has-text('Two publics')")
    _, again = saved(page, "[data-save=toml]")
    assert again == content
    assert [each["share"] for each in tomllib.loads(content.decode())["groups"].values()] == [
        0.3,
        0.7,
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("wrong.csv", TABLE.replace("0.5,0.4", "5,much"), ["line 2, need", "line 2, ease"]),
        (
            "wrong.toml",
            'name = "<img src=x>"\npeople = 0\nbeats = 1\n',
            ["people = 0", "no publics"],
        ),
        ("book.csv", b"PK\x03\x04", ["spreadsheet"]),
        ("big.toml", b"#" * 400_000, ["larger than 300 kB"]),
        ("photo.png", b"\x89PNG", ["ends neither"]),
        ("<img src=x onerror=window.harmed=1>.csv", b"", ["empty"]),
    ],
)
def test_a_wrong_file_says_everything_at_once_and_nothing_typed_is_lost(page, name, content, words):
    type_in(page, "name", "Half done")
    page.wait_for_selector("#area-form-title:has-text('Half done')")
    give(page, name, content)
    page.wait_for_selector("[data-file-faults]")
    page.wait_for_function("document.activeElement.matches('[data-file-faults]')")
    said = page.inner_text("[data-file-faults]")
    assert [word for word in words if word not in said] == []
    assert page.input_value("[data-field=name]") == "Half done"
    assert page.evaluate("window.harmed") is None
    assert page.locator(".parley img").count() == 0
    assert axe(page) == []


def test_a_link_that_needs_a_file_asks_for_it_and_then_shows_what_was_shared(page, app, chromium):
    give(page, "large.toml", toml_text_of(large_town()))
    page.wait_for_selector("[data-needs-file]")
    page.locator("[data-compare-area]").press("Enter")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    assert "too large to travel" in page.inner_text("[data-needs-file]")
    settled(page, "Largeton")
    link = page.url
    assert "file1-" in link
    assert len(link) < 600
    shared = page.inner_text(".headline h1")
    _, area = saved(page, "a[data-file='area.toml']")
    other = chromium.open(link)
    other.wait_for_selector(".question .fault")
    assert "Largeton" in other.inner_text(".question .fault")
    other.click("nav a[data-page='your-area']")
    other.wait_for_selector("[data-awaited]:has-text('Largeton')")
    give(other, "largeton.toml", area)
    other.wait_for_selector(FINISHED, timeout=PATIENCE)
    settled(other, "Largeton")
    assert other.inner_text(".headline h1") == shared
    assert other.url == link


def test_two_sessions_never_see_each_others_area(page, app, chromium):
    other = chromium.open(f"{app.address}/your-area?place=areas/small-town&{SMALL}")
    other.wait_for_selector(".area-form", timeout=PATIENCE)
    for each, words in ((page, "Secret street"), (other, "Hidden lane")):
        unfold(each, "public.young")
        type_in(each, "groups.young.label", words)
        each.wait_for_selector(f"[data-block='public.young'] h3:has-text('{words}')")
        each.click("[data-compare-area]")
        each.wait_for_selector(FINISHED, timeout=PATIENCE)
        each.wait_for_selector(f".findings:has-text('{words}')")
    assert "Secret street" not in other.content()
    assert "Hidden lane" not in page.content()
    third = chromium.open(f"{app.address}/your-area?{SMALL}")
    third.wait_for_selector(".area-form", timeout=PATIENCE)
    assert not re.search("Secret street|Hidden lane", third.content())


def test_everything_is_reached_by_keyboard_alone(page):
    page.evaluate("document.querySelector('[data-area-search]').focus()")
    page.keyboard.type("barnet")
    page.keyboard.press("Enter")
    page.wait_for_selector("#area-form-title:has-text('Barnet')")
    seen = []
    for _ in range(140):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "[document.activeElement.tagName, ...Object.entries(document.activeElement.dataset).flat()].join(' ')"
        )
        seen.append(at)
        if "compareArea" in at:
            break
    told = " ".join(seen)
    for wanted in (
        "areaFile",
        "field name",
        "more people",
        "ruled",
        "publicAdd",
        "practice",
        "compareArea",
        "SUMMARY",
    ):
        assert wanted in told, wanted
    page.keyboard.press("Enter")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    assert "place=areas/london/barnet" in page.url


def test_another_practice_stands_for_todays(page):
    page.select_option("[data-practice]", "hackney")
    page.wait_for_selector("[data-area-undo]:not([disabled])")
    page.click("[data-compare-area]")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    assert "small-town~hackney" in page.url
    assert page.locator("[data-ask=base] option:checked").inner_text() == "Hackney as policed"


@pytest.mark.parametrize(
    "width", [*(pytest.param(each, marks=pytest.mark.thorough) for each in (1280, 640)), 390]
)
def test_axe_finds_nothing_with_everything_open(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.wait_for_selector("[data-field='groups.young.need']")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.wait_for_timeout(300)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_failed_and_nothing_was_complained_of(app, chromium):
    assert chromium.failed == []
    assert chromium.complaints == []


def toml_text_of(word):
    from web.own import code

    return toml_text(code.read(word))


def test_the_town_of_these_tests_has_no_faults():
    assert town().publics
