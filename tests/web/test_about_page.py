"""What the page about Parley says, and that documents on it can do no harm."""

from __future__ import annotations

import json
import re

import pytest

from sim.assumptions import ASSUMPTIONS
from sim.policy.levers import LEVERS
from web import about
from web.documents import TITLES, document, rendered


def test_every_assumption_is_in_the_log_with_range_source_and_strength():
    shown = json.loads(about.assumptions())["numbers"]
    assert [each["name"] for each in shown] == [f"assumptions.{name}" for name in ASSUMPTIONS]
    for each in shown:
        assert each["meaning"].endswith(".")
        assert " to " in each["range"]
        assert each["source"]
        assert each["strength"] in about.STRENGTHS
        assert 0 <= each["place"] <= 100


def test_every_lever_is_there():
    shown = json.loads(about.levers())["numbers"]
    assert [each["name"] for each in shown] == [f"policy.{name}" for name in LEVERS]


def test_figures_of_london_carry_their_licence():
    found = about.licences()
    assert any("Hackney" in each["places"] for each in found)
    assert all("Open Government Licence" in each["text"] for each in found)


@pytest.mark.parametrize(
    "search", [None, "", "?show=", "show=<script>", "?show=" + "x" * 5000, "&" * 500]
)
def test_an_address_that_asks_for_no_known_part_opens_the_first(search):
    assert about.part_from_address(search) == "limits"


def test_an_address_opens_the_part_it_asks_for():
    assert about.part_from_address("?show=assumptions") == "assumptions"


def test_the_model_description_is_there_with_its_contents():
    shown = json.loads(about.text_of("model"))
    assert shown["title"] == "The model"
    assert "1.1 Purpose" in [each["words"] for each in shown["contents"]]
    for each in shown["contents"]:
        assert f'id="{each["anchor"]}"' in shown["html"]


def test_an_installation_without_documents_says_where_they_are(tmp_path, monkeypatch):
    monkeypatch.setattr(about, "document", lambda name: document(name, tmp_path))
    shown = json.loads(about.text_of("model"))
    assert "html" not in shown
    assert "model.md" in shown["missing"]


@pytest.mark.parametrize(
    "harm",
    [
        "<script>window.harmed=1</script>",
        "<img src=x onerror=window.harmed=1>",
        "[a](javascript:window.harmed=1)",
        "![a](http://elsewhere.example/x.png)",
        "[a](http://elsewhere.example)",
        '<a href="data:text/html,x">a</a>',
    ],
)
def test_nothing_in_a_document_can_run_or_ask_elsewhere(harm):
    html = rendered(f"# Title\n\n{harm}\n").html
    assert "<script" not in html
    assert "<img" not in html
    assert not re.search("<[^>]*(href|src|on[a-z]+)=", html)


def test_links_inside_a_document_stay_and_tables_have_boxes_of_their_own():
    html = rendered("# T\n\n[there](#doc-part)\n\n## Part\n\n||b|\n|-|-|\n|1|2|\n").html
    assert '<a href="#doc-part">there</a>' in html
    assert '<h3 id="doc-part">Part</h3>' in html
    assert 'role="region" aria-label="Table 1"' in html
    assert "<th></th>" not in html


def test_marks_for_the_writer_of_tables_are_not_shown():
    html = rendered(
        "# T\n\n<!-- table: strengths -->\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n<!-- end: strengths -->\n"
    ).html
    assert "strengths" not in html
    assert "<td>1</td>" in html


def test_no_shipped_document_shows_a_comment():
    for name in TITLES:
        found = document(name)
        assert found is not None
        assert "&lt;!--" not in found.html
