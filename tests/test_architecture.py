"""The house: what may import what, and what no file may hold. Every test lists all offenders."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from sim.core import jit

HOUSE = Path(jit.__file__).resolve().parents[2]

# From the ground up. A part may import from parts below it; parts of one storey do not see each other.
STOREYS: tuple[tuple[str, ...], ...] = (
    ("sim.core",),
    (
        "sim.indicators",
        "sim.ledger",
        "sim.place",
        "sim.purposes",
        "sim.survey",
        "sim.topics",
        "sim.version",
    ),
    (
        "sim.agents",
        "sim.assumptions",
        "sim.headline",
        "sim.policy",
        "sim.results",
        "sim.rules",
        "sim.tidy",
    ),
    ("sim.founding", "sim.scenario", "sim.world"),
    (
        "sim.areas",
        "sim.handle",
        "sim.influence",
        "sim.schedule",
        "sim.snapshots",
        "sim.theories",
        "sim.week",
    ),
    ("sim.doubtful", "sim.parameter_sets", "sim.population"),
    ("sim.live", "sim.network"),
    ("sim.compiling",),
    ("sim.diary", "sim.growing", "sim.runs"),
    ("sim.diary_words", "sim.expectations", "sim.model", "sim.report"),
    ("sim.export",),
    ("sim",),
    ("analysis", "web"),
    ("parley",),
    ("app",),
)
# What sim offers to analysis, web and parley. All else is its own affair.
PUBLIC = {
    "sim", "sim.agents.columns", "sim.areas", "sim.assumptions", "sim.core.declared", "sim.diary",
    "sim.diary_words", "sim.doubtful", "sim.expectations", "sim.export", "sim.headline",
    "sim.indicators.table", "sim.influence", "sim.ledger", "sim.network", "sim.parameter_sets", "sim.place",
    "sim.policy.levers", "sim.report", "sim.results", "sim.runs", "sim.scenario", "sim.scenario.faults",
    "sim.scenario.files", "sim.scenario.inspection", "sim.scenario.layers", "sim.scenario.tables",
    "sim.survey", "sim.theories", "sim.tidy", "sim.topics", "sim.version",
}  # fmt: skip
# Packages from elsewhere, and the only places that may import them.
KEPT_APART = {
    "solara": ("web/",),
    "ipyvue": ("web/",),
    "ipyvuetify": ("web/",),
    "starlette": ("web/",),
    "uvicorn": ("web/",),
    "mesa": ("sim/model.py", "sim/agents/"),
    "networkx": ("sim/network.py", "sim/model.py"),
    "numba": ("sim/core/jit.py", "sim/handle.py", "sim/compiling.py"),
    "typer": ("parley/",),
    "tomllib": ("sim/scenario/", "sim/areas/", "parley/", "web/", "analysis/"),
}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project: those that Git knows or would take up, else all but what tools leave behind."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=HOUSE, capture_output=True, check=True, text=True,
        ).stdout.split("\0")  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        listed = [path.relative_to(HOUSE).as_posix() for path in HOUSE.rglob("*")]
    left_behind = re.compile(r"(^|/)(\.(?!ci/)[^/]*|__pycache__|dist|build)/")
    kept = (HOUSE / name for name in listed if name and not left_behind.search(name))
    return tuple(sorted(path for path in kept if path.is_file()))


@cache
def modules() -> dict[str, Path]:
    """Modules of the product by dotted name."""
    found = {}
    for path in tracked():
        place = path.relative_to(HOUSE)
        if path.suffix == ".py" and (
            place.parts[0] in ("sim", "analysis", "web", "parley") or str(place) == "app.py"
        ):
            parts = place.with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def for_types_only(tree: ast.Module) -> set[ast.AST]:
    """What stands under `if TYPE_CHECKING`: read by people and mypy, never run."""
    return {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for part in node.body
        for inner in ast.walk(part)
    }


def imports(path: Path, known: dict[str, Path] | None = None) -> Iterator[tuple[int, str, str]]:
    """Line, module and name (or "") of each import that is run, `from sim import world` as sim.world."""
    known = modules() if known is None else known
    tree = parsed(path)
    skipped = for_types_only(tree)
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, ""
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide where things are"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                module = whole in known and alias.name not in offered(str(node.module))
                yield (
                    (node.lineno, whole, "")
                    if module
                    else (node.lineno, str(node.module), alias.name)
                )


@cache
def offered(package: str) -> set[str]:
    """Names a package takes from its modules, which hide modules of the same name (`sim.scenario.load`)."""
    path = modules().get(package)
    if path is None or path.name != "__init__.py":
        return set()
    return {
        alias.name
        for node in parsed(path).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def storey(module: str) -> tuple[int, str] | None:
    """The storey of a module and the part it belongs to."""
    parts = [
        (height, part)
        for height, level in enumerate(STOREYS)
        for part in level
        if module == part or module.startswith(f"{part}.")
    ]
    return max(parts, key=lambda found: len(found[1])) if parts else None


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(HOUSE).as_posix()}:{line}"


def test_every_module_has_its_storey():
    homeless = [
        name
        for name in modules()
        if storey(name) is None or (storey(name)[1] == "sim" and name != "sim")
    ]
    assert homeless == []


def test_imports_point_down():
    offenders = []
    for name, path in modules().items():
        height, part = storey(name) or (-1, "")
        for line, imported, _ in imports(path):
            there = storey(imported)
            if there is not None and there[1] != part and there[0] >= height:
                offenders.append(f"{where(path, line)}: {name} imports {imported}")
    assert offenders == []


def test_what_sim_offers_points_inside_only_when_it_is_asked():
    """`import sim` loads nothing; the names it offers come from modules that exist."""
    assert [
        imported for _, imported, _ in imports(modules()["sim"]) if imported.startswith("sim")
    ] == []
    import sim

    for name in sim.__all__:
        assert getattr(sim, name).__name__.rpartition(".")[2] in (name, name.lower())
        assert sim._WHERE[name] in modules()


def test_a_function_is_not_hidden_by_a_module_of_its_name():
    """`from sim import run` has to give the function, whatever was imported before."""
    import sim

    assert [name for name in sim.__all__ if f"sim.{name}" in modules()] == []


@pytest.mark.parametrize("package", KEPT_APART)
def test_packages_from_elsewhere_stay_where_they_belong(package):
    offenders = [
        where(path, line)
        for path in modules().values()
        for line, imported, _ in imports(path)
        if imported.split(".")[0] == package
        and not path.relative_to(HOUSE).as_posix().startswith(KEPT_APART[package])
    ]
    assert offenders == []


def test_analysis_pages_and_commands_use_only_what_sim_offers():
    offenders = []
    for name, path in modules().items():
        if name.startswith("sim"):
            continue
        for line, imported, _ in imports(path):
            if imported.split(".")[0] == "sim" and imported not in PUBLIC:
                offenders.append(f"{where(path, line)}: {imported}")
    assert offenders == []


def test_nobody_reaches_for_what_another_module_keeps_to_itself():
    offenders = []
    for name, path in modules().items():
        for line, imported, what in imports(path):
            private = what.startswith("_") and not what.startswith("__")
            if imported.split(".")[0] in ("sim", "web", "parley", "analysis") and private:
                offenders.append(f"{where(path, line)}: {name} imports {imported}.{what}")
    assert offenders == []


def test_the_model_knows_no_screen():
    offenders = []
    for name, path in modules().items():
        if name.startswith("sim"):
            tree = parsed(path)
            started = [
                n for n in tree.body if isinstance(n, ast.If) and "__main__" in ast.unparse(n.test)
            ]
            allowed = {inner for block in started for inner in ast.walk(block)}
            for node in ast.walk(tree):
                if (
                    node not in allowed
                    and isinstance(node, ast.Call)
                    and ast.unparse(node.func) in ("print", "input", "exit", "sys.exit")
                ):
                    offenders.append(where(path, node.lineno))
    assert offenders == []


@pytest.mark.parametrize(
    "statement",
    [
        "import sim; sim.load('baseline')",
        "import parley.cli",
        "from parley.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass",
    ],
    ids=["loading a scenario", "the command line", "its help"],
)
def test_nothing_slow_is_imported_before_it_is_needed(statement):
    slow = ("numba", "mesa", "pandas", "pyarrow", "scipy", "networkx", "solara", "matplotlib")
    code = (
        "import contextlib, io, sys\n"
        f"with contextlib.redirect_stdout(io.StringIO()):\n    exec({statement!r})\n"
        f"print(*[name for name in {slow!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


# ---- compiled code


def compiled_names() -> set[str]:
    sources = set(jit.compiled_sources())
    return {name for name, path in modules().items() if path in sources}


def test_every_module_with_a_rule_is_known_to_the_cache():
    """Else a changed rule would go on living in the cache of its callers."""
    with_rules = {
        name
        for name, path in modules().items()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef)
        and "rule" in [ast.unparse(mark) for mark in node.decorator_list]
    }
    assert with_rules - compiled_names() == set()
    assert len(with_rules) > 20


def test_what_compiled_code_reads_is_known_to_the_cache_too():
    """Constants are frozen into compiled code: their modules have to be part of the fingerprint."""
    offenders = []
    for name in compiled_names():
        if (
            name == "sim.live"
        ):  # its compiled loop calls the week; what founds an area is plain Python
            continue
        for line, imported, _ in imports(modules()[name]):
            if (
                imported.startswith("sim.")
                and imported in modules()
                and imported not in compiled_names()
            ):
                if not modules()[imported].name.startswith("__init__"):
                    offenders.append(f"{where(modules()[name], line)}: {imported}")
    assert offenders == []


def test_the_cache_names_files_that_exist():
    assert [path for path in jit.compiled_sources() if not path.is_file()] == []


def test_no_rule_is_compiled_loosely():
    """No fastmath, no parallel sums: the same numbers, in the same order, everywhere."""
    for path in modules().values():
        text = path.read_text(encoding="utf-8")
        for word in ("fastmath=True", "parallel=True", "prange"):
            assert word not in text, where(path, 1)


# ---- Mesa


def test_no_seed_is_handed_to_mesa():
    """Mesa takes `rng`; `seed` is on its way out. What our own model says to it, its own test holds."""
    offenders = []
    for path in tracked():
        if path.suffix != ".py":
            continue
        from_mesa = {
            what for _, imported, what in imports_anywhere(path) if imported.split(".")[0] == "mesa"
        }
        uses_mesa = any(
            imported.split(".")[0] == "mesa" for _, imported, _ in imports_anywhere(path)
        )
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            ours = called.startswith("mesa.") or called in from_mesa
            ours = ours or (uses_mesa and called == "super().__init__")
            if ours and "seed" in [keyword.arg for keyword in node.keywords]:
                offenders.append(where(path, node.lineno))
    assert offenders == []


def imports_anywhere(path: Path) -> list[tuple[int, str, str]]:
    try:
        return list(imports(path))
    except SyntaxError:
        return []


# ---- what no file may hold

TEXT = {
    ".py",
    ".toml",
    ".md",
    ".txt",
    ".in",
    ".cff",
    ".css",
    ".vue",
    ".html",
    ".svg",
    ".js",
    ".json",
    ".csv",
    "",
}
PAPERS = (".md", ".cff")  # may name public sources
OUR_HOSTS = re.compile(
    r"(127\.0\.0\.1|localhost|\[?::1\]?|www\.w3\.org|[\w.-]*\bexample(\.\w+)?|\{.*)([:/'\"].*)?$"
)


@cache
def texts() -> dict[Path, str]:
    found = {}
    for path in tracked():
        if path.suffix in TEXT and path.stat().st_size < 2_000_000:
            try:
                found[path] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
    return found


def holding(pattern: str, but: tuple[str, ...] = ()) -> list[str]:
    """Where a pattern is found, as file:line: text."""
    found = []
    for path, text in texts().items():
        if path.relative_to(HOUSE).as_posix() in but:
            continue
        for match in re.finditer(pattern, text, re.IGNORECASE):
            found.append(
                f"{where(path, text.count(chr(10), 0, match.start()) + 1)}: {match.group()}"
            )
    return found


def test_no_file_names_a_registry():
    words = (
        *(
            "py" + r"pi\.(org|io)",
            "python" + "hosted",
            "anaconda" + r"\.org",
            "npm" + r"js\.(org|com)",
        ),
        *("--(extra-)?" + "index" + r"-url[ =][^\s\\]", "find-" + r"links[ =][^\s\\]"),
        *(
            "artifact" + "ory",
            r"proxy\.golang",
            "unpkg" + r"\.com",
            "jsdel" + "ivr",
            "cdn" + r"js\.com",
        ),
    )
    assert holding("|".join(words)) == []


def test_no_file_but_papers_names_another_host():
    found = []
    for path, text in texts().items():
        if path.suffix in PAPERS or path.name in ("LICENSE", "pyproject.toml"):
            continue
        for match in re.finditer(r"https?" + r"://([^\s\"'`)>]*)", text):
            if not OUR_HOSTS.match(match.group(1)) and match.group(1):
                found.append(
                    f"{where(path, text.count(chr(10), 0, match.start()) + 1)}: {match.group()}"
                )
    assert found == []


def test_no_file_names_a_place_on_one_machine():
    roots = "|".join(
        ("wo" + "rk", "ho" + "me", "ro" + "ot", "Us" + "ers", "t" + "mp", "m" + "nt", "s" + "rv")
    )
    assert holding(rf"(?<![\w./:~{{}}-])/({roots})/[\w.]+|\b[A-Z]:\\\\?(Us" + r"ers|Win)\w*") == []


def test_no_file_holds_a_note_to_self():
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
    assert [line for line in holding(rf"\b({'|'.join(words)})\b") if ".csv" not in line] == []


def test_no_name_says_calc_util_helper_or_manager():
    vague = re.compile(r"(^|_)(calc|utils?|helpers?|manager)(_|$)", re.IGNORECASE)
    offenders = [
        where(path, 1) for path in tracked() if path.suffix == ".py" and vague.search(path.stem)
    ]
    for path in modules().values():
        for node in ast.walk(parsed(path)):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and vague.search(node.name):
                offenders.append(f"{where(path, node.lineno)}: {node.name}")
    assert offenders == []


def test_every_public_function_and_class_says_what_it_is():
    silent = []
    for path in modules().values():
        for node in parsed(path).body:
            named = isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith(
                "_"
            )
            if named and ast.get_docstring(node) is None:
                silent.append(f"{where(path, node.lineno)}: {node.name}")
    assert silent == []
