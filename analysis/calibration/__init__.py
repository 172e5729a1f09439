"""Which sets of assumptions the published patterns leave standing: history matching in waves."""

from analysis.calibration.command import main

__all__ = ["main"]
