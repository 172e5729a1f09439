"""What all tables of a file have in common: strict types, known keys, ranges, plain text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from sim.core.declared import Declared
from sim.scenario.faults import unprintable

LONGEST_NAME = 200
LONGEST_TEXT = 4000


class Table(BaseModel):
    """One table of a file: strict types, known keys, every number inside its declared range."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)
    registry: ClassVar[Mapping[str, Declared]] = {}
    prefix: ClassVar[str] = ""

    @classmethod
    def declared(cls, name: str) -> Declared | None:
        """The declaration of one key of this table, where it is a number."""
        return cls.registry.get(cls.prefix + name)


def number(declared: Declared, **default: Any) -> Any:
    """A field with the range of a declaration, and its default unless another is given."""
    value = default.get("default", ... if declared.default is None else declared.default)
    return Field(value, ge=declared.low, le=declared.high)


def _name(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "blank")
    return _checked(text, LONGEST_NAME, lines=False)


def _text(text: str) -> str:
    return _checked(text, LONGEST_TEXT, lines=True)


def _checked(text: str, limit: int, *, lines: bool) -> str:
    if len(text) > limit:
        raise PydanticCustomError("text_too_long", "{limit}", {"limit": limit})
    if (sign := unprintable(text, lines=lines)) is not None:
        raise PydanticCustomError("unprintable", "{sign}", {"sign": sign})
    return text


Name = Annotated[str, AfterValidator(_name)]
"""A few words on one line."""

Text = Annotated[str, AfterValidator(_text)]
"""A longer text, possibly of several lines or none."""
