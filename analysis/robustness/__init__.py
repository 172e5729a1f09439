"""Robustness: how policies do across worlds, when nobody knows which of them is ours.

`pairs(sweep, experiment)` puts every policy beside the base, same world and same dice; the other
functions make pandas tables of it, `sections` the part of a report.
"""

from analysis.robustness.discovery import Box, Limit, boxes_table, discovered
from analysis.robustness.harm import by_public, hurt_in_spite_of_the_mean
from analysis.robustness.pairs import SUBJECTS, WORST_OFF, Pairs, pairs
from analysis.robustness.regret import regret_by_world, regrets
from analysis.robustness.report import sections
from analysis.robustness.shares import shares
from analysis.robustness.switching import switching_values

__all__ = [
    "SUBJECTS",
    "WORST_OFF",
    "Box",
    "Limit",
    "Pairs",
    "boxes_table",
    "by_public",
    "discovered",
    "hurt_in_spite_of_the_mean",
    "pairs",
    "regret_by_world",
    "regrets",
    "sections",
    "shares",
    "switching_values",
]
