"""A lesson as read: everything checked, nothing left open."""

from __future__ import annotations

from dataclasses import dataclass, replace

from web.question import ALL_PAIRS, Question, Tried

STEPS = {
    "question": "Question",
    "predict": "Predict",
    "run": "Run",
    "reveal": "Reveal",
    "why": "Why",
    "discuss": "Discuss",
}
"""The steps of every lesson, in their order, with what the page calls them."""
DIFFERENCE, AGREEMENT = "difference", "agreement"


@dataclass(frozen=True)
class Step:
    """One step.

    Args:
        minutes: how long it takes in a classroom.
        text: what learners read.
        notes: what the trainer says or does; never shown on the wall.
    """

    minutes: int
    text: str
    notes: str


@dataclass(frozen=True)
class Option:
    """One answer that learners may predict.

    Args:
        text: the answer in words.
        change: rises, falls or no-clear-change; empty where a share of pairs is predicted.
        low, high: the share of pairs in % that it stands for; 0 and 0 where a change is predicted.
    """

    text: str
    change: str = ""
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True)
class Finding:
    """One difference that a lesson looks at.

    Args:
        indicator, public: what is measured, and for whom.
        other: which of the other policies is held against the base.
        expected: what the question would have it do; empty where it says nothing of it.
        found: what the model was found to give; empty where nobody has recorded it.
        text: what to make of it, in a sentence.
    """

    indicator: str
    public: str
    other: str
    expected: str = ""
    found: str = ""
    text: str = ""


@dataclass(frozen=True)
class Lesson:
    """One lesson, ready to be taught.

    Args:
        key: its place in addresses.
        number: its place in the list.
        title, aim, asks: what it is called, what it is for, and the question it begins with.
        limits: what it cannot tell.
        steps: by name, one of `STEPS`.
        question: the comparison it runs.
        measure: `DIFFERENCE`, or `AGREEMENT`: how many single pairs point as the average does.
        finding: what the prediction is about.
        options: what may be predicted.
        found_share: of pairs that point as the average does, in %; None where none was recorded.
        also: what is revealed besides.
        attitude, whose, why_other: what the waterfall explains.
        questions: what is discussed at the end.
    """

    key: str
    number: int
    title: str
    aim: str
    asks: str
    limits: tuple[str, ...]
    steps: dict[str, Step]
    question: Question
    measure: str
    finding: Finding
    options: tuple[Option, ...]
    found_share: float | None
    also: tuple[Finding, ...]
    attitude: str
    whose: str
    why_other: str
    questions: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """How long the whole lesson takes."""
        return sum(step.minutes for step in self.steps.values())

    def findings(self) -> tuple[Finding, ...]:
        """Everything it reveals, the prediction first."""
        return (self.finding, *self.also)

    def which(self, other: str) -> int:
        """The place of one of the other policies in the comparison, from 0."""
        return [tried.policy for tried in self.question.tried].index(other)

    def with_key(self, key: str) -> Lesson:
        """The same lesson at another address."""
        return replace(self, key=key)


def question_of(place: str, base: str, others: tuple[str, ...], sizes: dict[str, int]) -> Question:
    """The comparison of a lesson: exactly as many pairs as it says, whatever they show.

    Args:
        place, base, others: keys of a place on offer and of policies there.
        sizes: weeks, residents and pairs.
    """
    tried = tuple(Tried(other) for other in others)
    return Question(place, base, tried, within=ALL_PAIRS, **sizes)
