"""The model of docs/model.md, written again: one resident after the other, in ordinary Mesa.

Made from the page alone, to be read beside it; numbers in brackets are those of its equations. It
shares with the engine only the dice, their purposes, the reader of scenarios, and names. It is
slow, and that is no fault: `tests/test_oracle.py` asks both for the same area and compares them.
"""
