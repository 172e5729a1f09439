"""What the pages tell a reader to type works as it stands."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from parley.cli import main

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


def test_the_first_command_works_in_a_process_of_its_own(folder: Path) -> None:
    page, line = commands()[0]
    done = subprocess.run(
        [sys.executable, "-m", "parley", *shlex.split(line)],
        cwd=folder, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{page}: {line}\n{done.stderr}"
    assert done.stdout.strip()


@pytest.mark.parametrize(("where", "line"), commands())
def test_a_command_on_a_page_works(
    where: str,
    line: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Each by the command's own entry; starting Python anew would take longer than most of them."""
    monkeypatch.chdir(folder)
    code = main(shlex.split(line))
    said, complaints = capfd.readouterr()
    assert code == 0, f"{where}: {line}\n{complaints}"
    assert said.strip() or "--out" in line


@pytest.mark.parametrize(("where", "code"), blocks("python"))
def test_a_snippet_on_a_page_works(where: str, code: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{where}:\n{done.stderr}"


def test_every_page_a_page_points_to_is_there() -> None:
    missing = []
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                missing.append(f"{page.name} → {target}")
    assert missing == []
