"""Styles of one page stay on that page: the tab keeps them after the page was left."""

import re

import pytest

from web.pages.styles import AREA

SHARED = (AREA.parent / "parley.css").read_text(encoding="utf-8")
SHEETS = {
    "area-page": AREA.read_text(encoding="utf-8"),
    "your-area": SHARED[SHARED.index("/* your area */") :],
}


@pytest.mark.parametrize("page", SHEETS)
def test_every_rule_of_a_page_names_the_page(page):
    text = re.sub(r"/\*.*?\*/", "", SHEETS[page], flags=re.DOTALL)
    heads = [head.strip() for head in re.findall(r"([^{};]+)\{", text)]
    rules = [head for head in heads if not head.startswith("@")]
    assert len(rules) > 30
    assert [rule for rule in rules if not rule.startswith(f".parley .{page}")] == []
    assert re.findall(rf"\.parley (?!\.{page}\b)[^{{]*", text) == []
