"""What the pages tell a reader to type works as it stands."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND = ".venv/bin/parley"


def blocks(language: str) -> list[tuple[str, str]]:
    """Code blocks of a language on all pages, each with the name of its page."""
    found = []
    for page in PAGES:
        for block in re.findall(
            rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL
        ):
            found.append((page.name, block))
    return found


def commands() -> list[tuple[str, str]]:
    """Every command line of the tool on all pages, once; each with the first page that has it."""
    found: dict[str, str] = {}
    for page, block in blocks("sh"):
        for line in block.splitlines():
            if line.startswith(COMMAND):
                found.setdefault(line.removeprefix(COMMAND).strip(), page)
    return [(page, line) for line, page in found.items()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reader")


def test_the_readme_shows_commands_and_a_notebook_snippet() -> None:
    assert len([page for page, _ in commands() if page == "README.md"]) >= 6
    assert any(page == "README.md" for page, _ in blocks("python"))


@pytest.mark.parametrize(("page", "line"), commands())
def test_a_command_on_a_page_works(page: str, line: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "parley", *shlex.split(line)],
        cwd=folder, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{page}: {line}\n{done.stderr}"
    assert done.stdout.strip() or "--out" in line


@pytest.mark.parametrize(("page", "code"), blocks("python"))
def test_a_snippet_on_a_page_works(page: str, code: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{page}:\n{done.stderr}"


def test_every_page_a_page_points_to_is_there() -> None:
    missing = []
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                missing.append(f"{page.name} → {target}")
    assert missing == []
