"""An experiment as the manifest of its sweep keeps it, so that results are read without its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from analysis.experiment.factors import Factor
from analysis.experiment.form import Experiment

_LISTS = ("scenarios", "indicators", "theories", "areas", "parameter_sets", "set_values")


def kept_experiment(manifest: Mapping[str, Any], text: str = "") -> Experiment:
    """The experiment that a manifest describes.

    Args:
        manifest: of a sweep.
        text: the experiment file as given, where it is still there.

    Raises:
        KeyError, TypeError: the manifest does not describe an experiment.
    """
    kept = dict(manifest["experiment"])
    factors = tuple(
        Factor(**(dict(entry) | {"values": tuple(entry["values"])})) for entry in kept["factors"]
    )
    named = {entry.name for entry in fields(Experiment)}
    values = {
        name: tuple(value) if name in _LISTS else value
        for name, value in kept.items()
        if name in named and name != "factors"
    }
    return Experiment(
        called="experiment.toml",
        text=text,
        title=str(manifest.get("title", "")),
        question=str(manifest.get("question", "")),
        places=tuple(kept["scenarios"]),
        factors=factors,
        area_places=tuple(kept["areas"]),
        **values,
    )
