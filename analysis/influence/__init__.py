"""How far each assumption moves what the model finds: one at a time, and Morris's screening.

`python -m analysis influence` measures it and writes `scenarios/evidence/influence.csv`.
"""

from analysis.influence.command import main

__all__ = ["main"]
