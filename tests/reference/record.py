"""Step 11: indicators, for every public and for all."""

from __future__ import annotations


def record(model):
    """Note where this week has left everybody."""
