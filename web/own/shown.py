"""What the page Your area shows, as the JSON strings that its parts draw."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from sim.scenario import Fault
from sim.topics import CRIME_TOPICS, TOPICS
from web.measures import TOO_FEW
from web.own import code
from web.own.draft import Draft, Reading, changes
from web.own.fields import FORM, TOPIC_LABELS, TRAITS, VALUE_LABELS, declared, label_of, slot
from web.own.opening import LARGEST, on_offer
from web.places import key_of, places, stem_of
from web.question import USUAL
from web.whom import HIDDEN_BELOW


def start(draft: Draft, faults: Sequence[str], said: str, awaited: str) -> str:
    """Where an area can be started from.

    Args:
        draft: what is edited now.
        faults: what was wrong with a file that was opened last.
        said: what there is to say of the one that was opened.
        awaited: name of the area that a link waits for; empty for none.
    """
    return json.dumps(
        {
            "areas": on_offer(),
            "here": draft.origin.shipped,
            "faults": list(faults),
            "said": said,
            "largest": LARGEST,
            "awaited": awaited,
        }
    )


def frame() -> str:
    """What the form is made of, the same for everybody."""
    return json.dumps(
        {
            "fields": declared(),
            "form": FORM,
            "traits": [
                {
                    "name": trait,
                    "label": {"age": "Age", "tenure": "Tenure", "ethnic": "Ethnic group"}[trait],
                    "values": [
                        {"key": each, "label": VALUE_LABELS.get(each, each)} for each in kinds
                    ],
                }
                for trait, kinds in TRAITS.items()
            ],
            "topics": [{"key": each, "label": TOPIC_LABELS[each]} for each in TOPICS],
            "crimes": [{"key": each, "label": TOPIC_LABELS[each]} for each in CRIME_TOPICS],
        }
    )


def form(
    draft: Draft, read: Reading, may_undo: bool, opened: str, note: str, steps: int = 0
) -> str:
    """The draft with what is wrong with it and what was changed.

    Args:
        draft: what is edited.
        read: what the reader says of it.
        may_undo: whether there was an earlier draft.
        opened: the public that was added last, to be looked at.
        note: what there is to say of the last step.
        steps: how many steps were heard of the form.
    """
    changed = changes(draft)
    return json.dumps(
        {
            "name": str(draft.content.get("name", "")),
            "origin": draft.origin.name,
            "content": draft.content,
            "ruled": draft.ruled,
            "joint": len(draft.content["joint"]) if "joint" in draft.content else 0,
            "beats": _beats(draft),
            "publics": [_public(draft, read, key) for key in draft.publics],
            "was": {key: _written(there) for key, (there, _) in changed.items()},
            "changed": len(changed),
            "faults": [_fault(each) for each in read.faults],
            "may_undo": may_undo,
            "opened": opened,
            "note": note,
            "steps": steps,
        }
    )


def out(draft: Draft, read: Reading, root: str) -> str:
    """How the area is used and saved.

    Args:
        draft: what is edited.
        read: what the reader says of it.
        root: path under which the app is served.
    """
    fine = read.area is not None
    word = code.written(draft.finished()) if fine else ""
    ready = fine and len(word) <= code.LONGEST
    stem = stem_of(read.area.name) if read.area is not None else ""
    place = urlencode({"place": key_of(word, draft.practice)})
    return json.dumps(
        {
            "ready": ready,
            "too_large": fine and not ready,
            "own": ready and comparable(draft).startswith(code.START),
            "name": str(draft.content.get("name", "")),
            "file": f"{stem}.toml",
            "area": f"{root}/files/area.toml?{place}",
            "publics": f"{root}/files/publics.csv?{place}",
            "linked": code.linked(word) == word,
            "loses": draft.ruled
            or any(name in draft.content for name in ("police", "joint", "demand", "ties")),
            "practice": draft.practice,
            "practices": [
                {"key": each, "label": f"{known.today.title} ({known.name})"}
                for each, known in places().items()
            ],
            "yours": len(changes(draft)),
            "origin": draft.origin.name,
            "shipped": bool(draft.origin.shipped),
            "faults": len(read.faults),
        }
    )


def comparable(draft: Draft) -> str:
    """The place that a draft without faults is compared in.

    An area that is as it came, with its own practice, is the place that comes with Parley.
    """
    area = draft.area()
    on_its_own = places().get(draft.practice)
    if (
        on_its_own is not None
        and area == draft.origin.shipped
        and on_its_own.name == draft.origin.name
    ):
        return on_its_own.key
    return key_of(area, draft.practice)


def _beats(draft: Draft) -> int:
    """How many beats lists are drawn for: as many as the longest that is there."""
    lists = [draft.content.get(name) for name in ("beat_shares", "beat_disorder")]
    lists += [each.get("beats") for each in draft.publics.values() if isinstance(each, dict)]
    return max([len(each) for each in lists if isinstance(each, list)], default=0)


def _public(draft: Draft, read: Reading, key: str) -> dict[str, Any]:
    table = draft.publics[key] if isinstance(draft.publics[key], dict) else {}
    share = (
        read.area.groups[key].share if read.area is not None and key in read.area.groups else None
    )
    few = ""
    if share is not None:
        residents = share * USUAL["residents"]
        few = f"about {residents:,.0f} of {USUAL['residents']:,} simulated residents"
        if residents < HIDDEN_BELOW:
            few += ": too few for its figures to be shown"
        elif residents < TOO_FEW:
            few += ": few, its figures are to be read with care"
    return {
        "key": key,
        "label": str(table.get("label", key)),
        "share": "" if share is None else f"{100 * share:.1f} %",
        "few": few,
        "small": share is not None and share * USUAL["residents"] < TOO_FEW,
    }


def _fault(fault: Fault) -> dict[str, str]:
    """A fault at the field it belongs to: the nearest that the form has."""
    parts = tuple(
        int(part) if part.isdecimal() and at > 0 else part
        for at, part in enumerate(_parts(fault.key))
    )
    while parts and slot(parts) is None and not _stands(parts):
        parts = parts[:-1]
    return {
        "at": ".".join(map(str, parts)) or "name",
        "label": label_of(parts) if parts else "The area",
        "public": str(parts[1]) if len(parts) > 1 and parts[0] == "groups" else "",
        "text": fault.message,
    }


def _parts(key: str) -> list[str]:
    """The keys below the area; those of a public may hold dots of their own only where they are wrong."""
    return key.split(".")[1:] if key.startswith("area.") else []


def _stands(parts: tuple[Any, ...]) -> bool:
    """Whether a part of the form that is no single field has this name."""
    if parts[0] == "groups":
        return len(parts) < 3 or (len(parts) == 3 and parts[2] in ("where", "concerns", "beats"))
    if parts[0] == "shares":
        return len(parts) == 2
    return parts in (
        ("joint",),
        ("beat_shares",),
        ("beat_disorder",),
        ("demand", "topics"),
        ("demand", "partner_share"),
    )


def _written(value: Any) -> str:
    if value is None:
        return "nothing"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
