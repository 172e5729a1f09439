"""A folder or file appears whole or not at all, and what stands there is kept."""

import errno
import json
import os

import pytest

from sim.place import MADE_BY, PlaceFault, new_folder, write_file


def _results(folder, text="new"):
    (folder / "weekly.csv").write_text(text)
    files = ["manifest.json", "weekly.csv"]
    (folder / "manifest.json").write_text(json.dumps({"made_by": MADE_BY, "files": files}))


def _names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def test_a_folder_appears_with_everything_in_it(tmp_path):
    with new_folder(tmp_path / "deep" / "out") as folder:
        folder.fill(_results)
    assert _names(tmp_path) == ["deep"]
    assert _names(tmp_path / "deep" / "out") == ["manifest.json", "weekly.csv"]


def test_nothing_is_left_where_the_work_fails(tmp_path):
    with pytest.raises(RuntimeError), new_folder(tmp_path / "out"):
        raise RuntimeError("the run failed")
    assert _names(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EDQUOT, "your quota on this disk is used up"),
    ],
)
def test_a_disk_that_takes_no_more_is_named_and_nothing_is_left(tmp_path, number, words):
    def fails(folder):
        (folder / "weekly.csv").write_text("half")
        raise OSError(number, os.strerror(number))

    with (
        pytest.raises(PlaceFault, match=f"out was not written: {words}. Nothing was left"),
        new_folder(tmp_path / "out") as folder,
    ):
        folder.fill(fails)
    assert _names(tmp_path) == []


def test_a_folder_that_exists_is_kept(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("years of work")
    with pytest.raises(PlaceFault, match="out exists and is kept.*--force"):
        new_folder(tmp_path / "out").__enter__()
    assert (tmp_path / "out" / "thesis.txt").read_text() == "years of work"


def test_force_replaces_results_that_parley_made(tmp_path):
    with new_folder(tmp_path / "out") as folder:
        folder.fill(lambda place: _results(place, "old"))
    with new_folder(tmp_path / "out", force=True) as folder:
        folder.fill(_results)
    assert (tmp_path / "out" / "weekly.csv").read_text() == "new"
    assert _names(tmp_path) == ["out"]


def test_force_does_not_replace_a_folder_of_someone_elses(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("years of work")
    with pytest.raises(PlaceFault, match="holds no manifest of Parley"):
        new_folder(tmp_path / "out", force=True).__enter__()
    (tmp_path / "out" / "manifest.json").write_text('{"name": "another program"}')
    with pytest.raises(PlaceFault, match="holds no manifest of Parley"):
        new_folder(tmp_path / "out", force=True).__enter__()
    assert (tmp_path / "out" / "thesis.txt").exists()


def test_force_spares_a_file_that_a_reader_added_to_the_results(tmp_path):
    with new_folder(tmp_path / "out") as folder:
        folder.fill(_results)
    (tmp_path / "out" / "notes.txt").write_text("what I think of it")
    with pytest.raises(PlaceFault, match="also holds notes.txt, which Parley did not write"):
        new_folder(tmp_path / "out", force=True).__enter__()
    assert _names(tmp_path / "out") == ["manifest.json", "notes.txt", "weekly.csv"]


def test_old_results_survive_a_full_disk(tmp_path):
    with new_folder(tmp_path / "out") as folder:
        folder.fill(lambda place: _results(place, "old"))

    def fails(place):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(PlaceFault), new_folder(tmp_path / "out", force=True) as folder:
        folder.fill(fails)
    assert (tmp_path / "out" / "weekly.csv").read_text() == "old"
    assert _names(tmp_path) == ["out"]


def test_a_file_in_the_place_of_the_folder_is_kept(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(PlaceFault, match="is a file and is kept"):
        new_folder(tmp_path / "out", force=True).__enter__()
    with pytest.raises(PlaceFault, match="part of the path is a file"):
        new_folder(tmp_path / "out" / "below").__enter__()
    assert (tmp_path / "out").read_text() == "a file"


def test_what_was_put_there_meanwhile_is_kept(tmp_path):
    with new_folder(tmp_path / "out") as folder:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "thesis.txt").write_text("years of work")
        with pytest.raises(PlaceFault, match="put there meanwhile"):
            folder.fill(_results)
    assert _names(tmp_path / "out") == ["thesis.txt"]


def test_a_link_that_leads_in_a_circle_is_named(tmp_path):
    (tmp_path / "here").symlink_to(tmp_path / "there")
    (tmp_path / "there").symlink_to(tmp_path / "here")
    with pytest.raises(PlaceFault, match="circle"):
        new_folder(tmp_path / "here" / "out").__enter__()


def test_a_file_is_written_once_and_then_kept(tmp_path):
    write_file(tmp_path / "mine.toml", "one = 1\n")
    with pytest.raises(PlaceFault, match="mine.toml exists and is kept"):
        write_file(tmp_path / "mine.toml", "two = 2\n")
    write_file(tmp_path / "mine.toml", "two = 2\n", force=True)
    assert (tmp_path / "mine.toml").read_text() == "two = 2\n"
    assert _names(tmp_path) == ["mine.toml"]


def test_a_file_needs_a_folder_that_exists(tmp_path):
    with pytest.raises(PlaceFault, match="is a folder"):
        write_file(tmp_path, "text", force=True)
    with pytest.raises(PlaceFault, match="does not exist"):
        write_file(tmp_path / "nowhere" / "mine.toml", "text")
    with pytest.raises(PlaceFault, match="name for what is to be written is missing"):
        write_file(" ", "text")
