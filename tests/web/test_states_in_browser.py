"""The pages in every state: full of faults and hostile words, at work, stopped, with all opened.

Everything but the stopped run is served by the stand-in for the engine, which is quick.
"""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

pytestmark = pytest.mark.browser
SMALL = {"weeks": "26", "residents": "200", "pairs": "4", "within": "0"}
FINISHED = ".headline[data-finished=true]"
PATIENCE = 240_000
SCRIPT = "<script>window.harmed=1</script><img src=x onerror=window.harmed=1>"
TEMPLATE = "{{constructor.constructor('window.harmed=1')()}}"
WRONG = {
    "place": SCRIPT,
    "base": TEMPLATE,
    "other3": "../../etc/passwd",
    "theory": "=1+1",
    "set.magic": SCRIPT,
    "set.feedback": TEMPLATE,
    "assume.magic": TEMPLATE,
    "made": "0.0.1-00000000",
}
NARROW = {"390 px": (390, 800), "200 % zoom": (640, 450)}
"""At 200 % zoom a window of 1280 × 900 leaves a page 640 × 450 of its own points."""


@pytest.fixture(scope="module")
def page(stand_in_app, chromium):
    """A visitor who came by an address in which almost everything is wrong."""
    opened = chromium.open(f"{stand_in_app.address}/?{urlencode({**SMALL, **WRONG})}")
    opened.wait_for_selector(FINISHED, timeout=PATIENCE)
    return opened


def harmless(page):
    assert page.evaluate("window.harmed") is None
    assert page.locator(".parley script, .parley img").count() == 0


@pytest.fixture
def finds_nothing(request):
    """A look at a page with everything unfolded: nothing runs off it at either narrow width, and
    axe finds nothing; axe looks at both widths where the run is thorough.
    """
    from axe_playwright_python.sync_playwright import Axe

    thorough = request.config.getoption("thorough")

    def look(page):
        for name, (width, height) in NARROW.items():
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(
                "document.querySelectorAll('details').forEach(each => { each.open = true })"
            )
            page.wait_for_function(
                "width => document.documentElement.scrollWidth <= width", arg=width
            )
            if thorough or name == "390 px":
                found = Axe().run(page).response["violations"]
                assert [
                    (each["id"], [node["html"][:120] for node in each["nodes"]][:3])
                    for each in found
                ] == []
        page.set_viewport_size({"width": 1280, "height": 900})

    return look


def test_a_broken_address_gives_one_message_a_fault_and_a_page_that_works(page, finds_nothing):
    said = page.locator(".question .fault").all_inner_texts()
    assert len(said) == len(WRONG)
    assert any(SCRIPT[:40] in line for line in said)
    assert any("made with Parley 0.0.1" in line for line in said)
    harmless(page)
    finds_nothing(page)
    before = page.get_attribute("[data-figure=trust] data", "value")
    page.fill("#lever-feedback", "95")
    page.press("#lever-feedback", "Enter")
    page.wait_for_function(
        "was => document.querySelector('[data-figure=trust] data').value !== was", arg=before
    )
    assert page.locator(".question .fault").count() == 0


def test_another_theory_is_chosen_and_stands_in_address_command_and_headline(page):
    page.select_option("[data-ask=theory]", "effectiveness")
    page.wait_for_function("location.search.includes('theory=effectiveness')")
    page.wait_for_selector(".headline .context:has-text('under the theory “Effectiveness”')")
    assert "--theory effectiveness" in page.inner_text(".carry pre code")
    assert "People judge the police by what they get done" in page.inner_text(".account")
    page.wait_for_selector(FINISHED)


def test_hostile_words_in_fields_and_files_are_words_and_all_opened_nothing_is_found(
    page, finds_nothing
):
    page.click("[data-add]")
    page.wait_for_selector(".every-policy li:nth-child(2)", timeout=PATIENCE)
    page.select_option("[data-pick]", "hearsay")
    page.fill("#assumption-hearsay", "0.9")
    page.press("#assumption-hearsay", "Enter")
    page.wait_for_selector(".assumed", timeout=PATIENCE)
    page.get_by_role("button", name="Look at doubt about theory").click()
    page.wait_for_selector(".doubts li.theory", state="attached", timeout=PATIENCE)
    page.wait_for_selector(".doubts li.sets", state="attached", timeout=PATIENCE)
    assert "accepted parameter sets" in page.inner_text(".doubts .summary")
    page.fill("[data-carry=title]", SCRIPT + TEMPLATE)
    page.fill("[data-carry=marking]", TEMPLATE)
    page.fill("[data-carry=cost]", "60")
    page.press("[data-carry=cost]", "Enter")
    page.click("[data-keep]")
    page.wait_for_selector("[data-kept]")
    assert page.locator("[data-kept]").first.inner_text() == SCRIPT + TEMPLATE
    bad = f'schema = 1\ntitle = "{TEMPLATE}"\nquestion = "y?"\nextends = "{SCRIPT}"\n'
    page.locator("[data-open]").set_input_files(
        {"name": f"{TEMPLATE}.toml", "mimeType": "text/plain", "buffer": bad.encode()}
    )
    page.wait_for_selector(".carry .fault")
    assert TEMPLATE in page.inner_text(".carry .fault")
    page.fill("#lever-hours", "9999")
    page.press("#lever-hours", "Enter")
    page.wait_for_selector("[data-lever=hours] .fault")
    harmless(page)
    finds_nothing(page)


def test_what_a_stranger_put_into_the_browser_s_own_store_is_shown_as_words(page):
    page.evaluate(
        """words => window.sessionStorage.setItem('parley-kept', JSON.stringify([
            {name: words, address: 'place=' + words}, {name: 7, address: {}}, 'x']))""",
        SCRIPT + TEMPLATE,
    )
    page.click("nav a[data-page='why']")
    page.wait_for_selector(".chain", timeout=PATIENCE)
    page.click("nav a[data-page='/']")
    page.wait_for_selector("[data-kept]", timeout=PATIENCE)
    assert page.locator("[data-kept]").count() == 1
    page.locator("[data-kept]").click()
    page.wait_for_selector(".carry .fault:has-text('not on offer here')")
    harmless(page)
    page.click("[data-undo]")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)


def test_every_lever_that_was_moved_is_put_back_at_once(stand_in_app, chromium):
    page = chromium.open(f"{stand_in_app.address}/?{urlencode(SMALL)}")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    page.fill("#lever-feedback", "12")
    page.press("#lever-feedback", "Enter")
    page.wait_for_function("location.search.includes('set.feedback=0.12')")
    page.fill("#lever-promise", "3")
    page.press("#lever-promise", "Enter")
    page.wait_for_function("location.search.includes('set.promise=0.03')")
    page.get_by_role("button", name="Reset every lever").click()
    page.wait_for_function("!location.search.includes('set.')")


def test_a_cause_shows_its_weeks_as_a_chart_that_is_read_by_keyboard_and_as_a_table(
    page, finds_nothing
):
    page.click("nav a[data-page='why']")
    page.wait_for_selector(".chain", timeout=PATIENCE)
    page.locator("button.cause").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-chart=cause-by-week]", timeout=PATIENCE)
    page.locator("[data-chart=cause-by-week] .plot").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("[data-chart=cause-by-week] .readout").startswith("Week 1\n")
    rows = page.locator("[data-chart=cause-by-week] tbody tr")
    assert rows.count() == int(SMALL["weeks"])
    for view, attitude, public in (
        ("A: ", "Confidence", "Most affected"),
        ("The difference", "Legitimacy", "Usual suspects"),
        ("B: ", "Expectation", "Everyone"),
    ):
        before = page.inner_text("[data-chart=cause-by-week] .summary")
        page.get_by_role("group", name="Show").get_by_role("radio", name=view).check()
        page.get_by_role("radio", name=attitude, exact=True).check()
        page.get_by_role("radio", name=public, exact=True).check()
        page.wait_for_selector(f".waterfall h3:has-text('{public}')")
        page.wait_for_selector(f"[data-chart=cause-by-week] .legend:has-text('{view.strip()}')")
        page.wait_for_function(
            "was => document.querySelector('[data-chart=cause-by-week] .summary').innerText !== was",
            arg=before,
        )
    harmless(page)
    finds_nothing(page)


def test_a_picture_shows_the_difference_where_that_is_chosen(page):
    page.click("nav a[data-page='/']")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    page.select_option("[data-carry=view]", "difference")
    with page.expect_download(timeout=60_000) as saved:
        page.click("[data-file='chart.svg']")
    assert b"Difference, with its 95 % interval" in saved.value.path().read_bytes()


def test_two_visitors_ask_and_keep_for_themselves(page, stand_in_app, chromium):
    other = chromium.open(f"{stand_in_app.address}/?{urlencode({**SMALL, 'set.promise': '1'})}")
    other.wait_for_selector(FINISHED, timeout=PATIENCE)
    assert "theory" not in other.url
    assert other.locator("[data-kept]").count() == 0
    assert page.locator("[data-kept]").count() == 1
    assert other.locator("[data-undo]").count() == 0
    other.select_option("[data-ask=theory]", "shared-identity")
    other.wait_for_function("location.search.includes('theory=shared-identity')")
    other.wait_for_selector(FINISHED, timeout=PATIENCE)
    assert "theory=effectiveness" in page.url
    assert "Effectiveness" in page.inner_text(".headline .context")


def test_a_pair_beyond_what_was_needed_and_a_hostile_one_are_told_in_words(
    stand_in_app, chromium, finds_nothing
):
    enough = {**SMALL, "pairs": "40", "within": "1"}
    shown = {"see.resident": "young-0", "see.pair": "39"}
    page = chromium.open(f"{stand_in_app.address}/resident?{urlencode({**enough, **shown})}")
    page.wait_for_selector(".diaries", timeout=PATIENCE)
    page.wait_for_selector(".which-pair .lies:has-text('needed only its first')", timeout=PATIENCE)
    assert page.locator(".pairs-strip").count() == 0
    page.fill("#which-pair", "2")
    page.press("#which-pair", "Enter")
    page.wait_for_selector(".diaries .summary:has-text('in pair 2 of 40')", timeout=PATIENCE)
    assert page.locator(".pairs-strip .one").count() > 4
    page.fill("#which-pair", "41")
    page.press("#which-pair", "Enter")
    page.wait_for_selector(".which-pair .fault")
    finds_nothing(page)
    shown["see.pair"] = SCRIPT
    page = chromium.open(f"{stand_in_app.address}/resident?{urlencode({**enough, **shown})}")
    page.wait_for_selector(".diaries .summary:has-text('in pair 1 of 40')", timeout=PATIENCE)
    assert SCRIPT[:40] in page.inner_text(".question .fault")
    harmless(page)


@pytest.mark.thorough
def test_at_work_and_stopped_nothing_is_found_either(app, chromium, finds_nothing):
    long = {"weeks": "400", "residents": "5000", "pairs": "25", "within": "0"}
    page = chromium.open(f"{app.address}/?{urlencode(long)}")
    page.wait_for_selector(".progress-line.busy", timeout=PATIENCE)
    finds_nothing(page)
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_selector(".progress-line .says:has-text('Stopped')", timeout=PATIENCE)
    finds_nothing(page)


def test_nothing_failed_on_the_way(chromium):
    assert chromium.failed == []
    assert chromium.complaints == []
