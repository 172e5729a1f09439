"""How fast the model is: one command, one run, ratios.

`make bench` times everything and writes `docs/benchmarks.md`; `python -m benchmarks --quick` takes
a minute and writes no page; `python -m benchmarks.phases 100000` times each phase of the week.
"""
