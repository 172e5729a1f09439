"""The model held against published findings, measured the way the studies measured."""
