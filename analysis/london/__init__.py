"""London boroughs: what the model gives for them beside what the survey found."""

from analysis.london.command import main

__all__ = ["main"]
