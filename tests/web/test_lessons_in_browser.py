"""A lesson in a real browser: by keyboard alone, on a wall, on a phone, and from somebody's own file."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
import tomllib
from urllib.parse import urlsplit

import pytest
import tomlkit

from parley.cli import main
from web.lesson.form import STEPS
from web.lesson.shelf import lessons, template

pytestmark = pytest.mark.browser
PATIENCE = 120_000
STEPS_SHOW = {
    "question": ".of-question",
    "predict": ".lesson-predict",
    "run": ".lesson-run",
    "reveal": ".lesson-reveal",
    "why": ".waterfall",
    "discuss": ".to-discuss",
}
HOSTILE = (
    "<script>window.harmed=1</script><img src=x onerror=window.harmed=1>"
    "{{constructor.constructor('window.harmed=1')()}} =cmd"
)
SMALL = {"weeks": 12, "residents": 200, "pairs": 5}
FINISHED = ".lesson-run .says:has-text('Finished')"


def own_lesson(**changes):
    table = tomllib.loads(template())
    table["run"] |= SMALL
    table |= changes
    return tomlkit.dumps(table)


def hand_in(page, name, text):
    file = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    page.locator("[data-open-lesson]").set_input_files(file)


def at_step(page, step):
    page.wait_for_selector(STEPS_SHOW[step], timeout=PATIENCE)
    page.wait_for_selector(f"[data-step={step}][aria-current=step]")


def turned(page, key, step):
    """Press a key and see the step turn."""
    page.keyboard.press(key)
    at_step(page, step)


def tab_to(page, selector):
    """Press Tab until an element has the focus; it has to be reached within 60 presses."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")


@pytest.fixture(scope="module")
def taught(stand_in_app, chromium):
    """A lesson over the stand-in for the engine, its comparison run."""
    page = chromium.open(f"{stand_in_app.address}/lessons/expectations/run")
    page.wait_for_selector("[data-run]", timeout=PATIENCE)
    page.click("[data-run]")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    return page


@pytest.fixture
def lesson(taught):
    """The same, at its first step, without projector, notes or anything opened."""
    taught.set_viewport_size({"width": 1280, "height": 900})
    if taught.evaluate("document.documentElement.classList.contains('projector')"):
        taught.click("[data-projector]")
    if taught.get_attribute("[data-notes]", "aria-pressed") == "true":
        taught.click("[data-notes]")
    to(taught, "question")
    return taught


def to(page, step):
    page.click(f"[data-step={step}]")
    at_step(page, step)


# ---- the whole way without a mouse, over the real engine


def test_a_lesson_is_walked_through_by_keyboard_alone(app, chromium):
    page = chromium.open(f"{app.address}/evidence")
    page.wait_for_selector("nav a[data-page=lessons]", timeout=PATIENCE)
    tab_to(page, "nav a[data-page=lessons]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".lesson-list", timeout=PATIENCE)
    tab_to(page, "[data-lesson=two-way] a")
    page.keyboard.press("Enter")
    at_step(page, "question")
    page.wait_for_function("document.title === 'Two-way conversations · Lessons · Parley'")
    turned(page, "ArrowRight", "predict")
    assert page.evaluate("document.activeElement.id") == "step-title"
    assert "Step 2 of 6: Predict." in page.inner_text(".lesson-bar [role=status]")
    page.keyboard.press("3")
    page.wait_for_selector("[data-option='2']:checked")
    turned(page, "ArrowRight", "run")
    assert page.locator("progress").count() == 0  # nothing runs by itself
    tab_to(page, "[data-run]")
    page.keyboard.press("Enter")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    tab_to(page, "[data-on]")
    page.keyboard.press("Enter")
    at_step(page, "reveal")
    assert "You predicted “Larger”. What comes is “Smaller”" in page.inner_text(".answer .own")
    turned(page, "ArrowLeft", "run")
    turned(page, "ArrowLeft", "predict")
    page.wait_for_selector("[data-option='2']:checked")  # kept when going back
    tab_to(page, "[data-option='2']")
    page.keyboard.press("ArrowUp")
    page.wait_for_selector("[data-option='1']:checked")
    page.keyboard.press("ArrowUp")
    page.wait_for_selector("[data-option='0']:checked")
    tab_to(page, "[data-on]")
    page.keyboard.press("Enter")
    at_step(page, "run")
    turned(page, "ArrowRight", "reveal")
    assert "and so it comes" in page.inner_text(".answer .own")
    turned(page, "ArrowRight", "why")
    tab_to(page, "button.cause")
    page.keyboard.press("Enter")
    page.wait_for_selector(".opened table")
    turned(page, "ArrowRight", "discuss")
    assert page.locator(".to-discuss li").count() == 3
    tab_to(page, "[data-end]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".lesson-list")


def test_screen_and_command_show_the_same_number_to_the_last_digit(app, chromium):
    page = chromium.open(f"{app.address}/lessons")
    page.wait_for_selector("[data-open-lesson]", timeout=PATIENCE)
    hand_in(page, "mine.toml", own_lesson())
    page.click("[data-own]")
    at_step(page, "question")
    to(page, "run")
    page.click(".repeat summary")
    words = shlex.split(page.inner_text(".repeat code"))
    page.click("[data-run]")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    to(page, "reveal")
    shown = page.get_attribute(".lesson-reveal", "data-value")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main([*words[1:], "--workers", "1"]) == 0
    given = json.loads(out.getvalue())["others"]["easy-first"]["indicators"]["reach"]
    assert float(shown) == given["difference"]


def test_a_run_is_cancelled_and_can_be_begun_again(app, chromium):
    page = chromium.open(f"{app.address}/lessons/specialists/run")
    page.wait_for_selector("[data-run]", timeout=PATIENCE)
    page.click("[data-run]")
    page.wait_for_selector("[data-cancel]")
    page.click("[data-step=reveal]")
    page.wait_for_selector(".not-run :text('still being run')")
    page.click(".not-run [data-on]")
    page.click("[data-cancel]")
    page.wait_for_selector(".lesson-run .says:has-text('Stopped')", timeout=PATIENCE)
    assert page.inner_text("[data-run]") == "Run the comparison"
    page.click("[data-step=reveal]")
    page.wait_for_selector(".not-run :text('Nothing has been run')")
    page.click(".not-run [data-on]")
    at_step(page, "run")


# ---- addresses


def test_a_step_has_an_address_that_can_be_reloaded_and_gone_back_to(lesson):
    to(lesson, "predict")
    assert urlsplit(lesson.url).path == "/lessons/expectations/predict"
    lesson.go_back()
    at_step(lesson, "question")
    lesson.go_forward()
    at_step(lesson, "predict")


def test_a_prediction_and_its_hands_are_kept_over_a_reload(stand_in_app, chromium):
    page = chromium.open(f"{stand_in_app.address}/lessons/loudest/predict")
    page.wait_for_selector(".lesson-predict", timeout=PATIENCE)
    page.keyboard.press("1")
    page.click(".hands-up summary")
    page.fill("[data-hands='2']", "12")
    page.press("[data-hands='2']", "Enter")
    page.wait_for_selector(".total:has-text('12 hands')")
    page.reload()
    page.wait_for_selector("[data-option='0']:checked", timeout=PATIENCE)
    page.wait_for_function("document.querySelector('[data-hands=\"2\"]').value === '12'")


def test_an_address_without_a_lesson_says_so_and_shows_the_list(stand_in_app, chromium):
    page = chromium.open(f"{stand_in_app.address}/lessons/%3Cscript%3E/predict/and/more")
    page.wait_for_selector(".lesson-list", timeout=PATIENCE)
    assert "There is no such lesson" in page.inner_text(".lessons-page .fault")
    page.goto(f"{stand_in_app.address}/lessons/your-own/run")
    page.wait_for_selector(".lesson-list", timeout=PATIENCE)
    assert "gone after a reload" in page.inner_text(".lessons-page .fault")
    page.goto(f"{stand_in_app.address}/lessons/two-way/nonsense")
    at_step(page, "question")


def test_the_navigation_leads_from_a_lesson_to_the_list(lesson):
    lesson.click("nav a[data-page=lessons]")
    lesson.wait_for_selector(".lesson-list")
    lesson.click("[data-lesson=expectations] a")
    at_step(lesson, "question")
    lesson.click("[data-all]")
    lesson.wait_for_selector(".lesson-list")
    lesson.click("[data-lesson=expectations] a")
    at_step(lesson, "question")


# ---- controls


def test_hands_are_counted_by_button_and_by_number_and_shown_at_the_reveal(lesson):
    to(lesson, "predict")
    lesson.click(".option:nth-of-type(2) label")
    lesson.wait_for_selector(".kept:has-text('Predicted: Trust falls')")
    if not lesson.locator(".hands-up[open]").count():
        lesson.click(".hands-up summary")
    for at, hands in enumerate(("4", "9", "2")):
        lesson.fill(f"[data-hands='{at}']", hands)
        lesson.press(f"[data-hands='{at}']", "Tab")
    lesson.wait_for_selector(".total:has-text('15 hands')")
    lesson.click("[data-more='0']")
    lesson.wait_for_selector(".total:has-text('16 hands')")
    lesson.click("[data-fewer='2']")
    lesson.wait_for_selector(".total:has-text('15 hands')")
    lesson.fill("[data-hands='1']", "-5")
    lesson.press("[data-hands='1']", "Tab")
    lesson.wait_for_selector(".total:has-text('6 hands')")
    assert lesson.input_value("[data-hands='1']") == "0"
    lesson.fill("[data-hands='1']", "9")
    lesson.press("[data-hands='1']", "Tab")
    lesson.wait_for_selector(".total:has-text('15 hands')")
    to(lesson, "reveal")
    shown = lesson.locator(".tally .number").all_inner_texts()
    assert [each.split(",")[0] for each in shown] == ["5 hands", "9 hands", "1 hand"]
    assert lesson.locator(".tally li.came").count() == 1


def test_the_reveal_draws_every_pair_and_says_it_in_a_table(lesson):
    to(lesson, "reveal")
    assert lesson.locator(".strip .dot").count() == 40
    lesson.click(".strip details summary")
    assert lesson.locator(".strip tbody tr").count() == 40
    rings = lesson.locator(".strip .dot.against").count()
    others = lesson.locator(".strip tbody td:has-text('no')").count()
    assert rings == others
    assert lesson.locator(".besides li").count() == len(lessons()["expectations"].also)
    assert lesson.locator("[data-chart=trust]").count() == 1
    lesson.click(".strip details summary")


def test_the_waterfall_follows_policy_attitude_and_public(lesson):
    to(lesson, "why")
    title = "() => document.querySelector('.waterfall h3').innerText"
    assert lesson.evaluate(title) == "Difference in trust, Everyone"
    lesson.get_by_role("radio", name="Confidence").check()
    lesson.wait_for_selector(".waterfall h3:has-text('confidence')")
    lesson.get_by_role("radio", name="Most affected").check()
    lesson.wait_for_selector(".waterfall h3:has-text('Most affected')")
    before = lesson.inner_text(".waterfall > .summary")
    lesson.get_by_role("radio", name="D: ").check()
    lesson.wait_for_function(
        "was => document.querySelector('.waterfall > .summary').innerText !== was", arg=before
    )


def test_single_keys_can_be_turned_off(lesson):
    to(lesson, "predict")
    lesson.keyboard.press("1")
    lesson.wait_for_selector("[data-option='0']:checked")
    lesson.click(".more summary")
    lesson.uncheck("[data-keys]")
    lesson.locator("h1").click()
    lesson.keyboard.press("2")
    lesson.keyboard.press("p")
    lesson.keyboard.press("n")
    lesson.wait_for_timeout(300)
    assert lesson.is_checked("[data-option='0']")
    assert lesson.get_attribute("html", "class") in (None, "")
    assert lesson.inner_text("[data-projector]") == "Projector mode"
    lesson.check("[data-keys]")
    assert lesson.inner_text("[data-projector]") == "Projector mode (P)"
    lesson.click(".more summary")


def test_the_comparison_is_opened_on_the_page_compare(lesson):
    lesson.click(".more summary")
    link = lesson.get_attribute("[data-compare]", "href")
    assert "place=baseline&other=over-promise&other2=honest-promise&other3=consult" in link
    lesson.click(".more summary")


def test_the_sheet_is_saved_with_its_marking_and_the_number_on_the_screen(lesson):
    to(lesson, "reveal")
    shown = lesson.get_attribute(".lesson-reveal", "data-value")
    lesson.click(".more summary")
    lesson.fill("[data-marking]", "OFFICIAL")
    with lesson.expect_download(timeout=PATIENCE) as saved:
        lesson.click("[data-sheet]")
    made = saved.value.path().read_text(encoding="utf-8")
    assert saved.value.suggested_filename == "parley-lesson-expectations.html"
    assert "OFFICIAL" in made
    assert shown in made
    lesson.click(".more summary")


# ---- projector mode and notes


def test_projector_mode_is_turned_by_key_and_button_and_kept_over_steps_and_reload(lesson):
    lesson.keyboard.press("p")
    lesson.wait_for_selector("html.projector")
    assert "Projector mode is on." in lesson.inner_text(".lesson-bar [role=status]")
    assert lesson.locator(".masthead").is_hidden()
    assert lesson.locator(".foot").is_hidden()
    lesson.keyboard.press("PageDown")
    at_step(lesson, "predict")
    assert lesson.locator("html.projector").count() == 1
    lesson.keyboard.press("PageUp")
    at_step(lesson, "question")
    lesson.click("[data-projector]")
    lesson.wait_for_selector(".masthead:visible")
    lesson.click("[data-projector]")
    lesson.wait_for_selector("html.projector")
    other = lesson.context.new_page()
    other.goto(lesson.url)
    at_step(other, "question")
    assert other.locator("html.projector").count() == 0  # a tab of its own
    other.keyboard.press("p")
    other.wait_for_selector("html.projector")
    other.reload()
    other.wait_for_selector("html.projector", timeout=PATIENCE)
    other.close()
    lesson.click("[data-projector]")
    lesson.click("nav a[data-page=evidence]")
    lesson.wait_for_selector(".lesson-bar", state="detached")
    assert lesson.locator("html.projector").count() == 0
    lesson.go_back()
    at_step(lesson, "question")


SMALL_PRINT = """() => {
  const zoom = Number(getComputedStyle(document.querySelector('main')).zoom) || 1;
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const found = new Set();
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), at = walker.currentNode.parentElement;
    if (!text || at.closest('.unseen, script, style') || !at.checkVisibility() || !at.getClientRects().length) continue;
    const size = parseFloat(getComputedStyle(at).fontSize) * zoom;
    if (size < 20) found.add(Math.round(size) + ' ' + at.className + ' ' + text.slice(0, 40));
  }
  return [...found];
}"""


@pytest.mark.parametrize("step", STEPS)
def test_there_is_no_small_print_on_the_wall(lesson, step):
    to(lesson, step)
    lesson.keyboard.press("p")
    lesson.wait_for_selector("html.projector")
    lesson.wait_for_timeout(200)
    assert lesson.evaluate(SMALL_PRINT) == []


def test_notes_stay_off_the_wall(lesson):
    assert lesson.locator(".speaker-notes").is_hidden()
    lesson.keyboard.press("n")
    lesson.wait_for_selector(".speaker-notes:visible")
    assert "promise the room remembers" in lesson.inner_text(".speaker-notes")
    lesson.keyboard.press("p")
    lesson.wait_for_selector("html.projector")
    assert lesson.locator(".speaker-notes").is_hidden()
    lesson.keyboard.press("n")
    lesson.wait_for_function(
        "document.querySelector('.lesson-bar [role=status]').innerText.includes('off the wall')"
    )
    assert lesson.locator(".speaker-notes").is_hidden()
    lesson.keyboard.press("p")
    lesson.click("[data-notes]")
    lesson.wait_for_selector(".speaker-notes:visible")
    lesson.click("[data-notes]")
    lesson.wait_for_selector(".speaker-notes", state="hidden")


def test_notes_in_their_own_window_follow_the_wall_and_turn_it(lesson):
    with lesson.context.expect_page() as opened:
        lesson.click("[data-notes-window]")
    notes = opened.value
    notes.wait_for_selector(".lesson-notes", timeout=PATIENCE)
    notes.wait_for_selector("[data-following]:has-text('step 1, Question')")
    lesson.keyboard.press("ArrowRight")
    at_step(lesson, "predict")
    notes.wait_for_selector("[data-notes-of=predict][aria-current=step]")
    notes.click("[data-remote-on]")
    at_step(lesson, "run")
    notes.wait_for_selector("[data-following]:has-text('step 3, Run')")
    notes.click("[data-remote-back]")
    at_step(lesson, "predict")
    assert "Nearly everybody predicts a fall" in notes.inner_text("[data-notes-of=predict]")
    notes.close()


# ---- an own file


def test_the_file_to_start_from_is_saved_and_opens_again(stand_in_app, chromium):
    page = chromium.open(f"{stand_in_app.address}/lessons")
    page.wait_for_selector("[data-template]", timeout=PATIENCE)
    with page.expect_download() as saved:
        page.click("[data-template]")
    text = saved.value.path().read_text(encoding="utf-8")
    assert text == template()
    hand_in(page, "mine.toml", text)
    page.wait_for_selector("[data-own]:has-text('My lesson')")
    page.click("[data-own]")
    at_step(page, "question")
    assert "Your own lesson" in page.inner_text(".lesson-bar .where")
    page.click(".more summary")
    assert "once its comparison has been run" in page.inner_text(".more")
    to(page, "run")
    page.click("[data-run]")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    with page.expect_download() as sheet:
        page.click("[data-sheet]")
    assert "facilitator sheet" in sheet.value.path().read_text(encoding="utf-8")


def test_every_fault_of_a_wrong_file_stands_on_the_page_at_once(stand_in_app, chromium):
    page = chromium.open(f"{stand_in_app.address}/lessons")
    page.wait_for_selector("[data-open-lesson]", timeout=PATIENCE)
    table = tomllib.loads(template())
    table["predict"]["indicator"] = "truts"
    table["run"]["others"] = ["easy-frist"]
    table["titel"] = HOSTILE
    del table["discuss"]
    hand_in(page, "wrong.toml", tomlkit.dumps(table))
    page.wait_for_selector(".faults li")
    said = page.locator(".faults li").all_inner_texts()
    assert len(said) == 4
    for words in ("Did you mean trust?", "Did you mean easy-first?", "[discuss] is missing"):
        assert any(words in each for each in said)
    assert any("<script>window.harmed=1</script>" in each for each in said)
    assert all(each.startswith("wrong.toml") for each in said)
    assert no_axe(page) == []
    hand_in(page, "big.toml", "#" * 70_000)
    page.wait_for_selector(".faults li:has-text('a lesson may have 64,000')")
    hand_in(page, "page.html", own_lesson())
    page.wait_for_selector(".faults li:has-text('should end in .toml')")
    hand_in(page, "good.toml", own_lesson())
    page.wait_for_selector("[data-own]")
    assert page.locator(".faults").count() == 0
    assert page.evaluate("window.harmed") is None


def test_hostile_words_of_a_lesson_are_shown_as_words_at_every_step(stand_in_app, chromium):
    page = chromium.open(f"{stand_in_app.address}/lessons")
    page.wait_for_selector("[data-open-lesson]", timeout=PATIENCE)
    table = tomllib.loads(own_lesson())
    table |= {"title": HOSTILE, "aim": HOSTILE, "limits": [HOSTILE]}
    for step in STEPS:
        table[step] |= {"text": HOSTILE, "notes": HOSTILE}
    table["question"]["asks"] = HOSTILE
    table["discuss"]["questions"] = [HOSTILE]
    for option in table["predict"]["options"]:
        option["text"] = f"{option['change']} {HOSTILE}"
    table["reveal"]["also"] = [{"indicator": "trust", "text": HOSTILE}]
    hand_in(page, "hostile.toml", tomlkit.dumps(table))
    page.click("[data-own]")
    at_step(page, "question")
    page.keyboard.press("n")
    to(page, "predict")
    page.keyboard.press("1")
    to(page, "run")
    page.click("[data-run]")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    for step in STEPS:
        to(page, step)
        assert "<script>window.harmed=1</script>" in page.inner_text(".lesson")
        assert page.locator(".parley script, .parley main img").count() == 0
    assert page.evaluate("window.harmed") is None


# ---- open to everyone


def no_axe(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found]


@pytest.mark.parametrize(
    ("mode", "width"),
    [
        ("page", 390),
        pytest.param("notes", 1280, marks=pytest.mark.thorough),
        ("projector", 640),
        pytest.param("projector", 1280, marks=pytest.mark.thorough),
    ],
)
@pytest.mark.parametrize("step", STEPS)
def test_axe_finds_nothing_at_any_step_with_everything_open(lesson, step, width, mode):
    """640 is what 200 % zoom leaves of 1280; 320 what 400 % leaves."""
    to(lesson, step)
    if mode == "projector":
        lesson.keyboard.press("p")
        lesson.wait_for_selector("html.projector")
    if mode == "notes":
        lesson.keyboard.press("n")
        lesson.wait_for_selector(".speaker-notes:visible")
    lesson.set_viewport_size({"width": width, "height": 900})
    lesson.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    lesson.wait_for_timeout(200)
    assert no_axe(lesson) == []
    assert lesson.evaluate("document.documentElement.scrollWidth") <= width
    lesson.evaluate("document.querySelectorAll('details').forEach(each => { each.open = false })")
    lesson.set_viewport_size({"width": 320, "height": 700})
    lesson.wait_for_function("document.documentElement.scrollWidth <= 320", timeout=5000)


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.thorough), 390])
def test_axe_finds_nothing_in_the_notes_window(stand_in_app, chromium, width):
    page = chromium.open(f"{stand_in_app.address}/lessons/two-way/notes", width=width)
    page.wait_for_selector(".lesson-notes", timeout=PATIENCE)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert no_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_sheet_is_a_page_axe_finds_nothing_on(stand_in_app, chromium, tmp_path):
    page = chromium.open(f"{stand_in_app.address}/lessons/two-way")
    at_step(page, "question")
    page.click(".more summary")
    with page.expect_download(timeout=PATIENCE) as saved:
        page.click("[data-sheet]")
    saved.value.save_as(tmp_path / "sheet.html")
    page.goto((tmp_path / "sheet.html").as_uri())
    assert no_axe(page) == []
    assert re.search(r"parley compare baseline two-way", page.inner_text("main"))


def test_nothing_was_asked_of_any_other_host_and_nothing_failed(
    app, stand_in_app, chromium, taught
):
    ours = {urlsplit(each.address).netloc for each in (app, stand_in_app)}
    hosts = {
        urlsplit(url).netloc
        for url in chromium.asked
        if not url.startswith(("data:", "blob:", "file:"))
    }
    assert hosts == ours
    assert chromium.failed == []
    assert chromium.complaints == []
