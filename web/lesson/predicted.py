"""What was predicted in one tab: one option, and a show of hands for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MOST_HANDS = 999


@dataclass(frozen=True)
class Predicted:
    """What was predicted.

    Args:
        option: place of the option that was chosen; None before one was.
        hands: how many raised a hand for each option.
    """

    option: int | None
    hands: tuple[int, ...]

    @classmethod
    def nothing(cls, options: int) -> Predicted:
        """No prediction yet, among so many options."""
        return cls(None, (0,) * options)

    def choosing(self, option: Any) -> Predicted:
        """The same with another option chosen; unchanged where there is no such option."""
        if type(option) is int and 0 <= option < len(self.hands):
            return Predicted(option, self.hands)
        return self

    def counting(self, option: Any, hands: Any) -> Predicted:
        """The same with so many hands for one option; unchanged where that cannot be."""
        fine = type(option) is int and 0 <= option < len(self.hands)
        if not fine or type(hands) is not int or not 0 <= hands <= MOST_HANDS:
            return self
        return Predicted(self.option, (*self.hands[:option], hands, *self.hands[option + 1 :]))

    def restored(self, kept: Any) -> Predicted:
        """What a browser kept over a reload, as far as it fits this lesson."""
        found = self
        if isinstance(kept, dict):
            found = found.choosing(kept.get("option"))
            hands = kept.get("hands")
            for at, count in enumerate(hands if isinstance(hands, list) else ()):
                found = found.counting(at, count)
        return found

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {"option": self.option, "hands": list(self.hands)}
