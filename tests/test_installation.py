"""The locks, the set-up script and the built distribution."""

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import util
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from web.documents import TITLES

TREE = Path(__file__).parent.parent
LOCKS = sorted((TREE / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((TREE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = {
    "app": ["app"],
    "everything": ["app", "research", "cluster", "dev"],
    "bench": ["bench"],
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def pins(lock: str, python: str, system: str = "linux") -> dict[str, str]:
    """Version of each package that a lock gives to one Python on one system."""
    where = {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "sys_platform": system,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    lines = (TREE / "requirements" / f"{lock}.txt").read_text(encoding="utf-8").splitlines()
    found = [Requirement(line.rstrip("\\")) for line in lines if "==" in line]
    chosen = [each for each in found if each.marker is None or each.marker.evaluate(where)]
    return {canonicalize_name(each.name): str(each.specifier)[2:] for each in chosen}


@pytest.fixture(scope="module")
def install():
    """The set-up script as a module."""
    spec = util.spec_from_file_location("install", TREE / "requirements" / "install.py")
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_names_no_address_and_hashes_every_package(lock):
    text = lock.read_text(encoding="utf-8")
    assert not re.findall(r"^.*(?:://|@ |^--).*$", text, re.MULTILINE)
    packages = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert packages
    assert [each for each in packages if "--hash=sha256:" not in each] == []


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("lock", EXTRAS)
def test_a_lock_meets_what_the_project_declares(lock, python):
    given = pins(lock, python)
    asked = [*PROJECT["dependencies"]]
    for extra in EXTRAS[lock]:
        asked += PROJECT["optional-dependencies"][extra]
    wanted = [Requirement(text) for text in asked]
    unmet = [
        str(each)
        for each in wanted
        if each.marker is None or each.marker.evaluate({"python_version": python})
        if not each.specifier.contains(given.get(canonicalize_name(each.name), "0"))
    ]
    assert unmet == []


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_a_package_has_the_same_version_in_every_lock(python, system):
    everything = pins("everything", python, system)
    for lock in ("app", "bench", "build"):
        part = pins(lock, python, system)
        shared = part.keys() & everything.keys()
        assert {name: part[name] for name in shared} == {name: everything[name] for name in shared}
    assert pins("app", python, system).keys() <= everything.keys()


def test_every_python_of_the_project_is_one_that_the_set_up_accepts(install):
    named = [each.rsplit(" ", 1)[1] for each in PROJECT["classifiers"] if "Python ::" in each]
    assert named == list(PYTHONS)
    for python in PYTHONS:
        assert install.fits((*map(int, python.split(".")), 0))
    assert not install.fits((3, 10, 14))
    assert not install.fits((3, 15, 0))
    assert not install.fits(None)


def test_a_python_that_does_not_run_is_named_with_what_is_needed(install):
    with pytest.raises(
        SystemExit, match=r"no-such-python does not run; Parley needs Python 3\.11 to"
    ):
        install.choose("no-such-python")


def test_an_installed_copy_holds_the_scenarios_all_the_code_and_the_documents_of_about(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=TREE,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    folders = ("parley", "sim", "analysis", "web", "scenarios")
    kept = {
        path.relative_to(TREE).as_posix()
        for folder in folders
        for path in (TREE / folder).rglob("*")
        if path.is_file()
        and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
        and path.suffix != ".partial"  # a measurement that was stopped
    }
    assert shipped == kept | {f"web/docs/{name}.md" for name in TITLES}
