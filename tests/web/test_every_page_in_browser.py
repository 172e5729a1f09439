"""Every page in a real browser: its controls, its files, and the way there without a mouse."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from urllib.parse import urlsplit

import pytest
from docx import Document

from web.pages import PAGES

pytestmark = pytest.mark.browser
SMALL = "weeks=26&residents=300&pairs=6&within=0"
FINISHED = ".headline[data-finished=true]"
PATIENCE = 240_000
OURS = {
    "/": FINISHED,
    "why": ".chain",
    "for-whom": ".plain-table",
    "resident": ".diaries",
    "lessons": ".lesson-list",
}


@pytest.fixture(scope="module")
def visitor(app, chromium):
    """One visitor who goes from page to page."""
    opened = chromium.open(f"{app.address}/?{SMALL}")
    opened.wait_for_selector(FINISHED, timeout=PATIENCE)
    return opened


def go(page, path):
    """Go to a page by its link in the navigation, without a mouse."""
    page.set_viewport_size({"width": 1280, "height": 900})
    link = page.locator(f"nav a[data-page='{path}']")
    if link.get_attribute("aria-current") != "page":
        link.focus()
        page.keyboard.press("Enter")
    page.wait_for_selector(OURS[path], timeout=PATIENCE)


@pytest.fixture
def compare(visitor):
    go(visitor, "/")
    return visitor


def wait_for_pairs(page):
    page.wait_for_selector(".progress-line:not(.busy)", timeout=PATIENCE)
    page.wait_for_selector(FINISHED, timeout=PATIENCE)


def test_every_page_is_reached_by_keyboard_and_keeps_the_question(visitor):
    for path in (*OURS, "/"):
        go(visitor, path)
        name = next(page.name for page in PAGES if page.path == path)
        visitor.wait_for_function("name => document.title === name + ' · Parley'", arg=name)
        assert "residents=300" in visitor.url
        assert urlsplit(visitor.url).path == "/" + path.strip("/")
        assert visitor.locator("h1").count() == 1
    assert visitor.evaluate("document.activeElement.id") == "content"


MOVED_AT_ONCE = """value => new Promise(done => {
  const look = () => {
    const box = document.querySelector("#lever-feedback");
    if (!box || !document.querySelector(".headline")) return setTimeout(look, 1);
    box.value = value;
    box.dispatchEvent(new Event("change"));
    done();
  };
  look();
})"""


def test_a_lever_moved_the_moment_the_page_is_there_stays_moved(app, chromium):
    chromium.open(f"{app.address}/?{SMALL}").wait_for_selector(FINISHED, timeout=PATIENCE)
    page = chromium.open(f"{app.address}/?{SMALL}")
    page.evaluate(MOVED_AT_ONCE, "21")
    page.wait_for_function("window.location.search.includes('feedback=0.21')")
    wait_for_pairs(page)
    page.wait_for_timeout(500)  # the address is read by Solara's router in the meantime
    assert page.input_value("#lever-feedback") == "21"
    assert "feedback=0.21" in page.url


def test_back_and_forward_lead_through_the_pages(visitor):
    go(visitor, "/")
    go(visitor, "why")
    visitor.go_back()
    visitor.wait_for_selector(FINISHED, timeout=PATIENCE)
    visitor.go_forward()
    visitor.wait_for_selector(".chain", timeout=PATIENCE)


def test_a_third_policy_stands_beside_the_others_with_levers_of_its_own(compare):
    compare.click("[data-add]")
    compare.wait_for_selector(".every-policy li.focus:nth-child(2)", timeout=PATIENCE)
    wait_for_pairs(compare)
    assert "other2=" in compare.url
    assert compare.inner_text("h1") in compare.text_content(".says")
    compare.fill("#lever-hours", "9")
    compare.press("#lever-hours", "Enter")
    compare.wait_for_function("location.search.includes('set2.hours=9')")
    assert "set.hours" not in compare.url
    compare.wait_for_selector("[data-chart=trust] .legend:has-text('1 lever moved')")
    legend = compare.inner_text("[data-chart=trust] .legend")
    assert re.search(r"A: .*\nB: .*\nC: .*, 1 lever moved", legend)
    compare.get_by_role("button", name="Look at B").click()
    compare.wait_for_selector(".every-policy li.focus:nth-child(1)")
    assert "“B: " in compare.inner_text(".of-lever .of")
    compare.get_by_role("button", name="Leave out policy C").click()
    compare.wait_for_selector(".every-policy", state="detached", timeout=PATIENCE)
    assert "other2=" not in compare.url


def test_the_last_change_can_be_undone(compare):
    compare.fill("#lever-promise", "90")
    compare.press("#lever-promise", "Enter")
    compare.wait_for_function("location.search.includes('set.promise=0.9')")
    compare.click("[data-undo]")
    compare.wait_for_function("!location.search.includes('set.promise')")
    wait_for_pairs(compare)


def test_a_moved_assumption_draws_the_moved_baseline_and_is_no_policy(compare):
    compare.select_option("[data-pick]", "hearsay")
    compare.wait_for_function("document.activeElement.id === 'assumption-hearsay'")
    compare.fill("#assumption-hearsay", "0.9")
    compare.press("#assumption-hearsay", "Enter")
    compare.wait_for_selector(".assumed", timeout=PATIENCE)
    assert "moved baseline" in compare.inner_text(".assumed")
    assert "before assumptions were moved" in compare.inner_text("[data-chart=trust] .legend")
    assert "--set assumptions.hearsay=0.9" in compare.inner_text(".carry pre code")
    about = compare.locator("[data-lever=hearsay] .about")
    about.locator("summary").click()
    assert "From 0 to 1" in about.inner_text()
    compare.get_by_role("button", name="Reset every assumption").click()
    compare.wait_for_selector(".assumed", state="detached", timeout=PATIENCE)
    wait_for_pairs(compare)


def test_three_kinds_of_doubt_stand_apart(compare):
    compare.get_by_role("button", name="Look at doubt about theory").click()
    compare.wait_for_selector(".doubts li.theory", state="attached", timeout=PATIENCE)
    assert compare.locator(".doubts li.theory").count() == 4
    assert compare.locator(".doubts li.dice").count() == 1
    sets = compare.locator(".doubts li.sets").count()
    missing = compare.locator(".doubts .missing").count()
    assert sets + missing == 1  # either they are shown, or it is said how to make them
    if missing:
        assert "analysis calibrate" in compare.inner_text(".doubts .missing")


def test_every_size_of_the_comparison_changes_the_address(compare):
    compare.select_option("[data-ask=within]", "0.5")
    compare.wait_for_function("location.search.includes('within=0.5')")
    compare.select_option("[data-ask=within]", "0")
    compare.wait_for_function("location.search.includes('within=0')")
    compare.wait_for_selector(".headline .how:has-text('From 6 pairs')", timeout=PATIENCE)


def test_a_cause_is_opened_by_keyboard_and_says_when_and_for_whom(visitor):
    go(visitor, "why")
    bar = visitor.locator("button.cause").first
    bar.focus()
    visitor.keyboard.press("Enter")
    visitor.wait_for_selector(".opened table")
    assert "Weeks 1 to 13" in visitor.inner_text(".opened")
    assert "Most affected" in visitor.inner_text(".opened")
    before = visitor.inner_text(".waterfall > .summary")
    visitor.get_by_role("radio", name="Confidence").check()
    visitor.wait_for_function(
        "was => document.querySelector('.waterfall > .summary').innerText !== was", arg=before
    )
    shown = visitor.get_by_role("group", name="Show")
    shown.get_by_role("radio", name="B: ").check()
    visitor.wait_for_selector(".waterfall .level:has-text('At the start')")
    visitor.get_by_role("radio", name="Usual suspects").check()
    visitor.wait_for_selector(".waterfall h3:has-text('Usual suspects')")
    visitor.wait_for_selector(".chain [data-measure=trust] .level:has-text('B')")


def test_winners_and_losers_are_counted_and_the_equality_table_is_saved(visitor):
    go(visitor, "for-whom")
    assert visitor.locator(".each-public table").count() == 3
    visitor.get_by_role("button", name="Count winners and losers").click()
    visitor.wait_for_selector(".split tbody tr", timeout=PATIENCE)
    shares = visitor.locator(".split tbody tr").first.locator("td").all_inner_texts()
    assert sum(float(share.split()[0]) for share in shares) == pytest.approx(100, abs=0.2)
    visitor.evaluate(
        "sessionStorage.setItem('parley-terms', JSON.stringify({marking: '=OFFICIAL'}))"
    )
    with visitor.expect_download() as saved:
        visitor.get_by_role("button", name="Save this table as CSV").click()
    visitor.evaluate("sessionStorage.removeItem('parley-terms')")
    assert saved.value.suggested_filename.endswith(".csv")
    with saved.value.path().open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all("Possible adverse impact" in row and row["marking"] == "'=OFFICIAL" for row in rows)


def test_somebody_who_lost_trust_is_shown_and_then_another(visitor):
    go(visitor, "resident")
    first = visitor.inner_text(".diaries h2")
    assert "Here the two worlds part" in visitor.inner_text(".diaries")
    visitor.click("[data-another]")
    visitor.wait_for_function(
        "was => document.querySelector('.diaries h2')?.innerText.length && "
        "document.querySelector('.diaries h2').innerText !== was",
        arg=first,
        timeout=PATIENCE,
    )
    rows = visitor.locator(".diaries tbody tr").count()
    visitor.check("[data-only]")
    visitor.wait_for_function(
        "rows => document.querySelectorAll('.diaries tbody tr').length < rows", arg=rows
    )
    visitor.uncheck("[data-only]")
    assert visitor.locator("[data-chart=circle] svg .self").count() == 1


def test_another_pair_another_story_beside_the_same_average(visitor):
    go(visitor, "resident")
    visitor.wait_for_selector(".which-pair .lies:has-text('over all 6 pairs')", timeout=PATIENCE)
    first, lies = visitor.inner_text(".diaries"), visitor.inner_text(".which-pair .lies")
    assert "pair 1 of 6" in first
    average = re.search(r"on average over all 6 pairs by .*\),", lies)[0]
    visitor.get_by_role("button", name="More: pair of histories").focus()
    visitor.keyboard.press("Enter")
    visitor.wait_for_selector(".diaries .summary:has-text('in pair 2 of 6')", timeout=PATIENCE)
    visitor.wait_for_function("location.search.includes('see.pair=2')")
    assert visitor.inner_text(".diaries") != first
    assert average in visitor.inner_text(".which-pair .lies")
    assert visitor.inner_text(".which-pair .lies") != lies
    visitor.locator(".which-pair details summary").click()
    assert visitor.locator(".which-pair tbody tr").count() == 6
    assert "2, looked at" in visitor.inner_text(".which-pair tbody tr.on")
    visitor.fill("#which-pair", "1")
    visitor.press("#which-pair", "Enter")
    visitor.wait_for_selector(".diaries .summary:has-text('in pair 1 of 6')", timeout=PATIENCE)
    assert visitor.inner_text(".diaries") == first
    visitor.wait_for_function("!location.search.includes('see.pair')")


def test_a_resident_is_picked_by_number_and_a_wrong_number_is_refused_in_words(visitor):
    go(visitor, "resident")
    visitor.select_option("[data-pick-public]", "social-renters")
    visitor.fill("[data-pick-number]", "0")
    visitor.get_by_role("button", name="Read their weeks").click()
    visitor.wait_for_selector(".diaries h2:has-text('social-renters-0')", timeout=PATIENCE)
    visitor.fill("[data-pick-number]", "99999")
    visitor.get_by_role("button", name="Read their weeks").click()
    visitor.wait_for_selector(".find .fault", timeout=PATIENCE)
    assert "keys go from social-renters-0" in visitor.inner_text(".find .fault")
    visitor.click("[data-finder=met]")
    visitor.wait_for_selector(".diaries h2", timeout=PATIENCE)


@pytest.mark.parametrize(
    "name", ["briefing.docx", "briefing.html", "figures.zip", "policy.toml", "chart.svg"]
)
def test_files_are_saved_with_the_marking_and_the_number_on_the_screen(compare, name):
    compare.fill("[data-carry=marking]", "OFFICIAL")
    compare.fill("[data-carry=title]", "Our plan")
    compare.select_option("[data-carry=public]", "young")
    shown = compare.get_attribute("[data-figure=trust] data", "value")
    with compare.expect_download(timeout=60_000) as saved:
        compare.click(f"[data-file='{name}']")
    made = saved.value.path().read_bytes()
    assert saved.value.suggested_filename.startswith("parley-")
    if name == "briefing.docx":
        document = Document(io.BytesIO(made))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert shown in cells
        assert document.sections[0].header.paragraphs[0].text == "OFFICIAL"
    elif name == "figures.zip":
        with zipfile.ZipFile(io.BytesIO(made)) as files:
            assert f",{shown}," in files.read("differences.csv").decode()
            assert json.loads(files.read("manifest.json"))["marking"] == "OFFICIAL"
    elif name == "policy.toml":
        assert b'title = "Our plan"' in made
    else:
        assert b"OFFICIAL" in made
    if name == "chart.svg":
        assert b"Trust, Other young people" in made
    if name == "briefing.html":
        assert shown in made.decode()


def test_money_stands_beside_hours_once_an_hour_has_a_price(compare):
    assert "£" not in compare.inner_text(".money table")
    compare.fill("[data-carry=cost]", "60")
    compare.press("[data-carry=cost]", "Enter")
    compare.wait_for_selector(".money tr:has-text('£')")


def test_name_marking_and_price_outlive_a_turn_of_the_page_and_a_reload(compare):
    given = {"title": "Our plan", "marking": "OFFICIAL", "cost": "60"}
    for name, words in given.items():
        compare.fill(f"[data-carry={name}]", words)
        compare.press(f"[data-carry={name}]", "Enter")
    compare.wait_for_selector(".money tr:has-text('£')")
    compare.get_by_role("link", name="About", exact=True).click()
    compare.wait_for_selector("h1:has-text('About')")
    compare.get_by_role("link", name="Compare", exact=True).click()
    compare.wait_for_selector(".money tr:has-text('£')", timeout=PATIENCE)
    assert {name: compare.input_value(f"[data-carry={name}]") for name in given} == given
    compare.reload()
    compare.wait_for_selector(".money tr:has-text('£')", timeout=PATIENCE)
    assert {name: compare.input_value(f"[data-carry={name}]") for name in given} == given
    assert "marking=OFFICIAL" in compare.get_attribute("[data-file='chart.svg']", "href")
    wait_for_pairs(compare)


def test_a_comparison_is_kept_under_its_name_and_reopened(compare):
    compare.fill("[data-carry=title]", "Before <b>the</b> change")
    compare.click("[data-keep]")
    compare.wait_for_selector("[data-kept]")
    compare.fill("#lever-feedback", "22")
    compare.press("#lever-feedback", "Enter")
    compare.wait_for_function("location.search.includes('set.feedback=0.22')")
    compare.click("[data-kept='Before <b>the</b> change']")
    compare.wait_for_function("!location.search.includes('set.feedback')")
    wait_for_pairs(compare)
    compare.get_by_role("button", name="Forget Before").click()
    compare.wait_for_selector("[data-kept]", state="detached")


def test_a_policy_file_is_opened_and_a_wrong_one_is_refused_with_every_fault(compare):
    good = 'schema = 1\ntitle = "x"\nquestion = "y?"\nextends = "hackney"\npolicy.feedback = 0.77\n'
    box = compare.locator("[data-open]")
    box.set_input_files({"name": "plan.toml", "mimeType": "text/plain", "buffer": good.encode()})
    compare.wait_for_function("location.search.includes('set.feedback=0.77')", timeout=PATIENCE)
    bad = good.replace("0.77", "7").replace("schema", "<img src=x>\nschema")
    box.set_input_files({"name": "bad.toml", "mimeType": "text/plain", "buffer": bad.encode()})
    compare.wait_for_selector(".carry .fault")
    assert "bad.toml" in compare.inner_text(".carry .fault")
    large = b"#" * 70_000
    box.set_input_files({"name": "big.toml", "mimeType": "text/plain", "buffer": large})
    compare.wait_for_selector(".carry .fault:has-text('larger than')")
    compare.click("[data-undo]")
    wait_for_pairs(compare)


@pytest.mark.parametrize(
    "width",
    [
        pytest.param(1280, marks=pytest.mark.thorough, id="wide"),
        pytest.param(640, id="200 % zoom"),
        pytest.param(390, marks=pytest.mark.thorough, id="390 px"),
    ],
)
@pytest.mark.parametrize("path", OURS)
def test_axe_finds_nothing_on_any_page_with_everything_open(visitor, path, width):
    from axe_playwright_python.sync_playwright import Axe

    go(visitor, path)
    visitor.set_viewport_size({"width": width, "height": 900})
    visitor.wait_for_timeout(300)
    visitor.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    found = Axe().run(visitor).response["violations"]
    assert [
        (each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found
    ] == []
    assert visitor.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", OURS)
def test_nothing_runs_off_a_page_320_points_wide(visitor, path):
    go(visitor, path)
    visitor.set_viewport_size({"width": 320, "height": 700})
    visitor.wait_for_function("document.documentElement.scrollWidth <= 320", timeout=5000)


def test_nothing_was_asked_of_any_other_host_and_nothing_failed(app, chromium, visitor):
    hosts = {
        urlsplit(url).netloc for url in chromium.asked if not url.startswith(("data:", "blob:"))
    }
    assert hosts == {urlsplit(app.address).netloc}
    assert chromium.failed == []
    assert chromium.complaints == []


def test_the_other_pages_show_hostile_words_as_words(stand_in_app, chromium):
    page = chromium.open(f"{stand_in_app.address}/why?place=hostile&{SMALL}")
    page.wait_for_selector(".chain", timeout=PATIENCE)
    page.click("nav a[data-page='for-whom']")
    page.wait_for_selector(".plain-table", timeout=PATIENCE)
    assert page.evaluate("window.harmed") is None
    assert "<script>window.harmed=1</script>" in page.inner_text(".plain-table")
    assert page.locator(".parley script, .parley img").count() == 0
