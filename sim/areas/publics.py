"""The local publics of a London borough, as a policy team would name them.

Each is a rule over age, tenure and ethnic group; the first rule that holds decides. What the tables
do not say by person (how ready people are to speak, how far below or above London's mean a public
starts) is declared here, once, with whose judgement it is. The reasons are in decision 0020; traits
are those of the template inner borough where it has the same public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

YOUNG = ("16-24",)
BLACK_OR_MIXED = ("black", "mixed")


@dataclass(frozen=True)
class Traits:
    """How people of a public are, on average: shares 0-1, as in an area file."""

    ease: float
    voice: float
    street: float
    enforcement: float


@dataclass(frozen=True)
class Association:
    """The association that speaks for a public: shares 0-1, as in an area file."""

    strength: float
    access: float


@dataclass(frozen=True)
class Start:
    """Where a public starts, in points.

    Attributes:
        trust, confidence, voice_belief: above or below London's mean before composition.
        impartiality: above or below the public's own legitimacy.
        hardness: above or below the model's default.
    """

    trust: float
    confidence: float
    voice_belief: float
    impartiality: float = 0
    hardness: float = 0


@dataclass(frozen=True)
class Public:
    """One public and what is declared about it.

    Attributes:
        key, label: its name in files and on pages.
        where: the rule, by trait; {} takes everyone who is left.
        traits, association, start: what is declared.
    """

    key: str
    label: str
    where: Mapping[str, tuple[str, ...]]
    traits: Traits
    association: Association
    start: Start


PUBLICS = (
    Public(
        "black-mixed-young",
        "Black and mixed young people",
        {"age": YOUNG, "ethnic": BLACK_OR_MIXED},
        Traits(ease=0.25, voice=0.25, street=0.85, enforcement=0.25),
        Association(strength=0.25, access=0.15),
        Start(trust=-15, confidence=-12, voice_belief=-8, impartiality=-10, hardness=4),
    ),
    Public(
        "young",
        "Other young people",
        {"age": YOUNG},
        Traits(ease=0.35, voice=0.30, street=0.80, enforcement=0.40),
        Association(strength=0.25, access=0.25),
        Start(trust=-3, confidence=-1, voice_belief=-3),
    ),
    Public(
        "black-mixed-adults",
        "Black and mixed adults",
        {"ethnic": BLACK_OR_MIXED},
        Traits(ease=0.40, voice=0.40, street=0.50, enforcement=0.45),
        Association(strength=0.45, access=0.35),
        Start(trust=-8, confidence=-5, voice_belief=-2, impartiality=-10),
    ),
    Public(
        "asian-families",
        "Asian families",
        {"ethnic": ("asian",)},
        Traits(ease=0.40, voice=0.35, street=0.40, enforcement=0.60),
        Association(strength=0.50, access=0.45),
        Start(trust=3, confidence=3, voice_belief=3),
    ),
    Public(
        "social-renters",
        "Social renters",
        {"tenure": ("social",)},
        Traits(ease=0.45, voice=0.40, street=0.50, enforcement=0.60),
        Association(strength=0.45, access=0.45),
        Start(trust=-4, confidence=-3, voice_belief=-2),
    ),
    Public(
        "private-renters",
        "Private renters",
        {"tenure": ("private",)},
        Traits(ease=0.55, voice=0.40, street=0.50, enforcement=0.50),
        Association(strength=0.15, access=0.25),
        Start(trust=2, confidence=2, voice_belief=0),
    ),
    Public(
        "settled-owners",
        "Long-settled owners",
        {"age": ("45-64", "65+"), "tenure": ("owner",)},
        Traits(ease=0.80, voice=0.75, street=0.30, enforcement=0.65),
        Association(strength=0.70, access=0.70),
        Start(trust=3, confidence=1, voice_belief=3),
    ),
    Public(
        "younger-owners",
        "Younger owners",
        {},
        Traits(ease=0.65, voice=0.60, street=0.40, enforcement=0.60),
        Association(strength=0.40, access=0.50),
        Start(trust=3, confidence=1, voice_belief=2),
    ),
)

INVOLVEMENT = 0.10
"""Actual offending, the same in every public: the model assumes no difference (contract)."""

OFFSETS_SOURCE = (
    "declared, no breakdown by person in the tables; pattern of E35, L2 (decision 0020), untested"
)
TRAITS_SOURCE = {
    "ease": "declared, E27 and E30: owners are easiest to meet; expert view",
    "voice": "declared, E27 to E29: owners speak up two to four times as readily; expert view",
    "street": "declared, E32: the young are out most; expert view",
    "enforcement": "declared: the less a public is searched the more it asks for; untested",
    "strength": "declared, E28: associations are strongest among settled owners; expert view",
    "access": "declared, E27 and E28; expert view",
    "impartiality": "legitimacy; 10 points below it for Black and mixed people, E34; expert view",
    "hardness": "the model's default; 4 points above it for Black and mixed young people; untested",
    "involvement": "assumed equal in every public",
}
