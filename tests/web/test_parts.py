"""The parts of the pages as one module: complete, each hidden from the others."""

import re

import pytest

from web import given_out
from web.components import bundle

FILES = sorted(bundle.FOLDER.glob("*.vue"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_part_is_a_template_and_perhaps_a_script_and_nothing_else(file):
    text = file.read_text(encoding="utf-8")
    heads = re.findall(r"^<(/?\w+).*$", text, re.MULTILINE)
    assert heads in (["template", "/template"], ["template", "/template", "script", "/script"])
    assert re.findall(r"^(?:import|export)\b", text, re.MULTILINE) == []


def test_every_part_is_exported_under_its_name_and_hides_no_name_of_the_browser():
    text = bundle.bundle()
    exported = re.findall(r"^export \{ part_(\w+) as (\w+) \};$", text, re.MULTILINE)
    assert exported == [(file.stem, file.stem) for file in FILES]
    declared = re.findall(r"^(?:const|let|var|function|class) (\w+)", text, re.MULTILINE)
    assert {name for name in declared if name.startswith("part_")} == {
        f"part_{file.stem}" for file in FILES
    }


def test_an_address_changes_with_the_content_and_there_is_none_without_a_server(monkeypatch):
    monkeypatch.setattr(given_out.AtWork, "routed", False)
    given_out.address.cache_clear()
    assert given_out.address("parts.mjs") == ""
    monkeypatch.setattr(given_out.AtWork, "routed", True)
    given_out.address.cache_clear()
    assert re.fullmatch(r"/drawn-with/parts\.mjs\?v=[0-9a-f]{12}", given_out.address("parts.mjs"))
    assert given_out.address("parts.mjs")[-12:] != given_out.address("parley.css")[-12:]
    given_out.address.cache_clear()
