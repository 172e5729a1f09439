"""An area as one word of an address, and back: compressed, with a version and a check of its own.

Nothing of a visitor's area is kept on the server: the word is the area. Whatever is read from one
was written by somebody else and goes through the one reader of areas like any file.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import zlib
from typing import Any

START = "own1-"
"""What a word starts with: the version of its form."""
LONGEST = 24_000
"""Letters that a word may have at all; larger areas are for the command line."""
LINKED = 6_000
"""Letters up to which a link carries the area itself; beyond, it names the file that it needs."""
MOST_BYTES = 400_000
"""Letters that may come out of a word: more is refused unread."""
FILE = "file1-"
"""What stands in a link in place of an area that is too large for it."""

_CHECK = 12
_WORD = re.compile(rf"{START}(?P<check>[0-9a-f]{{{_CHECK}}})-(?P<data>[A-Za-z0-9_-]+)")
# Words that most areas have, so that they need not travel. Part of version 1: it must not change.
_KNOWN = (
    b'"police":{"officers_per_1000":2.4,"openness":0.6,"internal_fairness":0.5,"skill":0.5,"demand_hours":0.55},'
    b'"partners":{"capacity":0.4},"ties":{"mean":8,"homophily":0.6,"local":0.75},"demand":{"incidents":350,'
    b'"traffic_stops":100,"topics":{"burglary":0.1,"antisocial":0.4,"drugs":0.1,"traffic":0.15,"violence":0.25},'
    b'"partner_share":{"burglary":0.1,"antisocial":0.5,"drugs":0.4,"traffic":0.6,"violence":0.2,"overpoliced":0.0}},'
    b'"shares":{"age":{"16-24":0.1,"25-34":0.1,"35-44":0.1,"45-64":0.3,"65+":0.2},"tenure":{"owner":0.6,"private":0.2,'
    b'"social":0.2},"ethnic":{"white":0.8,"asian":0.0,"black":0.0,"mixed":0.0,"other":0.0}},"joint":[{"age":"16-24",'
    b'"tenure":"owner","ethnic":"white","share":0.0}],"beat_shares":[0.0],"beat_disorder":[0.6,1.0,1.4],"name":"",'
    b'"people":100000,"beats":1,"warmup_weeks":104,"source":"","licence":"Contains public sector information licensed '
    b"under the Open Government Licence v3.0. Publishers: Mayor's Office for Policing and Crime, Metropolitan Police "
    b"Service, Office for National Statistics, Ministry of Housing, Communities & Local Government, Greater London "
    b'Authority; via the London Datastore and Nomis.","notes":[],"groups":{"young":{"label":"","where":{"age":["16-24"]'
    b',"tenure":["social","private","owner"],"ethnic":["black","mixed"]},"share":0.1,"need":0.5,"ease":0.5,"voice":0.5,'
    b'"street":0.5,"involvement":0.1,"trust":60,"confidence":60,"legitimacy":60,"expectation":60,"voice_belief":45,'
    b'"hardness":30,"impartiality":60,"suspicion":1.0,"strength":0.4,"access":0.4,"enforcement":0.5,"concerns":'
    b'{"burglary":0.2,"antisocial":0.32,"drugs":0.15,"traffic":0.15,"violence":0.15,"overpoliced":0.03},"beats":[0.0'
)


class Unreadable(ValueError):
    """A word of an address that holds no area; the message says what to do."""


def ordered(content: dict[str, Any]) -> dict[str, Any]:
    """The same tables with plain values before tables, as a file has to have them."""

    def is_table(value: Any) -> bool:
        rows = isinstance(value, list) and bool(value) and isinstance(value[0], dict)
        return rows or isinstance(value, dict)

    return {
        key: ordered(value) if isinstance(value, dict) else value
        for key, value in sorted(content.items(), key=lambda item: is_table(item[1]))
    }


def written(content: dict[str, Any]) -> str:
    """An area as one word.

    Args:
        content: the tables of an area file.
    """
    text = json.dumps(ordered(content), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, _KNOWN)
    packed = packer.compress(text.encode()) + packer.flush()
    data = base64.urlsafe_b64encode(packed).rstrip(b"=").decode()
    return f"{START}{_check_of(text)}-{data}"


def read(word: str) -> dict[str, Any]:
    """The tables of an area from its word.

    Raises:
        Unreadable: the word was cut, altered, made by another version or is too large.
    """
    found = _WORD.fullmatch(word) if len(word) <= LONGEST else None
    if found is None:
        raise Unreadable(
            "The area in this link cannot be read: the link was cut short, altered, or made by "
            "another version. Ask for the area as a file."
        )
    text = _unpacked(found["data"])
    if text is None or _check_of(text) != found["check"]:
        raise Unreadable(
            "The area in this link is not what was shared: the link was cut short or altered. "
            "Ask for the area as a file."
        )
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise Unreadable("The area in this link is no area. Ask for it as a file.")
    return content


def check(word: str) -> str:
    """The mark of an area that a link names when it cannot carry it; empty for what is no word."""
    found = _WORD.fullmatch(word)
    return found["check"] if found else ""


def linked(word: str) -> str:
    """What a link carries of an area: the word itself, or the mark of the file that it needs."""
    return word if len(word) <= LINKED else f"{FILE}{check(word)}"


def _check_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_CHECK]


def _unpacked(data: str) -> str | None:
    """The text in the data; None where there is none, or more than there may be."""
    try:
        packed = base64.urlsafe_b64decode(data + "=" * (-len(data) % 4))
        unpacker = zlib.decompressobj(-15, _KNOWN)
        text = unpacker.decompress(packed, MOST_BYTES)
        whole = unpacker.eof and not unpacker.unconsumed_tail
        return text.decode() if whole else None
    except (zlib.error, binascii.Error, ValueError):
        return None
