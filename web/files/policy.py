"""A policy as a scenario file, and back: what somebody saved, opened again on these pages."""

from __future__ import annotations

import io
import json
import tempfile
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim import ScenarioFaults, load
from sim.scenario import shipped_names
from web import assumed
from web.answer import called
from web.levers import OFFERED, accepted
from web.places import places, policy_of, shipped_areas
from web.question import Question, Tried, first_question

LARGEST = 64_000
"""Letters that a file opened here may have."""


def policy(question: Question, which: int, title: str = "") -> str:
    """One of the policies as a scenario file that `parley run`, `compare` and `check` read.

    Args:
        question: the comparison it stands in.
        which: which of the others, from 0.
        title: its name; empty for what the page calls it.
    """
    entry, place = question.policies()[1 + which], question.where()
    settings = (
        *entry.settings,
        *question.moved_settings(which),
        *assumed.settings(question.assumed),
    )
    lines = [
        *_under(question),
        "schema = 1",
        f"title = {_text(title or called(question)[1 + which])}",
        f"question = {_text(entry.question)}",
        f"extends = {_text(_today_file(question) if place.file else entry.scenario)}",
        "",
    ]
    merged = dict(setting.split("=", 1) for setting in settings)
    lines += [f"{name} = {value}" for name, value in merged.items()]
    return "\n".join(lines) + "\n"


def _under(question: Question) -> list[str]:
    """A theory is no part of a policy: a remark says under which one it was looked at."""
    if not question.theory:
        return []
    return [
        f"# Looked at under a rival theory of trust: add --theory {question.theory} to the command."
    ]


def policies(question: Question, which: int, title: str = "") -> bytes:
    """An archive of a policy with the files that it rests on: today's practice there, and the area.

    For a place that no shipped scenario stands for; unpacked side by side, the files can be run.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{question.where().stem}-policy.toml", policy(question, which, title))
        for name, text in _beside(question).items():
            archive.writestr(name, text)
    return packed.getvalue()


def _beside(question: Question) -> dict[str, str]:
    """The files that a policy in a place made from an area rests on, by name; else none."""
    place = question.where()
    if not place.file:
        return {}
    today = place.today
    lines = [
        "schema = 1",
        f"title = {_text(today.title)}",
        f"question = {_text(today.question)}",
        f"extends = {_text(today.scenario)}",
        f"area = {_text(place.file)}",
    ]
    area = {place.file: place.text()} if place.own else {}
    return {_today_file(question): "\n".join(lines) + "\n", **area}


def _today_file(question: Question) -> str:
    return f"{question.where().stem}-today.toml"


def opened(text: str, name: str, question: Question) -> tuple[Question | None, list[str]]:
    """The question with a saved policy in place of the first of the others.

    Args:
        text: what the file holds.
        name: what the file is called, for messages.
        question: what is asked now.

    Returns:
        The new question, or None with everything that is wrong with the file.
    """
    if len(text) > LARGEST:
        return None, [f"{name} has {len(text):,} letters; a file opened here may have {LARGEST:,}."]
    beside = _beside(question)
    if refused := leads_elsewhere(text, name, tuple(beside)):
        return None, refused
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "policy.toml"
        path.write_bytes(text.encode("utf-8", "replace"))
        for file, its_text in beside.items():
            (Path(folder) / file).write_text(its_text, encoding="utf-8")
        try:
            scenario = load(str(path))
        except ScenarioFaults as fault:
            return None, [str(each).replace(str(path), name) for each in fault.faults]
    return _placed(scenario, name, question)


def title_in(text: str, found: Question) -> str:
    """The title that somebody gave a saved policy; empty where it has only what the page calls it.

    Args:
        text: what the file holds, which has been opened.
        found: the question with its policy as the first of the others.
    """
    title = str(tomllib.loads(text).get("title", ""))
    return "" if title == called(found)[1] else title


def leads_elsewhere(text: str, name: str, beside: Sequence[str] = ()) -> list[str]:
    """What is wrong with a file that would have others read; broken TOML is left to the reader.

    Args:
        text: what the file holds.
        name: what it is called.
        beside: files that it may extend besides the shipped scenarios.
    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return []
    known, faults = shipped_names(), []
    if table.get("extends", "baseline") not in (*known, *beside):
        faults.append(f"{name}: extends names no shipped scenario. Use one of: {', '.join(known)}.")
    area = table.get("area")
    if isinstance(area, str) and area.removesuffix(".toml") not in shipped_areas():
        faults.append(f"{name}: area names another file. A file opened here stands alone.")
    return faults


def _placed(scenario: Any, name: str, question: Question) -> tuple[Question | None, list[str]]:
    """A scenario as a policy of a place on offer, with moved levers and assumptions."""
    on_offer = (question.where(), *places().values())
    named = (each for each in on_offer if each.today.load().area.name == scenario.area.name)
    place = next(named, None)
    if place is None:
        return None, [f"{name} is about an area that is not on offer here: {scenario.area.name}."]
    start = replace(first_question(place.key), weeks=question.weeks, residents=question.residents)
    start = replace(start, pairs=question.pairs, within=question.within)
    for key in sorted(place.policies, key=lambda each: each != place.today.key):
        found = _with_everything(replace(start, tried=(Tried(key),)), scenario)
        if _same(found.scenarios()[1], scenario):
            return replace(found, theory=question.theory), []
    return None, [
        f"{name} changes more than the levers and assumptions of these pages: its area, its "
        "events or a rule of its own for whom officers go to. Use it with the command line."
    ]


def _with_everything(question: Question, scenario: Any) -> Question:
    """The question with every lever and assumption where the scenario has it."""
    wanted, there = policy_of(scenario), policy_of(question.scenarios()[1])
    for lever in OFFERED:
        if wanted.get(lever) != there.get(lever) and accepted(lever, wanted.get(lever)) is not None:
            question = question.with_lever(lever, wanted[lever])
    base = question.unmoved_base()
    for assumption, value in scenario.assumptions.items():
        if value != base.assumptions[assumption]:
            question = question.with_assumption(assumption, value)
    return question


def _same(one: Any, other: Any) -> bool:
    """Whether two scenarios are the same but for their words."""

    def core(scenario: Any) -> Any:
        whole = scenario.to_dict()
        return [whole["area"], policy_of(scenario), whole["assumptions"], whole["events"]]

    return _rounded(core(one)) == _rounded(core(other))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, dict):
        return {key: _rounded(inside) for key, inside in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(inside) for inside in value]
    return value


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
