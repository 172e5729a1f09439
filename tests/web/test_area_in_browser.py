"""The area in a real browser: every control does something, without a mouse, from a link, at any size."""

from __future__ import annotations

import contextlib
import json
import re
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import TimeoutError

pytestmark = pytest.mark.browser
SMALL = "weeks=26&residents=200&pairs=4&within=0"
READY = ".map canvas"
PATIENCE = 240_000
WEEK = "document.querySelector('.maps').dataset.week"


@pytest.fixture(scope="module")
def visitor(app, chromium):
    """One visitor who stays on the page."""
    opened = chromium.open(f"{app.address}/area?{SMALL}")
    opened.wait_for_selector(READY, timeout=PATIENCE)
    return opened


@pytest.fixture
def page(visitor):
    """The page as it opens: the start, side by side, trust, nobody picked."""
    visitor.set_viewport_size({"width": 1280, "height": 900})
    visitor.evaluate(
        "document.querySelectorAll('.area details').forEach(each => each.open = false)"
    )
    visitor.get_by_role("radio", name="Side by side").check()
    visitor.select_option("[data-see=state]", "trust")
    visitor.select_option("[data-see=ties]", "picked")
    visitor.get_by_role("radio", name="How it is").check()
    visitor.check("[data-see=met]")
    visitor.check("[data-see=stopped]")
    if visitor.locator("[data-clear]").count():
        visitor.click("[data-clear]")
    at(visitor, 0)
    return visitor


def at(page, week):
    """Go to a week; typed again as a person would, should the box be drawn anew under the hand."""
    for patience in (5_000, 30_000):
        page.fill("[data-see=week]", str(week))
        page.press("[data-see=week]", "Enter")
        with contextlib.suppress(TimeoutError):
            page.wait_for_function(f"{WEEK} === '{week}'", timeout=patience)
            break
    assert page.evaluate(WEEK) == str(week)


def week(page):
    return int(page.evaluate(WEEK))


def picture(page, key="B"):
    """The canvas as it is."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    return page.evaluate(f"document.querySelector('[data-picture={key}] canvas').toDataURL()")


def changed(page, act, key="B"):
    """Whether an act changes the picture."""
    before = picture(page, key)
    act()
    return picture(page, key) != before


def told_of_b(page):
    """The end of the summary: what happens under the second policy this week."""
    return page.inner_text("#area-summary").rpartition(";")[2]


def said(page, words):
    page.wait_for_function(
        "words => document.querySelector('[data-said]').innerText.includes(words)", arg=words
    )


def test_nothing_plays_by_itself(page):
    before = page.evaluate("document.querySelector('.maps').dataset.drawings")
    page.wait_for_timeout(700)
    assert week(page) == 0
    assert page.evaluate("document.querySelector('.maps').dataset.drawings") == before


def test_play_pause_step_and_back(page):
    page.select_option("[data-see=speed]", "30")
    page.click("[data-key=play]")
    page.wait_for_function(f"Number({WEEK}) >= 4")
    page.get_by_role("button", name="Pause").click()
    here = week(page)
    said(page, f"Week {here} of 26")
    page.wait_for_timeout(300)
    assert week(page) == here
    if here == 26:  # a fast machine, a short run
        page.click("[data-key=back]")
        here -= 1
    assert changed(page, lambda: page.click("[data-key=step]"))
    assert week(page) == here + 1
    page.click("[data-key=back]")
    assert week(page) == here
    page.click("[data-key=end]")
    assert week(page) == 26
    assert page.is_disabled("[data-key=step]")
    page.click("[data-key=start]")
    assert week(page) == 0
    assert page.is_disabled("[data-key=back]")


def test_it_stops_at_the_end_and_plays_again_from_the_start(page):
    at(page, 20)
    page.select_option("[data-see=speed]", "60")
    page.click("[data-key=play]")
    page.wait_for_selector("[data-key=play][aria-label=Play]")
    page.wait_for_function(f"{WEEK} === '26'")
    page.select_option("[data-see=speed]", "1")
    page.click("[data-key=play]")
    page.wait_for_function(f"Number({WEEK}) < 3")
    page.click("[data-key=play]")


def test_a_higher_speed_shows_more_weeks_in_the_same_time(page):
    def lived(speed):
        at(page, 0)
        page.select_option("[data-see=speed]", speed)
        page.click("[data-key=play]")
        page.wait_for_timeout(900)
        page.click("[data-key=play]")
        return week(page)

    slow, fast = lived("2"), lived("16")
    assert 0 < slow < fast


def test_the_slider_and_the_number_box_lead_to_the_same_week(page):
    page.locator("[data-see=slider]").fill("9")
    assert page.input_value("[data-see=week]") == "9"
    page.get_by_role("button", name="More: week").click()
    assert page.input_value("[data-see=slider]") == "10"
    page.get_by_role("button", name="Less: week").click()
    assert week(page) == 9
    page.fill("[data-see=week]", "99")
    page.press("[data-see=week]", "Enter")
    page.wait_for_selector(".area .fault:has-text('from 0 to 26')")
    assert week(page) == 9
    at(page, 9)


def test_everything_by_keyboard(page):
    page.focus(".maps")
    page.keyboard.press("End")
    assert week(page) == 26
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert week(page) == 1
    page.keyboard.press("PageDown")
    assert week(page) == 14
    page.keyboard.press("PageUp")
    assert week(page) == 1
    page.keyboard.press("Space")
    page.wait_for_selector("[data-key=play][aria-label=Pause]")
    page.keyboard.press("Space")
    page.wait_for_selector("[data-key=play][aria-label=Play]")
    page.keyboard.press("ArrowDown")
    first = page.inner_text("[data-card] h2")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(
        "was => document.querySelector('[data-card] h2').innerText !== was", arg=first
    )
    page.keyboard.press("ArrowUp")
    page.wait_for_function(
        "was => document.querySelector('[data-card] h2').innerText === was", arg=first
    )
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-card]", state="detached")
    page.focus("[data-key=step]")
    before = week(page)
    page.keyboard.press("Enter")
    assert week(page) == before + 1


def test_every_state_colours_the_picture_and_is_named_in_legend_and_summary(page):
    at(page, 26)
    options = page.locator("[data-see=state] option")
    states = options.evaluate_all("all => all.map(each => [each.value, each.innerText])")
    assert len(states) > 30
    seen = {}
    for key, label in states:
        page.select_option("[data-see=state]", key)
        seen[key] = picture(page)
        assert label in page.inner_text("[data-legend]")
        assert label in page.inner_text("#area-summary")
    assert len(set(seen.values())) > 25  # some never happen in half a year: those are alike


def test_change_since_the_start_and_the_difference_have_colours_of_their_own(page):
    at(page, 26)
    assert changed(page, lambda: page.get_by_role("radio", name="Change since the start").check())
    assert "change since the start" in page.inner_text("[data-legend]")
    page.get_by_role("radio", name="How it is").check()
    page.get_by_role("radio", name="B less A").check()
    page.wait_for_selector("[data-picture=less]")
    assert "B less A" in page.inner_text("[data-legend]")
    assert page.locator(".map").count() == 1
    end = picture(page, "less")
    at(page, 0)
    assert picture(page, "less") != end


def test_each_policy_alone_and_both_side_by_side(page):
    assert page.locator(".map").count() == 2
    at(page, 26)
    assert picture(page, "A") != picture(page, "B")
    at(page, 0)
    assert picture(page, "A") == picture(page, "B")  # the same people at the same places
    page.get_by_role("radio", name="A: ").check()
    page.wait_for_selector("[data-picture=B]", state="detached")
    page.get_by_role("radio", name="B: ").check()
    page.wait_for_selector("[data-picture=A]", state="detached")


def test_marks_and_ties_are_switched_on_and_off(page):
    for mark, words in (("met", "met the police"), ("stopped", "were searched")):
        at(page, 0)
        page.focus(".maps")
        while week(page) == 0 or re.search(rf"\b0 {words}", told_of_b(page)):
            assert week(page) < 26, f"nobody {words} in half a year"
            page.keyboard.press("ArrowRight")
        assert changed(page, lambda mark=mark: page.uncheck(f"[data-see={mark}]"))
        assert changed(page, lambda mark=mark: page.check(f"[data-see={mark}]"))
    assert changed(page, lambda: page.select_option("[data-see=ties]", "all"))
    page.select_option("[data-see=ties]", "picked")
    page.focus(".maps")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("[data-card]")
    assert changed(page, lambda: page.select_option("[data-see=ties]", "none"))


def test_a_click_picks_a_resident_and_says_who_they_are(page):
    at(page, 13)
    spot = page.evaluate(
        "() => { const canvas = document.querySelector('[data-picture=B] canvas'); return canvas.spot[20]; }"
    )
    blank = picture(page)
    page.locator("[data-picture=B] canvas").click(position=spot)
    page.wait_for_selector("[data-card]")
    assert re.search(r"on beat \d+; aged ", page.inner_text("[data-card]"))
    assert "This week under B" in page.inner_text("[data-card]")
    assert picture(page) != blank
    assert page.locator("[data-card] tbody tr").count() > 25
    at(page, 0)
    assert "nothing has happened yet" in page.inner_text("[data-card]")
    page.locator("[data-picture=B] canvas").click(position={"x": 3, "y": 60})
    page.wait_for_selector("[data-card]", state="detached")


def test_a_click_picks_an_officer_with_beats_hours_openness_and_skill(page):
    officer = page.evaluate(
        "() => document.querySelector('[data-picture=A] canvas').officers.find(each => each.at === 3)"
    )
    page.locator("[data-picture=A] canvas").click(position={"x": officer["x"], "y": officer["y"]})
    page.wait_for_selector("[data-card] h2:has-text('Officer 4')")
    card = page.inner_text("[data-card]")
    for words in (
        "neighbourhood officer, not a specialist",
        "works on beats",
        "hours a week",
        "Openness",
        "Skill",
    ):
        assert words in card
    page.select_option("[data-find=officer]", "7")
    page.wait_for_selector("[data-card] h2:has-text('Officer 8')")
    assert "specialist in engagement" in page.inner_text("[data-card]")
    page.select_option("[data-find=officer]", "")
    page.wait_for_selector("[data-card]", state="detached")


def test_a_public_is_picked_its_members_stand_out_and_its_values_are_shown(page):
    button = page.locator("[data-public]").first
    assert changed(page, button.click)
    assert button.get_attribute("aria-pressed") == "true"
    page.wait_for_selector("[data-card] th:has-text('Association: energy')")
    button.click()
    page.wait_for_selector("[data-card]", state="detached")


def test_a_resident_is_found_by_number_then_the_next_then_a_tie(page):
    page.select_option("[data-find=public]", "social-renters")
    page.fill("[data-find=number]", "0")
    page.click("[data-find=go]")
    page.wait_for_selector("[data-card] h2:has-text('social-renters-0')")
    page.click("[data-find=next]")
    page.wait_for_selector("[data-card] h2:not(:has-text('social-renters-0'))")
    page.click("[data-find=previous]")
    page.wait_for_selector("[data-card] h2:has-text('social-renters-0')")
    tie = page.locator("[data-tie]").first
    other = tie.get_attribute("data-tie")
    tie.click()
    page.wait_for_selector(f"[data-card] h2:has-text('{other}')")
    assert page.locator("[data-tie=social-renters-0]").count() == 1
    page.fill("[data-find=number]", "9999")
    page.click("[data-find=go]")
    page.wait_for_selector(".find-one .fault:has-text('go from 0 to')")


def test_the_table_holds_every_beat_and_public_of_this_week(page):
    page.locator(".twin summary").click()
    at(page, 0)
    first = page.inner_text(".twin tbody")
    assert "Beat 12" in first
    assert "Usual suspects" in first
    everybody = page.locator(".twin tbody tr").first.locator("td").all_inner_texts()
    assert everybody[0] == "200"
    assert everybody[1] == everybody[4]  # trust is the same in both worlds at the start
    at(page, 26)
    assert page.inner_text(".twin tbody") != first


def test_a_link_reopens_week_state_policy_measure_and_who_is_picked(page, app, chromium):
    at(page, 17)
    page.select_option("[data-see=state]", "confidence")
    page.get_by_role("radio", name="B: ").check()
    page.get_by_role("radio", name="Change since the start").check()
    page.select_option("[data-see=ties]", "none")
    page.select_option("[data-find=public]", "social-renters")
    page.fill("[data-find=number]", "3")
    page.click("[data-find=go]")
    page.wait_for_function("location.search.includes('see.pick=resident%3Asocial-renters-3')")
    page.wait_for_function("location.search.includes('see.week=17')")
    other = chromium.open(page.url)
    other.wait_for_selector("[data-card]", timeout=PATIENCE)
    assert week(other) == 17
    assert other.input_value("[data-see=state]") == "confidence"
    assert other.input_value("[data-see=ties]") == "none"
    assert other.locator("[data-picture=B]").count() == 1
    assert other.locator(".map").count() == 1
    assert other.get_by_role("radio", name="Change since the start").is_checked()
    assert "social-renters-3" in other.inner_text("[data-card] h2")
    assert other.inner_text("#area-summary") == page.inner_text("#area-summary")
    assert "see.week=17" in other.url


def test_a_link_that_asks_for_what_is_not_there_is_told_so_and_opens(app, chromium):
    wrong = "see.week=999&see.state=%3Cscript%3E&see.show=zzz&see.as=7&see.ties=..&see.pick=resident:nobody-1"
    other = chromium.open(f"{app.address}/area?{SMALL}&{wrong}")
    other.wait_for_selector(READY, timeout=PATIENCE)
    told = other.locator(".area .fault").all_inner_texts()
    assert len(told) == 6
    assert "the weeks go from 0 to 26" in told[0]
    assert "“<script>”" in told[1]
    assert week(other) == 0


def test_the_picked_residents_weeks_are_read_on_their_own_page_and_back_again(page):
    page.select_option("[data-find=public]", "social-renters")
    page.fill("[data-find=number]", "2")
    page.click("[data-find=go]")
    page.wait_for_selector("[data-card] h2:has-text('social-renters-2')")
    page.click("[data-read]")
    page.wait_for_selector(".diaries h2:has-text('social-renters-2')", timeout=PATIENCE)
    page.click("nav a[data-page=area]")
    page.wait_for_selector(READY, timeout=PATIENCE)


def to_pair(page, pair):
    """Give the number of a pair by keyboard, and wait for its picture."""
    page.focus("#which-pair")
    page.keyboard.press("Control+A")
    page.keyboard.type(str(pair))
    page.keyboard.press("Enter")
    shown(page, pair)


def shown(page, pair):
    page.wait_for_selector(f".map .moment:has-text('pair {pair} of 4')", timeout=PATIENCE)
    page.wait_for_function(
        "wanted => new URLSearchParams(location.search).get('see.pair') === wanted",
        arg=str(pair) if pair > 1 else None,
    )


def test_another_pair_another_picture_the_week_stays_and_the_first_is_what_it_was(page):
    at(page, 12)
    page.wait_for_function("location.search.includes('see.week=12')")
    first, summary = picture(page), page.inner_text("#area-summary")
    assert summary.startswith("Pair 1 of 4. Week 12 of 26")
    to_pair(page, 3)
    assert week(page) == 12
    assert picture(page) != first
    assert page.inner_text("#area-summary").startswith("Pair 3 of 4. Week 12 of 26")
    assert "pair 3 of 4" in page.inner_text(".reading")
    to_pair(page, 1)
    assert picture(page) == first
    assert page.inner_text("#area-summary") == summary
    assert page.locator(".area .fault").count() == 0


def test_a_pair_is_chosen_by_buttons_and_keys_and_what_is_none_is_refused_in_words(page):
    page.get_by_role("button", name="More: pair of histories").focus()
    page.keyboard.press("Enter")
    shown(page, 2)
    page.keyboard.press("Space")
    shown(page, 3)
    page.get_by_role("button", name="Less: pair of histories").focus()
    page.keyboard.press("Enter")
    shown(page, 2)
    page.focus("#which-pair")
    page.keyboard.press("ArrowUp")
    shown(page, 3)
    for wrong in ("5", "0", "1.5", ""):
        page.fill("#which-pair", wrong)
        page.press("#which-pair", "Enter")
        page.wait_for_selector(".which-pair .fault:has-text('whole number from 1 to 4')")
    shown(page, 3)
    to_pair(page, 1)
    assert page.locator(".which-pair .fault").count() == 0
    page.get_by_role("button", name="Less: pair of histories").click()
    page.wait_for_timeout(400)
    shown(page, 1)
    page.get_by_role("button", name="More: pair of histories").click(click_count=9)
    shown(page, 4)
    to_pair(page, 1)


def test_one_pair_is_kept_from_page_to_page_and_placed_among_all_once_they_are_compared(page):
    to_pair(page, 4)
    page.select_option("[data-find=public]", "social-renters")
    page.fill("[data-find=number]", "2")
    page.click("[data-find=go]")
    page.wait_for_selector("[data-card] h2:has-text('social-renters-2')")
    assert "see.pair=4" in page.get_attribute("[data-read]", "href")
    page.click("[data-read]")
    page.wait_for_selector(".diaries h2:has-text('social-renters-2')", timeout=PATIENCE)
    assert "in pair 4 of 4" in page.inner_text(".diaries .summary")
    page.wait_for_selector(".which-pair .lies:has-text('over all 4 pairs')", timeout=PATIENCE)
    placed = page.inner_text(".which-pair .lies")
    assert page.input_value("#which-pair") == "4"
    page.click("nav a[data-page=area]")
    shown(page, 4)
    assert page.inner_text(".which-pair .lies") == placed
    page.click("nav a[data-page=about]")
    page.wait_for_selector(".about-page")
    page.click("nav a[data-page=area]")
    shown(page, 4)
    page.click(".which-pair details summary")
    page.locator("[data-way=Lowest]").click()
    lowest = int(re.search(r"pair (\d)", page.inner_text("[data-way=Lowest]"))[1])
    shown(page, lowest)
    page.wait_for_selector(".which-pair .lies:has-text('lower in 0 of the 3 other pairs')")
    to_pair(page, 1)


def test_a_link_opens_on_its_pair_and_a_reload_keeps_it(app, chromium):
    other = chromium.open(f"{app.address}/area?{SMALL}&see.pair=3&see.week=5")
    other.wait_for_selector(READY, timeout=PATIENCE)
    shown(other, 3)
    assert week(other) == 5
    assert "open the page Compare" in other.inner_text(".which-pair .lies")
    other.reload()
    other.wait_for_selector(READY, timeout=PATIENCE)
    shown(other, 3)
    to_pair(other, 2)
    other.click("nav a[data-page=about]")
    other.wait_for_selector(".about-page")
    other.go_back()
    other.wait_for_selector(READY, timeout=PATIENCE)
    shown(other, 2)
    other.select_option("[data-ask=pairs]", "10")
    other.wait_for_selector(".map .moment:has-text('pair 2 of 10')", timeout=PATIENCE)
    assert other.locator(".fault").count() == 0


def test_a_link_to_a_pair_that_there_is_not_is_told_so_and_opens_on_the_first(app, chromium):
    other = chromium.open(f"{app.address}/area?{SMALL}&see.pair=%3Cb%3E99")
    other.wait_for_selector(READY, timeout=PATIENCE)
    assert "pair “<b>99” of the histories; the pairs go from 1 to 4" in other.inner_text(
        ".question .fault"
    )
    shown(other, 1)


def test_another_policy_another_picture_and_the_week_stays(page):
    at(page, 12)
    page.wait_for_function("location.search.includes('see.week=12')")
    before = picture(page)
    page.select_option("[data-ask=other]", "lay-led")
    page.wait_for_selector("[data-picture=B] strong:has-text('Led by')", timeout=PATIENCE)
    assert "other=lay-led" in page.url
    assert week(page) == 12
    assert picture(page) != before
    assert page.locator(".area .fault").count() == 0
    page.select_option("[data-ask=other]", "hackney-two-way")
    page.wait_for_selector("[data-picture=B] strong:has-text('two-way')", timeout=PATIENCE)


def test_week_and_headline_are_announced_once_it_rests_and_not_at_every_frame(page):
    page.evaluate(
        """() => { window.heard = [];
        new MutationObserver(() => window.heard.push(document.querySelector('[data-said]').innerText))
          .observe(document.querySelector('[data-said]'), { childList: true, characterData: true, subtree: true }); }"""
    )
    page.select_option("[data-see=speed]", "60")
    page.click("[data-key=play]")
    page.wait_for_selector("[data-key=play][aria-label=Play]")
    said(page, "Week 26 of 26")
    assert "trust" in page.inner_text("[data-said]")
    assert len(page.evaluate("window.heard")) <= 3


@pytest.mark.parametrize(
    ("state", "width"),
    [
        *(
            ("pairs", 390),
            ("opening", 1280),
            ("resident", 390),
            ("difference", 1280),
            ("kinds", 390),
        ),
        *(
            pytest.param(state, width, marks=pytest.mark.thorough)
            for state, width in (
                ("resident", 1280),
                ("playing", 390),
                ("officer", 390),
                ("public", 390),
            )
        ),
    ],
)
def test_axe_finds_nothing_in_any_state(page, state, width):
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 900})
    if state == "pairs":
        page.fill("#which-pair", "9")
        page.press("#which-pair", "Enter")
        page.wait_for_selector(".which-pair .fault")
    elif state == "playing":
        page.select_option("[data-see=speed]", "1")
        page.click("[data-key=play]")
    elif state == "resident":
        at(page, 5)
        page.focus(".maps")
        page.keyboard.press("ArrowDown")
    elif state == "officer":
        page.select_option("[data-find=officer]", "3")
    elif state == "public":
        page.locator("[data-public]").first.click()
    elif state == "difference":
        page.get_by_role("radio", name="B less A").check()
    elif state == "kinds":
        page.select_option("[data-see=state]", "ethnic")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.wait_for_timeout(200)
    found = Axe().run(page).response["violations"]
    if page.get_attribute("[data-key=play]", "aria-label") == "Pause":
        page.click("[data-key=play]")
        page.wait_for_selector("[data-key=play][aria-label=Play]")
    assert [
        (each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [640, 320])  # 1280 at 200 and 400 per cent
def test_nothing_runs_off_the_page_when_it_is_enlarged(page, width):
    page.select_option("[data-find=officer]", "0")
    page.set_viewport_size({"width": width, "height": 700})
    page.wait_for_function(
        "width => document.documentElement.scrollWidth <= width", arg=width, timeout=5000
    )
    page.wait_for_function(
        "() => [...document.querySelectorAll('.map canvas')].every(each => each.getBoundingClientRect().right"
        " <= each.parentElement.getBoundingClientRect().right)"
    )


def desk_of(app):
    with urlopen(f"{app.address}/health") as answer:
        return json.load(answer)


def test_leaving_the_page_stops_the_run_and_lets_the_film_go(app, chromium):
    other = chromium.open(f"{app.address}/about")
    other.wait_for_selector("h1")
    held = desk_of(app)["films"]["shown"]
    other.goto(f"{app.address}/area?weeks=520&residents=5000&pairs=2")
    other.wait_for_selector(".progress-line.busy .count", timeout=PATIENCE)
    other.click("nav a[data-page=about]")
    other.wait_for_selector(".about-page")
    other.wait_for_timeout(1500)
    assert desk_of(app)["working"] == 0
    other.goto(f"{app.address}/area?{SMALL}")
    other.wait_for_selector(READY, timeout=PATIENCE)
    assert desk_of(app)["films"]["shown"] == held + 1
    other.click("nav a[data-page=about]")
    other.wait_for_selector(".about-page")
    other.wait_for_timeout(1000)
    assert desk_of(app)["films"]["shown"] == held


def test_making_a_picture_can_be_cancelled_and_begun_again(app, chromium):
    other = chromium.open(f"{app.address}/area?weeks=260&residents=3000&pairs=2")
    other.get_by_role("button", name="Cancel").click(timeout=PATIENCE)
    other.wait_for_selector(".says:has-text('Stopped')")
    assert other.locator(READY).count() == 0
    other.get_by_role("button", name="Run it again").click()
    other.wait_for_selector(READY, timeout=PATIENCE)
    assert "1,000 of the 3,000 residents" in other.inner_text(".reading")


def test_hostile_words_are_shown_as_words(stand_in_app, chromium):
    other = chromium.open(f"{stand_in_app.address}/area?place=hostile&{SMALL}")
    other.wait_for_selector(READY, timeout=PATIENCE)
    other.locator("[data-public]").first.click()
    other.wait_for_selector("[data-card]")
    assert other.evaluate("window.harmed") is None
    assert "<script>window.harmed=1</script>" in other.inner_text("[data-card] h2")
    assert "<script>window.harmed=1</script>" in other.inner_text(".reading")
    assert other.locator(".parley script, .parley img").count() == 0


def test_nothing_was_asked_of_any_other_host_and_nothing_failed(app, stand_in_app, chromium):
    hosts = {
        urlsplit(url).netloc for url in chromium.asked if not url.startswith(("data:", "blob:"))
    }
    assert hosts <= {urlsplit(each.address).netloc for each in (app, stand_in_app)}
    assert chromium.failed == []
    assert chromium.complaints == []
