import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from sim import purposes
from sim.assumptions import ASSUMPTIONS
from sim.indicators.table import INDICATORS
from sim.influence import influences
from sim.ledger import CAUSES
from sim.policy.levers import LEVERS
from sim.survey import ITEMS
from sim.theories import THEORIES

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PUBLICATION = re.compile(r"([A-Z][\w-]+)[^;:]*?\b(?:19|20)\d\d\b")


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def told(name: str) -> str:
    """A page without its generated tables: what somebody wrote."""
    return re.sub(r"<!-- table: .*?<!-- end: [\w-]+ -->", "", page(name), flags=re.DOTALL)


def mentions(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.]*\w)", text) is not None


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_tables_are_fresh(generate):
    assert generate.stale() == []
    assert generate.main(["--check"]) == 0


def test_a_stale_table_is_found_and_written_anew(generate):
    text = page("model.md")
    old = text.replace("| `fade` | 0.35 |", "| `fade` | 0.36 |")

    assert old != text
    assert generate.fresh(old) == text


def test_a_check_of_a_stale_page_fails_and_says_which(generate, monkeypatch, capsys, tmp_path):
    (tmp_path / "page.md").write_text("<!-- table: causes -->\n<!-- end: causes -->\n")
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "PAGES", ("page.md",))

    assert generate.main(["--check"]) == 1
    assert "page.md is stale" in capsys.readouterr().out
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    assert "| `own-contact` |" in (tmp_path / "page.md").read_text()


def test_a_marker_that_names_no_table_is_refused(generate):
    with pytest.raises(KeyError, match="weather"):
        generate.fresh("<!-- table: weather -->\n<!-- end: weather -->")


def test_an_unknown_option_is_refused(generate, capsys):
    assert generate.main(["--chek"]) == 2
    assert "--chek is no option here" in capsys.readouterr().out


def test_every_table_that_can_be_written_stands_on_a_page(generate):
    standing = [
        name for path in generate.PAGES for name in generate.tables_in((ROOT / path).read_text())
    ]

    assert sorted(standing) == sorted(generate.TABLES)


@pytest.mark.parametrize(
    "declared",
    [LEVERS, ASSUMPTIONS, INDICATORS, CAUSES, ITEMS],
    ids=lambda names: next(iter(names)),
)
def test_everything_declared_has_a_row_on_the_page_of_the_model(declared):
    text = page("model.md")

    assert [name for name in declared if f"| `{name}` |" not in text] == []


def test_every_assumption_is_in_the_log_with_its_influence_on_level_and_contrast():
    parts = {
        name: re.search(rf"<!-- table: {name} -->(.*?)<!-- end", page("assumptions.md"), re.DOTALL)
        for name in ("log", "influence-level", "influence-contrast")
    }
    missing = [
        (part, name)
        for part, found in parts.items()
        for name in ASSUMPTIONS
        if f"| `{name}` |" not in found[1]
    ]

    assert missing == [], "run python -m analysis influence, then make docs"


def test_a_number_that_was_not_measured_shows_as_such_in_the_log(generate, monkeypatch):
    measured = [one for one in influences() if one.assumption != "fade"]
    monkeypatch.setattr(generate.assumption_log, "influences", lambda: measured)

    assert "| `fade` | single study | – | – |" in generate.TABLES["influence-level"]()


def test_every_theory_has_a_column_and_every_number_it_sets_a_row(generate):
    text = generate.TABLES["theories"]()

    assert all(f"`{name}`" in text.splitlines()[0] for name in THEORIES)
    for theory in THEORIES.values():
        assert all(f"| `{name}` |" in text for name in theory.departures)


@pytest.mark.parametrize("theory", THEORIES)
def test_whose_account_a_theory_is_stands_among_the_sources(theory):
    text = told("sources.md")
    named = [found[1] for found in PUBLICATION.finditer(THEORIES[theory].due_to)]

    assert named
    assert [name for name in named if name not in text] == []


@pytest.mark.parametrize("declared", [LEVERS, ASSUMPTIONS], ids=["levers", "assumptions"])
def test_every_lever_and_assumption_is_at_work_in_an_equation(declared):
    text = told("model.md").replace("mix_kind", " ")

    assert [name for name in declared if not mentions(text, name)] == []


def test_every_indicator_has_a_formula():
    heads = [line.split("|")[1] for line in told("model.md").splitlines() if line.startswith("| ")]

    assert [name for name in INDICATORS if not any(mentions(head, name) for head in heads)] == []


def test_every_cause_is_posted_somewhere_on_the_page_of_the_model():
    text = told("model.md").replace("follows-", "legitimacy_follows_")
    spoken = {
        "follows-trust": "legitimacy_follows_trust",
        "follows-confidence": "legitimacy_follows_confidence",
        "follows-impartiality": "legitimacy_follows_impartiality",
    }

    assert [name for name in CAUSES if not mentions(text, spoken.get(name, name))] == []


def test_every_purpose_of_a_draw_is_in_the_table_of_dice():
    text = told("model.md")
    names = [name for name in vars(purposes) if name.isupper()]

    assert names
    assert [name for name in names if not mentions(text, name)] == []


def test_every_publication_a_number_rests_on_has_an_entry_among_the_sources():
    text = told("sources.md")
    named = {
        found[1]
        for declared in ASSUMPTIONS.values()
        for found in PUBLICATION.finditer(declared.source)
    }

    assert "Oliveira" in named
    assert sorted(name for name in named if name not in text) == []


def test_links_between_pages_lead_somewhere():
    lost = [
        f"{path.relative_to(ROOT)}: {link}"
        for path in sorted(DOCS.rglob("*.md"))
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
        if not (path.parent / link).exists()
    ]

    assert lost == []


def test_decisions_are_numbered_once():
    numbers = [path.name.split("-")[0] for path in (DOCS / "decisions").glob("*.md")]

    assert len(numbers) == len(set(numbers))
    assert all(re.fullmatch(r"\d{4}", number) for number in numbers)
