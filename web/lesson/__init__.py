"""Lessons as data: question, predict, run, reveal, why, discuss. Nothing here knows a screen."""
