"""What Parley is, what its numbers rest on, and what it cannot tell."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs

from sim import shipped
from sim.assumptions import ASSUMPTIONS
from sim.policy.levers import LEVERS
from sim.report import LIMITS
from sim.version import VERSION
from web.documents import FOLDER, TITLES, document
from web.words import NOTHING, listed, sentence

STRENGTHS = ("review", "single study", "expert view", "untested")
STRENGTH_WORDS = {
    "review": "a review, or several studies that agree",
    "single study": "one study",
    "expert view": "the judgement of people who know the field",
    "untested": "no study: a hypothesis",
}
PARTS = {
    "limits": "What it cannot tell you",
    "assumptions": "The assumptions",
    "levers": "The levers",
    **{name: title.partition(",")[0] for name, title in TITLES.items()},
}
NOT_FOR = (
    "It cannot tell how a named person, street or ward will behave. Everyone in it is synthetic.",
    "It cannot say how much crime there will be. Disorder moves in it only as far as people's"
    " concerns are solved.",
    "It cannot replace talking with people. What those most affected say is evidence; what a"
    " simulation says is a reason to ask them.",
    "It cannot choose between people. Where one public gains and another loses, it shows both, and"
    " the decision stays with those who answer for it.",
    "It cannot make a guess a finding. Where no study was found, the number is a hypothesis and"
    " marked untested wherever it carries a result.",
)


def part_from_address(search: str | None) -> str:
    """The part of the page that an address asks for; the first where it asks for none there is."""
    try:
        wanted = parse_qs((search or "").lstrip("?")[:1000], max_num_fields=20).get("show", [""])
    except ValueError:
        wanted = [""]
    return wanted[-1] if wanted[-1] in PARTS else next(iter(PARTS))


def head(part: str) -> str:
    """The top of the page, as a JSON string."""
    return json.dumps(
        {
            "version": VERSION,
            "part": part,
            "parts": [{"key": key, "label": label} for key, label in PARTS.items()],
            "limits": [*NOT_FOR, *LIMITS[2:3]] if part == "limits" else [],
            "licences": licences() if part == "limits" else [],
        }
    )


def licences() -> list[dict[str, str]]:
    """What the figures of real places have to be shown with, by place."""
    areas = {scenario.area.name: scenario.area for scenario in shipped()}
    named: dict[str, list[str]] = {}
    for name, area in areas.items():
        if area.licence:
            named.setdefault(str(area.licence), []).append(name)
    return [{"places": listed(names), "text": text} for text, names in named.items()]


def assumptions() -> str:
    """The assumptions log: every behavioural number, as a JSON string."""
    counts = Counter(each.strength for each in ASSUMPTIONS.values())
    weak = counts["untested"]
    return _numbers(
        "The assumptions",
        f"Every number that says how people behave, {len(ASSUMPTIONS)} of them. {weak} have no "
        "study behind them: with other values in their ranges, findings that lean on them could "
        "change. What was changed after results had been looked at is written down in decision "
        "0010 of the project's documents.",
        ASSUMPTIONS.values(),
        "assumptions.",
    )


def levers() -> str:
    """The levers: what the police decide, as a JSON string."""
    return _numbers(
        "The levers",
        f"What the police decide: {len(LEVERS)} numbers. A lever is an intention; what happens is "
        "the lesser of what is intended and what there is time for. Levers never mix with "
        "assumptions about how people behave.",
        LEVERS.values(),
        "policy.",
    )


def text_of(name: str) -> str:
    """A document of the project, as a JSON string."""
    found = document(name)
    if found is None:
        return json.dumps(
            {
                "title": TITLES[name],
                "missing": "This installation came without its documents. They are part of the "
                f"project's source, in the folder docs, in the file {name}.md.",
                "looked": f"{FOLDER.name}/{name}.md",
            }
        )
    contents = [
        {"level": level, "anchor": anchor, "words": words}
        for level, anchor, words in found.contents
        if level <= 3
    ]
    return json.dumps({"title": found.title, "html": found.html, "contents": contents})


def _numbers(title: str, lead: str, declared: Iterable[Any], prefix: str) -> str:
    return json.dumps(
        {
            "title": title,
            "lead": lead,
            "strengths": [
                {"key": key, "words": STRENGTH_WORDS[key], "dots": _dots(key)} for key in STRENGTHS
            ],
            "graded": prefix == "assumptions.",
            "numbers": [_number(each, prefix) for each in declared],
        },
        allow_nan=False,
    )


def _number(declared: Any, prefix: str) -> dict[str, Any]:
    low, high = float(declared.low), float(declared.high)
    default = declared.default
    place = (float(default) - low) / (high - low) if default is not None and high > low else None
    return {
        "name": f"{prefix}{declared.name}",
        "meaning": sentence(declared.meaning),
        "unit": declared.unit,
        "default": NOTHING if default is None else f"{default:g}",
        "range": f"{low:g} to {high:g}",
        "place": None if place is None else round(100 * place, 1),
        "source": sentence(declared.source),
        "strength": declared.strength,
        "dots": _dots(declared.strength),
    }


def _dots(strength: str) -> str:
    filled = len(STRENGTHS) - 1 - STRENGTHS.index(strength)
    return "●" * filled + "○" * (len(STRENGTHS) - 1 - filled)
