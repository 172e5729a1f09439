"""What the parts of the page are given, and what becomes of a page that fails."""

from __future__ import annotations

import dataclasses
import json

import ipyvue
import pytest

from web import settings

settings.apply()

import solara  # noqa: E402

from web import panels  # noqa: E402
from web.components import Headline  # noqa: E402
from web.components.bundle import FOLDER  # noqa: E402
from web.desk import News  # noqa: E402
from web.levers import OFFERED  # noqa: E402
from web.pages.layout import Layout  # noqa: E402
from web.question import first_question  # noqa: E402


@pytest.fixture
def question():
    return first_question()


def told(question, **news):
    heard = News(question=question, **news) if news else None
    return json.loads(panels.progress(question, heard, None))


def test_a_page_that_has_heard_nothing_yet_says_that_it_compares(question):
    assert told(question)["busy"]
    assert "Comparing" in told(question)["says"]


def test_the_first_run_on_a_machine_says_that_it_takes_a_minute(question):
    assert "once on a machine" in told(question, kind="preparing")["says"]


def test_a_first_answer_says_that_more_is_coming(question):
    now = told(question, kind="answer", done=4, total=20)
    assert "more pairs are coming" in now["says"]
    assert now["busy"]


def test_a_finished_answer_is_at_rest(question):
    now = told(question, kind="answer", done=20, total=20, finished=True)
    assert (now["busy"], now["again"]) == (False, False)
    assert now["says"] == "Finished after 20 pairs."


@pytest.mark.parametrize("kind", ["cancelled", "fault"])
def test_what_stopped_can_be_started_again(question, kind):
    now = told(question, kind=kind)
    assert (now["busy"], now["again"]) == (False, True)


def test_news_of_an_older_question_is_no_news(question):
    old = News("answer", question.asking("pairs", 5), 5, 5, finished=True)
    now = json.loads(panels.progress(question, old, None))
    assert now["busy"]
    assert now["done"] == 0


def test_a_question_that_is_too_large_is_refused_in_words(question):
    large = dataclasses.replace(question, weeks=520, residents=5000, pairs=100)
    assert "too much" in json.loads(panels.progress(large, None, None))["says"]
    assert "command line" in json.loads(panels.asked(large, []))["faults"][0]


def test_every_lever_has_words_a_range_and_its_place_in_the_first_policy(question):
    panel = json.loads(panels.levers(question, 0))
    shown = [*panel["controls"], *panel["more"]]
    assert {lever["name"] for lever in shown} == set(OFFERED)
    for lever in shown:
        assert lever["source"]
        assert lever["strength"]
        assert lever["label"]
        assert lever["meaning"].endswith(".")
        assert lever["today"].startswith("In the first policy: ")
        if "low" in lever:
            assert lever["low"] <= lever["value"] <= lever["most"]


def test_a_value_from_an_address_is_among_the_choices(question):
    sizes = json.loads(panels.asked(question.asking("weeks", 30), []))["sizes"]
    assert {"value": 30, "label": "30 weeks"} in sizes[0]["choices"]


def test_figures_of_a_real_place_carry_their_licence_and_notes(question):
    said = json.loads(panels.limits(question))
    assert "Open Government Licence" in said["licence"]
    assert said["notes"]
    assert any("synthetic" in line.lower() for line in said["limits"])
    assert any("untested" in line for line in said["limits"])


def test_a_page_that_fails_gives_way_to_an_apology_without_details():
    @solara.component
    def failing():
        raise ValueError("the inside of the house")

    box, rendered = solara.render(Layout(children=[failing()]), handle_error=False)
    parts = _widgets(rendered, ipyvue.VueTemplate)
    drawn_by = [getattr(each.template, "esm_export", "") for each in parts]
    assert "apology" in drawn_by
    assert "This page stumbled" in (FOLDER / "apology.vue").read_text(encoding="utf-8")
    assert not any("inside of the house" in str(each.get_state()) for each in parts)
    rendered.close()


def test_a_visitor_cannot_make_widgets_of_other_classes():
    box, rendered = solara.render(
        Headline(state="{}", event_look=lambda _: None), handle_error=False
    )
    widget = _widgets(rendered, ipyvue.VueTemplate)[0]
    asked = {"create_widget": ["ipywidgets", "HTML"], "id": "x", "props": {"value": "harm"}}
    widget._handle_event(None, asked, [])
    widget._handle_event(None, {"event": "no_such_event", "data": {}}, [])
    assert widget._component_instances == []
    rendered.close()


def _widgets(rendered, kind):
    return rendered.find(kind).widgets
