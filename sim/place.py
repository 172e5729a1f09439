"""A folder or file that appears whole or not at all.

Results are written beside their place, made durable, then moved there in one step. What stands
there already is kept unless the user says otherwise, and then only where Parley itself wrote it.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

MANIFEST = "manifest.json"
MADE_BY = "parley"

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your quota on this disk is used up",
    errno.EFBIG: "the file grew larger than this disk or your limits allow",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.ENOTDIR: "part of the path is a file, not a folder",
    errno.EISDIR: "it is a folder, not a file",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EEXIST: "something else was put there meanwhile",
    errno.ENOTEMPTY: "something else was put there meanwhile",
    errno.EIO: "the disk reports a fault",
    errno.ELOOP: "its links lead in a circle",
}


class PlaceFault(ValueError):
    """The place where something was to be written cannot take it.

    Args:
        message: why, in one line; also the only entry of `faults`.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.faults = [message]


def reason(fault: OSError) -> str:
    """Why a file or folder could not be written, in plain words."""
    if fault.errno in _REASONS:
        return _REASONS[fault.errno]
    return (fault.strerror or str(fault) or type(fault).__name__).lower()


class Folder:
    """A folder that is being made: `fill` it, and it appears; otherwise nothing is left.

    Args:
        target: the name it will have.
        draft: where it is written until it is whole.
        shown: the name as the user gave it.
        replaces: whether it takes the place of results that were found under its name.
    """

    def __init__(self, target: Path, draft: Path, shown: str, replaces: bool) -> None:
        self.target = target
        self._draft = draft
        self._shown = shown
        self._replaces = replaces

    def fill(self, write: Callable[[Path], None]) -> Path:
        """Let `write` put files into the folder, then move it to its place.

        Returns:
            The folder under its own name.

        Raises:
            PlaceFault: nothing was written, and what stood there before still does.
        """
        try:
            write(self._draft)
            _make_durable(self._draft)
            _put_in_place(self._draft, self.target, self._replaces)
        except OSError as fault:
            raise PlaceFault(
                f"{self._shown} was not written: {reason(fault)}. Nothing was left half-written."
            ) from fault
        return self.target

    def abandon(self) -> None:
        """Leave nothing behind, for a program that has to end at once."""
        shutil.rmtree(self._draft, ignore_errors=True)


@contextlib.contextmanager
def new_folder(path: str | Path, *, force: bool = False) -> Iterator[Folder]:
    """Claim the name of a folder that does not exist yet, before the work that fills it.

    Args:
        path: the folder to be made. Missing parents are made with it.
        force: replace a folder that Parley made before, or an empty one.

    Raises:
        PlaceFault: the place is taken, or nothing can be written there.
    """
    shown = str(path)
    target = _resolved(path, shown)
    replaces = os.path.lexists(target)
    if replaces:
        _refuse_unless_replaceable(target, shown, force)
    folder = Folder(target, _draft_folder(target, shown), shown, replaces)
    try:
        yield folder
    finally:
        folder.abandon()


def free_file(path: str | Path, *, force: bool = False) -> Path:
    """Where a file can be written without harm.

    Args:
        path: the file to be made.
        force: replace a file that is there.

    Raises:
        PlaceFault: a file is there already, or it has no folder to be in.
    """
    shown = str(path)
    target = _resolved(path, shown)
    if target.is_dir():
        raise PlaceFault(f"{shown} is a folder. Give the name of a file.")
    if target.exists() and not force:
        raise PlaceFault(
            f"{shown} exists and is kept. Choose another name, or replace it with --force."
        )
    if not target.parent.is_dir():
        raise PlaceFault(
            f"{shown} was not written: the folder {Path(shown).parent} does not exist."
        )
    return target


def write_file(path: str | Path, text: str, *, force: bool = False) -> Path:
    """Write one text file, whole or not at all.

    Args:
        path: the file to be made.
        text: what it holds; written as UTF-8 with plain line ends.
        force: replace a file that is there.

    Raises:
        PlaceFault: a file is there already, or it cannot be written.
    """
    target = free_file(path, force=force)
    shown = str(path)
    draft = _draft_beside(target, target.parent)
    try:
        with draft.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, target)
    except OSError as fault:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise PlaceFault(f"{shown} was not written: {reason(fault)}.") from fault
    return target


def _resolved(path: str | Path, shown: str) -> Path:
    if not shown.strip() or "\0" in shown:
        raise PlaceFault("A name for what is to be written is missing.")
    try:
        return Path(path).expanduser().resolve()
    except (OSError, RuntimeError) as fault:
        raise PlaceFault(f"{shown} cannot be used: its links lead in a circle.") from fault


def _refuse_unless_replaceable(target: Path, shown: str, force: bool) -> None:
    if not target.is_dir():
        raise PlaceFault(f"{shown} is a file and is kept. Give the name of a folder.")
    if not force:
        raise PlaceFault(
            f"{shown} exists and is kept. Choose another folder, or replace results made before"
            " with --force."
        )
    try:
        found = sorted(entry.name for entry in target.iterdir())
    except OSError as fault:
        raise PlaceFault(f"{shown} cannot be read: {reason(fault)}.") from fault
    if not found:
        return
    ours = _written_by_parley(target)
    if not ours:
        raise PlaceFault(
            f"{shown} is kept: it holds no manifest of Parley, so --force does not replace it."
            " Choose another folder."
        )
    foreign = [name for name in found if name not in ours]
    if foreign:
        raise PlaceFault(
            f"{shown} is kept: it also holds {foreign[0]}, which Parley did not write."
            " Move it away, then use --force."
        )


def _written_by_parley(folder: Path) -> set[str]:
    """Names of the files that a manifest claims for Parley; empty where there is no manifest."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    if not isinstance(manifest, dict) or manifest.get("made_by") != MADE_BY:
        return set()
    files = manifest.get("files")
    return (
        {MANIFEST, *(name for name in files if isinstance(name, str))}
        if isinstance(files, list)
        else set()
    )


def _draft_folder(target: Path, shown: str) -> Path:
    """An empty folder on the disk of the target: in the nearest folder above it that exists."""
    ground = target.parent
    while not ground.exists():
        ground = ground.parent
    draft = _draft_beside(target, ground)
    try:
        draft.mkdir()
    except OSError as fault:
        raise PlaceFault(f"{shown} cannot be written: {reason(fault)}.") from fault
    return draft


def _draft_beside(target: Path, ground: Path) -> Path:
    return ground / f".{target.name[:40]}-parley-{secrets.token_hex(4)}"


def _make_durable(folder: Path) -> None:
    for file in folder.iterdir():
        _sync(file)
    _sync(folder)


def _sync(path: Path) -> None:
    """Ask the disk to keep a file, or the names in a folder where the system can do that."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put_in_place(draft: Path, target: Path, replaces: bool) -> None:
    """Move the draft to its name; what it replaces goes last, and comes back if the move fails."""
    target.parent.mkdir(parents=True, exist_ok=True)
    old: Path | None = None
    if target.exists():
        if not replaces:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        old = _draft_beside(target, target.parent)
        os.rename(target, old)
    try:
        os.rename(draft, target)
    except OSError:
        if old is not None:
            os.rename(old, target)
        raise
    _sync(target.parent)
    if old is not None:
        shutil.rmtree(old, ignore_errors=True)
